/** Builds the page's elements: values go in as text, never as markup. */

/** An element; *attributes* may hold `on: {event: listener}`, null and false are left out. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "on") listen(element, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== null && value !== false && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

function listen(element, listeners) {
  for (const [event, listener] of Object.entries(listeners)) element.addEventListener(event, listener);
}

/** A small button; *kind* is one of Bootstrap's, such as "primary" or "outline-secondary". */
export function button(words, press, {kind = "outline-secondary", ...attributes} = {}) {
  return el("button", {type: "button", class: `btn btn-sm btn-${kind}`, ...attributes, on: {click: press}}, words);
}

let count = 0;

/** A name for the id attribute that nothing else on the page has. */
export function uniqueId(stem) {
  count += 1;
  return `${stem}-${count}`;
}

const MOMENT = new Intl.DateTimeFormat("vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh",
  day: "2-digit",
  month: "2-digit",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

/** The moment as every page writes it: "05/11/2022 17:00", Vietnamese time. */
export function moment(iso) {
  const at = new Date(iso);
  if (!iso || Number.isNaN(at.getTime())) return "";
  const part = Object.fromEntries(MOMENT.formatToParts(at).map(({type, value}) => [type, value]));
  return `${part.day}/${part.month}/${part.year} ${part.hour}:${part.minute}`;
}

/** At most *length* letters of a text on one line. */
export function excerpt(text, length = 120) {
  const line = (text || "").replace(/\s+/g, " ").trim();
  return line.length > length ? `${line.slice(0, length - 1).trimEnd()}…` : line;
}
