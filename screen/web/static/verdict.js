// The answer: yes, not yet or no, for each place of publication.

import { decisionIcon, el, icon, redraw } from "./dom.js";
import { reviewedWord } from "./filters.js";
import { t } from "./words.js";

const ANSWERS = { keep: "answer_yes", redact: "answer_not_yet", review: "answer_not_yet", refuse: "answer_no" };

/** Fill the card with the verdict of a photo. */
export function drawVerdict(card, photo) {
  const { tone, answer, sentence, step } = told(photo);
  card.className = `verdict ${tone}`;
  redraw(card,
    el("div", { class: "verdict-head" }, icon(tone, `icon big ${tone}`),
      el("div", {}, el("h2", { id: "answer", class: "answer" }, answer), el("p", { class: "answer-word" }, reviewedWord(photo) || photo.label))),
    el("p", { class: "verdict-text" }, sentence, " ", el("span", { class: "soft" }, step)),
    el("ul", { class: "purposes", role: "list", "aria-label": t("by_place") }, photo.purposes.map((one) => place(one, photo))),
    photo.alike ? el("p", { class: "alike" }, icon("photos"), el("span", {}, photo.alike)) : null);
}

/** A place of publication: its decision, or that it gets the safe copy once the photo is approved. */
function place(one, photo) {
  const copied = photo.reviewed === "approved" && one.decision !== "refuse";
  return el("li", {}, decisionIcon(copied ? "keep" : one.decision), el("span", { class: "purpose" }, one.label),
    el("span", { class: "purpose-word" }, copied ? t("safe_copy") : one.text));
}

function told(photo) {
  if (photo.reviewed === "withheld") return { tone: "refuse", answer: t("answer_no"), sentence: t("withheld_text"), step: "" };
  if (photo.copy) return { tone: "keep", answer: t("answer_copy"), sentence: t("copy_text"), step: "" };
  if (photo.reviewed === "approved") return { tone: "keep", answer: t("answer_approved"), sentence: t("approved_text"), step: "" };
  return { tone: photo.decision, answer: t(ANSWERS[photo.decision]), sentence: photo.sentence, step: photo.next_step };
}
