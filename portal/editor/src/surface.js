/** The surface on which a plan is written: one ProseMirror view, its tool bar and its outline. */
import {EditorState} from "prosemirror-state";
import {EditorView} from "prosemirror-view";
import {Node} from "prosemirror-model";
import {history} from "prosemirror-history";
import {_} from "./words.js";
import {el, uniqueId} from "./dom.js";
import {schema} from "./schema.js";
import {AnnexView} from "./blocks/annexes.js";
import {ClauseView} from "./blocks/clause.js";
import {RecipientsView, RecipientView} from "./blocks/recipients.js";
import {SignatureView} from "./blocks/signature.js";
import {copying} from "./copying.js";
import {keptParts} from "./deletion.js";
import {finding} from "./find/finding.js";
import {FindPanel} from "./find/panel.js";
import {titles} from "./headings.js";
import {hints} from "./hints.js";
import {blockIds} from "./ids.js";
import {keys} from "./keys.js";
import {normalText} from "./normal.js";
import {numbering} from "./numbering.js";
import {Outline} from "./outline.js";
import {pasting} from "./paste/pasting.js";
import {recipientActs, unlinkEdited} from "./recipients.js";
import {rules} from "./rules.js";
import {say} from "./said.js";
import {showShortcuts} from "./shortcutlist.js";
import {tables} from "./tables.js";
import {Toolbar} from "./toolbar.js";

/** The plugins of the text itself, in the order in which they are asked. */
export function textPlugins({onRefusal = () => {}} = {}) {
  return [
    keptParts(),
    rules(),
    copying(),
    pasting({onRefusal}),
    ...keys(),
    tables(),
    history(),
    normalText(),
    unlinkEdited(),
    blockIds(),
    numbering(),
    titles(),
    hints(),
    finding(),
  ];
}

/** Node views, each told again when the text may or may not be written. */
function blockViews(drawn, options) {
  const make = View => (node, view, getPos, decorations) => {
    const own = new View(node, view, getPos, View === ClauseView || View === AnnexView ? decorations : options);
    drawn.add(own);
    const {destroy} = own;
    own.destroy = () => {
      drawn.delete(own);
      if (destroy) destroy.call(own);
    };
    return own;
  };
  return {
    clause: make(ClauseView),
    recipients: make(RecipientsView),
    recipient: make(RecipientView),
    signature: make(SignatureView),
    annex: make(AnnexView),
  };
}

/** A sentence for everybody, also for those who only hear the page. */
function refusalLine() {
  return el("p", {class: "ed-refusal", role: "alert", hidden: true});
}

function show(line, sentence) {
  line.textContent = sentence;
  line.hidden = !sentence;
}

const textboxAttributes = (id, label, isEditable) => () => ({
  id,
  role: "textbox",
  class: "ed-sheet",
  lang: "vi",
  spellcheck: "false",
  "aria-multiline": "true",
  "aria-readonly": String(!isEditable()),
  "aria-label": `${label.replace(/\.$/, "")}. ${_("Để ra khỏi ô soạn thảo: nhấn Escape rồi Tab. Phím tắt: nhấn Ctrl+/.")}`,
});

class Surface {
  constructor(place, options) {
    this.mayEdit = options.editable;
    this.options = options;
    this.line = refusalLine();
    this.drawn = new Set();
    const id = uniqueId("text");
    const acts = this.acts();
    const toolbar = new Toolbar(() => this.view, acts, {id});
    this.finder = new FindPanel(() => this.view);
    this.desk = el("div", {class: "ed-desk"});
    place.append(toolbar.dom, this.finder.dom, this.line, this.desk);
    for (const each of [toolbar.dom, this.finder.dom, this.desk]) each.addEventListener("keydown", event => this.onKey(event));
    this.toolbar = toolbar;
    this.view = this.openView(id, acts);
    this.outline = new Outline(this.view);
    this.toolbarElement = toolbar.dom;
    this.outlineElement = this.outline.dom;
    this.showWhetherEditable();
  }

  acts() {
    const goTo = selector => () => this.view.dom.querySelector(selector).focus();
    return {
      ...recipientActs(() => this.view, this.options.findRecipients),
      toFiling: goTo(".ed-filing-field"),
      toSigner: goTo(".ed-signer"),
      find: () => this.finder.open(false),
    };
  }

  /** Keys that work in all of the surface, its fields and its tools. */
  onKey(event) {
    const isMod = (event.ctrlKey || event.metaKey) && !event.altKey;
    const act = isMod ? this.keysWithMod()[event.key.toLowerCase()] : event.key === "F3" && (() => this.finder.go(event.shiftKey ? -1 : 1));
    if (!act || event.isComposing) return;
    event.preventDefault();
    act();
  }

  keysWithMod() {
    return {
      f: () => this.finder.open(false),
      h: () => this.finder.open(true),
      ...(this.options.onSave && {s: () => this.save()}),
      "/": () => showShortcuts(),
    };
  }

  /** Nobody needs to save, but who is used to it is told how it stands. */
  async save() {
    const isSaved = await this.options.onSave();
    if (isSaved === false) say(_("Chưa gửi được hết lên máy chủ. Chữ bạn gõ vẫn được giữ và sẽ tự gửi lại."));
    else say(_("Đã lưu. Văn bản được lưu ngay khi bạn gõ, không cần nhấn Ctrl+S."));
  }

  openView(id, acts) {
    const {doc, plugins, signers, label} = this.options;
    const onRefusal = this.options.onRefusal || (sentence => show(this.line, sentence));
    const dispatch = transaction => this.dispatch(transaction);
    return new EditorView(this.desk, {
      state: EditorState.create({
        doc: Node.fromJSON(schema, doc),
        plugins: [...plugins, ...textPlugins({onRefusal})],
      }),
      editable: () => this.mayEdit,
      attributes: textboxAttributes(id, label, () => this.mayEdit),
      // The tool bar lies over the top of the window, on a phone over its bottom.
      scrollThreshold: {top: 150, bottom: 90, left: 0, right: 0},
      scrollMargin: {top: 160, bottom: 100, left: 0, right: 0},
      nodeViews: blockViews(this.drawn, {...acts, signers}),
      dispatchTransaction: dispatch,
    });
  }

  dispatch(transaction) {
    const {state, transactions} = this.view.state.applyTransaction(transaction);
    this.view.updateState(state);
    const isDocChanged = transactions.some(each => each.docChanged);
    if (isDocChanged && !this.line.hidden) show(this.line, "");
    this.toolbar.update();
    this.finder.update();
    this.outline.update(isDocChanged);
    this.options.onChange(state, transaction);
  }

  setEditable(isEditable) {
    this.mayEdit = isEditable;
    this.view.setProps({});
    this.showWhetherEditable();
  }

  showWhetherEditable() {
    this.toolbar.dom.hidden = !this.mayEdit;
    for (const each of this.drawn) if (each.refresh) each.refresh();
    this.toolbar.update();
    this.finder.update();
  }

  destroy() {
    this.toolbar.destroy();
    this.outline.destroy();
    this.view.destroy();
    this.desk.remove();
    this.finder.dom.remove();
    this.line.remove();
  }
}

/**
 * Open a plan's text in *place*.
 *
 * *plugins* come before the surface's own; *findRecipients*(words) resolves to [{code, name}];
 * *onSave*() sends what was typed and resolves to whether all of it is stored; *onRefusal*(sentence) is told of what could not be taken in, else the surface says it itself.
 */
export function openSurface(place, options) {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return new Surface(place, {
    plugins: [],
    editable: true,
    signers: [],
    findRecipients: async () => [],
    onChange: () => {},
    onSave: null,
    onRefusal: null,
    label: _("Nội dung kế hoạch."),
    ...Object.fromEntries(given),
  });
}
