// The answers of the intake as places: where one is, which comes next, what it says. Used by keys.js and intake.js.
// A place is one .answer: a finding on one side. The order is the clinician's: the painful side, the other side, the next finding.

export const intake = document.querySelector(".intake");

export const rowOf = (answer) => answer?.closest("[data-finding]") ?? null;
export const sectionOf = (answer) => answer?.closest(".findings") ?? null;
export const rows = () => [...intake.querySelectorAll(".findings [data-finding]")];
export const fieldOf = (answer) => answer?.querySelector("input:checked") ?? answer?.querySelector("input:not([type=hidden])");
export const numberOf = (answer) => answer.querySelector("input:not([type=hidden], [type=radio])");

export function placesIn(row) {
  const answers = [...(row?.querySelectorAll(".answer") ?? [])];
  return answers.sort((a, b) => b.matches(".is-painful") - a.matches(".is-painful"));
}

export const places = () => rows().flatMap(placesIn);

export function valueOf(answer) {
  const number = numberOf(answer);
  return number ? number.value.trim() : answer.querySelector("input:checked")?.value ?? "";
}

export const isOpen = (answer) => valueOf(answer) === "";

export function go(answer) {
  const field = fieldOf(answer);
  if (!field) return false;
  field.focus({ preventScroll: true });
  if (field.type !== "radio") field.select();
  const row = rowOf(answer);
  row.scrollIntoView({ block: "nearest" });
  return true;
}

// The next place that has no answer yet. Questions asked only when something points to them are passed over, unless one is
// among them already.
export function nextOpen(from) {
  const all = places();
  const optional = rowOf(from).matches("[data-optional]");
  return all.slice(all.indexOf(from) + 1).find((one) => isOpen(one) && (optional || !rowOf(one).matches("[data-optional]")));
}

// Gives an answer as a finger would, so that everything that listens to a finger hears it too. "" takes an answer back.
export function give(answer, value) {
  const number = numberOf(answer);
  if (number) {
    number.value = value;
    number.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }
  const option = answer.querySelector(`input[type=radio][value="${CSS.escape(value)}"]`);
  if (value && !option) return false;
  if (option) {
    if (!option.checked) option.click();
    return true;
  }
  const checked = answer.querySelector("input:checked");
  if (!checked) return true;
  checked.checked = false;
  const none = document.createElement("input");
  Object.assign(none, { type: "hidden", name: checked.name, value: "" });
  none.dataset.cleared = "";
  answer.append(none);
  checked.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}

// Radio buttons that are all off send nothing; the field that says "no answer" for them goes when one is on again.
intake?.addEventListener("change", (event) => {
  const answer = event.target.closest(".answer");
  if (answer?.querySelector("input:checked")) answer.querySelector("[data-cleared]")?.remove();
}, { capture: true });
