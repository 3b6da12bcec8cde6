// While a Word file is read, show how far it is; then show the page anew.
const bar = document.querySelector("[data-progress-url]");

async function look() {
  try {
    const answer = await fetch(bar.dataset.progressUrl, {
      headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    const { percent, isUnderWay } = await answer.json();
    bar.value = percent;
    bar.textContent = `${percent}%`;
    if (!isUnderWay) {
      location.reload();
      return;
    }
  } catch {
    // The server may be restarting; the next look tells.
  }
  setTimeout(look, 1500);
}

if (bar) setTimeout(look, 700);
