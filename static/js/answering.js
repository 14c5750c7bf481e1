// Answering the intake: htmx collects what was answered, the queue keeps it and sends it (queue.js), and what the server says
// is put in place here, in every open tab. #saved says how it stands; an answer that waits for the connection says so itself.
// Class "answer" or attribute data-saves; a form with data-saves (body chart, measures) always goes out as it stands now.
// <span class="saved" id="saved" data-state="saved|saving|waiting|signed-out|refused" data-saved="Saved 10:42" data-saving="Saving…">…</span>

import { isDurable, Queue } from "./queue.js";
import { list } from "./unsent.js";

const SLOW = 4_000; // milliseconds after which an answer under way is shown as waiting
const LONGEST_WAIT = 3_000; // milliseconds a link waits for answers under way
const saved = document.getElementById("saved");
const strip = document.getElementById("network");
const box = document.getElementById("unsent");
const words = box?.dataset;
const assessment = location.pathname.match(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/)?.[0];
const queue = new Queue(words.person, assessment, asItStands);

let state = "saved";
let refused = "";
let timer = 0;
let leave = null;

const isAnswer = ([name]) => name.startsWith("answer-");
const isSent = ([name]) => name !== "csrfmiddlewaretoken";

// --- Giving an answer ---------------------------------------------------------------------------------------------

const plain = (text) => text.trim().replace(/\s+/g, " ");

function shown(element) {
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll("kbd, [aria-hidden]")) part.remove();
  return plain(copy.textContent);
}

// The answer in words, for a person to read should the server never take it.
function said(form, fields) {
  if (!form.matches(".answer")) return shown(form.matches("button") ? form : (form.closest("section")?.querySelector("h2") ?? form));
  const chosen = form.querySelector("input:checked")?.nextElementSibling;
  return `${shown(form.querySelector("legend, label"))}: ${chosen ? shown(chosen) : fields.find(isAnswer)[1]}`;
}

// What this person said about the same findings and the server has not seen yet: not news to the sender (actions/findings.py).
function saidBefore(fields) {
  const asked = new Set(fields.filter(isAnswer).map(([name]) => name));
  const before = queue.waiting().flatMap((entry) => entry.fields).filter(([name]) => asked.has(name));
  return before.map(([name, value]) => [name.replace("answer-", "mine-"), value]);
}

document.addEventListener("htmx:configRequest", (event) => {
  const { elt, verb, path, formData, target } = event.detail;
  const form = elt.closest(".answer") ?? elt.closest("[data-saves]");
  if (!form || verb !== "post") return;
  event.preventDefault();
  const fields = [...formData].filter(isSent);
  queue.add({
    url: path,
    page: location.pathname,
    form: form.id,
    isWhole: form.matches("form"),
    target: target.id,
    swap: elt.closest("[hx-swap]")?.getAttribute("hx-swap").split(" ")[0] ?? "innerHTML",
    fields: [...fields, ...saidBefore(fields)],
    said: said(form, fields),
  });
});

// A whole form is sent as it stands when its turn comes, with what the server said to the one before; a button stays pressed.
function asItStands(entry) {
  const form = entry.isWhole && document.getElementById(entry.form);
  if (!form) return entry.fields;
  const own = new Set([...form.elements].filter((field) => field.type !== "submit").map((field) => field.name));
  return [...new FormData(form)].filter(isSent).concat(entry.fields.filter(([name]) => !own.has(name)));
}

// A number typed and not yet left counts as given when the page is closed.
window.addEventListener("pagehide", () => {
  const field = document.activeElement;
  if (!field?.matches(".answer input:not([type=radio], [type=hidden])")) return;
  const seen = document.getElementById(`was-${field.id}`);
  if (seen && field.value !== seen.value) field.dispatchEvent(new Event("change", { bubbles: true }));
});

// --- How it stands ------------------------------------------------------------------------------------------------

function tell(next, text) {
  state = next;
  saved.dataset.state = next;
  saved.textContent = text;
  box.classList.toggle("htmx-request", next === "saving");
  clearTimeout(timer);
  if (next === "saving") timer = setTimeout(() => stuck("waiting"), SLOW);
}

function stuck(why) {
  const number = queue.waiting().length;
  const isNews = why !== state || strip.hidden;
  tell(why, (number === 1 ? words.waitingOne : words.waitingMany).replace("#", number));
  mark();
  if (!isNews) return;
  if (why === "signed-out") {
    const login = `${words.login}?next=${encodeURIComponent(location.pathname)}`;
    htmx.trigger(document.body, "signed-out", { text: words.signedOut, login, isSafe: true });
  } else {
    strip.textContent = words.lost;
    strip.hidden = false;
  }
}

function moved() {
  const isBack = state === "waiting" || state === "signed-out";
  if (queue.waiting().length) tell("saving", saved.dataset.saving);
  else tell(refused ? "refused" : "saved", refused || saved.dataset.saved);
  mark();
  if (isBack) strip.hidden = true;
  if (isBack && state === "saved") htmx.trigger(document.body, "announce", { text: words.back });
  if (state !== "saving") leave?.();
}

// While everything flows no answer carries a word; one that is stuck does.
function mark() {
  const isStuck = state === "waiting" || state === "signed-out";
  const waiting = new Set(isStuck ? queue.waiting().map((entry) => entry.form) : []);
  for (const sign of document.querySelectorAll(".answer-waiting")) {
    if (!waiting.delete(sign.parentElement.id)) sign.remove();
  }
  for (const id of waiting) {
    const sign = document.createElement("span");
    sign.className = "answer-waiting";
    sign.textContent = words.mark;
    document.querySelector(`.answer#${CSS.escape(id)}`)?.append(sign);
  }
}

// --- What the queue tells, here or in another tab -----------------------------------------------------------------

// The answer as it was given, in a page that was loaded later or in another tab. A number being typed stays.
function fill({ form, fields }) {
  const place = document.getElementById(form);
  for (const field of place?.querySelectorAll("input[name]") ?? []) {
    const given = fields.find(([name]) => name === field.name)?.[1];
    if (field.type === "checkbox") field.checked = given !== undefined;
    else if (given === undefined) continue;
    else if (field.type === "radio") field.checked = field.value === given;
    else if (field !== document.activeElement) field.value = given;
  }
}

queue.addEventListener("given", ({ detail }) => {
  fill(detail.entry);
  refused = "";
  if (state === "waiting" || state === "signed-out") stuck(state);
  else tell("saving", saved.dataset.saving);
});

// Put in place and settled at once: an answer exchanged but not yet settled would be deaf to the next key.
queue.addEventListener("answered", ({ detail: { entry, html, events, to } }) => {
  const target = entry.swap === "none" ? null : document.getElementById(entry.target);
  if (html) htmx.swap(target ?? box, html, { swapStyle: target ? entry.swap : "none", swapDelay: 0, settleDelay: 0 });
  for (const [name, value] of Object.entries(events)) {
    htmx.trigger(document.body, name, typeof value === "object" ? value : { value });
  }
  if (to) location.assign(to);
  moved();
});

queue.addEventListener("aside", ({ detail: { entry } }) => {
  refused = entry.why || words.aside;
  list();
  moved();
});

queue.addEventListener("gone", moved);
queue.addEventListener("stuck", ({ detail }) => stuck(detail.why));

// The server's own words for the last answer: when it was saved, or why it was not.
document.addEventListener("answer-saved", (event) => {
  saved.dataset.saved = event.detail.text;
});
document.addEventListener("answer-refused", (event) => {
  refused = event.detail.text;
});

// --- Coming and going ---------------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  const isPlain = link && !event.defaultPrevented && !event.ctrlKey && !event.metaKey && !event.shiftKey && !link.target;
  if (state !== "saving" || !isPlain || (link.hash && link.pathname === location.pathname)) return;
  event.preventDefault();
  leave = () => location.assign(link.href);
  setTimeout(leave, LONGEST_WAIT);
});

window.addEventListener("beforeunload", (event) => {
  if (!isDurable() && queue.waiting().length) event.preventDefault();
});

function start() {
  strip.dataset.lost = words.lost;
  box.dataset.sends = "";
  list();
  queue.open();
}
if (saved) start(); // whoever only reads has nothing to send
