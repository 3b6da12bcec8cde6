/** The page of a text that is not written any more: what this browser still keeps unsent can be copied. */
import {textForCopying} from "./dialog.js";
import {button, el, moment} from "./dom.js";
import {leftBehind} from "./stash.js";
import {_} from "./words.js";

/** Show in *mount* what pages that are no longer open could not send, or nothing. */
export async function showLeft(mount, {planId, personId}) {
  const found = await leftBehind({planId, personId});
  mount.replaceChildren(...found.map(kept => left(kept)));
}

function left(kept) {
  const drop = () => {
    localStorage.removeItem(kept.key);
    section.remove();
  };
  const section = el(
    "section",
    {class: "alert alert-warning mt-3"},
    el("p", {}, _("Phần bạn gõ lúc %(at)s chưa kịp lưu vào văn bản. Bạn sao chép phần còn cần.", {at: moment(kept.at)})),
    ...textForCopying(kept.text || ""),
    el("div", {class: "mt-2"}, button(_("Đã sao chép, bỏ phần này"), drop)),
  );
  return section;
}
