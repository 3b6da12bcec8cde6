// A page that waits for the workers looks again after some seconds; without this, its link does.
const waiting = document.querySelector("[data-reload]");
if (waiting) {
  window.setTimeout(() => {
    if (!document.hidden) window.location.reload();
    else document.addEventListener("visibilitychange", () => window.location.reload(), { once: true });
  }, Number(waiting.dataset.reload) * 1000);
}
