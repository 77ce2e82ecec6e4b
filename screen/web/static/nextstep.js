// The one thing to do next, told in a sentence with its button.

import { button, el, icon } from "./dom.js";
import { pending, toReview, toSave } from "./filters.js";
import { save } from "./save.js";
import { settings, underWay } from "./store.js";
import { t } from "./words.js";

/** The card for the state of all photos. */
export function nextStep(all) {
  const review = all.filter(toReview);
  const ready = all.filter(toSave);
  const saved = all.filter((item) => item.saved);
  const saving = underWay()?.job === "save";
  if (review.length > 0) return card("eye", t("step_review", { count: review.length }), t("step_review_hint"), [
    link(t("review_next"), `#/photo/${encodeURIComponent(review[0].id)}`), ready.length > 0 && !saving ? saveButton(ready, "plain") : null,
    saved.length > 0 && ready.length === 0 ? download("plain") : null]);
  if (ready.length > 0 && !saving) return card("save", t("step_save", { count: ready.length }), t("step_save_hint"), [saveButton(ready, "main")]);
  if (saving) return null;
  if (saved.length > 0) return card("check", t("step_done", { count: saved.length }), whereSaved(), [download("main")], "good");
  if (all.some(pending)) return null;
  if (all.every((item) => item.state === "failed")) return card("failed", t("step_failed"), t("failed_text"), [], "failed");
  return card("close", t("step_nothing"), t("step_nothing_hint"), []);
}

function card(sign, title, hint, actions, kind = "") {
  return el("section", { class: `next-step ${kind}`, "aria-labelledby": "next-title" },
    icon(sign, "next-sign"),
    el("div", { class: "next-words" }, el("h2", { id: "next-title" }, title), el("p", { class: "soft" }, hint)),
    el("div", { class: "row" }, actions));
}

function saveButton(ready, kind) {
  const ids = ready.map((item) => item.id);
  return button(t("save_copies", { count: ids.length }), () => save(ids), { kind: `${kind} large`, sign: "save", key: "save" });
}

function link(text, href) {
  return el("a", { class: "button main large", href, "data-key": "review" }, el("span", {}, text), icon("next"));
}

function whereSaved() {
  return settings().out ? t("saved_in", { folder: settings().out }) : t("saved_here");
}

function download(kind) {
  return settings().out ? null
    : el("a", { class: `button ${kind} large`, href: "/api/copies.zip", download: true, "data-key": "zip" },
      icon("save"), el("span", {}, t("download_all")));
}
