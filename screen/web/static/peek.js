// Looking under one cover, for as long as a key or a button is held, and not a moment longer.

import { picture } from "./api.js";
import { icon, el } from "./dom.js";
import { say, warnOf } from "./say.js";
import { t } from "./words.js";

/** Looks under the covers of a stage's photo. */
export class Peek {
  constructor(stage) {
    this.stage = stage;
    this.held = "";
    this.address = "";
    this.release = () => this.stop();
    for (const kind of ["blur", "pointerup", "pointercancel", "pagehide", "hashchange"]) window.addEventListener(kind, this.release);
    document.addEventListener("visibilitychange", this.release);
  }

  end() {
    this.stop();
    for (const kind of ["blur", "pointerup", "pointercancel", "pagehide", "hashchange"]) window.removeEventListener(kind, this.release);
    document.removeEventListener("visibilitychange", this.release);
  }

  /** Show what is under the cover of a finding; what comes after the hold ended is thrown away. */
  async start(finding) {
    if (this.held) return;
    this.held = finding;
    const hold = {};
    this.hold = hold;
    try {
      const { blob, box } = await picture(`/api/photos/${encodeURIComponent(this.stage.photo.id)}/peek?finding=${encodeURIComponent(finding)}`);
      if (this.hold !== hold) return;
      this.address = URL.createObjectURL(blob);
      this.stage.showUnder(this.address, box ?? this.boxOf(finding));
      say(t("peeking"));
    } catch (error) {
      if (this.hold === hold) warnOf(error);
    }
  }

  stop() {
    this.hold = null;
    this.held = "";
    this.stage.hideUnder();
    if (this.address) URL.revokeObjectURL(this.address);
    this.address = "";
  }

  boxOf(id) {
    const { findings, drawn } = this.stage.photo;
    return [...findings, ...drawn].find((one) => one.id === id)?.box;
  }

  /** A button to hold, by pointer or by Space and Enter. */
  button(finding, { small = false } = {}) {
    const start = (event) => { event.preventDefault(); this.start(finding); };
    const key = (event) => [" ", "Enter"].includes(event.key);
    const look = small ? { class: "quiet round peek", "aria-label": t("peek"), title: t("peek") } : { class: "plain peek" };
    const made = el("button", { type: "button", ...look, "data-key": `peek-${finding}`,
      onpointerdown: (event) => { if (event.button === 0) { start(event); made.focus({ preventScroll: true }); } },
      oncontextmenu: (event) => event.preventDefault(), onpointerleave: this.release,
      onkeydown: (event) => { if (key(event)) start(event); }, onkeyup: (event) => { if (key(event)) { event.preventDefault(); this.stop(); } },
      onblur: this.release },
      icon("eye"), small ? null : el("span", {}, t("peek")));
    return made;
  }
}
