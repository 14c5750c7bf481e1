// On every page: answers this person gave in this browser that are not sent (queue.js). Those the server will not take can be
// read here until they are taken away; those given in another intake are sent from there. Logging out asks about both first.

import { discard, hasLeft, keptBy, leave, stay } from "./queue.js";

const box = document.getElementById("unsent");

function element(name, text, attributes = {}) {
  const made = Object.assign(document.createElement(name), attributes);
  made.textContent = text;
  return made;
}

const counted = (one, many, number) => (number === 1 ? one : many).replace("#", number);

function refusedLine(entry) {
  const line = element("li", "");
  const away = element("button", box.dataset.remove, { type: "button", className: "button-link" });
  away.addEventListener("click", () => {
    discard(entry);
    list();
  });
  line.append(element("b", entry.said), " ", element("span", entry.why || box.dataset.aside), " ", away);
  return line;
}

function elsewhereLine(page, number) {
  const line = element("li", "");
  const { one, many, open } = box.dataset;
  line.append(element("span", counted(one, many, number)), " ", element("a", open, { href: page }));
  return line;
}

const isHere = (entry) => location.pathname.includes(entry.url.match(/[0-9a-f-]{36}/)?.[0]);

export function list() {
  const lines = [];
  const elsewhere = new Map();
  for (const entry of keptBy(box.dataset.person)) {
    if (isHere(entry) && entry.isAside) lines.push(refusedLine(entry));
    else if (!isHere(entry) || box.dataset.sends === undefined) elsewhere.set(entry.page, (elsewhere.get(entry.page) ?? 0) + 1);
  }
  for (const [page, number] of elsewhere) lines.push(elsewhereLine(page, number));
  box.querySelector("ul").replaceChildren(...lines);
  box.hidden = !lines.length;
}

document.addEventListener("submit", (event) => {
  const person = event.target.dataset.logsOut;
  if (!person) return;
  if (keptBy(person).length && !event.target.matches("[data-asks]")) {
    event.preventDefault();
    location.assign(event.target.action); // the page that asks
  } else leave(person);
});

function ask(form) {
  const kept = keptBy(form.dataset.logsOut);
  if (!kept.length) return;
  const { one, many, open, verb } = form.dataset;
  const words = document.getElementById(form.getAttribute("aria-describedby"));
  words.textContent = counted(one, many, kept.length);
  words.append(" ", element("a", open, { href: kept[0].page }));
  form.querySelector("button").textContent = verb;
}

if (box) {
  stay();
  list();
}
if (document.querySelector("input[name=login]")) hasLeft();
document.querySelectorAll("form[data-asks]").forEach(ask);
