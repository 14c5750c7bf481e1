// The intake by keyboard: one key an answer, and the focus goes on by itself. Everything here can also be done by hand, and
// single keys can be switched off (WCAG 2.1.4): then only Enter moves on. The list of keys is templates/components/keys.html.

import { give, go, intake, isOpen, nextOpen, numberOf, places, placesIn, rowOf, rows, sectionOf, valueOf } from "./answers.js";
import { together, undo } from "./undo.js";

const dialog = document.getElementById("keys");
const TEN = 900; // milliseconds in which a 0 after a 1 still makes it 10

// --- Switches, remembered in this browser ---------------------------------------------------------------------------

function remembered(name) {
  try {
    return localStorage.getItem(name) !== "off";
  } catch {
    return true; // private window: it holds for this page
  }
}

function switchOf(box, name, apply) {
  box.checked = remembered(name);
  apply(box.checked);
  box.addEventListener("change", () => {
    apply(box.checked);
    try {
      localStorage.setItem(name, box.checked ? "on" : "off");
    } catch { /* private window */ }
  });
}
for (const box of document.querySelectorAll("[data-keys-switch]")) {
  switchOf(box, "strideback.keys", (on) => { intake.dataset.keys = on ? "on" : "off"; });
}
for (const box of document.querySelectorAll("[data-advance-switch]")) {
  switchOf(box, "strideback.advance", (on) => { intake.dataset.advance = on ? "on" : "off"; });
}
const keysAreOn = () => intake.dataset.keys !== "off";

// --- Moving ---------------------------------------------------------------------------------------------------------

const say = (text) => text && document.dispatchEvent(new CustomEvent("announce", { detail: { text } }));

function onward(answer) {
  if (intake.dataset.advance === "off") return;
  const next = nextOpen(answer);
  if (next) go(next);
}

function step(answer, by) {
  const all = places();
  go(all[all.indexOf(answer) + by]);
}

function sameSide(answer, by) {
  const all = rows();
  const next = all[all.indexOf(rowOf(answer)) + by]?.querySelectorAll(".answer");
  const place = [...rowOf(answer).querySelectorAll(".answer")].indexOf(answer);
  if (next) go(next[Math.min(place, next.length - 1)]);
}

function beside(answer, by) {
  const row = [...rowOf(answer).querySelectorAll(".answer")];
  return go(row[row.indexOf(answer) + by]);
}

function toSection(answer, by) {
  const links = [...intake.querySelectorAll(".rail a[href^='#']")];
  const here = links.findIndex((link) => link.hash === `#${sectionOf(answer)?.id ?? location.hash.slice(1)}`);
  const link = links[here + by];
  const section = document.getElementById(link?.hash.slice(1) ?? "");
  if (!section) return;
  section.scrollIntoView({ block: "start" });
  const inside = [...section.querySelectorAll("[data-finding]")].flatMap(placesIn);
  if (inside.length) go(inside.find(isOpen) ?? inside[0]);
  else (section.querySelector("input:not([type=hidden]), button, a[href], [tabindex='0']") ?? link).focus();
}

// --- Answering ------------------------------------------------------------------------------------------------------

const WORDS = { p: "present", a: "absent", n: "not_assessed", "-": "not_assessed" };
let one = null; // a scale answered with 1, while it may still become 10

function forgetOne() {
  clearTimeout(one?.timer);
  one = null;
}

function settleOne() {
  const answer = one?.answer;
  forgetOne();
  if (answer?.contains(document.activeElement)) onward(answer);
}

function word(answer, value, both) {
  if (numberOf(answer)) {
    if (value === "not_assessed") step(answer, 1);
    return value === "not_assessed";
  }
  const side = both ? placesIn(rowOf(answer)) : [answer];
  let done = false;
  together(() => { for (const place of side) done = give(place, value) || done; });
  if (done) onward(both ? side.at(-1) : answer);
  return done;
}

function digit(answer, key) {
  if (one?.answer === answer && key === "0") {
    give(answer, "10");
    settleOne();
    return true;
  }
  const options = [...answer.querySelectorAll("input[type=radio]:not([value=not_assessed])")];
  const isScale = answer.matches(".answer-scale");
  const option = isScale ? options[Number(key)] : options[Number(key) - 1];
  if (!answer.matches(".answer-choice") || !option) return false;
  option.focus();
  give(answer, option.value);
  if (isScale && key === "1") one = { answer, timer: setTimeout(settleOne, TEN) };
  else onward(answer);
  return true;
}

function sameOnBothSides(answer) {
  const other = placesIn(rowOf(answer)).find((place) => place !== answer);
  if (!other) return;
  const [from, to] = isOpen(answer) ? [other, answer] : [answer, other];
  if (isOpen(from)) return;
  together(() => give(to, valueOf(from)));
  say(to.querySelector("legend, label")?.textContent);
  const last = placesIn(rowOf(answer)).at(-1);
  onward(last);
}

function press(root, what) {
  const button = root?.querySelector(what);
  button?.click();
  return Boolean(button);
}

function evidence(row) {
  const more = row.querySelector("[data-about]");
  if (more) more.open = !more.open;
}

const COMMANDS = {
  b: (answer) => sameOnBothSides(answer),
  c: (answer) => press(rowOf(answer), "[data-carry]"),
  i: (answer) => evidence(rowOf(answer)),
  u: () => say(undo()),
  x: (answer) => press(sectionOf(answer), "[data-all-absent]"),
  y: (answer) => press(rowOf(answer), "[data-keep]") || press(intake, "[data-keep]"),
  "]": (answer) => toSection(answer, 1),
  "[": (answer) => toSection(answer, -1),
  s: (answer, event) => toSection(answer, event.shiftKey ? -1 : 1),
  "?": () => dialog?.showModal(),
  Backspace: (answer) => give(answer, ""),
  Delete: (answer) => give(answer, ""),
};
const MOVES = {
  ArrowDown: (answer) => sameSide(answer, 1),
  ArrowUp: (answer) => sameSide(answer, -1),
  ArrowLeft: (answer) => beside(answer, -1),
  ArrowRight: (answer) => beside(answer, 1),
};

function single(answer, event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const number = numberOf(answer);
  if (key === "Tab" || key === "Escape" || key === "Shift") return false;
  if (MOVES[key]) {
    if (number && (key === "ArrowLeft" || key === "ArrowRight")) return false;
    if (!number && (key === "ArrowLeft" || key === "ArrowRight") && rowOf(answer).matches(".finding-single")) return false;
    MOVES[key](answer);
    return true;
  }
  if (number && /^(\d|[.,-]|Backspace|Delete| )$/.test(key)) return key === "-" && number.value === "" && word(answer, "not_assessed");
  if (/^\d$/.test(key)) return digit(answer, key);
  if (WORDS[key]) return word(answer, WORDS[key], event.shiftKey);
  if (!COMMANDS[key]) return false;
  COMMANDS[key](answer, event);
  return true;
}

function onKey(event) {
  if (event.target.matches("button, textarea, select, summary, a")) return;
  let answer = event.target.closest(".answer");
  if (!answer || event.altKey || event.metaKey) return;
  if (event.ctrlKey) {
    const typing = numberOf(answer) && numberOf(answer).value !== numberOf(answer).defaultValue;
    if (event.key !== "z" || !keysAreOn() || typing) return;
    event.preventDefault();
    say(undo());
    return;
  }
  if (one && event.key !== "0") {
    if (keysAreOn() && event.key.length === 1) settleOne();
    else forgetOne();
    answer = document.activeElement.closest(".answer") ?? answer;
  }
  const done = event.key === "Enter" ? (step(answer, event.shiftKey ? -1 : 1), true) : keysAreOn() && single(answer, event);
  if (done) event.preventDefault();
}
intake.addEventListener("keydown", onKey);

// From where nothing is in use: Enter goes to the first open answer, or back to the row last worked in.
document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !keysAreOn() || dialog?.open) return;
  if (event.target.closest(".answer, input, textarea, select, dialog")) return;
  const row = intake.querySelector(".findings .finding.is-current");
  const current = placesIn(row).find(isOpen) ?? placesIn(row)[0];
  const isBody = event.target === document.body || event.target.matches("main, form");
  if (event.key === "?") dialog?.showModal();
  else if (event.key === "u") say(undo());
  else if (event.key === "Enter" && isBody) go(current ?? places().find(isOpen) ?? places()[0]);
  else if (event.key === "]" || event.key === "s") toSection(current ?? places()[0], current ? 1 : 0);
  else if (event.key === "[" || event.key === "S") toSection(current ?? places()[0], -1);
  else return;
  event.preventDefault();
});
