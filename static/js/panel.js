// The panel is exchanged after every answer: cards somebody opened or closed stay so, and what is typed beside a red flag stays.

const panel = document.getElementById("panel");
const chosen = new Map();
let typed = new Map();

panel?.addEventListener("click", (event) => {
  const card = event.target.closest("summary")?.parentElement;
  if (card?.id && card !== panel) chosen.set(card.id, !card.open);
});

// The server says what changed since the state shown now; it stands in a header, since addresses are written down.
document.addEventListener("htmx:configRequest", (event) => {
  const seen = document.getElementById("panel-seen");
  if (event.detail.elt.id === "panel-body" && seen) event.detail.headers["X-Panel-Seen"] = seen.dataset.seen;
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "panel-body") return;
  typed = new Map([...panel.querySelectorAll("textarea[id]")].map((field) => [field.id, field.value]));
});

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target?.id !== "panel-body") return;
  panel.classList.toggle("has-stop", "stop" in (document.getElementById("panel-seen")?.dataset ?? {}));
  for (const [id, open] of chosen) {
    const card = document.getElementById(id);
    if (card) card.open = open;
  }
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (field && value) field.value = value;
  }
});

// On a small screen the panel is a sheet over the page: Escape puts it away and leaves the focus on its bar.
const sheet = window.matchMedia("(max-width: 68.74rem)");
panel?.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !sheet.matches || !panel.open || event.target.matches("textarea")) return;
  panel.open = false;
  panel.querySelector("summary").focus();
});
