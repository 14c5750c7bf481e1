// Keeps the page of today on the runner's phone, so that it opens without connection: the day, its exercises, and what they are
// drawn and styled with. One worker per link (its scope is the link's address), so it never sees another link's page nor a page
// of staff. Pages come from the server when it answers in time; files whose address changes with their content from the phone.
// When the server says that the link is closed, everything kept of it goes; when it asks for the year of birth first, the kept
// pages go. The server's word is the header X-Patient-Link: closed, door, or live for a page that is not to be kept.

const LINK = new URL(registration.scope).pathname;
const OWN = `.${LINK}`;
const [PAGES, FILES] = [`strideback.1.pages${OWN}`, `strideback.1.files${OWN}`];
const IN_TIME = 3_000; // milliseconds until the kept page is shown instead
const NEVER_CHANGES = /^\/figures\/|\/pictures\/|\.[0-9a-f]{12}\.\w+$/;
const ON_A_PAGE = /(?:class="([\w-]+)" )?(href|src|data-motion)="(\/(?:static|figures|my\/[^/"]+\/pictures)\/[^"#]+)/g;
const EDITION = `${LINK}?edition`;
const BESIDE = [`${LINK}progress/`]; // kept from visit to visit beside today and its exercises

const isPage = ({ pathname }) => pathname.startsWith(LINK);
const isFile = ({ pathname }) => /^\/(?:static|figures)\//.test(pathname) || pathname.startsWith(`${LINK}pictures/`);
const keptIn = (cacheName, key) => caches.match(key, { cacheName }); // reads, and does not make an empty one
const tooLate = () => new Promise((_done, fail) => setTimeout(fail, IN_TIME));

async function forget() {
  for (const name of await caches.keys()) if (name.endsWith(OWN)) await caches.delete(name);
  for (const client of await clients.matchAll({ includeUncontrolled: true })) client.postMessage("closed");
}

// A page as the server has it now; it is kept unless it asks or tells something once (an address with a question mark).
async function fromServer(request, { pathname, search }) {
  const answer = await fetch(request);
  const word = answer.headers.get("X-Patient-Link");
  if (word === "closed") await forget();
  else if (word === "door") await caches.delete(PAGES);
  else if (answer.ok && !search && !word) await (await caches.open(PAGES)).put(pathname, answer.clone());
  return answer;
}

// Marked, so that the page can say so; what was said once on it is not said again (patient.css).
async function asKept(answer) {
  const headers = new Headers(answer.headers);
  headers.delete("Content-Length");
  headers.delete("Content-Encoding");
  const html = await answer.text();
  return new Response(html.replace('<body class="patient"', '<body class="patient is-kept"'), { headers });
}

async function page(event, url) {
  const fresh = fromServer(event.request, url);
  event.waitUntil(fresh.catch(() => {}));
  const kept = await keptIn(PAGES, url.pathname);
  try {
    const answer = await (kept ? Promise.race([fresh, tooLate()]) : fresh);
    if (answer.status < 500 || !kept) return answer;
  } catch (error) {
    if (!kept && url.pathname !== LINK && (await keptIn(PAGES, LINK))) return Response.redirect(registration.scope);
    if (!kept) throw error;
  }
  return asKept(kept);
}

async function file(request, url) {
  const kept = await keptIn(FILES, url.href);
  if (kept && NEVER_CHANGES.test(url.pathname)) return kept;
  try {
    const answer = await fetch(request);
    const isWorthIt = kept || (NEVER_CHANGES.test(url.pathname) && (await keptIn(PAGES, LINK)));
    if (isWorthIt && answer.ok) await (await caches.open(FILES)).put(url.href, answer.clone());
    return answer;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function keepFile(files, address) {
  const url = new URL(address, registration.scope);
  if (!isFile(url)) return;
  if (await files.match(url.href)) return;
  const answer = await fetch(url.href);
  if (answer.ok) await files.put(url.href, answer);
}

// The page of today as it is now, its exercises and forms (`more`) as often as the program or the release changes; what they
// need; nothing else.
// Of a drawing only what this phone shows: start and end where less motion is asked for, else the end. Its movement, larger
// than all the rest, is kept once it was watched: without it the drawing stands still.
async function keep({ steps, more, files: seen, edition, isFresh, unseen }) {
  if (!isFresh) await fromServer(LINK, { pathname: LINK, search: "" });
  if (!steps || !(await keptIn(PAGES, LINK))) return;
  const [pages, files] = [await caches.open(PAGES), await caches.open(FILES)];
  const isSame = (await (await pages.match(EDITION))?.text()) === edition;
  const [wanted, watched] = [new Set(seen), new Set()];
  for (const group of [steps, more ?? []]) { // the exercises with all they show come first
    for (const step of group) {
      if (!isSame || !(await pages.match(step))) await fromServer(step, { pathname: step, search: "" });
      const html = await (await pages.match(step))?.text();
      for (const [, kind, name, address] of html?.matchAll(ON_A_PAGE) ?? []) (name === "data-motion" || kind === unseen ? watched : wanted).add(address);
    }
    for (const address of wanted) await keepFile(files, address);
  }
  const needed = new Set([...wanted, ...watched].map((address) => new URL(address, registration.scope).href));
  for (const { url } of await files.keys()) if (!needed.has(url)) await files.delete(url);
  for (const { url } of await pages.keys()) {
    const { pathname, search } = new URL(url);
    if (!search && pathname !== LINK && ![...steps, ...(more ?? []), ...BESIDE].includes(pathname)) await pages.delete(url);
  }
  await pages.put(EDITION, new Response(edition));
}

async function tidy() {
  for (const name of await caches.keys()) if (name.endsWith(OWN) && ![PAGES, FILES].includes(name)) await caches.delete(name);
  await clients.claim();
}

// One line on the phone. What comes holds no address: this worker knows the one link it belongs to, and opens that.
async function show(data) {
  let told = {};
  try {
    told = data.json();
  } catch { /* a browser must show something for every message */ }
  const { title = "Strideback", body = "", tag = "reminder", icon, lang } = told;
  await registration.showNotification(title, { body, tag, icon, badge: icon, lang });
}

async function openToday() {
  const [own] = (await clients.matchAll({ type: "window" })).filter(({ url }) => isPage(new URL(url)));
  if (!own) return clients.openWindow(LINK);
  if (new URL(own.url).pathname !== LINK) await own.navigate(LINK).catch(() => {});
  return own.focus();
}

self.addEventListener("push", (event) => event.waitUntil(show(event.data)));
self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openToday());
});
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data).catch(() => {})));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (event.request.mode === "navigate" && isPage(url)) event.respondWith(page(event, url));
  else if (event.request.mode !== "navigate" && isFile(url)) event.respondWith(file(event.request, url));
});
