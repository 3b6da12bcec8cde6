/** Acts on Nơi nhận: adding, linking, purpose, removal; all of them ordinary steps. */
import {Plugin, PluginKey, TextSelection} from "prosemirror-state";
import {_} from "./words.js";
import {button, el, uniqueId} from "./dom.js";
import {Combobox} from "./combobox.js";
import {newId} from "./ids.js";
import {clean} from "./normal.js";
import {depthOf, placeOf} from "./places.js";
import {schema} from "./schema.js";

const {recipient, recipients} = schema.nodes;

const plain = text => clean(text).replace(/\s+/g, " ").trim();

/** Write what the dialog says into the line, touching only what differs. */
export function writeRecipient(tr, pos, {name, code, purpose}) {
  const node = tr.doc.nodeAt(pos);
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
  const purpose = el("input", {id: purposeId, class: "form-control", type: "text", maxlength: "200", placeholder: _("để báo cáo")});
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

/** A line whose words are all gone is linked to nobody. */
export const unlinkEmptied = () => new Plugin({
  key: new PluginKey("unlinkEmptied"),
  appendTransaction(transactions, _old, state) {
    if (!transactions.some(each => each.docChanged && !each.getMeta("collab$"))) return null;
    const tr = state.tr;
    state.doc.forEach((node, start) => {
      if (node.type !== recipients) return;
      node.forEach((line, offset) => {
        if (line.attrs.target && !line.content.size) tr.setNodeAttribute(start + 1 + offset, "target", null);
      });
    });
    return tr.docChanged ? tr : null;
  },
});
