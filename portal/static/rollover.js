// Keep what was decided on the page of last year's plan in this browser, for its person alone: the
// list is long, and hours of choices must not go with a press of F5, another year or an evening.
const form = document.querySelector("form[data-keep]");

const isKept = name => /^[gwpq]\.|^unit_id$/.test(name);

// What the page proposes itself is found anew for each year; only what a person set is kept.
function isChanged(field) {
  if (field.tagName === "SELECT") return [...field.options].some(each => each.selected !== each.defaultSelected);
  if (field.type === "radio") return field.checked && !field.defaultChecked;
  return field.value !== field.defaultValue;
}

function write() {
  const isAnswered = form.dataset.answered !== undefined;
  const fields = [...form.elements].filter(({name}) => isKept(name));
  // A page that came back after a refusal has all that was sent as its own.
  const set = fields.filter(field => (field.type === "radio" ? field.checked : true) && (isAnswered || isChanged(field)));
  try {
    localStorage.setItem(form.dataset.keep, JSON.stringify(set.map(({name, value}) => [name, value])));
  } catch {
    // Storage is full or forbidden: the page works as before.
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(form.dataset.keep) ?? "[]");
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
  // What the server sent back after a refusal is newer than what the browser remembers.
  if (form.dataset.answered === undefined && restore(read())) {
    const note = document.querySelector("[data-kept]");
    note.hidden = false;
    note.querySelector("button").addEventListener("click", () => {
      localStorage.removeItem(form.dataset.keep);
      form.reset();
      note.hidden = true;
    });
  } else if (form.dataset.answered !== undefined) {
    write();
  }
  form.addEventListener("input", write);
  form.addEventListener("change", write);
}
