// The body chart by tap and by keyboard, over a list of boxes that also works without it: the first tap marks a region with
// the quality in hand, the next one opens its row. Every change goes out with the form (htmx); afterwards names and states follow what the server stored.

const chart = document.getElementById("section-body-chart");
const byId = (id) => document.getElementById(id);
const hits = (root) => [...root.querySelectorAll(".chart-hit")];
let open = "";

function show(region) {
  open = region;
  for (const row of chart.querySelectorAll(".chart-row")) {
    const isOpen = row.dataset.area === region;
    row.toggleAttribute("data-open", isOpen); // no class: htmx puts the server's classes back after an exchange
    row.querySelector(".chart-name").setAttribute("aria-expanded", String(isOpen));
  }
  for (const hit of hits(chart)) hit.toggleAttribute("data-open", hit.dataset.region === region && !!byId(`row-${region}`));
}

// The rows say what is stored: boxes and regions are brought in line with them.
function follow() {
  const said = new Map([...chart.querySelectorAll(".chart-row")].map((row) => [row.dataset.area, row.dataset.said]));
  for (const hit of hits(chart)) {
    const felt = said.get(hit.dataset.region);
    hit.dataset.name ??= hit.getAttribute("aria-label");
    hit.setAttribute("aria-pressed", String(felt !== undefined));
    hit.setAttribute("aria-label", felt === undefined ? hit.dataset.name : `${hit.dataset.name}: ${felt}`);
  }
  for (const box of chart.querySelectorAll(".chart-list [data-region]")) {
    if (!touched.has(box.id)) box.checked = said.has(box.dataset.region);
  }
  show(open);
}

function tap(region, byKeyboard) {
  const box = byId(`area-${region}`);
  if (!box.checked) return box.click();
  show(region);
  if (byKeyboard) byId(`edit-${region}`).querySelector("input").focus();
}

function rove(hit) {
  for (const other of hits(hit.closest("svg"))) other.setAttribute("tabindex", other === hit ? "0" : "-1");
}

function centre(hit) {
  const box = hit.getBoundingClientRect();
  return [box.x + box.width / 2, box.y + box.height / 2];
}

// To the nearest region in the direction of the arrow; sideways counts twice, so that a column is walked straight down.
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
function neighbour(hit, [dx, dy]) {
  const [x, y] = centre(hit);
  let best = null;
  let least = Infinity;
  for (const other of hits(hit.closest("svg"))) {
    const [ox, oy] = centre(other);
    const along = (ox - x) * dx + (oy - y) * dy;
    const aside = Math.abs((ox - x) * dy) + Math.abs((oy - y) * dx);
    if (other !== hit && along > 4 && along + 2 * aside < least) {
      least = along + 2 * aside;
      best = other;
    }
  }
  return best;
}

for (const svg of chart?.querySelectorAll(".chart-lines") ?? []) {
  hits(svg).forEach((hit, number) => {
    hit.setAttribute("role", "button");
    hit.setAttribute("tabindex", number ? "-1" : "0");
  });
  svg.addEventListener("click", (event) => {
    const hit = event.target.closest(".chart-hit");
    if (!hit) return;
    event.preventDefault();
    rove(hit);
    tap(hit.dataset.region, event.detail === 0);
  });
  svg.addEventListener("keydown", (event) => {
    const hit = event.target.closest(".chart-hit");
    if (!hit || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = WAYS[event.key] && neighbour(hit, WAYS[event.key]);
    if (next) {
      rove(next);
      next.focus();
    } else if (event.key === "Enter" || event.key === " ") tap(hit.dataset.region, true);
    else if (event.key === "Delete" || event.key === "Backspace") byId(`remove-${hit.dataset.region}`)?.click();
    else if (!WAYS[event.key]) return;
    event.preventDefault();
  });
}

chart?.addEventListener("click", (event) => {
  const row = event.target.closest("[data-opens-area]")?.closest(".chart-row");
  if (!row) return;
  const isOpen = row.hasAttribute("data-open");
  show(isOpen ? "" : row.dataset.area);
  if (isOpen) row.querySelector(".chart-name").focus({ preventScroll: true });
});

// While something is on its way the server's answer to what went before must not take it back (answering.js sends the form as
// it stands when its turn comes).
const touched = new Map();
const isOnItsWay = () => ["saving", "waiting", "signed-out"].includes(byId("saved")?.dataset.state);
function keep() {
  if (!isOnItsWay()) touched.clear();
  for (const [id, checked] of touched) {
    const field = byId(id);
    if (field && (checked || field.type === "checkbox")) field.checked = checked;
  }
}

// What somebody was in is exchanged under the focus: back to the same control, or to the region whose row is gone, or on to
// the chart.
let last = null;
function changed() {
  keep();
  follow();
  if (!last || last.node.isConnected || document.activeElement !== document.body) return;
  (byId(last.node.id) ?? byId(last.hit) ?? chart).focus({ preventScroll: true });
}

if (chart?.querySelector("form")) {
  chart.addEventListener("focusin", ({ target }) => {
    last = { node: target, hit: `hit-${target.closest(".chart-row")?.dataset.area}` };
  });
  document.addEventListener("pointerdown", () => { last = null; }, { capture: true });
  chart.querySelector("form").addEventListener("change", ({ target }) => {
    touched.delete(target.id); // the last one touched stands last
    touched.set(target.id, target.checked);
  }, { capture: true });
  // The rows and the suggestions are exchanged as a whole, by whatever brought the server's answer.
  const eyes = new MutationObserver(changed);
  for (const place of [chart, chart.querySelector(".chart-side")]) eyes.observe(place, { childList: true });
  follow();
}
