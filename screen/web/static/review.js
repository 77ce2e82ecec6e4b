// The person's part: what no program can answer, then approve or not for publication.

import { button, el, icon, redraw } from "./dom.js";
import { settings, underWay } from "./store.js";
import { t } from "./words.js";

/** Draw the part for a photo. doing holds what its buttons do: answer, approve, withhold, reopen, save. */
export function drawReview(root, photo, { single, ...doing }) {
  const saving = underWay()?.job === "save";
  if (photo.reviewed === "withheld") return redraw(root, title(t("decided_title")), el("p", {}, t("withheld_text")), again(doing));
  if (photo.reviewed === "approved") {
    return redraw(root, title(t("decided_title")),
      el("p", { class: "soft" }, photo.saved ? t("saved_text") : t("approved_text")),
      photo.saved ? null : button(t("save_this"), doing.save, { kind: "main wide", sign: "save", key: "save", disabled: saving }),
      again(doing));
  }
  const wrong = settings().questions.some((one) => answered(photo, one) === false);
  return redraw(root, title(t("questions_title")),
    el("ul", { class: "questions", role: "list" }, settings().questions.map((one) => question(photo, one, doing))),
    photo.why_not ? el("p", { class: "why-not", id: "why-not" }, icon("help"), el("span", {}, photo.why_not)) : null,
    el("div", { class: "decide" },
      button(approveWord(photo, single), doing.approve, { kind: "main wide", sign: "check", key: "approve",
        disabled: !photo.can_approve || wrong, "aria-describedby": photo.why_not ? "why-not" : null }),
      button(t("withhold"), doing.withhold, { kind: "plain wide", key: "withhold" })));
}

/** The good answers to what is still open, for one click. */
export function goodAnswers(photo) {
  const open = settings().questions.filter((one) => photo.open_questions.includes(one.id));
  return Object.fromEntries(open.map((one) => [one.id, one.good]));
}

function approveWord(photo, single) {
  if (photo.open_questions.length === 0) return t(single ? "approve_copy" : "approve");
  return t(single ? "all_true_copy" : "all_true");
}

function question(photo, one, { answer }) {
  const now = answered(photo, one);
  const bad = one.good === "yes" ? "no" : "yes";
  return el("li", { class: now === null ? "" : now ? "true" : "untrue" }, icon(now === null ? "open" : now ? "check" : "close"),
    el("p", { id: `question-${one.id}` }, one.statement),
    el("button", { type: "button", class: "chip small", "aria-pressed": String(now === false),
      "aria-describedby": `question-${one.id}`, "data-key": `question-${one.id}`,
      onclick: () => answer(one.id, now === false ? one.good : bad) }, el("span", {}, t("is_not_true"))));
}

function answered(photo, one) {
  const given = photo.answers[one.id];
  return given ? given === one.good : null;
}

const title = (text) => el("h2", { id: "review-title" }, text);
const again = ({ reopen }) => button(t("reopen"), reopen, { kind: "quiet", sign: "undo", key: "reopen" });
