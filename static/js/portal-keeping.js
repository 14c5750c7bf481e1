// Starts the worker that keeps this link's pages on the phone (portal-worker.js), and tells it what today needs.
// <body data-worker="address of the worker" data-day="2026-11-22" data-edition="what the exercises' pages depend on">

const STALE = "strideback.stale"; // the kept page of today is older than the last report

const SOON = 1_000; // milliseconds: a page that is being left for another anyway is not loaded twice

export const isKept = document.body.classList.contains("is-kept");

export function mark() {
  try {
    sessionStorage.setItem(STALE, "1");
  } catch { /* then the next visit of today renews it */ }
}

const wasMarked = () => {
  try {
    const isMarked = sessionStorage.getItem(STALE) !== null;
    sessionStorage.removeItem(STALE);
    return isMarked;
  } catch {
    return true;
  }
};

function needed() {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => new URL(name));
  const onPage = document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src], img[src]");
  const named = [...onPage].map((one) => new URL(one.href || one.src, location.href));
  const own = [...named, ...loaded].filter(({ origin }) => origin === location.origin).map(({ pathname }) => pathname);
  return [...new Set(own)].filter((path) => /^\/(?:static|figures|my\/[^/]+\/pictures)\//.test(path));
}

// What the kept exercises were made with: the program's version, and the release by its style files.
const madeWith = (edition) => [edition, ...[...document.styleSheets].map(({ href }) => href)].join(" ");

export async function start(link) {
  const workers = navigator.serviceWorker;
  const { worker, edition } = document.body.dataset;
  if (!workers || !worker) return;
  workers.addEventListener("message", ({ data }) => data === "closed" && setTimeout(() => location.reload(), SOON));
  const wasControlled = Boolean(workers.controller);
  await workers.register(worker, { scope: link, updateViaCache: "none" });
  if (isKept) return;
  const isToday = location.pathname === link;
  if (!isToday && !wasMarked() && wasControlled) return;
  const { active } = await workers.ready;
  await document.fonts.ready;
  const files = needed();
  const pathsOf = (selector, path) => [...document.querySelectorAll(selector)].map(path);
  const steps = isToday && pathsOf(".steps li[data-step]", ({ dataset }) => dataset.step);
  const more = isToday && pathsOf("a[data-keep]", ({ pathname }) => pathname);
  const isFresh = isToday && wasControlled && !location.search;
  const unseen = matchMedia("(prefers-reduced-motion: reduce)").matches ? "figure-end" : "figure-whole";
  active.postMessage({ steps: steps || null, more: more || null, files, edition: madeWith(edition), isFresh, unseen });
}

// The link is closed: nothing of it stays on this phone.
export async function forget(link) {
  const names = "caches" in window ? await caches.keys() : [];
  for (const name of names) if (name.endsWith(`.${link}`)) await caches.delete(name);
  const kept = await navigator.serviceWorker?.getRegistrations();
  for (const one of kept ?? []) if (new URL(one.scope).pathname === link) await one.unregister();
}
