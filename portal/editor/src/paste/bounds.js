/** What a text may grow to at one blow: the server refuses more, and then the writing on the page has ended. */
import {_} from "../words.js";
import {schema} from "../schema.js";

// The limits of workflows/domain/content/edits.py and shape.py.
export const MAX_PIECES = 5000;
const MAX_SIZE = 900000;
const MAX_NODES = 60000;
// The limit of workflows/domain/content/checks.py: a longer trích yếu is stored, but never submitted.
const MAX_TITLE = 500;
// Of the 3 MB that portal/views/text.py takes in one request; other steps may travel in it too.
const MAX_STEPS_BYTES = 2 * 1024 * 1024;

const bytes = tr => new TextEncoder().encode(JSON.stringify(tr.steps.map(step => step.toJSON()))).length;

function isOverfull(doc) {
  let nodes = 0;
  let most = 0;
  doc.descendants(node => {
    nodes += 1;
    if (node.isTextblock) most = Math.max(most, node.childCount);
  });
  return nodes > MAX_NODES || most > MAX_PIECES;
}

/** Why the server would not take *tr*, or an empty string. */
export function excess(tr) {
  if (tr.doc.content.size > MAX_SIZE) return _("Sau khi dán, kế hoạch sẽ quá dài; bạn hãy dán ít hơn.");
  if (isOverfull(tr.doc)) return _("Nội dung dán vào đổi kiểu chữ quá nhiều chỗ; bạn hãy dán từng phần, hoặc dán chữ không định dạng (Ctrl+Shift+V).");
  if (bytes(tr) > MAX_STEPS_BYTES) return _("Nội dung dán vào quá lớn để gửi một lần; bạn hãy dán từng phần.");
  const line = tr.selection.$from.parent;
  if (line.type === schema.nodes.title && line.content.size > MAX_TITLE) {
    return _("Trích yếu có tối đa 500 ký tự; bạn hãy dán nội dung vào phần dưới.");
  }
  return "";
}
