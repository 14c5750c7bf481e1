// Forms that save themselves (class "answer" or attribute data-saves): say how it went in #saved, and send again what a
// lost connection kept back. Leaving the page while something waits asks first.
// <span class="saved" id="saved" data-state="saved" data-saved="Saved just now" data-saving="Saving…" data-failed="Not saved yet">…</span>

const saved = document.getElementById("saved");
const SAVES = ".answer, [data-saves]";
const waiting = new Set();

let refused = "";

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
  if (!successful && xhr.status === 0) waiting.add(key);
  else waiting.delete(key);
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
    form?.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

window.addEventListener("online", sendAgain);
setInterval(() => {
  if (navigator.onLine && waiting.size) sendAgain();
}, 5000);
window.addEventListener("beforeunload", (event) => {
  if (waiting.size) event.preventDefault();
});
