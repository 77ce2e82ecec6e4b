// Covers that people draw: made, moved, resized and deleted by mouse, finger and keyboard.

import { svg } from "./dom.js";
import { say, warn, warnOf } from "./say.js";
import { number, t } from "./words.js";

const LEAST = 12; // pixels of the window: a shorter drag was meant as a click
const HANDLE = 7; // half a handle, in pixels of the window
const CORNERS = [[0, 1, "nw"], [2, 1, "ne"], [2, 3, "se"], [0, 3, "sw"]];

/** The layer of drawn covers on a stage. act(action) asks the server and gives the photo anew. */
export class Covers {
  constructor(stage, act) {
    this.stage = stage;
    this.act = act;
    this.drawing = false;
    this.moved = new Map();
    stage.covers = this;
    stage.layer.addEventListener("pointerdown", (event) => this.begin(event));
  }

  /** Start or end drawing; gives whether it is on. */
  toggle(on = !this.drawing) {
    this.drawing = on;
    this.stage.root.classList.toggle("drawing", on);
    if (on) say(t("draw_hint"));
    return on;
  }

  /** A cover in the middle, for people who draw with keys. */
  async place() {
    const [width, height] = this.stage.photo.shown;
    const side = Math.round(Math.min(width, height) * 0.2);
    const left = Math.round((width - side) / 2);
    const top = Math.round((height - side) / 2);
    await this.add([left, top, left + side, top + side]);
  }

  draw() {
    const held = this.stage.layer.contains(document.activeElement) ? document.activeElement.dataset.cover : null;
    if (this.busy) return;
    const { photo, layer } = this.stage;
    layer.replaceChildren(...photo.drawn.map((cover, index) => this.element(cover, index)));
    if (held) layer.querySelector(`[data-cover="${CSS.escape(held)}"]`)?.focus({ preventScroll: true });
  }

  /** Give a cover the keyboard. */
  focus(id) {
    this.stage.layer.querySelector(`[data-cover="${CSS.escape(id)}"]`)?.focus();
  }

  element(cover, index) {
    const box = this.moved.get(cover.id) ?? cover.box;
    const group = svg("g", { class: "drawn", tabindex: "0", role: "button", "aria-roledescription": t("cover_role"), "data-cover": cover.id,
      "aria-label": this.told(box, index), "data-key": `cover-${cover.id}`,
      onkeydown: (event) => this.key(event, cover, group), onblur: () => this.settle(cover.id) });
    this.shape(group, box);
    return group;
  }

  told([left, top, right, bottom], index) {
    const [width, height] = this.stage.photo.shown;
    const share = (value, whole) => number(Math.round((100 * value) / whole));
    const place = { left: share(left, width), top: share(top, height) };
    const size = { width: share(right - left, width), height: share(bottom - top, height) };
    return t("cover_told", { number: index + 1, ...place, ...size });
  }

  shape(group, box) {
    const [left, top, right, bottom] = box;
    const size = { x: left, y: top, width: right - left, height: bottom - top };
    const unit = this.stage.unit;
    const side = 2 * HANDLE * unit;
    const reach = 22 * unit;
    group.replaceChildren(
      svg("rect", { ...size, class: "body" }), svg("rect", { ...size, class: "halo" }), svg("rect", { ...size, class: "edge" }),
      ...CORNERS.map(([x, y, corner]) => svg("g", { class: `corner ${corner}`, "data-corner": corner },
        svg("rect", { x: box[x] - reach, y: box[y] - reach, width: 2 * reach, height: 2 * reach, class: "grip" }),
        svg("rect", { x: box[x] - side / 2, y: box[y] - side / 2, width: side, height: side, rx: 2 * unit, class: "handle" }))));
  }

  begin(event) {
    if (event.button !== 0 || !event.isPrimary) return;
    const group = event.target.closest("[data-cover]");
    if (!group && !this.drawing) return;
    event.preventDefault();
    const from = this.stage.point(event);
    const cover = group && this.stage.photo.drawn.find((one) => one.id === group.dataset.cover);
    const start = cover ? this.moved.get(cover.id) ?? cover.box : [...from, ...from];
    const corner = cover ? event.target.closest("[data-corner]")?.dataset.corner ?? "" : "se";
    const element = group ?? svg("g", { class: "drawn" });
    if (!group) this.stage.layer.append(element);
    else group.focus({ preventScroll: true });
    this.follow(event, { cover, element, from, start, corner });
  }

  follow(event, { cover, element, from, start, corner }) {
    const layer = this.stage.layer;
    let box = start;
    this.busy = true;
    const move = (now) => {
      const [x, y] = this.stage.point(now);
      box = this.fitted(start, x - from[0], y - from[1], corner);
      this.shape(element, box);
    };
    const end = (now) => {
      for (const [kind, heard] of [["pointermove", move], ["pointerup", end], ["pointercancel", end]]) layer.removeEventListener(kind, heard);
      this.busy = false;
      if (now.type === "pointercancel") this.draw();
      else this.finish(cover, element, start, box);
    };
    layer.setPointerCapture(event.pointerId);
    for (const [kind, heard] of [["pointermove", move], ["pointerup", end], ["pointercancel", end]]) layer.addEventListener(kind, heard);
  }

  finish(cover, element, start, box) {
    const unit = this.stage.unit;
    const small = box[2] - box[0] < LEAST * unit || box[3] - box[1] < LEAST * unit;
    if (!cover) {
      element.remove();
      if (small) warn(t("draw_drag"));
      else this.add(box);
    } else if (box.join() !== start.join()) {
      this.moved.set(cover.id, box);
      this.settle(cover.id);
    }
  }

  /** A box moved, or one of its corners, inside of the photo and never inside out. */
  fitted([left, top, right, bottom], x, y, corner) {
    const [width, height] = this.stage.photo.shown;
    const least = Math.ceil(4 * this.stage.unit);
    const between = (value, low, high) => Math.round(Math.min(Math.max(value, low), high));
    if (!corner) {
      const dx = between(x, -left, width - right);
      const dy = between(y, -top, height - bottom);
      return [left + dx, top + dy, right + dx, bottom + dy];
    }
    const across = corner.endsWith("w") ? [left + x, right] : [left, right + x];
    const down = corner.startsWith("n") ? [top + y, bottom] : [top, bottom + y];
    const [a, b] = across.map((value) => between(value, 0, width)).sort((p, q) => p - q);
    const [c, d] = down.map((value) => between(value, 0, height)).sort((p, q) => p - q);
    const [x0, y0] = [Math.min(a, width - least), Math.min(c, height - least)];
    return [x0, y0, Math.max(b, x0 + least), Math.max(d, y0 + least)];
  }

  key(event, cover, group) {
    const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (["Delete", "Backspace"].includes(event.key)) {
      event.preventDefault();
      this.erase(cover.id);
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      this.settle(cover.id);
    } else if (event.key in steps && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      const far = Math.max(1, Math.round(Math.max(...this.stage.photo.shown) / 100));
      const [x, y] = steps[event.key].map((step) => step * far);
      const box = this.fitted(this.moved.get(cover.id) ?? cover.box, x, y, event.shiftKey ? "se" : "");
      this.moved.set(cover.id, box);
      this.shape(group, box);
      group.setAttribute("aria-label", this.told(box, this.stage.photo.drawn.indexOf(cover)));
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.settle(cover.id), 700);
    }
  }

  /** Tell the server where a cover lies now. */
  async settle(id) {
    const box = this.moved.get(id);
    clearTimeout(this.timer);
    if (!box || this.sent === box) return;
    this.sent = box;
    await this.ask({ do: "move", cover: id, box }, t("cover_moved"), () => {
      if (this.moved.get(id) === box) this.moved.delete(id); // else it was moved on meanwhile
    });
  }

  async add(box) {
    const known = new Set(this.stage.photo.drawn.map((one) => one.id));
    const photo = await this.ask({ do: "draw", box }, t("cover_added"));
    const made = photo?.drawn.find((one) => !known.has(one.id));
    this.toggle(false);
    if (made) this.focus(made.id);
  }

  async erase(id) {
    await this.ask({ do: "erase", cover: id }, t("cover_erased"));
  }

  async ask(action, sentence, settled = () => {}) {
    try {
      const photo = await this.act(action);
      settled();
      say(sentence);
      return photo;
    } catch (error) {
      settled();
      warnOf(error);
      this.draw();
      return null;
    }
  }
}
