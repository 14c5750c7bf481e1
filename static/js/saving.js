// Forms that save themselves as a whole (attribute data-saves), outside the intake: say how it went in #saved, and send again
// what a lost connection or an ended session kept back. Leaving the page while something waits asks first. Free text is never
// kept in the browser's storage; the intake's answers are (answering.js).
// <span class="saved" id="saved" data-state="saved" data-saved="Saved just now" data-saving="Saving…" data-failed="Not saved yet">…</span>

import { renewToken } from "./queue.js";

const saved = document.getElementById("saved");
const SAVES = "[data-saves]";
const waiting = new Set();

let refused = "";
let isOut = false;

function tell(state, words = saved?.dataset[state]) {
  if (!saved) return;
  saved.dataset.state = state;
  if (words) saved.textContent = words;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  if (event.target.matches(SAVES)) tell("saving");
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target;
  if (!form.matches(SAVES)) return;
  const { successful, xhr } = event.detail;
  const key = form.id || form;
  if (!successful && [0, 401, 403].includes(xhr.status)) waiting.add(key);
  else waiting.delete(key);
  isOut = xhr.status === 401 || xhr.status === 403;
  if (refused) {
    tell("refused", refused);
    refused = "";
  } else tell(successful && !waiting.size ? "saved" : "failed");
});

// The server's own words for the last answer: when it was saved, or why it was not.
document.addEventListener("answer-saved", (event) => {
  if (saved) saved.dataset.saved = event.detail.text;
});
document.addEventListener("answer-refused", (event) => {
  refused = event.detail.text;
});

function sendAgain() {
  for (const key of waiting) {
    const form = typeof key === "string" ? document.getElementById(key) : key;
    for (const kind of ["input", "change"]) form?.dispatchEvent(new Event(kind, { bubbles: true }));
  }
}

window.addEventListener("online", sendAgain);
setInterval(() => {
  if (navigator.onLine && waiting.size && !isOut) sendAgain();
}, 5000);

// Back from the window in which the person logged in again.
document.addEventListener("visibilitychange", async () => {
  if (document.hidden || !isOut) return;
  isOut = !(await renewToken(document.getElementById("unsent").dataset.person));
  if (!isOut) sendAgain();
});
window.addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});
