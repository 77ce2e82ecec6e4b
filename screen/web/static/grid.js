// Many tiles, of which only those near the window are in the page: 500 photos are as quick as 20.

import { el } from "./dom.js";

const AHEAD = 2; // rows drawn above and below the window

/**
 * A grid that draws what can be seen.
 *
 * make(thing) gives the tile's content, an element that can have the keyboard; id(thing) tells things apart, stamp(thing) changes when
 * its tile must be drawn anew.
 */
export class Grid {
  constructor(label, { make, id, stamp, empty }) {
    Object.assign(this, { make, id, stamp, empty });
    this.things = [];
    this.tiles = new Map();
    this.at = 0;
    this.root = el("ul", { class: "grid", role: "list", "aria-label": label });
    this.none = el("p", { class: "grid-none" }, "");
    this.element = el("div", {}, this.root, this.none);
    this.later = () => { this.frame ||= requestAnimationFrame(() => { this.frame = 0; this.draw(); }); };
    this.root.addEventListener("keydown", (event) => this.walk(event));
    this.root.addEventListener("focusin", (event) => this.came(event));
    window.addEventListener("scroll", this.later, { passive: true });
    this.watch = new ResizeObserver(this.later);
    this.watch.observe(this.root);
  }

  /** Show these things, in this order. */
  set(things) {
    this.things = things;
    this.at = Math.min(this.at, Math.max(0, things.length - 1));
    this.none.textContent = things.length ? "" : this.empty();
    this.none.hidden = things.length > 0;
    this.draw();
  }

  /** Bring a thing into the window and give its tile the keyboard. */
  focus(index) {
    this.at = Math.max(0, Math.min(index, this.things.length - 1));
    const { columns, height } = this.measures();
    const top = this.root.getBoundingClientRect().top + Math.floor(this.at / columns) * height;
    const low = window.innerHeight - height - 8;
    if (top < 80 || top > low) window.scrollBy(0, top < 80 ? top - 80 : top - low);
    this.draw();
    this.tileOf(this.at)?.focus({ preventScroll: true });
  }

  end() {
    window.removeEventListener("scroll", this.later);
    this.watch.disconnect();
    cancelAnimationFrame(this.frame);
  }

  measures() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const width = this.root.clientWidth || 1;
    const rows = width < 34 * rem;
    const columns = rows ? 1 : Math.max(2, Math.floor((width + rem) / (14 * rem)));
    const tile = (width - (columns - 1) * rem) / columns;
    return { rem, rows, columns, tile, height: rows ? 7.5 * rem : tile * 0.75 + 6.25 * rem + rem };
  }

  draw() {
    if (!this.root.isConnected) return;
    const { rem, rows, columns, tile, height } = this.measures();
    this.root.classList.toggle("as-rows", rows);
    this.root.style.height = `${Math.max(0, Math.ceil(this.things.length / columns) * height - (rows ? 0.5 : 1) * rem)}px`;
    const seen = this.root.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(-seen / height) - AHEAD) * columns;
    const last = Math.min(this.things.length, (Math.ceil((window.innerHeight - seen) / height) + AHEAD) * columns);
    const wanted = new Set();
    for (let index = first; index < last; index += 1) wanted.add(index);
    if (this.root.contains(document.activeElement)) wanted.add(this.at);
    this.place([...wanted].sort((a, b) => a - b), { columns, tile, height, rem, rows });
  }

  place(indices, { columns, tile, height, rem, rows }) {
    const left = new Set(this.tiles.keys());
    let before = null;
    for (const index of indices.filter((one) => one < this.things.length)) {
      const thing = this.things[index];
      const key = this.id(thing);
      left.delete(key);
      const item = this.tiles.get(key) ?? this.added(key);
      if (item.dataset.stamp !== this.stamp(thing)) this.fill(item, thing);
      item.dataset.index = index;
      item.setAttribute("aria-setsize", this.things.length);
      item.setAttribute("aria-posinset", index + 1);
      item.style.width = `${tile}px`;
      item.style.height = `${height - (rows ? 0.5 : 1) * rem}px`;
      item.style.transform = `translate(${(index % columns) * (tile + rem)}px, ${Math.floor(index / columns) * height}px)`;
      item.firstElementChild.tabIndex = index === this.at ? 0 : -1;
      const next = before ? before.nextSibling : this.root.firstChild;
      if (next !== item) this.root.insertBefore(item, next);
      before = item;
    }
    for (const key of left) {
      this.tiles.get(key).remove();
      this.tiles.delete(key);
    }
    if (!indices.includes(this.at) && before) this.root.firstChild.firstElementChild.tabIndex = 0;
  }

  added(key) {
    const item = el("li", { class: "tile" });
    this.tiles.set(key, item);
    return item;
  }

  fill(item, thing) {
    const held = item.contains(document.activeElement);
    item.replaceChildren(this.make(thing));
    item.dataset.stamp = this.stamp(thing);
    if (held) item.firstElementChild.focus({ preventScroll: true });
  }

  tileOf(index) {
    return this.tiles.get(this.things[index] && this.id(this.things[index]))?.firstElementChild;
  }

  came(event) {
    const item = event.target.closest(".tile");
    if (!item || Number(item.dataset.index) === this.at) return;
    this.at = Number(item.dataset.index);
    for (const other of this.tiles.values()) other.firstElementChild.tabIndex = other === item ? 0 : -1;
  }

  walk(event) {
    const { columns } = this.measures();
    const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns, Home: -this.at, End: this.things.length };
    if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.focus(this.at + steps[event.key]);
  }
}
