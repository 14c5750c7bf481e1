// "All absent in this section", seen at once: the server decides what is filled and answers when its turn in the queue comes;
// until then the page shows what it will fill, and the work goes on after it.

import { go, intake, isOpen, nextOpen, placesIn, sectionOf, valueOf } from "./answers.js";
import { show } from "./overlap.js";
import { acted, forget, learn } from "./undo.js";

const rowsIn = (section) => [...section.querySelectorAll("[data-finding]")];

// What the server will have stored when the next answer about this place arrives: they are sent in order.
function expect(answer, value) {
  show(answer, value);
  const was = document.getElementById(answer.id.replace("at-", "was-"));
  if (was) was.value = value;
}

function fill(section) {
  const inside = rowsIn(section).filter((row) => row.matches("[data-together]")).flatMap(placesIn);
  for (const answer of inside) {
    if (isOpen(answer) && !answer.matches(".has-carried")) expect(answer, "absent");
  }
  acted(section.id);
  const places = rowsIn(section).flatMap(placesIn);
  const next = places.find(isOpen) ?? nextOpen(places.at(-1));
  if (next && intake.dataset.advance !== "off") go(next);
}

function takeBack(places) {
  for (const place of places) {
    const answer = document.getElementById(`at-${place}`);
    if (answer && valueOf(answer) === "absent") expect(answer, "");
  }
}

// After htmx has read the form: what is shown early must not be sent as an answer of its own.
intake.addEventListener("click", (event) => {
  const button = event.target.closest("[data-all-absent], [data-take-back]");
  const section = sectionOf(button);
  if (!section) return;
  if (button.matches("[data-all-absent]")) fill(section);
  else takeBack(button.value.split(" "));
  learn(section);
});

document.addEventListener("section-filled", ({ detail }) => {
  if (!detail.number) forget(`section-${detail.section}`);
});
