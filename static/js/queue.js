// Answers on their way to the server. Each is written down in the browser first, sent one at a time in the order given, and
// crossed out only when the server has answered it: a lost connection, a closed tab or a restarted server loses nothing.
//
// What is stored (localStorage, which a closing tab cannot outrun): per answer the address it goes to, the page and form it
// was given in, and its fields: keys of findings, sides, values, and these in words. No name of anyone. The names in the
// storage carry the ids of the person logged in and of the assessment, both random; another person on this computer neither
// sends nor sees them.
// Nothing is left of an answer once it is sent; logging out takes the rest away, after asking (unsent.js).
//
// Each tab (page load) keeps a line of its own and alone sends it: X-Answer-Device is the tab's random id, X-Answer-Number its
// count. Sent again because the reply was lost, the same number changes nothing on the server. A tab holds a lock with its id
// as long as it lives; the next tab of this assessment that gets hold of it sends what was left.

const UNSENT = "strideback.unsent";
const LEAVING = "strideback.leaving"; // who pressed "Log out"
const PATIENCE = 20_000; // milliseconds until a request counts as lost
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 15_000;
const SETTLED = 100; // milliseconds until what a tab wrote last is seen by the others
const FAULTS = 5; // so often the server may fail on one answer before that one is set aside and the next has its turn

const memory = new Map(); // what the browser would not store (private window, storage full): it holds as long as the page

function onDisk(work) {
  try {
    return work(localStorage);
  } catch {
    return null;
  }
}

export const isDurable = () => memory.size === 0;
const names = () => [...new Set([...(onDisk((disk) => Object.keys(disk)) ?? []), ...memory.keys()])];

function remove(name) {
  onDisk((disk) => disk.removeItem(name));
  memory.delete(name);
}

function write(name, value) {
  const text = JSON.stringify(value);
  const isStored = onDisk((disk) => disk.setItem(name, text) ?? true);
  if (isStored) memory.delete(name);
  else memory.set(name, text);
}

function read(name) {
  try {
    return JSON.parse(memory.get(name) ?? onDisk((disk) => disk.getItem(name)));
  } catch {
    return null;
  }
}

function entriesUnder(prefix) {
  const found = names().filter((name) => name.startsWith(prefix)).sort();
  return found.map((name) => ({ ...read(name), name })).filter((entry) => entry.fields);
}

// Everything this person gave in this browser and the server has not taken, in all assessments.
export const keptBy = (person) => entriesUnder(`${UNSENT}.${person}.`);

export const discard = (entry) => remove(entry.name);

// Logging out: what this person left here goes once it worked, not before; the request may fail like any other.
export const leave = (person) => write(LEAVING, person);
export const stay = () => remove(LEAVING);

export function hasLeft() {
  const person = read(LEAVING);
  for (const name of person ? names() : []) {
    if (name.startsWith(`${UNSENT}.${person}.`)) remove(name);
  }
  stay();
}

function randomId() {
  const hex = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

const tabOf = (entry) => entry.name.split(".").at(-2);
const inOrder = (one, other) => one.at - other.at;
const pause = (time) => new Promise((done) => setTimeout(done, time));

// One assessment's answers of one person, in this tab. What happens is told as events, in every tab of this browser:
// given {entry}, answered {entry, html, events, to}, aside {entry}; in this tab alone: stuck {why: "waiting" | "signed-out"}.
export class Queue extends EventTarget {
  #tab = randomId();
  #number = 0;
  #last = 0; // when the last answer was given, by a clock that never goes back
  #mine = []; // for this tab to send, in order
  #others = new Map(); // in the care of another tab, by name
  #heirTo = new Set();
  #draining = false;
  #more = false;
  #pause = FIRST_PAUSE;
  #timer = 0;

  // `fresh` gives the fields of an entry anew when its turn comes.
  constructor(person, assessment, fresh) {
    super();
    this.person = person;
    this.fresh = fresh;
    this.prefix = `${UNSENT}.${person}.${assessment}.`;
    this.tabs = new BroadcastChannel(this.prefix);
  }

  // Take up what was left, and listen.
  open() {
    this.#hold(this.#tab, () => new Promise(() => {}));
    this.tabs.onmessage = ({ data }) => this.#hear(data.type, data.detail);
    window.addEventListener("storage", ({ key, newValue }) => {
      if (newValue === null && this.#others.delete(key)) this.#tell("gone", {});
    });
    window.addEventListener("online", () => this.send());
    document.addEventListener("visibilitychange", () => document.hidden || this.send());
    for (const entry of this.#stored().sort(inOrder)) this.#hear("given", { entry });
  }

  // Given and not yet answered, here or in another tab, oldest first. What the server will never take is set aside, to be read
  // (unsent.js).
  waiting() {
    return [...this.#mine, ...this.#others.values()].sort(inOrder);
  }

  add(entry) {
    const isStale = (other) => entry.isWhole && other.form === entry.form && !other.isSent;
    this.#mine.filter(isStale).forEach((other) => this.#done(other));
    this.#number += 1;
    this.#last = Math.max(Date.now(), this.#last + 1);
    const name = `${this.prefix}${this.#tab}.${String(this.#number).padStart(6, "0")}`;
    const given = { ...entry, name, at: this.#last, device: this.#tab, number: this.#number };
    write(name, given);
    this.#mine.push(given);
    this.#share("given", { entry: given });
    this.send();
  }

  async send() {
    clearTimeout(this.#timer);
    this.#more = true;
    if (this.#draining) return;
    this.#draining = true;
    while (this.#more) {
      this.#more = false;
      while (this.#mine.length && (await this.#attempt(this.#mine[0])));
    }
    this.#draining = false;
  }

  #stored() {
    return entriesUnder(this.prefix).filter((entry) => !entry.isAside);
  }

  #hold(tab, work) {
    return navigator.locks ? navigator.locks.request(this.prefix + tab, work) : work();
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #share(type, detail) {
    this.tabs.postMessage({ type, detail });
    this.#tell(type, detail);
  }

  #hear(type, detail) {
    if (type === "given") {
      this.#others.set(detail.entry.name, detail.entry);
      this.#inherit(tabOf(detail.entry));
    } else this.#others.delete(detail.entry.name);
    this.#tell(type, detail);
  }

  // When the other tab is gone, what it left is sent from here, before anything of this tab that is still waiting.
  #inherit(tab) {
    if (this.#heirTo.has(tab)) return;
    this.#heirTo.add(tab);
    this.#hold(tab, async () => {
      await pause(SETTLED);
      const left = this.#stored().filter((entry) => tabOf(entry) === tab);
      for (const name of this.#others.keys()) if (name.startsWith(this.prefix + tab)) this.#others.delete(name);
      this.#mine = [...this.#mine, ...left].sort(inOrder);
      this.#tell("gone", {});
      this.send();
      await (left.length && new Promise(() => {}));
    });
  }

  #done(entry) {
    discard(entry);
    this.#mine = this.#mine.filter((other) => other.name !== entry.name);
  }

  // True when the server has answered this one, whatever it said, so that the next has its turn.
  async #attempt(entry) {
    entry.fields = entry.isSent ? entry.fields : this.fresh(entry);
    entry.isSent = true;
    let reply;
    let html;
    try {
      reply = await post(entry);
      if (reply.status === 403 && (await renewToken(this.person))) reply = await post(entry);
      else if (reply.status === 403) return this.#loggedOut();
      html = await reply.text();
    } catch {
      return this.#later();
    }
    const events = eventsOf(reply);
    const { status } = reply;
    if (status === 0 || status === 401) return this.#loggedOut();
    if (status >= 500 || status === 408 || status === 429) return this.#failed(entry, status);
    if (reply.ok && /^\s*<!doctype/i.test(html)) return this.#later(); // somebody else's page: a hotel's network, a proxy
    this.#pause = FIRST_PAUSE;
    if (reply.ok || status === 422) {
      this.#done(entry);
      this.#share("answered", { entry, html, events, to: reply.headers.get("HX-Redirect") });
    } else this.#setAside(entry, events["answer-refused"]?.text);
    return true;
  }

  #setAside(entry, why = "") {
    const kept = { ...entry, why, isAside: true };
    this.#done(entry);
    write(entry.name, kept);
    this.#share("aside", { entry: kept });
  }

  #later() {
    this.#tell("stuck", { why: "waiting" });
    this.#timer = setTimeout(() => this.send(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    return false;
  }

  #failed(entry, status) {
    entry.faults = (entry.faults ?? 0) + (status === 500 ? 1 : 0);
    if (entry.faults < FAULTS) return this.#later();
    this.#setAside(entry);
    return true;
  }

  #loggedOut() {
    this.#tell("stuck", { why: "signed-out" });
    return false;
  }
}

const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];

// After a new login the page's token is an old one: take the fresh one from the page itself, if it is still this person's.
export async function renewToken(person) {
  const page = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
  if (page.getElementById("unsent")?.dataset.person !== person) return false;
  document.body.setAttribute("hx-headers", page.body.getAttribute("hx-headers"));
  for (const field of document.getElementsByName("csrfmiddlewaretoken")) field.value = token();
  return true;
}

function post(entry) {
  return fetch(entry.url, {
    method: "POST",
    body: new URLSearchParams(entry.fields),
    headers: {
      "HX-Request": "true",
      "HX-Current-URL": location.href,
      "X-CSRFToken": token(),
      "X-Answer-Device": entry.device,
      "X-Answer-Number": entry.number,
    },
    redirect: "manual",
    keepalive: true,
    signal: AbortSignal.timeout(PATIENCE),
  });
}

function eventsOf(reply) {
  const said = reply.headers.get("HX-Trigger") ?? "";
  try {
    return JSON.parse(said);
  } catch {
    return Object.fromEntries(said.split(",").filter(Boolean).map((name) => [name.trim(), true]));
  }
}
