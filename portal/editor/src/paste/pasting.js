/** Takes in what is pasted or dropped: cleaned, in levels, or refused with a sentence when it is too much. */
import {Plugin, PluginKey, TextSelection} from "prosemirror-state";
import {_} from "../words.js";
import {deleteSelected} from "../deletion.js";
import {cursorInFirstCell, fillCells} from "../tables.js";
import {excess} from "./bounds.js";
import {onlyTable, paste} from "./fit.js";
import {readHtml} from "./html.js";
import {looksMisread} from "./legacy.js";
import {readPlain} from "./plain.js";

export const MAX_HTML = 2 * 1024 * 1024;
export const MAX_TEXT = 600000;
// The limit of workflows/domain/content/checks.py.
const MAX_BLOCKS = 4000;

/** What the clipboard holds: {html, text}. */
const contents = data => ({html: data.getData("text/html"), text: data.getData("text/plain")});

/** Why a paste is not taken in, or an empty string. */
function refusal({html, text}) {
  if (html.length > MAX_HTML || text.length > MAX_TEXT) {
    return _("Nội dung dán vào quá lớn (quá 600.000 ký tự hoặc 2 MB); bạn hãy dán từng phần.");
  }
  return html || text ? "" : _("Bộ nhớ tạm không có chữ; ảnh và tệp không dán được vào kế hoạch.");
}

function count(doc) {
  let blocks = 0;
  doc.descendants(node => {
    if (node.isTextblock) blocks += 1;
    return !node.isTextblock;
  });
  return blocks;
}

const sizeOf = blocks => blocks.reduce(
  (sum, block) => sum + (block.kind === "table"
    ? block.rows.reduce((all, row) => all + row.reduce((cells, cell) => cells + Math.max(1, cell.blocks.length), 0), 0)
    : 1),
  0,
);

function lengthOf(blocks) {
  const own = block => (block.kind === "table"
    ? block.rows.reduce((all, row) => all + row.reduce((cells, cell) => cells + lengthOf(cell.blocks), 0), 0)
    : block.runs.reduce((all, run) => all + (run ? run.text.length : 1), 0));
  return blocks.reduce((sum, block) => sum + own(block), 0);
}

const textOf = blocks => blocks.map(block => (block.runs || []).map(run => (run ? run.text : " ")).join("")).join("\n");

/** The change that puts *blocks* in the place of the selection, or null where they cannot stand. */
function placed(state, blocks) {
  const table = onlyTable(state.doc, blocks);
  const filled = table && fillCells(state, table);
  if (filled) return filled;
  const tr = cursorInFirstCell(state, deleteSelected(state) || state.tr);
  return tr.selection instanceof TextSelection ? paste(tr, blocks) : null;
}

/** Take in *data* at the selection; *onRefusal* is told why not. */
function take(view, data, onRefusal) {
  const given = contents(data);
  const why = refusal(given);
  if (why) return onRefusal(why);
  const {blocks, isConverted} = given.html ? readHtml(given.html) : {blocks: readPlain(given.text), isConverted: false};
  if (!blocks.length) return undefined;
  const {doc} = view.state;
  if (count(doc) + sizeOf(blocks) > MAX_BLOCKS) {
    return onRefusal(_("Sau khi dán, kế hoạch sẽ có hơn 4.000 đoạn; bạn hãy dán ít hơn."));
  }
  if (doc.content.size + lengthOf(blocks) > MAX_TEXT * 2 || lengthOf(blocks) > MAX_TEXT) {
    return onRefusal(_("Sau khi dán, kế hoạch sẽ quá dài (quá 600.000 ký tự); bạn hãy dán ít hơn."));
  }
  const tr = placed(view.state, blocks);
  if (!tr) return undefined;
  const excessive = excess(tr);
  if (excessive) return onRefusal(excessive);
  view.dispatch(tr.setMeta("paste", true).setMeta("uiEvent", "paste").scrollIntoView());
  if (isConverted) onRefusal(_("Chữ gõ bằng phông chữ cũ (.Vn…, VNI-…) đã được chuyển sang Unicode; bạn đọc lại chỗ vừa dán."));
  else if (looksMisread(given.text || textOf(blocks))) {
    onRefusal(_("Chữ vừa dán có vẻ gõ bằng bảng mã cũ (TCVN3). Bạn hoàn tác (Ctrl+Z), rồi dán từ Word có định dạng để được chuyển sang Unicode."));
  }
  return undefined;
}

export const pasting = ({onRefusal}) => new Plugin({
  key: new PluginKey("pasting"),
  props: {
    handleDOMEvents: {
      paste(view, event) {
        if (!event.clipboardData || !view.dom.contains(event.target) || event.target.tagName === "INPUT") return false;
        event.preventDefault();
        if (view.editable) take(view, event.clipboardData, onRefusal);
        return true;
      },
      drop(view, event) {
        event.preventDefault();
        const place = view.posAtCoords({left: event.clientX, top: event.clientY});
        if (!view.editable || !event.dataTransfer || !place) return true;
        const at = TextSelection.near(view.state.doc.resolve(place.pos));
        view.dispatch(view.state.tr.setSelection(at));
        take(view, event.dataTransfer, onRefusal);
        return true;
      },
    },
  },
});
