/** Finds blocks by the names that stay with them through every edit. */

/** {node, pos} of the block called *id*, or null. */
export function blockCalled(doc, id) {
  let found = null;
  doc.descendants((node, pos) => {
    if (!found && node.attrs.id === id) found = {node, pos};
    return !found && !node.isTextblock;
  });
  return found;
}
