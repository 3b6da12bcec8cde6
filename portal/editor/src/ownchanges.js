/** Shows in a copy of a text what has been changed in it: new words underlined, old ones struck through. */
import {Plugin, PluginKey} from "prosemirror-state";
import {Decoration, DecorationSet} from "prosemirror-view";
import {ChangeSet, simplifyChanges} from "prosemirror-changeset";
import {el} from "./dom.js";
import {_} from "./words.js";

export const ownChangesKey = new PluginKey("ownChanges");

const attributesOf = ({attrs}) => JSON.stringify({...attrs, id: null});

/** Letters with other marks and blocks of another level count as changed; a block's name does not. */
const TOKENS = {
  encodeCharacter: (code, marks) =>
    marks.length
      ? `${code} ${marks
          .map(({type}) => type.name)
          .sort()
          .join(" ")}`
      : code,
  encodeNodeStart: node => `${node.type.name} ${attributesOf(node)}`,
  encodeNodeEnd: node => `/${node.type.name}`,
  compareTokens: (one, other) => one === other,
};

export function ownChanges(base) {
  const beginning = ChangeSet.create(base, undefined, TOKENS);
  return new Plugin({
    key: ownChangesKey,
    state: {
      init: (_config, state) => ({steps: [], ...shown(beginning, base, state.doc)}),
      apply(tr, value) {
        if (!tr.docChanged) return value;
        const set = value.set.addSteps(tr.doc, tr.mapping.maps, null);
        return {steps: joined(value.steps, tr.steps), ...shown(set, base, tr.doc)};
      },
    },
    props: {decorations: state => ownChangesKey.getState(state).marks},
  });
}

/** How many separate changes the copy has. */
export function countChanges(state) {
  return ownChangesKey.getState(state).count;
}

/** Every step from the beginning of the copy, those that other plugins added too. */
export function stepsOf(state) {
  return ownChangesKey.getState(state).steps;
}

/** Letters typed one after another become one step. */
function joined(steps, more) {
  const all = [...steps];
  for (const step of more) {
    const merged = all.length ? all[all.length - 1].merge(step) : null;
    if (merged) all[all.length - 1] = merged;
    else all.push(step);
  }
  return all;
}

function shown(set, base, doc) {
  const changes = simplifyChanges(set.changes, doc);
  const turned = turnedBlocks(base, doc);
  const marks = [
    ...changes.flatMap(each => drawn(each, base)),
    ...turned.map(({node, pos}) => Decoration.node(pos, pos + node.nodeSize, {class: "block-turned"})),
  ];
  return {set, count: changes.length + turned.length, marks: DecorationSet.create(doc, marks)};
}

/** Blocks whose level, signer or the like is another now: their words tell nothing of it. */
function turnedBlocks(base, doc) {
  const before = new Map();
  eachBlock(base, (name, node) => before.set(name, attributesOf(node)));
  const turned = [];
  eachBlock(doc, (name, node, pos) => {
    if (before.has(name) && before.get(name) !== attributesOf(node)) turned.push({node, pos});
  });
  return turned;
}

function eachBlock(doc, visit) {
  doc.descendants((node, pos) => {
    // The one list of recipients has no name of its own.
    const name = node.attrs.id || (node.type.name === "recipients" ? "recipients" : null);
    if (name) visit(name, node, pos);
    return !node.isTextblock;
  });
}

/** Heard around what was added, and drawn by the style sheet: it must not stand in what is written. */
function spoken() {
  return {"data-said-before": `${_("[thêm:]")} `, "data-said-after": ` ${_("[hết phần thêm]")}`};
}

function drawn({fromA, toA, fromB, toB}, base) {
  const added = toB > fromB ? [Decoration.inline(fromB, toB, {nodeName: "ins", class: "proposed-ins", ...spoken()})] : [];
  const words = base.textBetween(fromA, toA, " ¶ ", " ");
  if (!words) return added;
  const gone = () =>
    el(
      "del",
      {class: "proposed-del", contenteditable: "false"},
      el("span", {class: "visually-hidden"}, _("[đã bỏ:]"), " "),
      words,
      el("span", {class: "visually-hidden"}, " ", _("[hết phần bỏ]")),
    );
  return [
    Decoration.widget(fromB, gone, {side: -1, marks: [], key: `${fromA}-${toA}-${words}`, ignoreSelection: true}),
    ...added,
  ];
}
