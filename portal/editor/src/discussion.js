/** What has been said about the text: fetched whole, placed where the text is now. */
import {blockCalled} from "./margin/blocks.js";
import {carry} from "./timeline.js";
import {excerpt} from "./dom.js";
import {partWords} from "./margin/proposalwords.js";
import {placeOf, setPlaces} from "./margin/anchors.js";
import {sentenceOf} from "./server.js";
import {_} from "./words.js";

export class Discussion {
  /**
   * *given* = {server, which, view, me, since, catchUp, changed, onFailure, showsSuggestions}.
   * *since(version)* is the way of places from that version to the screen, or null when it is not known;
   * *catchUp()* brings the text to the newest version; *changed(discussion, news)* draws the cards.
   */
  constructor(given) {
    Object.assign(this, given);
    this.threads = [];
    this.suggestions = [];
    this.seen = null;
  }

  /** Fetch; a second call while one is under way makes it look once more afterwards. */
  async refresh() {
    if (this.isBusy) {
      this.isWanted = true;
      return;
    }
    this.isBusy = true;
    try {
      do {
        this.isWanted = false;
        await this.take(await this.server.get(`discussion?version=${this.which}`));
      } while (this.isWanted);
    } catch (error) {
      this.onFailure(sentenceOf(error));
    } finally {
      this.isBusy = false;
    }
  }

  async take(answer) {
    this.tellUntold(answer.untold || 0);
    if (!this.since(answer.version)) await this.catchUp();
    const mapping = this.since(answer.version);
    const brought = item => placed(item, mapping, this.view.state.doc);
    this.threads = answer.threads.map(brought);
    this.suggestions = grouped(answer.suggestions.map(brought));
    this.isStale = !mapping;
    this.newest = answer.newest;
    this.draw();
    this.changed(this, this.news());
  }

  /** After a change of the text: which passages have gone, and which have come back. True when any has. */
  lookAgain() {
    const found = this.threads.map(thread => this.asItIs(thread));
    if (found.every(({isGone}, at) => Boolean(isGone) === Boolean(this.threads[at].isGone))) return false;
    this.threads = found;
    this.drawThreads();
    return true;
  }

  /** A thread with its passage where the text on the screen has it. */
  asItIs(thread) {
    const {state} = this.view;
    const place = placeOf(state, `thread:${thread.id}`);
    if (place && !place.isGone) return {...thread, start: place.start, end: place.end};
    if (!place && !thread.isGone) return thread;
    const back = thread.isSole && solePlace(state.doc, thread);
    return back ? {...thread, ...back, isGone: false, isPlaced: true} : {...thread, isGone: true, isPlaced: false};
  }

  /** More is said about a text than a page takes: that is no secret. */
  tellUntold(count) {
    if (count && count !== this.untold)
      this.onFailure(_("Có quá nhiều góp ý, đề xuất: %(count)s mục không được hiện ở đây.", {count}));
    this.untold = count;
  }

  draw() {
    this.drawThreads();
    this.drawSuggestions();
  }

  drawThreads() {
    const threads = this.threads.filter(({isPlaced}) => isPlaced);
    setPlaces(
      this.view,
      "thread",
      threads.map(({id, start, end, isResolved}) => ({
        key: `thread:${id}`,
        start,
        end,
        look: {isQuiet: isResolved},
      })),
    );
  }

  drawSuggestions() {
    // What no longer fits is told on its card only: in the text it would look as if it did.
    const suggestions = this.showsSuggestions()
      ? this.suggestions.filter(({state, isConflict}) => state === "open" && !isConflict)
      : [];
    setPlaces(
      this.view,
      "suggestion",
      suggestions.flatMap(({id, parts}) =>
        parts
          .filter(({isPlaced}) => isPlaced)
          .map(({start, end, ...part}) => ({
            key: `suggestion:${id}`,
            start,
            end,
            look: {after: part.after, isLevel: part.kind !== "text", label: partWords(part)},
          })),
      ),
    );
  }

  /** One sentence about what others have said since the last look, or null. */
  news() {
    const all = [
      ...this.threads.flatMap(({comments}) => comments.map(each => ["comment", each])),
      ...this.suggestions.map(each => ["suggestion", each]),
    ].map(([kind, each]) => ({...each, name: `${kind}:${each.id}`}));
    const fresh = this.seen ? all.filter(({name, who}) => !this.seen.has(name) && who !== this.me.name) : [];
    this.seen = new Set(all.map(({name}) => name));
    if (!fresh.length) return null;
    if (fresh.length > 1) return _("Có %(count)s góp ý, đề xuất mới", {count: fresh.length});
    return _("%(who)s vừa góp ý: %(what)s", {who: fresh[0].who, what: excerpt(fresh[0].text || fresh[0].after)});
  }
}

/** Where an item of the discussion is on the screen; one about a whole block, or about nothing in particular. */
function placed(item, mapping, doc) {
  if (item.isGone || item.isWhole || !mapping) return {...item, isPlaced: false};
  if (Number.isInteger(item.start)) {
    const place = carry(mapping, item);
    return {...item, ...place, isPlaced: !place.isGone};
  }
  const block = item.blockId ? blockCalled(doc, item.blockId) : null;
  if (!block) return {...item, isPlaced: false};
  return {...item, start: block.pos, end: block.pos + block.node.nodeSize, isPlaced: true};
}

/** What makes sense only together is one thing to judge, called by the first of its parts. */
function grouped(suggestions) {
  const groups = new Map();
  for (const each of suggestions) groups.set(each.group, [...(groups.get(each.group) || []), each]);
  return [...groups.values()].map(found => {
    const parts = found.sort((a, b) => a.id - b.id);
    const placed = parts.filter(({isPlaced}) => isPlaced);
    return {
      ...parts[0],
      parts,
      isPlaced: placed.length > 0,
      isConflict: parts.some(({isConflict}) => isConflict),
      start: placed.length ? Math.min(...placed.map(({start}) => start)) : parts[0].start,
    };
  });
}

/** Where the quote of a thread stands in its block, if it stands there exactly once. */
export function solePlace(doc, {blockId, quote}) {
  const block = blockId && quote && blockCalled(doc, blockId);
  if (!block?.node.isTextblock) return null;
  const text = block.node.textBetween(0, block.node.content.size, "\n", "\n");
  const at = text.indexOf(quote);
  if (at < 0 || at !== text.lastIndexOf(quote)) return null;
  return {start: block.pos + 1 + at, end: block.pos + 1 + at + quote.length};
}
