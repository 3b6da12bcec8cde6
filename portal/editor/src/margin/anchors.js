/** The passages that comments, suggestions and findings speak of: drawn in the text, moved with it. */
import {Plugin, PluginKey, TextSelection} from "prosemirror-state";
import {Decoration, DecorationSet} from "prosemirror-view";
import {carry} from "../timeline.js";
import {el} from "../dom.js";
import {_} from "../words.js";

export const anchorsKey = new PluginKey("anchors");

/**
 * A place is {key, kind, start, end, isGone, look}: kind is thread, pending, suggestion or finding; look
 * holds what its drawing needs. `onPress(key)` hears of a press on a drawn passage.
 */
export function anchors(onPress) {
  return new Plugin({
    key: anchorsKey,
    state: {
      init: () => ({places: [], active: null, marks: DecorationSet.empty}),
      apply: next,
    },
    props: {
      decorations: state => anchorsKey.getState(state).marks,
      handleClick(view, pos, event) {
        const key = event.target.closest?.("[data-anchor]")?.dataset.anchor;
        if (!key) return false;
        // The press redraws its block, which puts the selection known so far back: it must be this one.
        if (view.editable && !event.shiftKey) putCursor(view, pos);
        onPress(key);
        return false;
      },
    },
  });
}

function putCursor(view, pos) {
  const {state} = view;
  const selection = TextSelection.near(state.doc.resolve(pos));
  if (!selection.eq(state.selection)) view.dispatch(state.tr.setSelection(selection).setMeta("pointer", true));
}

function next(tr, value) {
  const told = tr.getMeta(anchorsKey);
  if (!told && !tr.docChanged) return value;
  const moved = tr.docChanged ? value.places.map(place => follow(place, tr.mapping)) : value.places;
  if (!told) return {...value, places: moved, marks: value.marks.map(tr.mapping, tr.doc)};
  const places = told.kind
    ? [...moved.filter(place => place.kind !== told.kind), ...told.places.map(place => within(place, tr.doc))]
    : moved;
  const active = told.active === undefined ? value.active : told.active;
  return {places, active, marks: draw(tr.doc, places, active)};
}

function follow(place, mapping) {
  return place.isGone ? place : {...place, ...carry(mapping, place)};
}

function within(place, doc) {
  const most = doc.content.size;
  return {...place, start: Math.min(place.start, most), end: Math.min(place.end, most)};
}

/** Replace all places of one kind. */
export function setPlaces(view, kind, places) {
  tell(view, {kind, places: places.map(place => ({...place, kind}))});
}

/** Mark one passage as the one that is spoken of; null for none. */
export function setActive(view, key) {
  if (anchorsKey.getState(view.state).active !== key) tell(view, {active: key});
}

function tell(view, told) {
  view.dispatch(view.state.tr.setMeta(anchorsKey, told).setMeta("addToHistory", false));
}

export function placeOf(state, key) {
  return anchorsKey.getState(state).places.find(place => place.key === key);
}

/** The commented or suggested passage that a selection touches: at its head first, then the shortest one. */
export function placeAt(state, {from, to, head}) {
  const isAtHead = ({start, end}) => start <= head && head <= end;
  return anchorsKey
    .getState(state)
    .places.filter(({kind, isGone, look}) => kind !== "pending" && !isGone && !look?.isQuiet)
    .filter(({start, end}) => start <= to && from <= end)
    .sort((a, b) => isAtHead(b) - isAtHead(a) || a.end - a.start - (b.end - b.start))[0];
}

function draw(doc, places, active) {
  const marks = places.filter(place => !place.isGone).flatMap(place => drawn(doc, place, place.key === active));
  return DecorationSet.create(doc, marks);
}

function drawn(doc, place, isActive) {
  const attributes = name => ({class: isActive ? `${name} is-active` : name, "data-anchor": place.key});
  if (place.kind === "suggestion") return suggested(doc, place, attributes);
  if (place.kind === "finding") return found(doc, place, attributes);
  // What is settled is known by its place, and drawn only while it is spoken of.
  if (place.look?.isQuiet && !isActive) return [];
  if (place.kind === "pending") return [Decoration.inline(place.start, place.end, {class: "passage-pending"})];
  return [Decoration.inline(place.start, place.end, attributes("passage"))];
}

function found(doc, place, attributes) {
  const look = attributes(`finding finding-${place.look.level}`);
  if (place.look.isWhole) return [Decoration.node(place.start, place.end, look)];
  return [Decoration.inline(place.start, place.end, look)];
}

function suggested(doc, place, attributes) {
  const {after, isLevel, label} = place.look;
  if (isLevel) {
    // Before the block's first letter, whether the place is the block or what it holds.
    const start = Math.min(place.start, doc.content.size);
    const inside = doc.resolve(start).parent.isTextblock ? start : Math.min(start + 1, doc.content.size);
    return [proposal(inside, place, label, attributes("level-proposed"), "span", -1)];
  }
  const struck =
    place.start < place.end
      ? [Decoration.inline(place.start, place.end, {nodeName: "del", ...attributes("proposed-del"), ...spoken()})]
      : [];
  const added = after ? [proposal(place.end, place, after, attributes("proposed-ins"), "ins", 1)] : [];
  return [...struck, ...added];
}

/** Words around a deletion that are heard and not seen; drawn by the style sheet, they are nowhere in the text. */
function spoken() {
  return {"data-said-before": `${_("[đề nghị bỏ:]")} `, "data-said-after": ` ${_("[hết phần bỏ]")}`};
}

/** A widget is no part of the text: it can be read and pressed, never edited. */
function proposal(position, place, words, attributes, tag, side) {
  const build = () =>
    el(
      tag,
      {...attributes, contenteditable: "false"},
      el("span", {class: "visually-hidden"}, tag === "ins" ? _("[đề nghị thêm:]") : _("[đề nghị:]"), " "),
      words,
      el("span", {class: "visually-hidden"}, " ", _("[hết đề nghị]")),
    );
  return Decoration.widget(position, build, {
    side,
    key: `${place.key}:${attributes.class}:${words}`,
    ignoreSelection: true,
    stopEvent: () => false,
  });
}
