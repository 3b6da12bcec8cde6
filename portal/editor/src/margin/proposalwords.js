/** What a proposal does, in words: what changes no letters, and what changes where letters stand. */
import {_} from "../words.js";

const LEVELS = {
  part: () => _("phần (I.)"),
  sec: () => _("mục (1.)"),
  sub: () => _("khoản (1.1)"),
  pt: () => _("điểm (a)"),
  dash: () => _("gạch đầu dòng (-)"),
  plus: () => _("gạch nhỏ (+)"),
  para: () => _("đoạn thường"),
};

const MOST_NAMED = 3;

const levelWords = level => LEVELS[level]?.() || level || "";

/** What a part says that changes no words: a block's level, or something else about it. */
export function partWords({kind, level, after}) {
  if (kind !== "level") return after || _("Đổi thuộc tính của đoạn");
  return _("Đổi cấp thành: %(level)s", {level: levelWords(level) || after});
}

/** What a group does as one sentence, or null where its words say it themselves. */
export function doingWords(doing) {
  return doing ? SENTENCES[doing.kind]?.(doing) || null : null;
}

const SENTENCES = {
  moved: doing => (doing.isReworded ? _("%(move)s và sửa lại", {move: moved(doing)}) : moved(doing)),
  split: ({blocks, count}) => _("Tách %(blocks)s thành %(count)s đoạn", {blocks: named(blocks), count}),
  joined: ({blocks}) => _("Gộp %(blocks)s thành một đoạn", {blocks: named(blocks)}),
  removed: ({blocks}) => _("Bỏ %(blocks)s", {blocks: named(blocks)}),
  added({count, after}) {
    if (after) return _("Thêm %(count)s đoạn sau %(after)s", {count, after: within(after)});
    return after === "" ? _("Thêm %(count)s đoạn ở đầu", {count}) : _("Thêm %(count)s đoạn", {count});
  },
  leveled: ({blocks, levels: [from, to]}) =>
    _("Đổi %(blocks)s từ %(from)s thành %(to)s", {
      blocks: named(blocks),
      from: levelWords(from),
      to: levelWords(to),
    }),
};

function moved({blocks, after, isDown}) {
  const values = {blocks: named(blocks), after: after && within(after)};
  if (after === "") return _("Chuyển %(blocks)s lên đầu", values);
  if (isDown) return after ? _("Chuyển %(blocks)s xuống sau %(after)s", values) : _("Chuyển %(blocks)s xuống dưới", values);
  return after ? _("Chuyển %(blocks)s lên sau %(after)s", values) : _("Chuyển %(blocks)s lên trên", values);
}

function named(blocks) {
  if (!blocks.length) return _("phần này");
  const some = blocks.slice(0, MOST_NAMED).map(within).join("; ");
  const more = blocks.length - MOST_NAMED;
  return more > 0 ? _("%(some)s và %(more)s chỗ khác", {some, more}) : some;
}

/** “Mục I.2” in the middle of a sentence. */
function within(place) {
  return place.charAt(0).toLowerCase() + place.slice(1);
}
