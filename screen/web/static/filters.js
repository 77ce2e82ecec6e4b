// The piles of the work-list, and which photo lies on which.

import { t } from "./words.js";

const decided = (decision) => (item) => item.state === "ready" && item.decision === decision;

/** Pile: id, sign, what belongs to it. The first one is everything. */
export const PILES = [
  { id: "all", sign: "list", fits: () => true },
  { id: "to_review", sign: "waiting", fits: (item) => item.state === "ready" && !item.reviewed },
  { id: "failed", sign: "failed", fits: (item) => item.state === "failed" },
  { id: "refuse", sign: "refuse", fits: decided("refuse") },
  { id: "review", sign: "review", fits: decided("review") },
  { id: "redact", sign: "redact", fits: decided("redact") },
  { id: "keep", sign: "keep", fits: decided("keep") },
  { id: "approved", sign: "check", fits: (item) => item.reviewed === "approved" },
  { id: "withheld", sign: "close", fits: (item) => item.reviewed === "withheld" },
];

/** Photos that nobody reviewed yet. */
export const toReview = (item) => item.state === "ready" && !item.reviewed;
/** Photos whose safe copy can be written now. */
export const toSave = (item) => item.reviewed === "approved" && !item.saved;
/** Photos that are not screened yet. */
export const pending = (item) => item.state === "waiting" || item.state === "screening";

/** The state of a photo as one of the signs and one short word. */
export function standing(item) {
  if (item.state === "failed") return { sign: "failed", word: t("failed") };
  if (item.state === "screening") return { sign: "waiting", word: t("screening") };
  if (item.state === "waiting") return { sign: "waiting", word: t("waiting") };
  return { sign: item.decision, word: item.label };
}

/** What people decided about a photo, as a short word; empty if nothing. */
export function reviewedWord(item) {
  if (item.saved) return t("is_saved");
  if (item.reviewed === "approved") return t("is_approved");
  return item.reviewed === "withheld" ? t("is_withheld") : "";
}
