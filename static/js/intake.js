// The intake by keyboard, over radio buttons that also work without it. Saving is htmx's (see saving.js for what it says).

const intake = document.querySelector(".intake");
const STORE = "strideback.keys";

const answers = () => [...intake.querySelectorAll(".answer")];
const fieldOf = (answer) => answer?.querySelector("input:checked") ?? answer?.querySelector("input:not([type=hidden])");

function go(answer) {
  const field = fieldOf(answer);
  if (!field) return;
  field.focus();
  answer.closest("[data-finding]").scrollIntoView({ block: "nearest" });
}

function step(answer, by) {
  const all = answers();
  go(all[all.indexOf(answer) + by]);
}

function sameSide(answer, by) {
  const rows = [...intake.querySelectorAll("[data-finding]")];
  const row = answer.closest("[data-finding]");
  const place = [...row.querySelectorAll(".answer")].indexOf(answer);
  const next = rows[rows.indexOf(row) + by]?.querySelectorAll(".answer");
  if (next) go(next[Math.min(place, next.length - 1)]);
}

function choose(answer, value) {
  const option = answer.querySelector(`input[type=radio][value="${value}"]`);
  if (!option) return false;
  option.focus();
  option.click();
  return true;
}

const WORDS = { p: "present", a: "absent", n: "not_assessed", "-": "not_assessed" };
const MOVES = { ArrowDown: [sameSide, 1], ArrowUp: [sameSide, -1] };
const keysAreOn = () => intake.dataset.keys === "on";

intake.addEventListener("keydown", (event) => {
  const answer = event.target.closest(".answer");
  if (!answer || event.ctrlKey || event.metaKey || event.altKey || event.target.matches("button, textarea, select")) return;
  const text = !event.target.matches("[type=radio]");
  let done = false;
  if (event.key === "Enter") {
    step(answer, event.shiftKey ? -1 : 1);
    done = true;
  } else if (keysAreOn() && MOVES[event.key]) {
    const [move, by] = MOVES[event.key];
    move(answer, by);
    done = true;
  } else if (keysAreOn() && !text && WORDS[event.key.toLowerCase()]) {
    done = choose(answer, WORDS[event.key.toLowerCase()]);
  } else if (keysAreOn() && !text && event.key === "?") {
    document.getElementById("keys")?.showModal();
    done = true;
  }
  if (done) event.preventDefault();
});

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

function remember(on) {
  intake.dataset.keys = on ? "on" : "off";
  try {
    localStorage.setItem(STORE, intake.dataset.keys);
  } catch { /* private window: it holds for this page */ }
}
let stored = "on";
try {
  stored = localStorage.getItem(STORE) ?? "on";
} catch { /* private window */ }
intake.dataset.keys = stored;
for (const box of document.querySelectorAll("[data-keys-switch]")) {
  box.checked = stored === "on";
  box.addEventListener("change", () => remember(box.checked));
}

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
  const places = [...row.querySelectorAll(".answer.is-painful"), ...row.querySelectorAll(".answer")];
  go(places.find((one) => !one.querySelector("input:checked")) ?? places[0]);
}
window.addEventListener("hashchange", jump);
panel?.addEventListener("click", (event) => event.target.closest("a[href^='#']")?.hash === location.hash && setTimeout(jump));
jump();
intake.querySelector(".rail [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
const fit = () => panel && (panel.open = wide.matches);
wide.addEventListener("change", fit);
fit();
