// What was answered on this page, so that the last answer can be taken back: the value before it is given again.

import { give, go, intake, valueOf } from "./answers.js";

const acts = [];
const now = new Map();
let open = null; // answers given by one key belong to one act
let undoing = false;

function learn(root) {
  const answers = root.matches?.(".answer") ? [root] : root.querySelectorAll?.(".answer") ?? [];
  for (const answer of answers) now.set(answer.id, valueOf(answer));
}

intake.addEventListener("change", (event) => {
  const answer = event.target.closest(".answer");
  if (!answer) return;
  const before = now.get(answer.id) ?? "";
  const after = valueOf(answer);
  now.set(answer.id, after);
  if (undoing || before === after) return;
  if (open) open.push([answer.id, before]);
  else acts.push([[answer.id, before]]);
});

document.addEventListener("htmx:load", (event) => learn(event.detail.elt));
document.addEventListener("section-filled", (event) => {
  if (event.detail.number) acts.push(event.detail.section);
});

export function together(act) {
  open = [];
  act();
  if (open.length) acts.push(open);
  open = null;
}

// Says where the change was, or "" when nothing is left to take back.
export function undo() {
  const last = acts.pop();
  if (!last) return "";
  if (typeof last === "string") {
    const button = document.querySelector(`#fill-${last} [data-take-back]`);
    button?.click();
    return button ? "" : undo();
  }
  undoing = true;
  for (const [id, before] of last.toReversed()) {
    const answer = document.getElementById(id);
    if (answer) give(answer, before);
  }
  undoing = false;
  const answer = document.getElementById(last[0][0]);
  go(answer);
  return answer?.querySelector("legend, label")?.textContent.trim() ?? "";
}

learn(intake);
