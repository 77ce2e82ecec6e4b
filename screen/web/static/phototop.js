// Above one photo: its name and the way on; and the card that stands in for it while nothing is known.

import { button, el, icon, name, redraw, signButton } from "./dom.js";
import { pending, reviewedWord, standing } from "./filters.js";
import { settingsDialog } from "./settings.js";
import { item, listed } from "./store.js";
import { t } from "./words.js";

/** Draw the line above the photo of an id; go(by) opens the one so many places on. */
export function drawTop(root, id, { single, go }) {
  const all = listed();
  const at = all.findIndex((one) => one.id === id);
  const step = (by, sign, word) => signButton(sign, word, () => go(by), { key: sign, disabled: !all[at + by] });
  const facts = [t("position", { at: at + 1, total: all.length }), reviewedWord(item(id) ?? {})].filter(Boolean).join(" · ");
  const called = name(item(id)?.name ?? "");
  redraw(root,
    el("a", { class: "back", href: single ? "#/start" : "#/list", "data-key": "back" },
      icon("previous"), el("span", {}, t(single ? "another_photo" : "back_to_list"))),
    el("div", { class: "photo-title" },
      el("h1", {}, single ? t("check_title") : called), el("p", { class: "soft" }, single ? called : facts)),
    single ? button(t("settings_title"), settingsDialog, { sign: "settings", key: "settings" })
      : el("div", { class: "row tight" }, step(-1, "previous", t("previous")), step(1, "next", t("next"))));
}

/** Draw the card of a photo that is not screened, or could not be; takeOut is there for photos that were dropped. */
export function drawWait(root, now, takeOut) {
  const { sign, word } = standing(now);
  const words = pending(now) ? t("wait_text") : now.message ?? "";
  redraw(root, el("div", { class: `wait-card ${sign}` }, icon(sign, `icon big ${sign}`),
    el("div", {}, el("h2", {}, word), el("p", {}, words),
      pending(now) ? el("progress", { "aria-label": word }) : el("p", { class: "soft" }, t("failed_text")),
      pending(now) || !takeOut ? null : button(t("take_out"), takeOut, { sign: "bin", key: "take-out" }))));
}
