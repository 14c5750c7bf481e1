// A drawing that moves: exchanges the shapes of its paths from moment to moment, three times, then stands at the end. Between two
// moments the points of a shape travel straight. Nothing moves where less motion is asked for: there start and end stand side by side.
// <div class="figure-moves" data-motion="address of the movement"> (or a <script type="application/json"> inside it)
//   <img class="figure-end"> <button class="figure-again" data-play="…" data-stop="…"></div>

const SVG = "http://www.w3.org/2000/svg";
const CYCLES = 3;
const THERE_MS = 1300;
const REST_MS = 650;
const NUMBER = /-?\d+(?:\.\d+)?/g;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

// The frames with every shape written out: null is "as before", a number is "the following so many paths together".
function unpacked(frames) {
  let before = [];
  const full = frames.map((frame) => (before = frame.map((shape, at) => (shape === null ? before[at] : shape))));
  return full.map((frame) => frame.map((shape, at) => (typeof shape === "number" ? frame.slice(at + 1, at + 1 + shape).join("") : shape)));
}

// One path from one moment to the next: a function of 0 to 1. Shapes that are not alike change half way.
function between(one, other) {
  if (one === other) return () => one;
  const letters = one.split(NUMBER);
  if (letters.join() !== other.split(NUMBER).join()) return (part) => (part < 0.5 ? one : other);
  const [from, to] = [one.match(NUMBER).map(Number), other.match(NUMBER).map(Number)];
  return (part) => letters.reduce((text, letter, at) => `${text}${(from[at - 1] + (to[at - 1] - from[at - 1]) * part).toFixed(1)}${letter}`);
}

function drawn(told) {
  const svg = document.createElementNS(SVG, "svg");
  const group = svg.appendChild(document.createElementNS(SVG, "g"));
  svg.setAttribute("viewBox", told.viewBox);
  svg.setAttribute("class", "figure-live");
  svg.setAttribute("aria-hidden", "true");
  group.setAttribute("stroke-linejoin", "round");
  group.setAttribute("stroke-linecap", "round");
  if (told.mirrored) group.setAttribute("transform", `translate(${told.viewBox.split(" ")[2]} 0) scale(-1 1)`);
  const paths = told.paint.map(([fill, stroke, width]) => {
    const path = group.appendChild(document.createElementNS(SVG, "path"));
    path.setAttribute("fill", fill);
    if (stroke) path.setAttribute("stroke", stroke);
    if (stroke) path.setAttribute("stroke-width", width);
    return path;
  });
  return { svg, paths };
}

// Where the movement is at a time: 0 the start, 1 the end; there, rest, back, rest.
function placeAt(ms) {
  const [round, stay] = [2 * (THERE_MS + REST_MS), THERE_MS + REST_MS];
  const now = ms % round;
  const way = Math.min((now % stay) / THERE_MS, 1);
  return now < stay ? way : 1 - way;
}

function player(box, told) {
  const frames = unpacked(told.frames);
  const legs = frames.slice(1).map((frame, at) => frame.map((shape, path) => between(frames[at][path], shape)));
  const { svg, paths } = drawn(told);
  const button = box.querySelector(".figure-again");
  const whole = (2 * CYCLES - 1) * (THERE_MS + REST_MS);
  let running = 0;

  const show = (place) => {
    const leg = Math.min(Math.floor(place * legs.length), legs.length - 1);
    legs[leg].forEach((shape, at) => paths[at].setAttribute("d", shape(place * legs.length - leg)));
  };
  const stop = () => {
    cancelAnimationFrame(running);
    running = 0;
    svg.remove();
    box.classList.remove("is-moving");
    button.textContent = button.dataset.play;
  };
  const play = () => {
    const begun = performance.now();
    const step = (now) => {
      if (now - begun >= whole) return stop();
      show(placeAt(Math.max(now - begun, 0)));
      running = requestAnimationFrame(step);
      return running;
    };
    show(0);
    box.append(svg);
    box.classList.add("is-moving");
    button.textContent = button.dataset.stop;
    running = requestAnimationFrame(step);
  };
  button.addEventListener("click", () => (running ? stop() : play()));
  calm.addEventListener("change", () => running && stop());
  return play;
}

async function setUp(box) {
  const within = box.querySelector("script[type='application/json']");
  const told = within ? JSON.parse(within.textContent) : await (await fetch(box.dataset.motion)).json();
  const play = player(box, told);
  if (!calm.matches) play();
}

// Without the movement the end stands there as a picture, and the button would promise nothing.
for (const box of document.querySelectorAll(".figure-moves")) setUp(box).catch(() => box.querySelector(".figure-again").remove());
