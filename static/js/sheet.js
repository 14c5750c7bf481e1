// The ticked sheet by keyboard. Keys count only while a box of the grid has the focus, and every one can be done by hand:
// boxes are plain fields of a form that works without this file. The list of keys stands above the grid.

const grid = document.querySelector("[data-sheet]");
const form = document.getElementById("sheet-form");
const count = document.getElementById("sheet-count");
const boxes = [...grid.querySelectorAll(".sheet-box")];
const rows = 1 + Math.max(0, ...boxes.map((box) => Number(box.dataset.row)));
const columns = 1 + Math.max(0, ...boxes.map((box) => Number(box.dataset.column)));
const WEEK = 7;
const at = new Map(boxes.map((box) => [`${box.dataset.row}-${box.dataset.column}`, box]));
const places = (box) => [Number(box.dataset.row), Number(box.dataset.column)];
const isPain = (box) => "pain" in box.dataset;
const ticks = boxes.filter((box) => !isPain(box));
const painOf = (column) => at.get(`${rows - 1}-${column}`);
const ofDay = (column) => ticks.filter((box) => Number(box.dataset.column) === column);

function tell() {
  const number = (value) => ticks.filter((box) => box.value === value).length;
  const numbers = [number("done"), number("skipped"), number("")];
  count.textContent = count.dataset.words.replace(/#/g, () => numbers.shift());
}

// --- Moving: to the next box in a direction, over places without one ------------------------------------------------

function go(box, down, right) {
  let [row, column] = places(box);
  do {
    row += down;
    column += right;
    const next = at.get(`${row}-${column}`);
    if (next) return focus(next);
  } while (row >= 0 && row < rows && column >= 0 && column < columns);
}

function focus(box) {
  box.focus();
  if (isPain(box)) box.select();
}

function goTo(box, wanted) {
  const [row] = places(box);
  const ofRow = boxes.filter((one) => Number(one.dataset.row) === row);
  const apart = (one) => Math.abs(Number(one.dataset.column) - wanted);
  focus(ofRow.reduce((best, one) => (apart(one) < apart(best) ? one : best)));
}

// --- Typing -----------------------------------------------------------------------------------------------------------

function set(box, value, whole) {
  for (const one of whole ? ofDay(places(box)[1]) : [box]) one.value = value;
  tell();
  go(box, 0, 1);
}

function fill(box) {
  const last = places(box)[1];
  for (const one of ticks) if (!one.value && Number(one.dataset.column) <= last) one.value = "done";
  tell();
}

function hurt(box, value) {
  const pain = painOf(places(box)[1]);
  if (!pain) return;
  pain.value = value;
  go(box, 0, 1);
}

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const ANSWERS = { d: "done", x: "skipped", s: "skipped", delete: "", backspace: "" };

function acted(box, event) {
  const key = event.key.toLowerCase();
  const column = places(box)[1];
  if (event.key in MOVES) go(box, ...MOVES[event.key]);
  else if (key === "home") goTo(box, 0);
  else if (key === "end") goTo(box, columns);
  else if (key === "pageup") goTo(box, column - WEEK);
  else if (key === "pagedown") goTo(box, column + WEEK);
  else if (key === "enter") form.requestSubmit(document.getElementById("sheet-look"));
  else if (key === "f") fill(box);
  else if (key === "t") hurt(box, "10");
  else if (/^\d$/.test(key)) hurt(box, key);
  else if (isPain(box)) {
    if (key !== "delete" && key !== "backspace") return false;
    box.value = "";
  } else if (key in ANSWERS) set(box, ANSWERS[key], event.shiftKey);
  else return false;
  return true;
}

grid.addEventListener("keydown", (event) => {
  const box = event.target.closest(".sheet-box");
  if (!box || event.ctrlKey || event.altKey || event.metaKey) return;
  if (acted(box, event)) event.preventDefault();
});
grid.addEventListener("change", tell);
tell();
if (grid.dataset.begin) document.getElementById(grid.dataset.begin)?.focus();
