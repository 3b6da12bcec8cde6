/** Offers what an earlier page of the same person typed and could not send. */
import {ask, showUnsent} from "./dialog.js";
import {moment} from "./dom.js";
import {say} from "./said.js";
import {leftBehind, replay} from "./stash.js";
import {_} from "./words.js";

/** *page* has planId, data, stash, server, collaboration and view. Nothing is dropped without being asked for. */
export async function offerLeftBehind(page) {
  const {planId, data, stash} = page;
  for (const kept of await leftBehind({planId, personId: data.me.id, own: stash.key})) await offer(page, kept);
}

async function offer(page, kept) {
  if (!kept.steps.length) {
    await showText(kept, _("Đoạn bạn sửa đã bị người khác xoá, nên phần này không còn chỗ. Bạn sao chép những gì còn cần."));
    return;
  }
  const batch = await logSince(page, kept.base);
  // Not reachable now: it stays where it is and is offered at the next opening.
  if (!batch) return;
  if (hasArrived(kept, batch)) {
    localStorage.removeItem(kept.key);
    return;
  }
  if (kept.isRefused) {
    await showText(kept, _("Lần trước máy chủ không nhận phần này. Bạn sao chép những gì còn cần."));
    return;
  }
  const answer = await showUnsent({
    title: _("Bạn có nội dung chưa lưu từ lần trước"),
    sentence: _("Trang soạn thảo đã đóng lúc %(at)s trước khi lưu xong. Đưa phần này vào văn bản hiện nay?", {
      at: moment(kept.at),
    }),
    text: kept.text,
    choices: [
      {value: "merge", words: _("Đưa vào văn bản"), kind: "primary"},
      {value: "later", words: _("Để sau")},
      {value: "drop", words: _("Bỏ phần này")},
    ],
  });
  if (answer === "drop") await drop(kept);
  if (answer === "merge") await merge(page, kept);
}

async function logSince(page, base) {
  try {
    return await page.server.get(`text/steps?since=${base}`);
  } catch {
    return null;
  }
}

/** Only the reply was lost: the steps are in the log under the same page's name. */
function hasArrived(kept, batch) {
  return kept.steps.every((_step, index) => batch.clientIds[index] === kept.clientId);
}

async function merge(page, kept) {
  const {collaboration, view} = page;
  const isStill = await collaboration.settled();
  const batch = await logSince(page, kept.base);
  if (batch) await collaboration.receive(batch);
  const isAtEnd =
    batch && isStill && collaboration.version === batch.from + batch.steps.length && !collaboration.unsent;
  const tr = view.state.tr;
  if (!isAtEnd || !replays(tr, kept, batch)) {
    await showText(kept, _("Văn bản đã thay đổi nhiều, không ghép được phần này. Bạn sao chép rồi dán vào chỗ cần."));
    return;
  }
  view.dispatch(tr.scrollIntoView());
  page.stash.write();
  localStorage.removeItem(kept.key);
  say(_("Đã đưa phần chưa lưu vào văn bản."));
}

function replays(tr, kept, batch) {
  try {
    return replay(tr, kept, batch) === 0;
  } catch (error) {
    console.warn(error);
    return false;
  }
}

async function showText(kept, sentence) {
  const answer = await showUnsent({
    title: _("Nội dung chưa lưu từ lần trước"),
    sentence,
    text: kept.text,
    choices: [
      {value: "later", words: _("Giữ lại"), kind: "primary"},
      {value: "drop", words: _("Đã sao chép, bỏ phần này")},
    ],
  });
  if (answer === "drop") await drop(kept);
}

async function drop(kept) {
  const answer = await ask({
    title: _("Bỏ phần chưa lưu?"),
    body: [_("Phần này sẽ mất hẳn, không lấy lại được.")],
    choices: [
      {value: "keep", words: _("Giữ lại"), kind: "primary"},
      {value: "drop", words: _("Bỏ")},
    ],
  });
  if (answer === "drop") localStorage.removeItem(kept.key);
}
