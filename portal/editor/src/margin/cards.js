/** Lists of cards in the margin: a card that did not change is left alone, with whatever is typed in it. */
import {button, el, uniqueId} from "../dom.js";
import {sentenceOf} from "../server.js";
import {_} from "../words.js";

export class CardList {
  /** *content(item, card)* gives the card's children; *keyOf(item)* its name in the text, if it has one. */
  constructor({label, content, keyOf = () => null, onFocus = () => {}}) {
    Object.assign(this, {content, keyOf, onFocus});
    this.cards = new Map();
    // As they stand in the list.
    this.ordered = [];
    this.element = el("ul", {class: "cards", "aria-label": label});
  }

  /** *pinned* = {card, at}: a card of another kind that stands before the item at that index. */
  show(items, pinned = null) {
    const kept = new Map(items.map(item => [item.id, this.card(item)]));
    for (const [id, card] of this.cards) if (!kept.has(id)) card.element.remove();
    this.cards = kept;
    this.ordered = [...kept.values()];
    if (pinned) this.ordered.splice(pinned.at, 0, pinned.card);
    this.order(this.ordered.map(({element}) => element));
  }

  /** Whoever is in a card must not be thrown out of it: all others are moved around that one. */
  order(elements) {
    const held = elements.find(each => each.contains(document.activeElement));
    let there = this.element.firstElementChild;
    for (const each of elements) {
      while (each === held && there !== held) {
        const passed = there;
        there = there.nextElementSibling;
        this.element.append(passed);
      }
      if (each === there) there = there.nextElementSibling;
      else this.element.insertBefore(each, there);
    }
  }

  card(item) {
    const card = this.cards.get(item.id) || this.newCard(item);
    const written = JSON.stringify(item);
    if (card.written !== written) {
      card.written = written;
      const isHeld = card.body.contains(document.activeElement);
      const words = document.activeElement?.textContent;
      card.body.replaceChildren(...this.content(item, card).flat().filter(Boolean));
      if (isHeld) ([...card.body.querySelectorAll("button")].find(each => each.textContent === words) || card.element).focus();
    }
    return card;
  }

  newCard(item) {
    const key = this.keyOf(item);
    const card = {body: el("div"), slot: el("div", {class: "card-form"}), key};
    card.element = el("li", {class: "said-card", tabindex: "-1", "data-card": key}, card.body, card.slot);
    card.element.addEventListener("focusin", () => key && this.onFocus(key));
    card.element.addEventListener("click", () => key && this.onFocus(key));
    return card;
  }

  mark(active) {
    for (const {element, key} of this.cards.values())
      element.classList.toggle("is-active", key !== null && key === active);
  }
}

/** Put a form into the card, in place of any other, and go there. */
export function openForm(card, form) {
  card.slot.replaceChildren(form.element);
  form.field.focus();
}

/** Shut the card's form; whoever was in it is brought back to the card. */
export function closeForm(card) {
  card.slot.replaceChildren();
  card.element.focus();
}

/**
 * A form that sends itself: *send()* is awaited, a refusal is read out and leaves everything as it was
 * typed. Ctrl+Enter sends, Escape cancels.
 */
export function sendingForm({fields, field, send, words, cancel}) {
  const fault = el("p", {class: "text-danger-emphasis small mb-1", role: "alert", hidden: true});
  const submit = el("button", {type: "submit", class: "btn btn-sm btn-primary"}, words);
  const form = el(
    "form",
    {class: "remark-form", novalidate: true},
    fields,
    fault,
    el("div", {class: "d-flex gap-2 flex-wrap"}, submit, button(_("Thôi"), cancel)),
  );
  const tell = sentence => {
    fault.textContent = sentence;
    fault.hidden = !sentence;
  };
  form.addEventListener("submit", async event => {
    event.preventDefault();
    submit.disabled = true;
    tell("");
    try {
      tell((await send()) || "");
    } catch (error) {
      tell(sentenceOf(error));
    } finally {
      submit.disabled = false;
    }
  });
  form.addEventListener("keydown", event => {
    if (event.key === "Escape") {
      event.preventDefault();
      cancel();
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  return {element: form, field};
}

/** Who said it, as the heading of a card. */
export function heading(who, position, rest = []) {
  return el(
    "h3",
    {},
    el("span", {class: "fw-medium"}, who),
    position ? el("span", {class: "text-body-secondary"}, `, ${position}`) : null,
    rest,
  );
}

/** The quoted passage, as a button that leads to it; a passage that is gone is only told. */
export function quote(words, isGone, jump) {
  if (isGone) {
    return el(
      "div",
      {class: "quote-gone"},
      el("p", {class: "mb-0"}, _("Đoạn được góp ý đã bị xoá")),
      words ? el("blockquote", {}, words) : null,
    );
  }
  return el(
    "button",
    {type: "button", class: "quote", title: _("Đến đoạn này"), on: {click: jump}},
    words || _("Đến đoạn này"),
  );
}

/** A sentence that leads to the place it speaks of. */
export function leadsTo(words, jump) {
  return el("button", {type: "button", class: "quote quote-plain", title: _("Đến đoạn này"), on: {click: jump}}, words);
}

/** A labelled plain text field. */
export function textField(label, rows = 2, attributes = {}) {
  const id = uniqueId("field");
  const field = el("textarea", {id, class: "form-control", rows, maxlength: 5000, ...attributes});
  return {field, element: el("div", {}, el("label", {class: "form-label mb-1", for: id}, label), field)};
}

/** A labelled tick or radio. */
export function choice(type, label, attributes = {}) {
  const id = uniqueId("choice");
  const input = el("input", {type, id, class: "form-check-input", ...attributes});
  return {
    input,
    element: el("div", {class: "form-check"}, input, el("label", {class: "form-check-label", for: id}, label)),
  };
}

/** A press that talks to the server: held while it is under way, its refusal is told. */
export function act(words, run, say, options = {}) {
  const press = button(
    words,
    async () => {
      press.disabled = true;
      try {
        await run();
      } catch (error) {
        say(sentenceOf(error));
      } finally {
        press.disabled = false;
      }
    },
    options,
  );
  return press;
}
