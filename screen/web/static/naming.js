// Who is this? A search in the roster, as a text field with a list.

import { get } from "./api.js";
import { el, name } from "./dom.js";
import { say } from "./say.js";
import { settings } from "./store.js";
import { t } from "./words.js";

/** The field for a finding; choose(person id) does it. Without a roster, a sentence says why there is none. */
export function naming(finding, choose) {
  if (!settings().roster.given) return el("p", { class: "soft" }, t("naming_no_roster"));
  const id = `who-${finding.id}`;
  const field = el("input", { type: "search", id, role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list",
    "aria-expanded": "false", "aria-controls": `${id}-list`, "data-key": id });
  const list = el("ul", { id: `${id}-list`, role: "listbox", class: "people", "aria-label": t("people"), hidden: true });
  const search = new Search(field, list, choose);
  field.addEventListener("input", () => search.ask());
  field.addEventListener("focus", () => search.ask());
  field.addEventListener("keydown", (event) => search.key(event));
  field.addEventListener("blur", () => setTimeout(() => search.shut(), 200));
  return el("div", { class: "naming" }, el("label", { for: id }, t("who")), field, list);
}

class Search {
  constructor(field, list, choose) {
    Object.assign(this, { field, list, choose, people: [], at: -1, asked: 0 });
  }

  async ask() {
    const asked = ++this.asked;
    const query = this.field.value.trim();
    if (!query) {
      this.shut();
      return;
    }
    const found = await get(`/api/people?q=${encodeURIComponent(query)}`).catch(() => ({ people: [] }));
    if (asked !== this.asked || !this.field.isConnected) return;
    this.people = found.people;
    this.at = found.people.length ? 0 : -1;
    this.draw();
    say(t("people_found", { count: found.people.length }));
  }

  draw() {
    this.list.replaceChildren(...this.people.map((person, index) =>
      el("li", { id: `${this.list.id}-${index}`, role: "option", "aria-selected": String(index === this.at),
        onpointerdown: (event) => event.preventDefault(), onclick: () => this.pick(index) },
        name(person.label), el("span", { class: "soft" }, person.class ?? ""))));
    const none = { role: "option", "aria-disabled": "true", "aria-selected": "false", class: "soft" };
    if (this.people.length === 0) this.list.replaceChildren(el("li", none, t("people_none")));
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.point();
  }

  point() {
    for (const [index, one] of [...this.list.children].entries()) one.setAttribute("aria-selected", String(index === this.at));
    if (this.at >= 0) this.field.setAttribute("aria-activedescendant", `${this.list.id}-${this.at}`);
    else this.field.removeAttribute("aria-activedescendant");
    this.list.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps && this.people.length) {
      event.preventDefault();
      this.at = (this.at + steps[event.key] + this.people.length) % this.people.length;
      this.point();
    } else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
      event.preventDefault();
      this.pick(this.at);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      this.shut();
    }
  }

  pick(index) {
    const person = this.people[index];
    this.shut();
    this.choose(person.id);
  }

  shut() {
    this.asked += 1;
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}
