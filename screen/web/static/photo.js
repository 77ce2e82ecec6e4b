// One photo large: what was found, who it is, what is covered, and the decision.

import { remove } from "./api.js";
import { button, el, redraw } from "./dom.js";
import { Covers } from "./covers.js";
import { drawCrops } from "./crops.js";
import { toReview } from "./filters.js";
import { Findings } from "./findings.js";
import { keys } from "./keys.js";
import { Peek } from "./peek.js";
import { drawTop, drawWait } from "./phototop.js";
import { drawReview, goodAnswers } from "./review.js";
import { copyBlock, save } from "./save.js";
import { say, warn, warnOf } from "./say.js";
import { Stage } from "./stage.js";
import { act, drop, item, listed, listen, load, settings } from "./store.js";
import { drawVerdict } from "./verdict.js";
import { t } from "./words.js";

/** Show a photo in an element; single is the quick road of one photo. Gives the function that ends the view. */
export function photoView(main, id, { single }) {
  const view = new PhotoView(main, id, single);
  view.open();
  return () => view.end();
}

class PhotoView {
  constructor(main, id, single) {
    Object.assign(this, { id, single, photo: null });
    this.stage = new Stage((finding) => this.choose(finding));
    this.peek = new Peek(this.stage);
    this.covers = new Covers(this.stage, (action) => this.done(action));
    const part = (properties) => el("section", properties);
    this.parts = {
      top: el("div", { class: "photo-top" }), tools: el("div", { class: "stage-tools", role: "toolbar", "aria-label": t("tools") }),
      verdict: part({ class: "verdict", "aria-labelledby": "answer" }), found: part({ class: "findings", "aria-labelledby": "found-title" }),
      review: part({ class: "human", "aria-labelledby": "review-title" }),
      crops: part({ class: "crops-block" }), copy: el("div", { class: "copy-slot" }),
      hint: el("p", { class: "draw-hint", role: "status" }),
    };
    this.findings = new Findings(this.parts.found, {
      act: (action, sentence) => this.act(action, sentence), select: (finding) => this.choose(finding, true), peek: this.peek,
    });
    const { top, tools, verdict, found, review, crops, copy, hint } = this.parts;
    this.body = el("div", { class: "photo-body" },
      el("div", { class: "photo-left" }, el("div", { class: "stage-block" }, this.stage.root, hint, tools), crops),
      el("div", { class: "photo-right" }, verdict, copy, found, review));
    this.wait = el("div", { class: "wait" });
    this.page = el("section", { class: `page photo${single ? " single" : ""}` }, top, this.wait, this.body);
    main.append(this.page);
    this.body.hidden = true;
    this.drawTop();
  }

  async open() {
    this.ends = [listen("photo", (one) => this.heard(one)), listen("saved", (one) => { if (one.id === this.id) this.fresh(); }),
      listen("state", () => this.fresh()), listen("progress", () => this.photo && this.drawReview()),
      this.keys(), () => this.peek.end(), () => this.stage.end()];
    await this.fresh();
  }

  end() {
    this.gone = true;
    this.ends?.forEach((end) => end());
  }

  async fresh() {
    const now = item(this.id);
    if (now && now.state !== "ready") {
      this.drawWait(now);
      return;
    }
    try {
      this.show(await load(this.id));
    } catch (error) {
      this.drawWait({ state: "failed", message: error.message });
    }
  }

  heard(one) {
    if (one.id !== this.id || (this.photo && one.version <= this.photo.version)) return;
    this.fresh();
  }

  show(photo) {
    if (this.gone) return;
    const before = this.photo;
    const first = before === null;
    this.photo = photo;
    Findings.number(photo);
    redraw(this.wait);
    this.body.hidden = false;
    this.drawTop();
    this.stage.set(photo);
    drawVerdict(this.parts.verdict, photo);
    this.findings.set(photo);
    this.drawReview();
    drawCrops(this.parts.crops, photo, (index) => this.act({ do: "crop", index }, t("crop_chosen")));
    redraw(this.parts.copy, copyBlock(photo));
    this.drawTools();
    if (photo.copy && before && !before.copy) this.toCopy();
    if (first) say(`${photo.name}. ${photo.label}. ${photo.sentence}`);
  }

  /** The copy is there: bring it into sight, and the keyboard to it. */
  toCopy() {
    this.parts.copy.querySelector("h2").focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  drawReview() {
    drawReview(this.parts.review, this.photo, {
      single: this.single, answer: (question, answer) => this.act({ do: "answer", question, answer }, ""),
      approve: () => this.approve(), withhold: () => this.decide({ do: "withhold" }, t("withheld_now")),
      reopen: () => this.act({ do: "reopen" }, t("reopened")), save: () => save([this.id]),
    });
  }

  drawTop() {
    drawTop(this.parts.top, this.id, { single: this.single, go: (by) => this.go(by) });
  }

  drawTools() {
    const on = this.covers.drawing;
    const tool = (sign, word, onclick, more = {}) => button(word, onclick, { kind: "tool", sign, key: sign, ...more });
    redraw(this.parts.tools,
      tool("draw", t("tool_draw"), (event) => this.draw(event), { "aria-pressed": String(on) }),
      tool("left", t("tool_left"), () => this.act({ do: "turn", by: -1 }, t("turned"))),
      tool("right", t("tool_right"), () => this.act({ do: "turn", by: 1 }, t("turned"))),
      tool("outlines", t("tool_outlines"), () => this.outlines(), { "aria-pressed": String(!this.stage.root.classList.contains("bare")) }),
      tool("undo", t("tool_undo"), () => this.undo(), { disabled: !this.photo.can_undo }));
    this.parts.hint.textContent = on ? t("draw_hint") : "";
  }

  drawWait(now) {
    this.body.hidden = true;
    drawWait(this.wait, now, settings().folder ? null : () => this.takeOut());
  }

  /** Take a dropped photo out of the list; the server deletes it. */
  async takeOut() {
    try {
      await remove(`/api/photos/${encodeURIComponent(this.id)}`);
      drop(this.id);
      location.hash = "#/list";
    } catch (error) {
      warnOf(error);
    }
  }

  draw(event) {
    if (event?.detail === 0 && !this.covers.drawing) this.covers.place();
    else this.covers.toggle();
    this.drawTools();
  }

  outlines() {
    this.stage.root.classList.toggle("bare");
    this.drawTools();
  }

  /** Open a finding, from its outline or from its line; an empty id closes. */
  choose(id, fromList = false) {
    this.findings.open = id;
    this.findings.asking = "";
    this.stage.select(id);
    this.findings.draw();
    if (!id) return;
    const line = this.parts.found.querySelector(`[data-finding="${CSS.escape(id)}"]`);
    line?.scrollIntoView({ block: "nearest", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    if (fromList) return;
    (line?.querySelector("[role=combobox]") ?? line?.querySelector("button"))?.focus({ preventScroll: true });
  }

  /** The next finding, or the one before. */
  walk(by) {
    const found = this.photo.findings.filter((one) => one.box).sort((a, b) => a.number - b.number);
    if (found.length === 0) return;
    const at = found.findIndex((one) => one.id === this.findings.open);
    this.choose(found[(at + by + found.length) % found.length].id, true);
    this.parts.found.querySelector(".finding.open .finding-head")?.focus();
  }

  async done(action) {
    const photo = await act(this.id, action);
    this.show(photo);
    return photo;
  }

  /** Do something and tell it; gives whether it was done. */
  async act(action, sentence) {
    try {
      this.findings.refused = null;
      await this.done(action);
      if (sentence) say(sentence);
      return true;
    } catch (error) {
      this.refused(action, error);
      return false;
    }
  }

  /** Tell why something was not done: beside the finding that it was about, else as a note. */
  refused(action, error) {
    this.findings.refused = action.finding ? { id: action.finding, message: error.message } : null;
    if (error.photo) this.show(error.photo);
    else this.findings.draw();
    if (!action.finding || error instanceof TypeError) warnOf(error);
  }

  async undo() {
    if (this.photo?.can_undo) await this.act({ do: "undo" }, t("undone"));
  }

  async approve() {
    const before = this.photo;
    if (!before || before.reviewed) return;
    if (!before.can_approve) { warn(before.why_not); return; }
    await this.decide({ do: "approve", answers: goodAnswers(before) }, t("approved_now"));
  }

  async decide(action, sentence) {
    if (!this.photo || this.photo.reviewed || !await this.act(action, sentence)) return;
    if (this.single) {
      if (action.do === "approve") await save([this.id]);
      return;
    }
    const all = listed();
    const at = all.findIndex((one) => one.id === this.id);
    const next = [...all.slice(at + 1), ...all.slice(0, at)].find(toReview);
    location.hash = next ? `#/photo/${encodeURIComponent(next.id)}` : "#/list";
  }

  go(by) {
    const all = listed();
    const next = all[all.findIndex((one) => one.id === this.id) + by];
    if (next && !this.single) location.hash = `#/photo/${encodeURIComponent(next.id)}`;
  }

  keys() {
    const ready = (then) => (event) => { if (this.photo && !this.body.hidden) then(event); };
    const up = (event) => { if (event.key.toLowerCase() === "p") this.peek.stop(); };
    document.addEventListener("keyup", up);
    const end = keys({
      j: () => this.go(1), k: () => this.go(-1), ArrowRight: () => this.go(1), ArrowLeft: () => this.go(-1), l: () => { location.hash = "#/list"; },
      a: ready(() => this.approve()), x: ready(() => this.decide({ do: "withhold" }, t("withheld_now"))), u: ready(() => this.undo()),
      d: ready(() => this.covers.place()), o: ready(() => this.outlines()), n: ready(() => this.walk(1)), b: ready(() => this.walk(-1)),
      r: ready((event) => this.act({ do: "turn", by: event.shiftKey ? -1 : 1 }, t("turned"))),
      p: ready(() => this.peekSelected()), Escape: ready(() => (this.covers.drawing ? this.draw() : this.choose("", true))),
    });
    return () => { end(); document.removeEventListener("keyup", up); };
  }

  peekSelected() {
    const covered = this.photo.findings.filter((one) => one.covered && one.box);
    const chosen = covered.find((one) => one.id === this.findings.open) ?? (this.findings.open ? null : covered[0]);
    if (chosen) this.peek.start(chosen.id);
  }
}
