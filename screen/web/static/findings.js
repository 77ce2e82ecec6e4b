// What was found, one line each; a line opens to its reasons and to what can be done.

import { button, decisionIcon, el, icon, name, redraw, signButton } from "./dom.js";
import { naming } from "./naming.js";
import { outlined } from "./stage.js";
import { settings } from "./store.js";
import { number, t } from "./words.js";

/** Checks of what is not in the picture: a safe copy holds nothing of it. */
const IN_FILE = ["metadata", "filename"];

/**
 * The list of findings in an element.
 *
 * act(action, sentence) does something with the photo; select(id) opens one finding; peek is the holder of covers.
 */
export class Findings {
  constructor(root, { act, select, peek }) {
    Object.assign(this, { root, act, select, peek });
    this.open = "";
    this.asking = "";
    this.refused = null;
    this.kept = false;
    this.file = false;
  }

  /** Number the findings that have a place, those that need something first; what was left uncovered counts as kept. */
  static number(photo) {
    let count = 0;
    for (const finding of photo.findings) if (finding.override && !finding.covered) finding.decision = "keep"; // as people see it
    for (const finding of [...photo.findings].sort((a, b) => Number(outlined(b)) - Number(outlined(a)))) finding.number = finding.box ? ++count : 0;
  }

  set(photo) {
    this.photo = photo;
    this.draw();
  }

  draw() {
    const placed = this.photo.findings.filter((one) => one.box);
    const wanting = placed.filter(outlined);
    const kept = placed.filter((one) => !outlined(one));
    const elsewhere = this.photo.findings.filter((one) => !one.box && one.decision !== "keep");
    const file = elsewhere.filter((one) => IN_FILE.includes(one.check));
    wanting.push(...elsewhere.filter((one) => !IN_FILE.includes(one.check)));
    redraw(this.root,
      el("h2", { id: "found-title" }, t("found_title")),
      wanting.length + file.length + this.photo.drawn.length === 0 ? el("p", { class: "soft" }, t("found_nothing")) : null,
      wanting.length ? el("ul", { class: "found", role: "list" }, wanting.map((one) => this.row(one))) : null,
      this.photo.drawn.length ? el("ul", { class: "found", role: "list", "aria-label": t("drawn_title") },
        this.photo.drawn.map((one, index) => this.drawnRow(one, index))) : null,
      file.length ? this.fileBlock(file) : null,
      kept.length ? this.keptBlock(kept) : null);
  }

  row(finding) {
    const open = finding.id === this.open;
    return el("li", { class: `finding ${finding.decision}${open ? " open" : ""}`, "data-finding": finding.id },
      el("button", { type: "button", class: "finding-head", "aria-expanded": String(open), "data-key": `finding-${finding.id}`,
        onclick: () => this.select(open ? "" : finding.id) },
        el("span", { class: `no ${finding.decision}` }, finding.number ? number(finding.number) : icon("photos")),
        el("span", { class: "finding-words" },
          el("span", { class: "finding-kind" }, finding.kind), el("span", { class: "finding-title" }, heading(finding))),
        el("span", { class: `state ${finding.decision}` }, decisionIcon(finding.decision), el("span", {}, stateWord(finding)))),
      open ? this.body(finding) : null);
  }

  body(finding) {
    const reasons = finding.reasons.map((one) =>
      el("li", {}, el("span", {}, one.text), one.next ? el("span", { class: "soft" }, ` ${one.next}`) : null));
    const refused = this.refused?.id === finding.id ? this.refused.message : "";
    return el("div", { class: "finding-body" },
      refused ? el("p", { class: "refused", role: "alert" }, decisionIcon("refuse"), el("span", {}, refused)) : null,
      reasons.length ? el("ul", { class: "reasons", role: "list" }, reasons) : null,
      finding.override ? el("p", { class: "override" }, icon("check"), el("span", {}, t("left_open", { reason: finding.override }))) : null,
      finding.person ? this.named(finding) : null,
      asks(finding) && !finding.person ? naming(finding, (person) => this.act({ do: "name", finding: finding.id, person }, t("named"))) : null,
      el("div", { class: "row" },
        finding.covered ? this.peek.button(finding.id) : null,
        finding.uncoverable && !finding.override && this.asking !== finding.id
          ? button(t("leave_open"), () => this.ask(finding), { key: `open-${finding.id}` }) : null,
        coverable(finding) ? button(t(finding.covered ? "cover_settle" : "cover_it"),
          () => this.act({ do: "cover", finding: finding.id }, t("covered_now")), { key: `cover-${finding.id}` }) : null),
      this.asking === finding.id ? this.why(finding) : null);
  }

  named(finding) {
    return el("p", { class: "person" }, icon("people"), el("span", {}, name(finding.person.label)),
      button(t("unname"), () => this.act({ do: "unname", finding: finding.id }, t("unnamed")), { kind: "quiet", key: `unname-${finding.id}` }));
  }

  ask(finding) {
    this.asking = finding.id;
    this.draw();
    this.root.querySelector(".why input")?.focus();
  }

  /** The reason that leaving something uncovered asks for. */
  why(finding) {
    const field = el("input", { type: "text", id: "why", minlength: 3, maxlength: 200, required: true, autocomplete: "off", "data-key": "why" });
    const form = el("form", { class: "why" }, el("label", { for: "why" }, t("why_open")), field,
      el("div", { class: "row" }, ["why_nobody", "why_agreed", "why_harmless"].map((key) =>
        el("button", { type: "button", class: "chip small", onclick: () => { field.value = t(key); field.focus(); } }, t(key)))),
      el("div", { class: "row" }, el("button", { type: "submit", class: "main" }, t("leave_open_now")),
        button(t("cancel"), () => { this.asking = ""; this.draw(); }, { kind: "quiet" })));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const reason = field.value.trim();
      if (reason.length < 3) return;
      this.asking = "";
      if (!await this.act({ do: "keep", finding: finding.id, reason }, t("opened"))) { this.asking = finding.id; this.draw(); }
    });
    return form;
  }

  drawnRow(cover, index) {
    return el("li", { class: "finding drawn-row" },
      el("span", { class: "no own" }, icon("draw")),
      el("span", { class: "finding-words" }, el("span", { class: "finding-kind" }, t("own_cover", { number: index + 1 }))),
      el("span", { class: "row tight" }, this.peek.button(cover.id, { small: true }),
        signButton("bin", t("delete"), () => this.act({ do: "erase", cover: cover.id }, t("cover_erased")), { key: `erase-${cover.id}` })));
  }

  /** What the file holds besides the picture; a safe copy holds nothing of it, so one line is enough. */
  fileBlock(file) {
    const titles = [...new Set(file.map((one) => heading(one)))];
    return el("details", { class: "more", open: this.file, ontoggle: (event) => { this.file = event.target.open; } },
      el("summary", { "data-key": "file" }, t("file_title", { count: titles.length })),
      el("p", { class: "soft" }, t("file_text")),
      el("ul", { class: "file-found", role: "list" }, titles.map((title) => el("li", {}, title))));
  }

  keptBlock(kept) {
    const open = this.kept || kept.some((one) => one.id === this.open);
    return el("details", { class: "more", open, ontoggle: (event) => { this.kept = event.target.open; } },
      el("summary", { "data-key": "kept" }, t("kept_title", { count: kept.length })),
      el("ul", { class: "found", role: "list" }, kept.map((one) => this.row(one))));
  }
}

const heading = (finding) => (finding.person ? t("named_as", { person: finding.person.label }) : finding.title);
/** Is there somebody to name? Without a roster, a sentence in the field's place says what is missing. */
const asks = (finding) => finding.nameable || (!settings().roster.given && ["face", "back"].includes(finding.check) && finding.covered);
/** May people cover this: what is open, and what is only to be looked at. */
const coverable = (finding) => finding.box && (!finding.covered || finding.decision === "review");

function stateWord(finding) {
  if (finding.override || finding.decision === "keep") return t("state_open");
  return finding.decision === "redact" && finding.covered ? t("state_covered") : finding.label;
}
