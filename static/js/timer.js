// The patient's timer for holds: counts a hold down, the rest after it, and goes on to the next one.
// <div class="timer" data-timer="30" data-times="3" data-rest="60" data-word="hold # of #" data-rest-word="rest" data-over="Done"
//   data-sides="Left|Right"> .timer-left (role=timer), .timer-step, button[data-start][data-pause]

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function say(text) {
  const announcer = document.getElementById("announce");
  if (announcer) announcer.textContent = text;
}

function setUp(timer) {
  const left = timer.querySelector(".timer-left");
  const step = timer.querySelector(".timer-step");
  const button = timer.querySelector("button");
  const hold = Number(timer.dataset.timer);
  const rest = Number(timer.dataset.rest || 0);
  const sides = (timer.dataset.sides || "").split("|").filter(Boolean);
  const times = Number(timer.dataset.times || 1) * Math.max(1, sides.length);
  let number = 1;
  let resting = false;
  let remaining = hold * 1000;
  let endsAt = 0;
  let ticking = 0;
  let awake = null;

  function words() {
    if (resting) return timer.dataset.restWord || "";
    const parts = [Math.ceil(number / Math.max(1, sides.length)), times / Math.max(1, sides.length)];
    const word = (timer.dataset.word || "").replace("#", parts[0]).replace("#", parts[1]);
    return sides.length ? `${word} · ${sides[(number - 1) % sides.length]}` : word;
  }

  function draw() {
    left.textContent = clock(Math.max(0, Math.ceil(remaining / 1000)));
    step.textContent = words();
  }

  function stop() {
    clearInterval(ticking);
    ticking = 0;
    button.textContent = button.dataset.start;
    awake?.release();
    awake = null;
  }

  function next() {
    navigator.vibrate?.(resting ? 80 : [120, 80, 120]);
    if (!resting && number === times) {
      stop();
      timer.classList.add("is-over");
      number = 1;
      remaining = hold * 1000;
      draw();
      step.textContent = timer.dataset.over || "";
      say(step.textContent);
      return;
    }
    if (resting || !rest) number += 1;
    resting = !resting && rest > 0;
    remaining = (resting ? rest : hold) * 1000;
    endsAt = performance.now() + remaining;
    draw();
    say(words());
  }

  function tick() {
    remaining = endsAt - performance.now();
    if (remaining <= 0) next();
    else draw();
  }

  async function start() {
    timer.classList.remove("is-over");
    endsAt = performance.now() + remaining;
    ticking = setInterval(tick, 200);
    button.textContent = button.dataset.pause;
    draw();
    try {
      awake = await navigator.wakeLock?.request("screen");
    } catch { /* the screen may go dark; the time stays right */ }
  }

  button.addEventListener("click", () => (ticking ? stop() : start()));
  timer.dataset.ready = "yes";
  draw();
}

function setUpAll() {
  document.querySelectorAll(".timer:not([data-ready])").forEach(setUp);
}

setUpAll();
document.addEventListener("htmx:afterSettle", setUpAll);
