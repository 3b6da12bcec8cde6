// From one change to the next: by the buttons, or by N and P while the redline has the focus.
const region = document.querySelector(".redline");
if (region) {
  const stops = [...region.querySelectorAll("[id^='c'][tabindex]")];
  const at = document.querySelector("[data-at]");
  let here = -1;
  const tell = () => (at.textContent = here < 0 ? "" : `${here + 1}/${stops.length}`);
  const go = (to) => {
    if (!stops.length) return;
    here = Math.max(0, Math.min(stops.length - 1, to));
    stops[here].focus({ preventScroll: true });
    stops[here].scrollIntoView({ block: "center" });
    tell();
  };
  const follow = () => {
    const found = stops.findIndex((stop) => `#${stop.id}` === window.location.hash);
    if (found >= 0) go(found);
  };
  for (const part of document.querySelectorAll(".walk, .keys")) part.hidden = false;
  document.querySelector(".walk").addEventListener("click", (event) => {
    const button = event.target.closest("[data-step]");
    if (button) go(here + Number(button.dataset.step));
  });
  region.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = { n: 1, p: -1 }[event.key.toLowerCase()];
    if (step) go(here + step);
  });
  region.addEventListener("focusin", (event) => {
    const found = stops.indexOf(event.target.closest("[id^='c'][tabindex]"));
    if (found >= 0) here = found;
    tell();
  });
  window.addEventListener("hashchange", follow);
  follow();
  if (window.matchMedia("(max-width: 1099px)").matches) document.querySelector(".contents").open = false;
}
