// What the page tells: quietly to screen readers, or as a note that everybody sees.

import { t } from "./words.js";

let timer = 0;

/** Tell screen readers, without moving the keyboard. */
export function say(sentence) {
  document.getElementById("live").textContent = sentence;
}

/** Show a note that goes away by itself; screen readers read it at once. */
export function warn(sentence) {
  const note = document.getElementById("alert");
  note.textContent = sentence;
  note.classList.add("seen");
  clearTimeout(timer);
  timer = setTimeout(() => note.classList.remove("seen"), 9000);
}

/** Show why something did not work. */
export function warnOf(error) {
  warn(error instanceof TypeError ? t("no_answer") : error.message);
}
