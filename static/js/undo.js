// What was answered on this page, so that the last answer can be taken back: the value before it is given again.

import { give, go, intake, valueOf } from "./answers.js";

const acts = [];
const now = new Map();
let open = null; // answers given by one key belong to one act
let undoing = false;

// What the answers say now, without anybody having given one.
export function learn(root) {
  const answers = root?.matches?.(".answer") ? [root] : root?.querySelectorAll?.(".answer") ?? [];
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

// A section filled at once is one act, by the id of its section; taken back by the button that stands there then.
export const acted = (section) => acts.push(section);
export function forget(section) {
  const at = acts.lastIndexOf(section);
  if (at >= 0) acts.splice(at, 1);
}

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
    const button = document.querySelector(`#${last} [data-take-back]`);
    if (button) button.click();
    else acts.push(last); // still on its way: it can be taken back in a moment
    return "";
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
