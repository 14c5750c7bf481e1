// Reminders on this phone (templates/portal/push.html). The browser is given an address by its push service when the runner
// says yes; the form carries it to the server. Without script there is nothing to switch on, only everything to switch off.

const section = document.getElementById("push");
const on = section?.querySelector("[data-push-key]");
const off = section?.querySelector("[data-push-off]");

const tell = (state) => {
  for (const words of section.querySelectorAll("[data-push-state]")) words.hidden = words.dataset.pushState !== state;
  on.hidden = state !== "off";
  if (off) off.hidden = state !== "on" && state !== "off";
};

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

async function isKnown(subscription) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(subscription.endpoint));
  const hex = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return section.dataset.phones.split(" ").includes(hex);
}

async function show() {
  if (!("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return tell("never");
  if (Notification.permission === "denied") return tell("denied");
  const { pushManager } = await navigator.serviceWorker.ready;
  const subscription = await pushManager.getSubscription();
  tell(subscription && (await isKnown(subscription)) ? "on" : "off");
}

async function switchOn(event) {
  event.preventDefault();
  const button = on.querySelector("button");
  button.disabled = true;
  try {
    if ((await Notification.requestPermission()) !== "granted") return tell(Notification.permission === "denied" ? "denied" : "off");
    const { pushManager } = await navigator.serviceWorker.ready;
    await (await pushManager.getSubscription())?.unsubscribe(); // an older one may be made with another key
    const given = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(on.dataset.pushKey) });
    on.elements.endpoint.value = given.endpoint;
    on.elements.p256dh.value = text(given.getKey("p256dh"));
    on.elements.auth.value = text(given.getKey("auth"));
    on.submit();
  } catch {
    tell("failed");
  } finally {
    button.disabled = false;
  }
}

async function switchOff(event) {
  event.preventDefault();
  try {
    const { pushManager } = await navigator.serviceWorker.ready;
    const subscription = await pushManager.getSubscription();
    if (subscription && (await isKnown(subscription))) off.elements.endpoint.value = subscription.endpoint;
    await subscription?.unsubscribe();
  } finally {
    off.submit();
  }
}

if (on) {
  on.addEventListener("submit", switchOn);
  off?.addEventListener("submit", switchOff);
  show().catch(() => tell("never"));
}
