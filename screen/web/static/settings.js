// Where photos are published, on what occasion, how they are covered, and who agreed: chips and a dialog.

import { postFiles } from "./api.js";
import { button, el, fileField, icon } from "./dom.js";
import { dialog } from "./keys.js";
import { say, warn, warnOf } from "./say.js";
import { change, listen, reload, setState, settings } from "./store.js";
import { t } from "./words.js";

/** Places of publication as chips; at least one stays chosen. */
export function purposePicker() {
  const chips = settings().purposes.map((purpose) =>
    el("label", { class: "chip" },
      el("input", { type: "checkbox", value: purpose.id, checked: purpose.asked }), el("span", {}, purpose.label)));
  const group = el("div", { class: "chips", role: "group", "aria-label": t("where_title") }, chips);
  group.addEventListener("change", async (event) => {
    const asked = [...group.querySelectorAll("input:checked")].map((box) => box.value);
    if (asked.length === 0) {
      event.target.checked = true;
      warn(t("one_place"));
      return;
    }
    await apply({ purposes: asked });
  });
  return group;
}

/** Who agreed: how many people the roster names, and a way to give another one. */
export function rosterLine() {
  const { given, people } = settings().roster;
  const file = fileField({ accept: ".csv,.xlsx,.ods", id: "roster-file", onchange: () => giveRoster(file) });
  return el("div", { class: "roster" },
    el("p", { class: given ? "roster-facts" : "roster-facts none" }, icon("people"),
      el("span", {}, given ? t("roster_given", { count: people }) : t("roster_none"))),
    button(t(given ? "roster_other" : "roster_choose"), () => file.click(), { kind: "plain" }), file);
}

/** All settings in a dialog. */
export function settingsDialog() {
  const roster = el("div", {}, rosterLine());
  const end = listen("state", () => roster.replaceChildren(rosterLine()));
  const box = dialog(t("settings_title"),
    el("h3", {}, t("where_title")), purposePicker(),
    el("h3", {}, t("occasion_title")), radios("occasion", settings().occasions),
    el("h3", {}, t("style_title")), radios("style", settings().styles),
    el("h3", {}, t("roster_title")), roster);
  box.addEventListener("close", end);
}

/** The settings in one line: website, social media · classroom · blurred. */
export function settingsWords() {
  const { purposes, occasions, styles } = settings();
  const chosen = (all) => all.filter((one) => one.chosen).map((one) => one.label);
  return [purposes.filter((one) => one.asked).map((one) => one.label).join(", "), ...chosen(occasions), ...chosen(styles)].join(" · ");
}

function radios(name, all) {
  return el("div", { class: "chips", role: "radiogroup", "aria-label": t(`${name}_title`) }, all.map((one) =>
    el("label", { class: "chip" },
      el("input", { type: "radio", name, value: one.id, checked: one.chosen, onchange: () => apply({ [name]: one.id }) }),
      el("span", {}, one.label))));
}

async function apply(asked) {
  try {
    await change(asked);
    say(t("judged_anew"));
  } catch (error) {
    warnOf(error);
  }
}

async function giveRoster(file) {
  try {
    setState(await postFiles("/api/roster", "file", file.files));
    await reload();
    say(t("roster_given", { count: settings().roster.people }));
  } catch (error) {
    warnOf(error);
  }
}
