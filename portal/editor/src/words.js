/** The sentences people read: Vietnamese is the key, a catalogue on the page may give another wording. */

let catalogue = {};

/** Take over translations, such as those of a `data-words` attribute. */
export function useWords(words) {
  catalogue = words || {};
}

/** The wording of a Vietnamese sentence; `%(name)s` in it is filled from *values*. */
export function _(sentence, values = {}) {
  const wording = catalogue[sentence] || sentence;
  return wording.replace(/%\((\w+)\)s/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
