/** Where the others are: their cursors in the text with names, and the list of who is here. */
import {Plugin, PluginKey} from "prosemirror-state";
import {Decoration, DecorationSet} from "prosemirror-view";
import {Mapping} from "prosemirror-transform";
import {el} from "./dom.js";
import {_} from "./words.js";

const PACE_MS = 250;
// The server forgets whoever it did not hear of for 40 seconds.
const SIGN_OF_LIFE_MS = 15000;
const COLOURS = ["#8a3b0b", "#0b6e4f", "#6a1b8a", "#8a0b45", "#0b4f8a", "#5c5200", "#7a2e2e", "#1f5f6b"];

export const cursorsKey = new PluginKey("cursors");

/** The given name's and the family name's first letters: "Trần Thị Bình" → "TB". */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return ends.map(word => [...word][0].toLocaleUpperCase("vi")).join("");
}

/** The same person has the same dark colour on every page: the server gives its number. */
export function colourOf({colour}) {
  return COLOURS[colour % COLOURS.length] || COLOURS[0];
}

/** Places of the confirmed text as they stand on the screen, where our unsent steps are already in. */
export function seenHere(people, collaboration) {
  const unsent = new Mapping(collaboration.unsentSteps.map(step => step.getMap()));
  return people
    .filter(({client}) => client !== collaboration.clientId)
    .map(person => ({...person, ...moved(person, collaboration.since(person.version) || unsent)}));
}

/** Place 0 stands before the first letter: somebody is here, but has not been in the text yet. */
function moved({head, anchor}, mapping) {
  return head > 0 ? {head: mapping.map(head), anchor: mapping.map(anchor)} : {head: null, anchor: null};
}

/** Our own place in the confirmed text: unsent steps are taken back. */
export function confirmedPlace(position, unsentSteps) {
  return unsentSteps.reduceRight((place, step) => step.getMap().invert().map(place), position);
}

export function cursors() {
  return new Plugin({
    key: cursorsKey,
    state: {
      init: () => ({people: [], marks: DecorationSet.empty}),
      apply(tr, value) {
        const told = tr.getMeta(cursorsKey);
        if (told) return {people: told, marks: draw(tr.doc, told)};
        if (!tr.docChanged) return value;
        const map = place => (place === null ? null : tr.mapping.map(place));
        const people = value.people.map(each => ({...each, head: map(each.head), anchor: map(each.anchor)}));
        return {people, marks: draw(tr.doc, people)};
      },
    },
    props: {
      decorations: state => cursorsKey.getState(state).marks,
      handleKeyDown(_view, event) {
        if (event.key === "End") stepPast(document.getSelection());
        return false;
      },
    },
  });
}

/** Chromium's End does not leave a place before what cannot be edited; behind it is the same place. */
function stepPast(selection) {
  let {focusNode: node, focusOffset: offset} = selection;
  if (!node || node.nodeType !== Node.ELEMENT_NODE) return;
  while (node.childNodes[offset]?.classList?.contains("their-cursor")) offset += 1;
  if (offset === selection.focusOffset) return;
  if (selection.isCollapsed) selection.collapse(node, offset);
  else selection.extend(node, offset);
}

function draw(doc, people) {
  const inside = place => Math.max(0, Math.min(place, doc.content.size));
  const marks = people
    .filter(({head}) => head !== null)
    .flatMap(person => {
      const head = inside(person.head);
      const anchor = inside(person.anchor);
      const caret = Decoration.widget(head, () => flag(person), {key: `${person.client}:${person.name}`, side: 10});
      const [from, to] = [Math.min(head, anchor), Math.max(head, anchor)];
      return from === to ? [caret] : [caret, Decoration.inline(from, to, {class: "their-selection"})];
    });
  return DecorationSet.create(doc, marks);
}

function flag(person) {
  const name = el("span", {class: "their-name"}, person.name);
  const caret = el("span", {class: "their-cursor", "aria-hidden": "true"}, name);
  caret.style.setProperty("--their-colour", colourOf(person));
  return caret;
}

/** The list of who is here, in *place*; a person with two pages is named once. */
export function showPeople(place, people) {
  const once = [...new Map(people.map(person => [person.name, person])).values()];
  place.replaceChildren(
    ...once.map(person => {
      const badge = el("span", {class: "here-badge", "aria-hidden": "true"}, initials(person.name));
      badge.style.setProperty("--their-colour", colourOf(person));
      const who = [person.name, person.position].filter(Boolean).join(", ");
      return el("li", {title: who}, badge, el("span", {class: "visually-hidden"}, who));
    }),
  );
  place.hidden = once.length === 0;
  place.setAttribute("aria-label", _("Đang cùng mở: %(count)s người", {count: once.length}));
}

/** Tells the others where we are: at most four times a second, and now and then that we are still here. */
export class OwnCursor {
  constructor(collaboration, say) {
    Object.assign(this, {collaboration, say, last: "", isInText: false});
    setInterval(() => this.tell(true), SIGN_OF_LIFE_MS);
  }

  moved() {
    if (this.timer) return;
    this.timer = setTimeout(() => {
      this.timer = null;
      this.tell();
    }, PACE_MS);
  }

  tell(isRepeated = false) {
    const {view, version, unsentSteps} = this.collaboration;
    const {head, anchor} = view.state.selection;
    this.isInText ||= view.hasFocus();
    const place = position => (this.isInText ? confirmedPlace(position, unsentSteps) : 0);
    const message = {kind: "cursor", version, head: place(head), anchor: place(anchor)};
    const written = JSON.stringify(message);
    if ((isRepeated || written !== this.last) && this.say(message)) this.last = written;
  }
}
