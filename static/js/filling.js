// "All absent in this section", seen at once: the server decides what is filled and answers when its turn in the queue comes;
// until then the page shows what it will fill, and the work goes on after it.

import { intake, isOpen, nextOpen, go, placesIn, sectionOf, valueOf } from "./answers.js";
import { acted, forget, learn } from "./undo.js";

const waiting = new Map(); // section: what was answered in it since, which the server's answer must not take back
const rowsIn = (section) => [...section.querySelectorAll("[data-finding]")];

function show(answer, value) {
  for (const option of answer.querySelectorAll("input[type=radio]")) option.checked = option.value === value;
}

// What the server will have stored when the next answer about this place arrives: they are sent in order.
function expect(answer, value) {
  show(answer, value);
  const was = document.getElementById(answer.id.replace("at-", "was-"));
  if (was) was.value = value;
}

// After htmx has read the form: what is shown early must not be sent as an answer of its own.
intake.addEventListener("click", (event) => {
  const button = event.target.closest("[data-all-absent], [data-take-back]");
  const section = sectionOf(button);
  if (!section) return;
  waiting.set(section.id, new Map());
  if (button.matches("[data-take-back]")) {
    for (const place of button.value.split(" ")) {
      const answer = document.getElementById(`at-${place}`);
      if (answer && valueOf(answer) === "absent") expect(answer, "");
    }
    learn(section);
    return;
  }
  const inside = rowsIn(section).filter((row) => row.matches("[data-together]")).flatMap(placesIn);
  for (const answer of inside) {
    if (isOpen(answer) && !answer.matches(".has-carried")) expect(answer, "absent");
  }
  learn(section);
  acted(section.id);
  const places = rowsIn(section).flatMap(placesIn);
  const next = places.find(isOpen) ?? nextOpen(places.at(-1));
  if (next && intake.dataset.advance !== "off") go(next);
});

intake.addEventListener("change", (event) => {
  const answer = event.target.closest(".answer");
  if (answer) waiting.get(sectionOf(answer)?.id)?.set(answer.id, valueOf(answer));
});

// The answers are put in place a moment after the event.
document.addEventListener("section-filled", ({ detail }) => {
  const id = `section-${detail.section}`;
  if (!detail.number) forget(id);
  setTimeout(() => {
    for (const [place, value] of waiting.get(id) ?? []) {
      const answer = document.getElementById(place);
      if (answer) show(answer, value);
    }
    waiting.delete(id);
    learn(document.getElementById(id));
  }, 60);
});
