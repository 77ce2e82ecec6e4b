// Elements made in code. What comes from files or people goes in as text, never as HTML.

const SVG = "http://www.w3.org/2000/svg";

/** A new element: its tag, its properties (class, on<event>, attributes; false and null are left out), its children. */
export function el(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

/** The same for a drawing. */
export function svg(tag, properties = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), properties, children);
}

/** One of the page's small drawings; it says nothing to screen readers. */
export function icon(name, kind = "glyph") {
  return svg("svg", { class: kind, "aria-hidden": "true", focusable: "false" }, svg("use", { href: `#i-${name}` }));
}

/** The sign of a decision: its colour and its shape. */
export function decisionIcon(decision) {
  return icon(decision, `icon ${decision}`);
}

/** A decision as colour, shape and word. */
export function badge(decision, label) {
  return el("span", { class: `badge ${decision}` }, decisionIcon(decision), el("span", {}, label));
}

/** A name from outside: kept apart from the text around it, whatever script it is written in. */
export function name(text) {
  return el("bdi", { class: "name" }, text);
}

/** A button: its text, what it does, its kind (main, plain, quiet) and a drawing before the text. */
export function button(text, onclick, { kind = "plain", sign = "", key = "", ...properties } = {}) {
  return el("button", { type: "button", class: kind, onclick, "data-key": key || null, ...properties },
    sign ? icon(sign) : null, el("span", {}, text));
}

/** A button that shows a drawing only; its name is for screen readers and as a tip. */
export function signButton(sign, label, onclick, { key = "", kind = "quiet round", ...properties } = {}) {
  return el("button", { type: "button", class: kind, onclick, "aria-label": label, title: label, "data-key": key || null, ...properties },
    icon(sign));
}

/** A field for files that is not seen: a button opens its dialog. */
export function fileField(properties) {
  return el("input", { type: "file", class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", ...properties });
}

/** New children for an element; the keyboard stays on the control with the same data-key, and typed text in its field. */
export function redraw(parent, ...children) {
  const active = document.activeElement;
  const key = parent.contains(active) ? active.dataset.key : null;
  const typed = [...parent.querySelectorAll("input[data-key]")].map((field) => [field.dataset.key, field.value]);
  parent.replaceChildren(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  for (const [name, value] of typed) {
    const field = parent.querySelector(`input[data-key="${CSS.escape(name)}"]`);
    if (field) field.value = value;
  }
  if (key) parent.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

function filled(element, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(3).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}
