// What is kept on the phone, shown on its pages until the server has it: steps, lists, filled-in forms, runs, a question why.
// <ul class="runs" data-url="address where runs are added" data-word="Run"> · <form id data-report [data-many: several reports
// from one form, told apart by their field "run"]> · <template id="why-form"> · <button data-same: saves what was tapped before>

const WHY = "strideback.why"; // a skipped exercise that nobody said the reason of yet: { url, name, pain }
const EXERCISE = /\/\d+\/$/;

export const path = (address) => new URL(address, location.href).pathname;
const valuesOf = (entry, name) => entry.fields.filter(([field]) => field === name).map(([, value]) => value);
const valueOf = (entry, name) => valuesOf(entry, name).at(-1) ?? "";

// The report told last per address; a tick for the whole day fills what has no report of its own.
export function toldOf(url, waiting, day) {
  const own = waiting.filter((entry) => entry.url === url).at(-1);
  if (own || !EXERCISE.test(url)) return own;
  return waiting.find((entry) => entry.url === `${day}all/`);
}

// Runs that were added and not yet sent, the last word on each; taken back ones too.
const addedRuns = (url, waiting) => new Map(waiting.filter((one) => one.url === url).map((one) => [valueOf(one, "run"), one]));

export function showRuns(waiting, kept) {
  const list = document.querySelector(".runs[data-url]");
  if (!list) return;
  list.querySelectorAll("[data-kept]").forEach((item) => item.remove());
  for (const [run, entry] of addedRuns(list.dataset.url, waiting)) {
    const item = document.createElement("li");
    const link = item.appendChild(document.createElement("a"));
    const told = [["minutes", "min"], ["km", "km"]].map(([name, unit]) => valueOf(entry, name) && `${valueOf(entry, name)} ${unit}`);
    const back = valueOf(entry, "take_back") && list.dataset.back;
    link.href = `${list.dataset.url}#${run}`;
    link.appendChild(document.createElement("b")).textContent = list.dataset.word;
    const words = link.appendChild(document.createElement("span"));
    words.className = "soft";
    words.textContent = [back, ...told, kept].filter(Boolean).join(" · ");
    item.dataset.state = back ? "skipped" : "done";
    item.dataset.kept = "";
    list.append(item);
  }
  list.hidden = !list.children.length;
}

function fill(form, entry) {
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "submit") continue;
    if (["radio", "checkbox"].includes(field.type)) field.checked = valuesOf(entry, field.name).includes(field.value);
    else field.value = valueOf(entry, field.name);
  }
  press(form, valueOf(entry, "change"));
}

// One tap answers; from then on "save" keeps that answer and adds the rest.
function press(form, value) {
  if (!value) return;
  for (const tap of form.querySelectorAll(".tap")) tap.setAttribute("aria-pressed", tap.value === value);
  const same = form.querySelector("[data-same]");
  if (same) [same.value, same.hidden] = [value, false];
  const more = form.querySelector("details.more");
  if (more) more.open = true;
}

export function fillIn(waiting) {
  for (const form of document.querySelectorAll("form[data-report][id]:not([data-many])")) {
    const told = waiting.filter((entry) => entry.url === path(form.action)).at(-1);
    if (told) fill(form, told);
  }
  fillRun(waiting);
}

// The address names a run that still waits on this phone: the form corrects it.
function fillRun(waiting) {
  const form = document.querySelector("form[data-many]");
  const run = location.hash.slice(1);
  const entry = form && run && addedRuns(path(form.action), waiting).get(run);
  if (!entry) return;
  fill(form, entry);
  const field = form.elements.namedItem("run");
  delete field.dataset.fresh;
  field.value = run;
  form.elements.namedItem("take_back").hidden = Boolean(valueOf(entry, "take_back"));
}

export function remember(form, entry) {
  if (valueOf(entry, "status") !== "skipped" || valueOf(entry, "reason")) return;
  const why = { url: entry.url, name: form.querySelector("h2 bdi")?.textContent ?? "", pain: valueOf(entry, "pain") };
  try {
    sessionStorage.setItem(WHY, JSON.stringify(why));
  } catch { /* then the reason is told by opening the exercise again */ }
}

// Asked once, after the skip was kept, as the server would ask.
export function askWhy() {
  const template = document.getElementById("why-form");
  let why = null;
  try {
    why = template && JSON.parse(sessionStorage.getItem(WHY));
    if (why) sessionStorage.removeItem(WHY);
  } catch { /* not asked */ }
  if (!why) return;
  const form = template.content.firstElementChild.cloneNode(true);
  form.action = why.url;
  const title = form.querySelector("h2");
  title.textContent = title.textContent.replace("#", why.name);
  const pain = form.elements.namedItem("pain");
  if (why.pain) pain.value = why.pain;
  else pain.remove();
  template.before(form);
  title.focus();
}
