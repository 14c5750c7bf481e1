// What every page needs: the search key, menus and dialogs, focus after a swap, and errors said in words.
// Nothing here is needed to do the work: without script every link and form goes to the server as it is.

const byId = (id) => document.getElementById(id);
const announcer = byId("announce");
const strip = byId("network");

function say(text) {
  if (!announcer || !text) return;
  announcer.textContent = "";
  requestAnimationFrame(() => { announcer.textContent = text; });
}

function show(text, ...more) {
  if (!strip || !text) return;
  if (strip.textContent !== text || more.length) strip.replaceChildren(text, ...more); // said once, not at every failure
  strip.hidden = false;
}

function hide() {
  if (strip) strip.hidden = true;
}

function keysAreOn() {
  try {
    return localStorage.getItem("strideback.keys") !== "off";
  } catch {
    return true;
  }
}

const typing = (target) => target.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = event.target.closest("details[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !keysAreOn()) return;
  const field = [...document.querySelectorAll("[data-focus-key]")].find((one) => one.dataset.focusKey === event.key);
  if (field) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const opener = event.target.closest("[data-opens]");
  if (opener) byId(opener.dataset.opens)?.showModal();
});

// Focus goes where the eye goes: to the summary of errors, else to the one element the fragment marks.
function focusIn(root) {
  const target = root.querySelector?.("[data-focus-first]") ?? root.querySelector?.("[data-focus]");
  target?.focus({ preventScroll: false });
}

focusIn(document);
document.addEventListener("htmx:afterSettle", (event) => {
  const swapped = event.detail.elt;
  if (swapped.matches?.("[data-focus], [data-focus-first]")) swapped.focus();
  else focusIn(swapped);
});

document.addEventListener("announce", (event) => say(event.detail.text));

document.addEventListener("signed-out", (event) => {
  const link = document.createElement("a");
  link.href = event.detail.login;
  link.textContent = event.detail.isSafe ? announcer?.dataset.logIn : announcer?.dataset.logInElsewhere;
  if (!event.detail.isSafe) link.target = "_blank"; // what is on this page and nowhere else stays
  show(event.detail.text, " ", link);
});

// A whole page in answer to a request for a part means the login page came back: say so and keep what is on screen.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (target !== document.body && /^\s*<!doctype html/i.test(xhr.responseText)) {
    event.detail.shouldSwap = false;
    show(announcer?.dataset.signedOut);
  }
});

document.addEventListener("htmx:responseError", (event) => {
  const words = announcer?.dataset ?? {};
  const status = event.detail.xhr.status;
  if (status === 401) return; // says it itself: "signed-out" above
  if (status === 403) show(words.refused);
  else if (status === 404 || status === 409 || status === 410) show(words.gone);
  else show(words.error);
});
document.addEventListener("htmx:sendError", () => show(strip?.dataset.lost));
document.addEventListener("htmx:timeout", () => show(announcer?.dataset.slow));
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && navigator.onLine) hide();
});

window.addEventListener("offline", () => show(strip?.dataset.lost));
window.addEventListener("online", () => {
  hide();
  say(strip?.dataset.back);
});
if (!navigator.onLine) show(strip?.dataset.lost);
