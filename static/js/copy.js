// <button type="button" class="button button-quiet with-script" data-copy="patient-link" data-copied="Copied">Copy link</button>
// Copies the value or the text of the element named; where the browser refuses, it selects it so that the keys work.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const source = button && document.getElementById(button.dataset.copy);
  if (!source) return;
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
  } catch {
    source.select?.();
    return;
  }
  const words = button.textContent;
  button.textContent = button.dataset.copied;
  document.getElementById("announce").textContent = button.dataset.copied;
  setTimeout(() => { button.textContent = words; }, 2000);
});
