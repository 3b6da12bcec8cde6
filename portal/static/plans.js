// A name chosen from the directory becomes one more line of Nơi nhận.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-append]");
  if (!button) return;
  const from = document.getElementById(button.dataset.from);
  const into = document.getElementById(button.dataset.append);
  const name = from.value.trim();
  if (!name) return;
  into.value = into.value.trim() ? `${into.value.trimEnd()}\n${name}` : name;
  from.value = "";
  from.focus();
});

// A text that was changed and not saved is not left by accident.
const draft = document.querySelector(".draft form[novalidate]");
if (draft) {
  let changed = false;
  draft.addEventListener("input", () => (changed = true));
  draft.addEventListener("submit", () => (changed = false));
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
