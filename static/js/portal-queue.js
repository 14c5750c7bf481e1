// What a runner reports, on its way to the server. Each report is written down on the phone first, sent in the order given,
// and crossed out only when the server has taken it: no connection, a closed page or a lost reply loses nothing. The server
// counts each report's key once, so sending again does no harm.
//
// What is stored (localStorage): per report the address of its form, its fields as shown on the page (done or skipped, pain,
// sets, reason, a run, a check, an answer about something new), when it was given, and its random key. The names in the storage carry the link, so two people's links on one
// phone never mix. Nothing is left of a report once it is sent; a link that is closed takes the rest with it.

const NAME = "strideback.told.";
const PATIENCE = 20_000; // milliseconds until a request counts as lost
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 60_000;

export const isClosed = (reply) => reply.headers.get("X-Patient-Link") === "closed";

export function randomKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Reports of one link. Tells: change; sent; refused {entry}, which the server will never take; closed, when the link is.
export class Reports extends EventTarget {
  #name;
  #link;
  #sending = null;
  #faulty = new Set(); // keys the server failed on: the others have their turn, these again on the next page
  #outcomes = new Map(); // key: { to } or { isRefused }
  #pause = FIRST_PAUSE;
  #timer = 0;

  constructor(link) {
    super();
    this.#link = link;
    this.#name = `${NAME}${link}.`;
  }

  // Given and not yet taken by the server, oldest first.
  waiting() {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(this.#name));
    const entries = names.map((name) => JSON.parse(localStorage.getItem(name)));
    return entries.filter(Boolean).sort((one, other) => one.told - other.told);
  }

  // Null when this browser stores nothing: then the form goes to the server as without script.
  add(report) {
    try {
      const last = this.waiting().at(-1)?.told ?? 0;
      const entry = { ...report, key: randomKey(), told: Math.max(Date.now(), last + 1) };
      localStorage.setItem(this.#name + entry.key, JSON.stringify(entry));
      return entry;
    } catch {
      return null;
    }
  }

  outcome = (entry) => this.#outcomes.get(entry.key);

  send() {
    clearTimeout(this.#timer);
    this.#sending ??= this.#drain().finally(() => { this.#sending = null; });
    return this.#sending;
  }

  clear() {
    for (const name of Object.keys(localStorage)) if (name.startsWith(this.#name)) localStorage.removeItem(name);
  }

  async #drain() {
    let count = 0;
    for (let entry = this.#next(); entry; entry = this.#next()) {
      if (!(await this.#attempt(entry))) break;
      count += 1;
    }
    if (count) this.dispatchEvent(new Event("sent"));
  }

  #next = () => this.waiting().find((entry) => !this.#faulty.has(entry.key));

  // True when the next one has its turn.
  async #attempt(entry) {
    if (!navigator.onLine) return this.#later();
    let reply;
    let said = null;
    try {
      reply = await this.#post(entry, token());
      if (reply.status === 403) reply = await this.#post(entry, await this.#freshToken());
      if (reply.headers.get("Content-Type")?.startsWith("application/json")) said = await reply.json();
    } catch {
      return this.#later();
    }
    this.#pause = FIRST_PAUSE;
    if (isClosed(reply)) {
      this.clear();
      this.dispatchEvent(new Event("closed"));
      return false;
    }
    if (reply.ok && said?.to) this.#done(entry, { to: said.to });
    else if ([400, 404, 405, 422].includes(reply.status)) {
      this.#done(entry, { isRefused: true });
      this.dispatchEvent(new CustomEvent("refused", { detail: { entry } }));
    } else if (reply.status === 500) this.#faulty.add(entry.key);
    else return this.#later(); // also somebody else's page: a hotel's network, a proxy
    return true;
  }

  #done(entry, outcome) {
    this.#outcomes.set(entry.key, outcome);
    localStorage.removeItem(this.#name + entry.key);
  }

  #later() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.send(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
    return false;
  }

  #post(entry, csrf) {
    return fetch(entry.url, {
      method: "POST",
      body: new URLSearchParams(entry.fields),
      headers: {
        "X-CSRFToken": csrf,
        "X-Report-Key": entry.key,
        "X-Report-Told": entry.told,
        "X-Report-Sent": Date.now(),
      },
      keepalive: true,
      signal: AbortSignal.timeout(PATIENCE),
    });
  }

  // A page kept for long may hold a token the server no longer takes.
  async #freshToken() {
    const page = new DOMParser().parseFromString(await (await fetch(this.#link)).text(), "text/html");
    const field = page.querySelector("[name=csrfmiddlewaretoken]");
    for (const old of document.getElementsByName("csrfmiddlewaretoken")) old.value = field?.value ?? "";
    return field?.value ?? "";
  }
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
