// An answer exchanged by the server while a newer one about the same place is on its way: the newer one stays on the screen,
// and the focus stays where it was. What was given is heard once the server says that it is what is stored.

import { intake, numberOf, rowOf, valueOf } from "./answers.js";

const unheard = new Map(); // id of an answer: the last value given there
let last = ""; // id of the field in use

export function show(answer, value) {
  const number = numberOf(answer);
  if (number) number.value = value;
  for (const option of answer.querySelectorAll("input[type=radio]")) option.checked = option.value === value;
}

// An answer given today takes the place of a carried one: its mark goes at once, and with the last of them the whole mark.
function settleCarried(answer) {
  if (!answer.matches(".has-carried") || !valueOf(answer)) return;
  answer.classList.remove("has-carried");
  const line = rowOf(answer).querySelector(".finding-before");
  line?.querySelector(`[data-carried="${answer.id.replace("at-", "")}"]`)?.removeAttribute("data-carried");
  if (line?.querySelector("[data-carried]")) return;
  line?.classList.remove("is-carried");
  for (const part of line?.querySelectorAll(".carried-mark, [data-carry], [data-leave]") ?? []) part.remove();
}

intake.addEventListener("change", (event) => {
  const answer = event.target.closest(".answer");
  if (!answer) return;
  unheard.set(answer.id, valueOf(answer));
  settleCarried(answer);
});

intake.addEventListener("focusin", (event) => { last = event.target.id; });

function exchanged(answer) {
  const told = answer.querySelector(".answer-error")?.textContent.trim();
  if (told) unheard.delete(answer.id);
  else if (unheard.has(answer.id)) show(answer, unheard.get(answer.id));
  if (last && answer.querySelector(`#${CSS.escape(last)}`) && document.activeElement === document.body) {
    document.getElementById(last).focus({ preventScroll: true });
  }
}

document.addEventListener("htmx:oobAfterSwap", ({ target }) => {
  const id = target.id?.replace(/^was-/, "at-");
  if (target.matches(".answer")) exchanged(target);
  else if (target.matches("input[id^=was-]") && unheard.get(id) === target.value) unheard.delete(id);
});

// A moment later: until then htmx keeps the classes of what stood there before.
document.addEventListener("htmx:load", ({ detail }) => {
  if (!detail.elt.matches?.(".answer, .finding-before")) return;
  for (const answer of rowOf(detail.elt)?.querySelectorAll(".answer") ?? []) settleCarried(answer);
});
