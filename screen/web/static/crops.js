// Suggested crops as small pictures; the whole photo is one of the choices.

import { el, redraw } from "./dom.js";
import { t } from "./words.js";

/** Draw the choices; choose(index or null) takes one. */
export function drawCrops(root, photo, choose) {
  root.hidden = photo.crops.length === 0;
  if (root.hidden) return redraw(root);
  const whole = !photo.crops.some((one) => one.chosen);
  return redraw(root, el("h2", {}, t("crops_title")), el("p", { class: "soft" }, t("crops_text")),
    el("div", { class: "crops", role: "group", "aria-label": t("crops_title") },
      choice(photo.picture, t("crop_whole"), "", whole, () => choose(null), "crop-whole"),
      photo.crops.map((one) => choice(one.preview, one.aspect, one.why, one.chosen, () => choose(one.index), `crop-${one.index}`))));
}

function choice(picture, title, why, chosen, onclick, key) {
  return el("button", { type: "button", class: "crop", "aria-pressed": String(chosen), "data-key": key, onclick },
    el("img", { src: picture, alt: "", draggable: "false" }), el("span", { class: "crop-title" }, title),
    why ? el("span", { class: "crop-why" }, why) : null);
}
