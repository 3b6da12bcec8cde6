/** All that stands beside a text, tied to it: the lists, the passages they speak of, and new remarks. */
import {TextSelection} from "prosemirror-state";
import {Discussion} from "../discussion.js";
import {say} from "../said.js";
import {_} from "../words.js";
import {align} from "./alignment.js";
import {anchors, anchorsKey, placeAt, placeOf, setActive} from "./anchors.js";
import {Findings} from "./findings.js";
import {NewRemark} from "./newremark.js";
import {revisions} from "./revisions.js";
import {Suggestions} from "./suggestions.js";
import {Margin} from "./tabs.js";
import {Threads} from "./threads.js";

const WIDE = window.matchMedia("(min-width: 900px)");

/**
 * *text* = {version(), since(version), catchUp(), ready()} tells about the text on the screen; *which* is
 * the number of the frozen version or "draft"; *has* = {findings, history} chooses the lists.
 */
export class Beside {
  constructor({server, which, me, can, text, has}) {
    Object.assign(this, {server, which, me, can, text});
    this.plugin = () => anchors(key => this.pressed(key));
    const page = this.page();
    this.threads = new Threads(page);
    this.suggestions = new Suggestions(page);
    this.findings = has.findings ? new Findings(page) : null;
    this.remark = new NewRemark(this);
    const tabs = [
      {name: "thread", words: _("Góp ý"), panel: this.threads.panel},
      {name: "suggestion", words: _("Đề xuất sửa"), panel: this.suggestions.panel},
      this.findings && {name: "finding", words: _("Thể thức"), panel: this.findings.panel, isSteady: true},
      has.history && {
        name: "history",
        words: _("Lịch sử"),
        panel: revisions(page, {mayName: can.edit}),
        isSteady: true,
      },
    ].filter(Boolean);
    this.margin = new Margin({tabs, onShow: () => this.align()});
    WIDE.addEventListener("change", () => this.align());
    window.addEventListener("resize", () => this.align());
    // A form that opens, words that come in: whatever changes a card's height moves those below.
    this.heights = new ResizeObserver(() => this.align());
    [this.threads, this.suggestions].forEach(({list}) => this.heights.observe(list.element));
  }

  /** What the lists may ask of the page. */
  page() {
    const beside = this;
    return {
      server: this.server,
      which: this.which,
      can: this.can,
      me: this.me,
      beginGeneral: () => this.remark.ask(null),
      resume: kept => this.remark.resume(kept),
      get view() {
        return beside.view;
      },
      say,
      jump: key => this.jump(key),
      goTo: card => this.goTo(card),
      refresh: () => this.refresh(),
      ready: () => this.text.ready(),
      counted: number => this.margin.count("finding", number),
      focused: key => this.view && setActive(this.view, key),
      returnTo: card => card?.element.isConnected && card.element.focus(),
    };
  }

  attach(view) {
    this.view = view;
    this.discussion = new Discussion({
      server: this.server,
      which: this.which,
      view,
      me: this.me,
      since: version => this.text.since(version),
      catchUp: () => this.text.catchUp(),
      // In a copy that is being changed, the proposals of others would stand among one's own.
      showsSuggestions: () => !this.isAway,
      changed: (discussion, news) => this.show(discussion, news),
      onFailure: sentence => this.wasTold || say((this.wasTold = sentence)),
    });
  }

  async refresh() {
    await this.discussion.refresh();
  }

  show({threads, suggestions}, news) {
    this.wasTold = null;
    this.threads.show(threads);
    this.suggestions.show(suggestions);
    this.margin.count("thread", threads.filter(({isResolved}) => !isResolved).length);
    this.margin.count("suggestion", suggestions.filter(({state}) => state === "open").length);
    if (news) say(news);
    this.align();
    this.showAddressed();
  }

  /** A link from another page names a thread: “#thread-12”. */
  showAddressed() {
    const number = /^#thread-(\d{1,9})$/.exec(location.hash)?.[1];
    if (!number || this.hasShownAddressed) return;
    this.hasShownAddressed = true;
    const key = `thread:${number}`;
    if (!this.threads.reveal(Number(number))) return say(_("Góp ý này không có ở văn bản đang xem."));
    this.goTo({key, element: this.cardOf(key)});
    if (!WIDE.matches) this.margin.openSheet(this.view.dom);
    this.cardOf(key)?.focus();
  }

  /** Have a card and its passage in view. */
  goTo({key, element}) {
    const place = key && placeOf(this.view.state, key);
    if (place && !place.isGone) {
      this.bring(place.start);
      this.pressed(key);
    } else {
      if (key) this.margin.select(key.split(":")[0]);
      element.scrollIntoView({block: "center", behavior: "instant"});
    }
  }

  /** Scroll the text to a position in it; at once, because the card's own scrolling would end a slow one. */
  bring(position) {
    const {node} = this.view.domAtPos(position);
    (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).scrollIntoView({block: "center", behavior: "instant"});
  }

  /** Call after every change of the text: passages may have gone, cards must follow. */
  moved() {
    if (this.discussion?.lookAgain()) this.threads.show(this.discussion.threads);
    this.align();
  }

  align(active = null) {
    if (this.isAligning || !this.view) return;
    this.isAligning = true;
    requestAnimationFrame(() => {
      this.isAligning = false;
      if (this.view.isDestroyed) return;
      const how = {active: active || this.alignedTo, isWide: WIDE.matches};
      // What is being written stands exactly at its passage.
      align(this.view, this.threads.list, this.threads.isAsking ? {...how, active: "pending"} : how);
      align(this.view, this.suggestions.list, how);
      [this.threads, this.suggestions].forEach(({walk}) => walk.update());
      this.mark();
    });
  }

  mark() {
    const {active} = anchorsKey.getState(this.view.state);
    [this.threads, this.suggestions, this.findings].forEach(each => each?.list.mark(active));
  }

  begin() {
    this.remark.begin();
  }

  /** A passage in the text was pressed: its card comes beside it. */
  pressed(key) {
    setActive(this.view, key);
    this.margin.select(key.split(":")[0]);
    this.alignedTo = key;
    this.align(key);
    if (!WIDE.matches && !this.view.editable) this.margin.openSheet(this.view.dom);
    requestAnimationFrame(() => this.cardOf(key)?.scrollIntoView({block: "nearest", behavior: "instant"}));
  }

  cardOf(key) {
    return this.margin.element.querySelector(`[data-card="${CSS.escape(key)}"]`);
  }

  /** Go to a passage from its card. */
  jump(key) {
    const place = placeOf(this.view.state, key);
    if (!place || place.isGone) return say(_("Đoạn này không còn trong văn bản."));
    this.margin.closeSheet();
    const {state} = this.view;
    const selection = TextSelection.near(state.doc.resolve(place.start), 1);
    this.view.dispatch(state.tr.setSelection(selection));
    setActive(this.view, key);
    this.view.dom.focus();
    this.view.focus();
    this.bring(selection.from);
    return this.mark();
  }

  /** From the cursor to the card of the passage it stands in. */
  openAtCursor() {
    const place = placeAt(this.view.state, this.view.state.selection);
    if (!place) return say(_("Chỗ đang chọn chưa có góp ý hay đề xuất nào."));
    this.pressed(place.key);
    if (!WIDE.matches) this.margin.openSheet(this.view.dom);
    return this.cardOf(place.key)?.focus();
  }
}
