// The intake page around its answers: the row in use, the difference of the sides, the rail, jumps from the panel.
// The keyboard is keys.js, saving is saving.js.

import { go, intake, isOpen, placesIn, rowOf } from "./answers.js";

// The row last worked in stays open when focus leaves it. It opens only when no finger or button is down: a row that grows
// between press and release would move the answer away from under it, and the answer would not count.
let pressed = false;
let pending = null;

function open(row) {
  intake.querySelector(".finding.is-current")?.classList.remove("is-current");
  row.classList.add("is-current");
}

intake.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-finding]");
  if (!row || row.classList.contains("is-current")) return;
  if (pressed) pending = row;
  else open(row);
});

function released() {
  pressed = false;
  if (!pending) return;
  const row = pending;
  pending = null;
  setTimeout(() => open(row));
}

intake.addEventListener("pointerdown", () => { pressed = true; });
window.addEventListener("pointercancel", released);
window.addEventListener("pointerup", () => setTimeout(released));

// How the painful side differs, as it is typed; what the server says after saving replaces it.
function difference(answer) {
  const row = rowOf(answer);
  const told = row?.querySelector("[data-difference]");
  const painful = [...(row?.querySelectorAll(".measure.is-painful") ?? [])];
  const sound = row?.querySelector(".measure:not(.is-painful)");
  if (!told || painful.length !== 1 || !sound) return;
  const read = (one) => Number(one.querySelector("input:not([type=hidden])").value.replace(",", ".").replace(/[^\d.-]+$/, "") || NaN);
  const by = read(painful[0]) - read(sound);
  const number = Math.round(Math.abs(by) * 100) / 100;
  const unit = sound.querySelector(".measure-unit")?.textContent ?? "";
  const text = Number.isNaN(by) ? "" : `${by > 0 ? "+" : by < 0 ? "−" : "±"}${number}${unit === "°" || unit === "%" ? unit : unit && ` ${unit}`}`;
  if (told.textContent === text) return;
  told.textContent = text;
  row.querySelector(".measure-meaning")?.remove();
}
intake.addEventListener("input", (event) => difference(event.target.closest(".measure")));

// Where all sections stand on one page, the rail shows the one under the eyes.
const places = new Map([...intake.querySelectorAll(".rail a[href^='#']")].map((link) => [link.hash.slice(1), link]));
function markPlace(entries) {
  const seen = entries.filter((entry) => entry.isIntersecting).at(-1);
  if (!seen) return;
  for (const [id, link] of places) {
    if (id === seen.target.id) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const link = places.get(seen.target.id);
  const list = link.closest("ol");
  list.scrollTo({ left: link.offsetLeft - list.clientWidth / 3, top: link.offsetTop - list.clientHeight / 2 });
}
const eyes = new IntersectionObserver(markPlace, { rootMargin: "-25% 0px -70% 0px" });
for (const id of places.keys()) {
  const section = document.getElementById(id);
  if (section) eyes.observe(section);
}

// "Go" in the panel: to the finding and into its first open answer; the sheet of a phone gets out of the way.
const panel = document.getElementById("panel");
const wide = window.matchMedia("(min-width: 68.75rem)");
function jump() {
  const row = document.getElementById(location.hash.slice(1));
  if (!row?.matches("[data-finding]")) return;
  if (panel && !wide.matches) panel.open = false;
  const answers = placesIn(row);
  go(answers.find(isOpen) ?? answers[0]);
}
window.addEventListener("hashchange", jump);
panel?.addEventListener("click", (event) => event.target.closest("a[href^='#']")?.hash === location.hash && setTimeout(jump));
jump();
intake.querySelector(".rail [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
const fit = () => panel && (panel.open = wide.matches);
wide.addEventListener("change", fit);
fit();
