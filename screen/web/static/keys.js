// Keys of a view, and the card that tells them.

import { button, el } from "./dom.js";
import { t } from "./words.js";

const OFF = "photoscreen-letter-keys-off";
const typing = (target) => target instanceof HTMLElement && target.matches("input:not([type=checkbox],[type=radio]), textarea, select");

/**
 * Keys of a view: {key: function}. A capital letter stands for itself with Shift.
 * Nothing happens while somebody types or a dialog is open. Gives the function that ends it.
 */
export function keys(table) {
  const heard = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key.length === 1 && localStorage.getItem(OFF)) return;
    const wanted = table[event.key] ?? table[event.key.toLowerCase()];
    if (!wanted || (event.repeat && !event.key.startsWith("Arrow"))) return;
    event.preventDefault();
    wanted(event);
  };
  document.addEventListener("keydown", heard);
  return () => document.removeEventListener("keydown", heard);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "?" && !typing(event.target) && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    help();
  }
});

/** A dialog with a title that closes by its button or Escape and gives the keyboard back. */
export function dialog(title, ...content) {
  const back = document.activeElement;
  const heading = el("h2", { id: "dialog-title", tabindex: "-1" }, title);
  const box = el("dialog", { class: "dialog", "aria-labelledby": "dialog-title" });
  const shut = () => box.close();
  box.append(el("div", { class: "dialog-in" },
    el("div", { class: "dialog-top" }, heading, button(t("close"), shut, { kind: "quiet", sign: "close" })), ...content));
  box.addEventListener("close", () => { box.remove(); if (back?.isConnected) back.focus(); });
  box.addEventListener("click", (event) => { if (event.target === box) shut(); });
  document.body.append(box);
  box.showModal();
  heading.focus();
  return box;
}

/** The card of keys. */
export function help() {
  const row = (keysShown, what) => el("div", {}, el("dt", {}, keysShown.map((key) => el("kbd", {}, key))), el("dd", {}, what));
  dialog(t("help_title"),
    el("p", {}, t("help_intro")),
    el("label", { class: "switch" },
      el("input", { type: "checkbox", checked: !localStorage.getItem(OFF), onchange: letters }), el("span", {}, t("letter_keys"))),
    el("h3", {}, t("help_photo")),
    el("dl", { class: "keys" },
      row(["J", "→"], t("key_next")), row(["K", "←"], t("key_previous")),
      row(["P"], t("key_peek")), row(["N", "B"], t("key_findings")),
      row(["A"], t("key_approve")), row(["X"], t("key_withhold")), row(["U"], t("key_undo")),
      row(["D"], t("key_draw")), row(["R", "⇧ R"], t("key_turn")), row(["O"], t("key_outlines")), row(["L"], t("key_list"))),
    el("h3", {}, t("help_cover")),
    el("dl", { class: "keys" },
      row(["↑ ↓ ← →"], t("key_move")), row(["⇧", "↑ ↓ ← →"], t("key_size")), row([t("key_delete_name")], t("key_delete"))),
    el("h3", {}, t("help_list")),
    el("dl", { class: "keys" }, row(["↑ ↓ ← →"], t("key_walk")), row(["↵"], t("key_open"))));
}

/** Letters as keys can be switched off: people who speak to their computer type them without meaning to. */
function letters(event) {
  if (event.target.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "1");
}
