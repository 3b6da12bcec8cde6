/** Questions and texts that must not be missed, in the browser's own modal dialog. */
import {button, el, uniqueId} from "./dom.js";
import {_} from "./words.js";

/**
 * Ask, and wait for the answer: the value of the button, or null when the dialog was closed.
 * *choices* is a list of {value, words, kind}. A text field takes the focus where there is one: the dialog
 * may come up in the middle of typing, and a space must not press a button.
 */
export function ask({title, body = [], choices}) {
  const name = uniqueId("dialog");
  const dialog = el("dialog", {class: "ask", "aria-labelledby": name}, el("h2", {id: name}, title), ...body);
  const buttons = choices.map(({value, words, kind}) => button(words, () => dialog.close(value), {kind}));
  dialog.append(el("div", {class: "ask-acts"}, ...buttons));
  document.body.append(dialog);
  return new Promise(resolve => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || null);
    });
    dialog.showModal();
    (dialog.querySelector("textarea") || buttons[0]).focus();
  });
}

/** Yes or no, in words that name the act. */
export async function confirmed(title, sentence, {yes, no = _("Thôi")}) {
  const answer = await ask({
    title,
    body: [el("p", {}, sentence)],
    choices: [
      {value: "yes", words: yes, kind: "primary"},
      {value: "no", words: no},
    ],
  });
  return answer === "yes";
}

/** The text that could not be sent, selected at once by its own button. */
export function textForCopying(text) {
  const id = uniqueId("unsent");
  const field = el("textarea", {id, class: "form-control", rows: "8", readonly: true});
  field.value = text;
  const said = el("span", {class: "small", role: "status"});
  const copy = async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(text);
      said.textContent = _("Đã sao chép.");
    } catch {
      said.textContent = _("Trình duyệt không cho sao chép: bạn nhấn Ctrl+C.");
      field.focus();
    }
  };
  return [
    el("label", {class: "form-label fw-medium", for: id}, _("Nội dung của bạn chưa được lưu")),
    field,
    el("div", {class: "d-flex gap-2 align-items-center mt-2"}, button(_("Sao chép"), copy), said),
  ];
}

/** Show what was typed and cannot be sent, with the reason; resolves to the chosen value. */
export function showUnsent({title, sentence, text, choices}) {
  return ask({title, body: [el("p", {}, sentence), ...textForCopying(text || "")], choices});
}
