// The builder's keys: Ctrl+Z undoes outside fields, Enter in the library's search goes to the first exercise to add, and
// unfolding a row puts the focus into its one-line dose. Without script every one of these is a button or a link.

const plan = () => document.getElementById("plan");
const writes = (target) => target.matches("textarea, select, [contenteditable], input:not([type=radio], [type=checkbox], [type=hidden])");

document.addEventListener("keydown", (event) => {
  const undoes = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === "z";
  if (!undoes || writes(event.target)) return;
  const button = document.querySelector("button#undo");
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.getElementById("library-q")?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  const first = document.querySelector("#library-results [data-adds]");
  if (!first) return;
  event.preventDefault();
  first.focus();
});

// Toggle does not bubble; a row that the server sends unfolded (to mend something) is left alone.
document.addEventListener("toggle", (event) => {
  const row = event.target;
  if (!row.open || !row.matches(".plan-what > details") || !plan()?.contains(row)) return;
  if (row.contains(document.activeElement) && document.activeElement.matches("summary")) row.querySelector("input[type=text]")?.select();
}, true);

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-unfolds]");
  const folded = link && document.getElementById(link.dataset.unfolds);
  if (folded) folded.open = true;
});
