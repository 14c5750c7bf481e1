// <button type="button" class="with-script" data-print>: the browser's print dialog, everything folded opened first.

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
window.addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("main details:not([open])")) {
    folded.open = true;
    folded.dataset.opened = "";
  }
});
window.addEventListener("afterprint", () => {
  for (const folded of document.querySelectorAll("main details[data-opened]")) folded.open = false;
});
