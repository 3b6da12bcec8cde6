/** Remembers how each step since the page was opened moved places, to carry older places forward. */
import {Mapping} from "prosemirror-transform";

export class Timeline {
  constructor(version) {
    this.first = version;
    this.maps = [];
  }

  get version() {
    return this.first + this.maps.length;
  }

  add(maps) {
    this.maps.push(...maps);
  }

  /** How places of *version* moved until now, then by *unsent* maps; null for a version we never saw. */
  since(version, unsent = []) {
    if (version < this.first || version > this.version) return null;
    return new Mapping([...this.maps.slice(version - this.first), ...unsent]);
  }
}

/** Where start..end went; a passage is gone when nothing of it is left. */
export function carry(mapping, {start, end}) {
  if (start === end) {
    const moved = mapping.mapResult(start, 1);
    return {start: moved.pos, end: moved.pos, isGone: false};
  }
  const from = mapping.map(start, 1);
  const to = mapping.map(end, -1);
  return from < to ? {start: from, end: to, isGone: false} : {start: from, end: from, isGone: true};
}
