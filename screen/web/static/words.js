// The page's sentences, in the language in which the server made the page.

const table = JSON.parse(document.getElementById("words").textContent);
export const lang = document.documentElement.lang || "en";
const plural = new Intl.PluralRules(lang);
const numbers = new Intl.NumberFormat(lang);

/** The sentence of a key, with {names} replaced; with a count, the form for that many. */
export function t(key, values = {}) {
  const found = table[key];
  if (found === undefined) return key;
  const sentence = Array.isArray(found) ? found[plural.select(values.count) === "one" ? 0 : 1] : found;
  return sentence.replace(/\{(\w+)\}/g, (whole, field) => (field in values ? shown(values[field]) : whole));
}

/** A number as the language writes it. */
export function number(value) {
  return numbers.format(value);
}

/** Seconds as people say them: about 20 s, about 3 min. */
export function duration(seconds) {
  if (seconds < 90) return t("about_seconds", { count: Math.max(1, Math.round(seconds)) });
  return t("about_minutes", { count: Math.round(seconds / 60) });
}

function shown(value) {
  return typeof value === "number" ? number(value) : String(value);
}
