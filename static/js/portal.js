// The patient's page: what is tapped while offline stays on the screen and is not lost in an error page of the browser.

const strip = document.getElementById("network");

document.addEventListener("submit", (event) => {
  if (navigator.onLine || !strip) return;
  event.preventDefault();
  strip.textContent = strip.dataset.lost;
  strip.hidden = false;
  strip.scrollIntoView({ block: "nearest" });
});
