// "Use" beside a suggestion chooses it in the form at once; without script the server does the same.

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-use]");
  if (!button) return;
  const [field, value] = button.dataset.use.split("=");
  const option = document.querySelector(`#conclusion input[name="${field}"][value="${value}"]`);
  if (!option) return;
  event.preventDefault();
  option.checked = true;
  option.focus();
});
