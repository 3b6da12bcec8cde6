// Keep what was decided on the page of last year's plan while it is loaded anew: the list is long,
// and hours of choices must not go with a press of F5. The tab forgets them when it is closed.
const form = document.querySelector("form[data-keep]");

function write() {
  const kept = [...new FormData(form)].filter(([name]) => /^[gwpq]\.|^unit_id$/.test(name));
  try {
    sessionStorage.setItem(form.dataset.keep, JSON.stringify(kept));
  } catch {
    // Storage is full or forbidden: the page works as before.
  }
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(form.dataset.keep) ?? "[]");
  } catch {
    return [];
  }
}

function restore(kept) {
  let changed = false;
  for (const [name, value] of kept) {
    const field = form.elements.namedItem(name);
    if (!field || field.value === value) continue;
    field.value = value;
    changed = changed || field.value === value;
  }
  return changed;
}

if (form) {
  // What the server sent back after a refusal is newer than what the tab remembers.
  if (form.dataset.answered === undefined && restore(read())) {
    const note = document.querySelector("[data-kept]");
    note.hidden = false;
    note.querySelector("button").addEventListener("click", () => {
      sessionStorage.removeItem(form.dataset.keep);
      form.reset();
      note.hidden = true;
    });
  } else {
    write();
  }
  form.addEventListener("input", write);
  form.addEventListener("change", write);
}
