// Narrows the list of rules to those with certain words, or to those whose level was changed.
const narrow = document.querySelector("[data-narrow]");

/** Letters as they are searched for: small, and without their marks. */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/đ/g, "d");
}

function show() {
  const words = plain(narrow.querySelector("[type=search]").value).split(/\s+/);
  const isChanged = narrow.querySelector("[type=checkbox]").checked;
  let count = 0;
  for (const group of document.querySelectorAll("[data-group]")) {
    let inGroup = 0;
    for (const row of group.querySelectorAll("tbody tr")) {
      const text = plain([...row.cells].slice(0, 3).map((cell) => cell.textContent).join(" "));
      row.hidden = (isChanged && !("changed" in row.dataset)) || !words.every((word) => text.includes(word));
      inGroup += !row.hidden;
    }
    group.hidden = !inGroup;
    count += inGroup;
  }
  const told = narrow.querySelector("[data-words]");
  told.textContent = told.dataset.words.replace("#", count);
}

if (narrow) {
  narrow.hidden = false;
  narrow.addEventListener("input", show);
  // What the browser kept in the fields of a page that is loaded anew.
  show();
}
