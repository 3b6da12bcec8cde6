/** Shows which clauses are titles, set bold; the twin of workflows/domain/content/headings.py. */
import {Plugin, PluginKey} from "prosemirror-state";
import {Decoration, DecorationSet} from "prosemirror-view";
import {orderOf} from "./places.js";
import {schema} from "./schema.js";

const RANKS = {part: 0, sec: 1, sub: 2, pt: 3, dash: 4, plus: 5, para: 6};
const TITLED = new Set(["sec", "sub"]);
const LONGEST_TITLE = 300;
const SENTENCE_END = /[.;:,!?…/]$/;
const {clause, table, annex} = schema.nodes;

function isUnder(following, level) {
  return following.type === table || (RANKS[following.attrs.level] ?? 0) > RANKS[level];
}

function isHeading(node, following) {
  const {level} = node.attrs;
  if (!TITLED.has(level)) return level === "part";
  if (!following || !isUnder(following, level)) return false;
  const words = node.textBetween(0, node.content.size, "", "\n").trimEnd();
  return words.length > 0 && words.length <= LONGEST_TITLE && !SENTENCE_END.test(words);
}

/** The clauses of *doc* that are titles, as [position, node]. */
export function headings(doc) {
  const found = [];
  const walk = (container, start) => {
    let last = null;
    const settle = following => last && isHeading(last.node, following) && found.push([last.pos, last.node]);
    container.forEach((node, offset) => {
      if (node.type === annex) return;
      if (orderOf(node.type) === undefined) return;
      settle(node);
      last = node.type === clause ? {node, pos: start + offset} : null;
    });
    settle(null);
    container.forEach((node, offset) => node.type === annex && walk(node, start + offset + 1));
  };
  walk(doc, 0);
  return found;
}

function draw(doc, found) {
  return DecorationSet.create(
    doc,
    found.map(([pos, node]) => Decoration.node(pos, pos + node.nodeSize, {class: "is-title"})),
  );
}

const isSame = (one, other) => one.length === other.length && one.every((place, at) => place === other[at]);

const drawn = doc => {
  const found = headings(doc);
  return {places: found.map(([pos]) => pos), marks: draw(doc, found)};
};

export const headingsKey = new PluginKey("headings");

export const titles = () => new Plugin({
  key: headingsKey,
  state: {
    init: (_config, state) => drawn(state.doc),
    apply(tr, value) {
      if (!tr.docChanged) return value;
      const found = headings(tr.doc);
      const places = found.map(([pos]) => pos);
      // Typing seldom makes or unmakes a title: the marks of before go along.
      const isStill = isSame(places, value.places.map(place => tr.mapping.map(place)));
      return {places, marks: isStill ? value.marks.map(tr.mapping, tr.doc) : draw(tr.doc, found)};
    },
  },
  props: {decorations(state) { return this.getState(state).marks; }},
});
