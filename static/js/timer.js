// The patient's timer: counts holds (or stretches of time) down, with a moment to get ready, the rest between sets, and a
// word when it is time to switch sides. A finished set ticks its box. Every change is felt (vibration), heard (tones, unless
// the phone is silent), read out, and seen (data-phase and, for a second, is-new): any one of them is enough. Without script
// the runner uses any clock. The time is counted from the phone's clock, so a locked screen or a slow tab loses none of it.
// <div class="timer" data-timer="30" data-sets="3" data-reps="1" data-rest="60" data-sides="Left|Right" data-word="hold # of #"
//   data-once="hold" data-ready-word="get ready" data-rest-word="rest" data-switch-word="switch sides" data-release-word="let go"
//   data-over="All done"> .timer-left (role=timer), .timer-step, button[data-start][data-pause]

import { position, setsDone, stretches } from "./timer-steps.js";

const TICK_MS = 200;
const SHOWN_MS = 1_000; // how long a change stands out
const FELT = { work: [200], rest: [120, 80, 120], release: [80], switch: [120, 80, 120, 80, 120], over: [400] };

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function say(text) {
  const announcer = document.getElementById("announce");
  if (announcer) announcer.textContent = text;
}

let sound = null;

// Short tones: one to begin, two to stop or switch; a phone on silent stays silent.
function beep(times) {
  if (!sound) return;
  for (let count = 0; count < times; count += 1) {
    const [tone, volume, at] = [sound.createOscillator(), sound.createGain(), sound.currentTime + count * 0.25];
    volume.gain.setValueAtTime(0.15, at);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.18);
    tone.frequency.value = 880;
    tone.connect(volume).connect(sound.destination);
    tone.start(at);
    tone.stop(at + 0.2);
  }
}

function setUp(timer) {
  const left = timer.querySelector(".timer-left");
  const step = timer.querySelector(".timer-step");
  const button = timer.querySelector("button");
  const plan = stretches(timer.dataset);
  const boxes = [...document.querySelectorAll("input[name=sets]")];
  let [place, elapsed, begunAt, ticking, awake] = [0, 0, 0, 0, null];

  function show(stretch, milliseconds) {
    left.textContent = clock(Math.max(0, Math.ceil(milliseconds / 1000)));
    step.textContent = stretch.word;
    timer.dataset.phase = stretch.phase;
  }

  // Before the start the first hold is shown, not the moment to get ready.
  function rewind() {
    [place, elapsed] = [0, 0];
    const first = plan.find(({ phase }) => phase === "work");
    show(first, first.seconds * 1000);
    delete timer.dataset.phase;
  }

  function standOut(phase, word) {
    navigator.vibrate?.(FELT[phase] ?? [80]);
    beep(phase === "work" ? 1 : 2);
    say(word);
    timer.classList.add("is-new");
    setTimeout(() => timer.classList.remove("is-new"), SHOWN_MS);
  }

  function stop() {
    clearInterval(ticking);
    ticking = 0;
    button.textContent = button.dataset.start;
    awake?.release();
    awake = null;
  }

  function finish() {
    stop();
    rewind();
    timer.dataset.phase = "over";
    step.textContent = timer.dataset.over;
    standOut("over", timer.dataset.over);
  }

  function tick() {
    elapsed = Date.now() - begunAt;
    const now = position(plan, elapsed);
    if (now.place !== place) {
      for (const set of setsDone(plan, now.place)) if (boxes[set - 1]) boxes[set - 1].checked = true;
      place = now.place;
      if (place === plan.length) return finish();
      standOut(plan[place].phase, plan[place].word);
    }
    show(plan[place], now.remaining);
  }

  // The screen stays on while the timer runs; a browser lets go of that whenever the page is out of sight.
  async function stayAwake() {
    try {
      awake = await navigator.wakeLock?.request("screen");
      if (!ticking) awake?.release();
    } catch { /* the screen may go dark; the time stays right */ }
  }

  function start() {
    begunAt = Date.now() - elapsed;
    ticking = setInterval(tick, TICK_MS);
    button.textContent = button.dataset.pause;
    tick();
    if (place === 0) say(plan[0].word);
    stayAwake();
    try {
      sound ??= new AudioContext();
      sound.resume().catch(() => {});
    } catch { /* no sound */ }
  }

  button.addEventListener("click", () => (ticking ? stop() : start()));
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !ticking) return;
    tick();
    if (ticking) stayAwake();
  });
  rewind();
}

document.querySelectorAll(".timer").forEach(setUp);
