// The photo, covered, with outlines of what was found; what can be drawn on it lies in covers.js.

import { el, svg } from "./dom.js";
import { t } from "./words.js";

const LONG_LIST = 8; // more outlines than these are drawn smaller

/** The picture of one photo and what lies on it. Boxes are whole pixels of the photo as shown. */
export class Stage {
  constructor(chosen) {
    this.chosen = chosen;
    this.image = el("img", { alt: t("picture_alt"), draggable: "false" });
    this.marks = svg("svg", { class: "marks", "aria-hidden": "true", focusable: "false" });
    this.layer = svg("svg", { class: "layer" });
    this.under = el("img", { class: "under", alt: t("picture_under"), draggable: "false", hidden: true });
    this.frame = el("div", { class: "frame" }, this.image, this.marks, this.layer, this.under);
    this.root = el("div", { class: "stage" }, this.frame);
    this.selected = "";
    this.watch = new ResizeObserver(() => this.photo && this.draw());
    this.watch.observe(this.frame);
  }

  end() {
    this.watch.disconnect();
    this.hideUnder();
  }

  /** Show a photo, or the same one after a change. */
  set(photo) {
    const before = this.photo?.shown.join();
    this.photo = photo;
    const [width, height] = photo.shown;
    this.frame.style.setProperty("--ratio", `${width / height}`);
    this.root.style.setProperty("--ratio", `${width / height}`);
    for (const drawing of [this.marks, this.layer]) drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    if (before !== photo.shown.join()) this.image.removeAttribute("src");
    this.load(photo.picture);
    this.draw();
  }

  /** The new picture takes the place of the old one when it is there. */
  async load(address) {
    this.wanted = address;
    if (!this.image.hasAttribute("src")) {
      this.image.src = address;
      return;
    }
    const next = new Image();
    next.src = address;
    await next.decode().catch(() => null);
    if (this.wanted === address) this.image.src = address;
  }

  /** Pixels of the photo in one pixel of the window. */
  get unit() {
    return this.photo.shown[0] / Math.max(1, this.frame.clientWidth);
  }

  /** Where the pointer is, in pixels of the photo, inside of it. */
  point(event) {
    const { left, top, width, height } = this.frame.getBoundingClientRect();
    const [across, down] = this.photo.shown;
    const inside = (value, most) => Math.round(Math.min(Math.max(value, 0), most));
    return [inside(((event.clientX - left) / width) * across, across), inside(((event.clientY - top) / height) * down, down)];
  }

  /** Point out a finding; none with an empty id. */
  select(id) {
    this.selected = id;
    this.draw();
  }

  draw() {
    const placed = this.photo.findings.filter((finding) => finding.box);
    const shown = placed.filter((finding) => outlined(finding) || finding.id === this.selected);
    const small = shown.length > LONG_LIST || this.frame.clientWidth < 480;
    const largest = (a, b) => area(b.box) - area(a.box);
    const taken = [];
    this.marks.classList.toggle("crowded", small);
    this.marks.replaceChildren(
      ...[...shown].sort(largest).map((finding) => this.mark(finding)),
      ...shown.map((finding) => this.plate(finding, small ? 0.8 : 1, taken)));
    this.covers?.draw();
  }

  mark(finding) {
    const shape = () => outline(finding);
    const group = svg("g", { class: `mark ${finding.decision}${finding.covered ? " covered" : ""}${finding.id === this.selected ? " selected" : ""}`,
      "data-finding": finding.id, onclick: () => this.chosen(finding.id) },
      filled(shape(), "halo"), filled(shape(), "outline"), filled(shape(), "hit"));
    return group;
  }

  plate(finding, size, taken) {
    const unit = this.unit * size;
    const [x, y] = this.free(finding, 13 * unit, taken);
    const number = finding.number;
    return svg("g", { class: `plate ${finding.decision}${finding.id === this.selected ? " selected" : ""}`,
      transform: `translate(${x} ${y}) scale(${unit})`, "data-finding": finding.id,
      onclick: () => this.chosen(finding.id) },
      svg("use", { href: `#s-${finding.decision}`, x: -14, y: -14, width: 28, height: 28 }),
      svg("text", { "text-anchor": "middle", dy: ".36em" }, String(number)));
  }

  /** A place for a number on its outline where no other number lies; the first place if all are taken. */
  free(finding, half, taken) {
    const [left, top, right, bottom] = finding.box;
    const [width, height] = this.photo.shown;
    const [middle, centre] = [(left + right) / 2, (top + bottom) / 2];
    const places = finding.shape === "ellipse"
      ? [[middle, top + half / 2], [left, centre], [right, centre], [middle, bottom]]
      : [[left, top], [right, top], [left, bottom], [right, bottom], [left - half, centre], [right + half, centre]];
    const inside = places.map(([x, y]) => [Math.min(Math.max(x, half), width - half), Math.min(Math.max(y, half), height - half)]);
    const found = inside.find(([x, y]) => taken.every(([a, b]) => Math.max(Math.abs(a - x), Math.abs(b - y)) > 1.9 * half)) ?? inside[0];
    taken.push(found);
    return found;
  }

  /** Lay what is under a cover over its place, for as long as somebody holds. */
  showUnder(address, box) {
    const [width, height] = this.photo.shown;
    const [left, top, right, bottom] = box ?? [0, 0, width, height];
    const share = (value, whole) => `${(100 * value) / whole}%`;
    Object.assign(this.under.style, { left: share(left, width), top: share(top, height) });
    Object.assign(this.under.style, { width: share(right - left, width), height: share(bottom - top, height) });
    this.under.src = address;
    this.under.hidden = false;
    this.root.classList.add("peeking");
  }

  hideUnder() {
    this.under.hidden = true;
    this.under.removeAttribute("src");
    this.root.classList.remove("peeking");
  }
}

/** Is a finding always outlined? What may stay by itself is outlined only when it is chosen. */
export function outlined(finding) {
  return finding.decision !== "keep" || finding.covered || finding.person || finding.override;
}

function outline(finding) {
  const [left, top, right, bottom] = finding.box;
  const [rx, ry] = [(right - left) / 2, (bottom - top) / 2];
  if (finding.shape === "ellipse") return svg("ellipse", { cx: left + rx, cy: top + ry, rx, ry });
  if (finding.shape === "quad" && finding.quad) return svg("polygon", { points: finding.quad.flat().join(" ") });
  return svg("rect", { x: left, y: top, width: right - left, height: bottom - top });
}

function filled(shape, kind) {
  shape.setAttribute("class", kind);
  return shape;
}

const area = ([left, top, right, bottom]) => (right - left) * (bottom - top);
