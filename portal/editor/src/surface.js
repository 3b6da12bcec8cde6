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
import {hints} from "./hints.js";
import {blockIds} from "./ids.js";
import {keys} from "./keys.js";
import {normalText} from "./normal.js";
import {numbering} from "./numbering.js";
import {Outline} from "./outline.js";
import {pasting} from "./paste/pasting.js";
import {recipientActs, unlinkEdited} from "./recipients.js";
import {rules} from "./rules.js";
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
    hints(),
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
  "aria-label": `${label.replace(/\.$/, "")}. ${_("Để ra khỏi ô soạn thảo: nhấn Escape rồi Tab.")}`,
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
    this.desk = el("div", {class: "ed-desk"});
    place.append(toolbar.dom, this.line, this.desk);
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
    };
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
  }

  destroy() {
    this.toolbar.destroy();
    this.outline.destroy();
    this.view.destroy();
    this.desk.remove();
    this.line.remove();
  }
}

/**
 * Open a plan's text in *place*.
 *
 * *plugins* come before the surface's own; *findRecipients*(words) resolves to [{code, name}];
 * *onRefusal*(sentence) is told of what could not be taken in, else the surface says it itself.
 */
export function openSurface(place, options) {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return new Surface(place, {
    plugins: [],
    editable: true,
    signers: [],
    findRecipients: async () => [],
    onChange: () => {},
    onRefusal: null,
    label: _("Nội dung kế hoạch."),
    ...Object.fromEntries(given),
  });
}
