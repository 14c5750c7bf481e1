// The patient's page with script: what is reported goes through a queue on the phone (portal-queue.js), is shown as kept until
// the server has it, and the runner goes on to the next exercise without waiting for a connection.
// <body data-link="open|closed"> · <form data-report data-next="address of the day"> · .steps li[data-step] ·
// <p id="kept" data-kept="…" data-saved="…" data-refused="…"> · <h1 data-count="Today, # of 3 done" data-complete="…">

import { forget, isKept, mark, start as keepPages } from "./portal-keeping.js";
import { randomKey, Reports } from "./portal-queue.js";
import { askWhy, fillIn, path, remember, showRuns, toldOf } from "./portal-waiting.js";

const LIVE = 4_000; // milliseconds a runner waits for the server before going on
const link = location.pathname.match(/^\/my\/[^/]+\//)?.[0] ?? "";
const { link: state } = document.body.dataset;
const reports = new Reports(link);
const line = document.getElementById("kept");
const strip = document.getElementById("network");
let isBusy = false;

const dayOf = (url) => url.slice(0, link.length + 11);
const today = () => new Date().toLocaleDateString("sv"); // as 2026-11-22, by the phone's own calendar
const wait = (time) => new Promise((done) => setTimeout(done, time));

function say(text) {
  if (!line || line.textContent === text) return;
  line.textContent = text;
  line.hidden = !text;
}

const statusOf = (entry) => new Map(entry.fields).get("status") ?? "done";

function markSteps(waiting) {
  const steps = [...document.querySelectorAll(".steps li[data-step]")];
  for (const step of steps) {
    const told = step.dataset.state !== "done" && toldOf(step.dataset.step, waiting, dayOf(step.dataset.step));
    if (!told) continue;
    step.dataset.state = "done";
    step.firstElementChild.textContent = step.firstElementChild.textContent.replace(/:[^:]*$/, `: ${line.dataset.kept}`);
  }
  const open = steps.filter((step) => step.dataset.state !== "done");
  const title = document.querySelector("h1[data-count]");
  if (title && waiting.length) {
    title.textContent = open.length ? title.dataset.count.replace("#", steps.length - open.length) : title.dataset.complete;
  }
  return open.map((step) => step.dataset.step);
}

function markList(waiting, open) {
  for (const item of document.querySelectorAll(".today-list li")) {
    const address = path(item.firstElementChild.href);
    const told = item.dataset.kept === undefined && toldOf(address, waiting, dayOf(address));
    const isAnswered = ["done", "skipped"].includes(item.dataset.state);
    if (!told || (isAnswered && told.url.endsWith("/all/"))) continue;
    item.dataset.state = statusOf(told);
    item.querySelector(".soft").textContent = line.dataset.kept;
  }
  const go = document.querySelector("a[data-go]");
  if (!go || !waiting.length) return;
  if (open.length) go.href = open[0];
  else go.parentElement.hidden = true;
}

// Shows what is kept on this phone; gives the addresses of what is still open.
function show() {
  const waiting = reports.waiting();
  const open = markSteps(waiting);
  showRuns(waiting, line.dataset.kept);
  markList(waiting, open);
  const isOld = isKept && document.body.dataset.day !== today();
  const told = waiting.length ? [line.dataset.kept, waiting.at(-1).above] : [];
  if (isOld || told.length) say([isOld && line.dataset.old, ...told].filter(Boolean).join(" "));
  return open;
}

function asWithoutScript(form, submitter) {
  delete form.dataset.report;
  form.requestSubmit(submitter);
}

// Pain above the limit is answered at once, also without the server: with the words of the page.
function wordsAbove(form) {
  const words = form.querySelector(".is-above input:checked") && form.querySelector(".pain-words");
  return words ? [form.querySelector("h2 bdi")?.textContent, words.textContent].filter(Boolean).join(": ") : "";
}

// Kept and not sent: what the page says then instead of going on, in place of what was filled in.
function showAfter(form) {
  const after = document.getElementById(form.dataset.after);
  form.classList.add("is-kept-now");
  after.hidden = false;
  after.focus();
  reports.addEventListener("sent", () => {
    const to = reports.outcome(form.entry)?.to;
    if (to) location.assign(to);
  });
}

function goOn(form, entry) {
  const open = show();
  document.querySelector(".why")?.remove();
  remember(form, entry);
  if (form.dataset.after) showAfter(Object.assign(form, { entry }));
  else if (!form.dataset.next) line.scrollIntoView({ block: "nearest" });
  else if (navigator.serviceWorker?.controller) return location.assign(open[0] ?? form.dataset.next);
  else line.scrollIntoView({ block: "nearest" });
  fillIn(reports.waiting());
  askWhy();
  isBusy = false;
}

async function report(form, submitter) {
  if (isBusy) return;
  isBusy = true;
  for (const field of form.querySelectorAll("[data-fresh]")) field.value = randomKey();
  const fields = [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken");
  if (submitter?.name) fields.push([submitter.name, submitter.value]);
  const entry = reports.add({ url: path(form.action), fields, above: wordsAbove(form) });
  if (!entry) return asWithoutScript(form, submitter);
  await Promise.race([reports.send(), wait(LIVE)]);
  const outcome = reports.outcome(entry);
  if (outcome?.to) location.assign(outcome.to);
  else if (outcome?.isRefused) asWithoutScript(form, submitter);
  else goOn(form, entry);
}

function start() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.report !== undefined) {
      event.preventDefault();
      report(form, event.submitter);
    } else if (!navigator.onLine && strip) {
      event.preventDefault();
      strip.textContent = strip.dataset.lost;
      strip.hidden = false;
    }
  });
  reports.addEventListener("sent", () => {
    mark();
    if (isBusy) return;
    const isAll = !reports.waiting().length;
    say(isAll ? line.dataset.saved : line.dataset.kept);
    for (const words of isAll ? document.querySelectorAll(".today-list .soft") : []) {
      if (words.textContent === line.dataset.kept) words.textContent = line.dataset.saved;
    }
  });
  reports.addEventListener("refused", () => isBusy || say(line.dataset.refused));
  reports.addEventListener("closed", () => location.reload());
  window.addEventListener("online", () => reports.send());
  window.addEventListener("pageshow", () => { isBusy = false; });
  document.addEventListener("visibilitychange", () => document.hidden || reports.send());
  fillIn(reports.waiting());
  show();
  askWhy();
  reports.send();
  keepPages(link).catch(() => {}); // a browser that keeps no pages shows them as ever
}

if (state === "open") start();
else if (state === "closed" && link) {
  reports.clear();
  forget(link);
}
