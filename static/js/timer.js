// The patient's timer: counts holds (or stretches of time) down, with a moment to get ready, the rest between sets, and a
// word when it is time to switch sides. A finished set ticks its box. Without script the runner uses any clock.
// <div class="timer" data-timer="30" data-sets="3" data-reps="1" data-rest="60" data-sides="Left|Right" data-word="hold # of #"
//   data-once="hold" data-ready-word="get ready" data-rest-word="rest" data-switch-word="switch sides" data-release-word="let go"
//   data-over="All done"> .timer-left (role=timer), .timer-step, button[data-start][data-pause]

const READY_S = 5;
const RELEASE_S = 3;
const TICK_MS = 200;

const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

function say(text) {
  const announcer = document.getElementById("announce");
  if (announcer) announcer.textContent = text;
}

// Every stretch of one session in its order: { word, seconds, isWork, set }.
function stretches(data) {
  const [sets, reps] = [Number(data.sets || 1), Number(data.reps || 1)];
  const sides = (data.sides || "").split("|").filter(Boolean);
  const work = (set, rep, side) => {
    const [number, of] = reps > 1 ? [rep, reps] : [set, sets];
    const word = of > 1 ? data.word.replace("#", number).replace("#", of) : data.once;
    return { word: side ? `${word} · ${side}` : word, seconds: Number(data.timer), isWork: true, set };
  };
  const all = [{ word: data.readyWord, seconds: READY_S }];
  for (let set = 1; set <= sets; set += 1) {
    for (const side of sides.length ? sides : [""]) {
      if (side && side !== sides[0]) all.push({ word: data.switchWord, seconds: READY_S });
      for (let rep = 1; rep <= reps; rep += 1) {
        if (rep > 1) all.push({ word: data.releaseWord, seconds: RELEASE_S });
        all.push(work(set, rep, side));
      }
    }
    all[all.length - 1].endsSet = true;
    if (set < sets) all.push({ word: data.restWord, seconds: Number(data.rest) || READY_S });
  }
  return all;
}

let sound = null;

// Two short tones to look up for, one to begin; a phone on silent stays silent.
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
  let [place, remaining, endsAt, ticking, awake] = [0, 0, 0, 0, null];

  function show(stretch, milliseconds) {
    left.textContent = clock(Math.max(0, Math.ceil(milliseconds / 1000)));
    step.textContent = stretch.word;
    timer.classList.toggle("is-resting", !stretch.isWork);
  }

  // Before the start the first hold is shown, not the moment to get ready.
  function rewind() {
    place = 0;
    remaining = plan[0].seconds * 1000;
    const first = plan.find((stretch) => stretch.isWork);
    show(first, first.seconds * 1000);
  }

  function stop() {
    clearInterval(ticking);
    ticking = 0;
    button.textContent = button.dataset.start;
    awake?.release();
    awake = null;
  }

  function next() {
    const ended = plan[place];
    if (ended.endsSet && boxes[ended.set - 1]) boxes[ended.set - 1].checked = true;
    navigator.vibrate?.(ended.isWork ? [120, 80, 120] : 80);
    beep(ended.isWork ? 2 : 1);
    if (place === plan.length - 1) {
      stop();
      rewind();
      timer.classList.add("is-over");
      step.textContent = timer.dataset.over;
      say(timer.dataset.over);
      return;
    }
    place += 1;
    remaining = plan[place].seconds * 1000;
    endsAt = performance.now() + remaining;
    show(plan[place], remaining);
    say(plan[place].word);
  }

  function tick() {
    remaining = endsAt - performance.now();
    if (remaining <= 0) next();
    else show(plan[place], remaining);
  }

  async function start() {
    timer.classList.remove("is-over");
    endsAt = performance.now() + remaining;
    ticking = setInterval(tick, TICK_MS);
    button.textContent = button.dataset.pause;
    show(plan[place], remaining);
    if (place === 0) say(plan[0].word);
    try {
      sound ??= new AudioContext();
      await sound.resume();
      awake = await navigator.wakeLock?.request("screen");
      if (!ticking) awake?.release();
    } catch { /* no sound, or the screen may go dark; the time stays right */ }
  }

  button.addEventListener("click", () => (ticking ? stop() : start()));
  rewind();
}

document.querySelectorAll(".timer").forEach(setUp);
