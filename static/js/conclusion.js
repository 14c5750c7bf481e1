// The conclusion keeps itself as a draft while it is filled in. "Use" beside a suggestion chooses it in the form at once;
// without script the server does the same, and "Keep as a draft" keeps it.

const form = document.getElementById("conclusion");
const saved = document.getElementById("saved");
let unsent = false;
let leaving = false; // what is sent with the form needs no keeping, and must not arrive after a signature

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-use]");
  if (!button || !form) return;
  const [field, value] = button.dataset.use.split("=");
  const option = form.querySelector(`input[name="${field}"][value="${value}"]`);
  if (!option) return;
  event.preventDefault();
  option.checked = true;
  option.dispatchEvent(new Event("input", { bubbles: true }));
  option.focus();
});

form?.addEventListener("input", () => {
  unsent = true;
  if (!saved) return;
  saved.dataset.state = "saving";
  saved.textContent = saved.dataset.saving;
});
form?.addEventListener("htmx:beforeRequest", (event) => {
  if (leaving) event.preventDefault();
  else unsent = false;
});
form?.addEventListener("submit", () => {
  unsent = false;
  leaving = true;
});
addEventListener("pageshow", () => { leaving = false; });

// The window closes in the moment between typing and keeping: the last words go out with it.
addEventListener("pagehide", () => {
  if (unsent) navigator.sendBeacon(form.action, new FormData(form));
});
