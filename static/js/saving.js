// Forms that save themselves (class "answer" or attribute data-saves): say how it went in #saved, and send again what a
// lost connection kept back. Leaving the page while something waits asks first.
// <span class="saved" id="saved" data-state="saved" data-saved="Saved just now" data-saving="Saving…" data-failed="Not saved yet">…</span>

const saved = document.getElementById("saved");
const SAVES = ".answer, [data-saves]";
const waiting = new Set();

function tell(state) {
  if (!saved) return;
  saved.dataset.state = state;
  if (saved.dataset[state]) saved.textContent = saved.dataset[state];
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
  tell(successful && !waiting.size ? "saved" : "failed");
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
