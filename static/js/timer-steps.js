// What a timer counts, and where in it one is after so many milliseconds: nothing here knows a clock or a page.

export const READY_S = 5;
const RELEASE_S = 3;

// Every stretch of one session in its order: { word, phase (ready, work, release, switch, rest), seconds, set, endsSet }.
export function stretches(data) {
  const [sets, reps] = [Number(data.sets || 1), Number(data.reps || 1)];
  const sides = (data.sides || "").split("|").filter(Boolean);
  const work = (set, rep, side) => {
    const [number, of] = reps > 1 ? [rep, reps] : [set, sets];
    const word = of > 1 ? data.word.replace("#", number).replace("#", of) : data.once;
    return { word: side ? `${word} · ${side}` : word, phase: "work", seconds: Number(data.timer), set };
  };
  const all = [{ word: data.readyWord, phase: "ready", seconds: READY_S }];
  for (let set = 1; set <= sets; set += 1) {
    for (const side of sides.length ? sides : [""]) {
      if (side && side !== sides[0]) all.push({ word: data.switchWord, phase: "switch", seconds: READY_S });
      for (let rep = 1; rep <= reps; rep += 1) {
        if (rep > 1) all.push({ word: data.releaseWord, phase: "release", seconds: RELEASE_S });
        all.push(work(set, rep, side));
      }
    }
    all[all.length - 1].endsSet = true;
    if (set < sets) all.push({ word: data.restWord, phase: "rest", seconds: Number(data.rest) || READY_S });
  }
  return all;
}

// The stretch one is in and the milliseconds left of it, however many stretches went by unseen: a dark screen or a tab in the
// background loses no time. `place` is the number of stretches, and nothing is left, when all of it is over.
export function position(plan, elapsed) {
  let left = elapsed;
  for (const [place, { seconds }] of plan.entries()) {
    if (left < seconds * 1000) return { place, remaining: seconds * 1000 - left };
    left -= seconds * 1000;
  }
  return { place: plan.length, remaining: 0 };
}

// The sets whose last stretch has ended by then.
export const setsDone = (plan, place) => plan.slice(0, place).filter(({ endsSet }) => endsSet).map(({ set }) => set);
