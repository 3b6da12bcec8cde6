/** Says aloud what an act did to the block of the cursor: its new number above all, which nobody hears change. */
import {_} from "./words.js";
import {blockAround} from "./places.js";
import {labels} from "./numbering.js";
import {say} from "./said.js";

const BULLETS = () => ({"-": _("gạch đầu dòng"), "+": _("dấu cộng đầu dòng")});
const KINDS = () => ({
  title: _("trích yếu"),
  basis: _("căn cứ"),
  opening: _("mở đầu"),
  clause: _("đoạn thường"),
  closing: _("kết"),
  recipient: _("nơi nhận"),
  annex_title: _("tên phụ lục"),
});

/** What the block of the cursor is called: “1.1”, “gạch đầu dòng”, “căn cứ”. */
export function nameAt({doc, selection}) {
  const block = blockAround(selection.$from);
  if (!block) return _("văn bản");
  const label = labels(doc)[block.node.attrs.id];
  return BULLETS()[label] || label || KINDS()[block.node.type.name] || _("văn bản");
}

/** *command*, after which *words*(name of the cursor's block) are said; “I.” ends no sentence twice. */
export const told = (command, words) => (state, dispatch, view) => {
  if (!dispatch || !view) return command(state, dispatch, view);
  let isDone = false;
  const mayRun = command(state, tr => {
    dispatch(tr);
    isDone = true;
  }, view);
  if (isDone) say(words(nameAt(view.state)).replace(/\.\.$/, "."));
  return mayRun;
};

/** *command*; where it cannot run, *why*(state) is said. */
export const orWhy = (command, why) => (state, dispatch, view) => {
  if (command(state, dispatch, view)) return true;
  if (dispatch) say(why(state));
  return false;
};
