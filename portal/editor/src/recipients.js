/** Acts on Nơi nhận: adding, linking, purpose, removal; all of them ordinary steps. */
import {Plugin, PluginKey, TextSelection} from "prosemirror-state";
import {_} from "./words.js";
import {button, el, uniqueId} from "./dom.js";
import {Combobox} from "./combobox.js";
import {newId} from "./ids.js";
import {takesLines} from "./linefield.js";
import {AFTER_COMPOSITION, clean} from "./normal.js";
import {depthOf, placeOf} from "./places.js";
import {say} from "./said.js";
import {schema} from "./schema.js";

const {recipient, recipients} = schema.nodes;

// Marks a transaction whose code belongs to its words: it was picked, or its want was confirmed.
const pickedKey = new PluginKey("pickedRecipients");

const plain = text => clean(text).replace(/\s+/g, " ").trim();

/** Write what the dialog says into the line, touching only what differs. */
export function writeRecipient(tr, pos, {name, code, purpose}) {
  const node = tr.doc.nodeAt(pos);
  tr.setMeta(pickedKey, true);
  if (node.attrs.target !== code) tr.setNodeAttribute(pos, "target", code);
  if (node.attrs.purpose !== (purpose || null)) tr.setNodeAttribute(pos, "purpose", purpose || null);
  if (node.textContent !== name) {
    if (name) tr.replaceWith(pos + 1, pos + 1 + node.content.size, schema.text(name));
    else tr.delete(pos + 1, pos + 1 + node.content.size);
  }
  return tr;
}

/** Put a new line at the end of Nơi nhận. */
export function appendRecipient(tr, {name, code, purpose}) {
  let end = null;
  tr.doc.forEach((node, pos) => { if (node.type === recipients) end = pos + node.nodeSize - 1; });
  const attrs = {id: newId(), target: code, purpose: purpose || null};
  tr.insert(end, recipient.create(attrs, name ? schema.text(name) : null));
  return tr.setSelection(TextSelection.create(tr.doc, end + 1 + name.length));
}

export function removeRecipient(state, dispatch) {
  const {$from} = state.selection;
  const depth = depthOf($from, recipient);
  if (!depth) return false;
  if (dispatch) {
    const tr = state.tr.delete($from.before(depth), $from.after(depth));
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve($from.before(depth)), -1)).scrollIntoView());
  }
  return true;
}

export const isInRecipient = state => depthOf(state.selection.$from, recipient) > 0;

/** The dialog of one line; resolves to {name, code, purpose}, or null. */
function askRecipient(node, find) {
  const title = uniqueId("recipient");
  const purposeId = uniqueId("purpose");
  const field = new Combobox({
    label: _("Nơi nhận"),
    find,
    name: node ? node.textContent : "",
    code: node ? node.attrs.target : null,
  });
  const purpose = takesLines(
    el("input", {id: purposeId, class: "form-control", type: "text", maxlength: "200", placeholder: _("để báo cáo")}),
  );
  purpose.value = (node && node.attrs.purpose) || "";
  const save = el("button", {type: "submit", class: "btn btn-primary"}, node ? _("Ghi vào dòng") : _("Thêm"));
  const dialog = el(
    "dialog",
    {class: "ed-dialog", "aria-labelledby": title},
    el(
      "form",
      {method: "dialog", on: {submit: () => { dialog.returnValue = "save"; }}},
      el("h2", {id: title, class: "h5"}, node ? _("Sửa nơi nhận") : _("Thêm nơi nhận")),
      field.dom,
      el("label", {for: purposeId, class: "form-label"}, _("Mục đích (nếu có)")),
      purpose,
      el("div", {class: "ed-dialog-acts"}, save, button(_("Thôi"), () => dialog.close(""))),
    ),
  );
  document.body.append(dialog);
  return new Promise(resolve => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      const answer = {name: plain(field.name), code: field.code, purpose: plain(purpose.value)};
      resolve(dialog.returnValue === "save" && answer.name ? answer : null);
    });
    save.value = "save";
    dialog.showModal();
    field.field.focus();
  });
}

/** The two acts that the lines and the tool bar call. */
export function recipientActs(getView, find) {
  return {
    async addRecipient() {
      const answer = await askRecipient(null, find);
      const view = getView();
      if (answer) view.dispatch(appendRecipient(view.state.tr, answer).scrollIntoView());
      view.focus();
    },
    async editRecipient(pos) {
      const view = getView();
      const node = view.state.doc.nodeAt(pos);
      const answer = await askRecipient(node, find);
      const place = answer ? placeOf(view.state.doc, node.attrs.id) : null;
      if (place !== null) view.dispatch(writeRecipient(view.state.tr, place, answer).scrollIntoView());
      view.focus();
    },
  };
}

// A full stop, a semicolon or a capital makes no other organisation.
const sameName = text => plain(text).replace(/[;.,\s]+$/, "").toLocaleLowerCase("vi");

function linesOf(doc) {
  const found = new Map();
  doc.forEach((node, start) => {
    if (node.type !== recipients) return;
    node.forEach((line, offset) => found.set(line.attrs.id, {line, pos: start + 1 + offset}));
  });
  return found;
}

/** The lines that still bear a code which was picked for other words. */
function mislinked(old, doc) {
  const before = linesOf(old);
  return [...linesOf(doc).values()].filter(({line}) => {
    if (!line.attrs.target) return false;
    if (!line.content.size) return true;
    const was = before.get(line.attrs.id)?.line;
    return was?.attrs.target === line.attrs.target && sameName(was.textContent) !== sameName(line.textContent);
  });
}

/**
 * A line whose words are changed is linked to nobody, until it is picked anew: the document must not be
 * sent to an organisation whose name is no longer on it.
 */
export function unlinkEdited() {
  let view = null;
  let owed = null;
  const unlinked = (old, state) => {
    const tr = state.tr;
    for (const {pos} of mislinked(old, state.doc)) tr.setNodeAttribute(pos, "target", null);
    if (!tr.docChanged) return null;
    say(_("Chữ của dòng nơi nhận đã đổi nên dòng không còn gắn với đơn vị nào. Bạn nhấn “Chọn…” để gắn lại."));
    return tr;
  };
  // The input method must not be disturbed in the middle of a word.
  const settle = () => {
    if (!owed || !view || view.isDestroyed) return;
    if (view.composing) {
      setTimeout(settle, AFTER_COMPOSITION);
      return;
    }
    const tr = unlinked(owed, view.state);
    owed = null;
    if (tr) view.dispatch(tr);
  };
  return new Plugin({
    key: pickedKey,
    view(own) {
      view = own;
      return {destroy() { view = null; }};
    },
    appendTransaction(transactions, old, state) {
      const own = transactions.filter(each => each.docChanged && !each.getMeta("collab$"));
      // Undoing brings back words and link together.
      if (!own.length || own.some(each => each.getMeta(pickedKey) || each.getMeta("history$"))) return null;
      if (linesOf(old.doc).size === 0) return null;
      if (view && view.composing) {
        owed = owed || old.doc;
        return null;
      }
      return unlinked(old.doc, state);
    },
    props: {
      handleDOMEvents: {
        compositionend() {
          setTimeout(settle, AFTER_COMPOSITION);
          return false;
        },
      },
    },
  });
}
