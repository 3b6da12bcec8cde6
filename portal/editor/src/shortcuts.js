/** Keys for the margin that work wherever one is beside it: in the text, or nowhere in particular. */

/** Ctrl+Alt+M begins a remark, Ctrl+Alt+J goes to the card of the passage under the cursor. */
export function listenForShortcuts(beside) {
  const acts = {KeyM: () => beside.begin(), KeyJ: () => beside.openAtCursor()};
  document.addEventListener("keydown", event => {
    const act = (event.ctrlKey || event.metaKey) && event.altKey && acts[event.code];
    if (!act || beside.isAway || event.target.closest(".margin, dialog")) return;
    event.preventDefault();
    act();
  });
}
