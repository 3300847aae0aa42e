// Sentences: the server sends them in the reader's language, with named places as "%(name)s".
export function filled(words, values = {}) {
  return words.replace(/%\((\w+)\)s/g, (_whole, name) => String(values[name]));
}

// A number as people read it: no tail of zeros.
export function said(number) {
  return String(Math.round(number * 100) / 100);
}
