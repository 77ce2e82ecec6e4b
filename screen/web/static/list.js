// The work-list: what is not reviewed yet, what could not be screened, and what to do next.

import { badge, button, decisionIcon, el, icon, name, redraw } from "./dom.js";
import { PILES, pending, reviewedWord, standing } from "./filters.js";
import { Grid } from "./grid.js";
import { nextStep } from "./nextstep.js";
import { settingsDialog, settingsWords } from "./settings.js";
import { acceptDrops, sendAndGo } from "./start.js";
import { listed, listen, settings, underWay } from "./store.js";
import { duration, number, t } from "./words.js";

let pile = "all";

/** Show the view in an element; gives the function that ends it. */
export function listView(main) {
  const told = el("p", { class: "drop-told", role: "status" });
  const facts = el("p", { class: "soft list-facts" });
  const chosen = el("div", { class: "settings-line" });
  const progress = el("div", { class: "progress-slot" });
  const step = el("div", {});
  const piles = el("div", { class: "chips piles", role: "group", "aria-label": t("piles") });
  const grid = new Grid(t("photos_title"), { make: tile, id: (item) => item.id, stamp, empty: () => t("pile_empty") });
  const page = el("section", { class: "page list" },
    el("div", { class: "list-top" },
      el("div", { class: "list-title" }, el("h1", {}, settings().folder ? name(settings().folder) : t("photos_title")), facts),
      el("a", { class: "button plain", href: "#/start", title: t("add_photos") }, icon("photos"), el("span", {}, t("add_photos")))),
    chosen, progress, step, piles, told, grid.element);
  acceptDrops(page, (files) => sendAndGo(files, told));
  main.append(page);

  const draw = () => {
    const all = listed();
    if (!PILES.some((one) => one.id === pile && (one.id === "all" || all.some(one.fits)))) pile = "all";
    facts.textContent = factsOf(all);
    redraw(piles, PILES.filter((one) => one.id === "all" || all.some(one.fits)).map((one) => chip(one, all, draw)));
    redraw(step, nextStep(all));
    grid.set(all.filter(PILES.find((one) => one.id === pile).fits));
  };
  const drawSettings = () => redraw(chosen, el("span", { class: "soft" }, settingsWords()),
    button(t("change"), settingsDialog, { kind: "quiet", sign: "settings", key: "settings" }));
  const drawProgress = () => redraw(progress, progressBar(underWay()));
  draw();
  drawSettings();
  drawProgress();
  const ends = [
    listen("photos", soon(draw)), listen("state", drawSettings),
    listen("progress", () => { drawProgress(); draw(); }),
    () => grid.end(),
  ];
  return () => ends.forEach((end) => end());
}

/** How far the work is, with the time that is left. */
function progressBar(now) {
  if (!now || now.total === 0) return null;
  const left = now.seconds_left ? t("time_left", { time: duration(now.seconds_left) }) : "";
  const sentence = t(now.job === "save" ? "saving_progress" : "screening_progress", { done: now.done, total: now.total });
  return el("div", { class: "progress" },
    el("p", { id: "progress-words" }, el("span", {}, sentence), el("span", { class: "soft" }, left)),
    el("progress", { max: now.total, value: now.done, "aria-labelledby": "progress-words" }));
}

function factsOf(all) {
  const waiting = all.filter(pending).length;
  const done = all.filter((item) => item.reviewed).length;
  return [t("photos", { count: all.length }), t("reviewed", { count: done }), waiting ? t("not_screened_yet", { count: waiting }) : ""]
    .filter(Boolean).join(" · ");
}

function chip(one, all, draw) {
  const count = all.filter(one.fits).length;
  const pressed = one.id === pile;
  return el("button", { type: "button", class: "chip pile", "aria-pressed": String(pressed), "data-key": `pile-${one.id}`, "data-pile": one.id,
    onclick: () => { pile = one.id; draw(); } },
    ["keep", "redact", "review", "refuse", "failed"].includes(one.sign) ? decisionIcon(one.sign) : icon(one.sign),
    el("span", {}, t(`pile_${one.id}`)), el("span", { class: "count" }, number(count)));
}

const stamp = (item) => JSON.stringify([item.version, item.state, item.decision, item.label, item.reviewed, item.saved, item.thumb, item.message]);

function tile(item) {
  const { sign, word } = standing(item);
  const reviewed = reviewedWord(item);
  const stamped = reviewed
    ? el("span", { class: `stamp ${item.reviewed ?? ""}` }, icon(item.reviewed === "withheld" ? "close" : "check")) : null;
  const shown = item.thumb
    ? el("img", { src: item.thumb, alt: "", decoding: "async", draggable: "false" }) : icon(sign, "tile-sign");
  return el("a", { class: `tile-in ${sign}${reviewed ? " done" : ""}`, href: `#/photo/${encodeURIComponent(item.id)}` },
    el("div", { class: "tile-picture" }, shown, stamped),
    el("div", { class: "tile-words" },
      el("p", { class: "tile-name", title: item.name }, name(item.name)),
      el("p", { class: "tile-decision" }, badge(sign, word)),
      el("p", { class: "tile-note" }, item.message || reviewed || item.alike || item.reasons?.[0]?.text || "")));
}

function soon(draw) {
  let frame = 0;
  return () => { frame ||= requestAnimationFrame(() => { frame = 0; draw(); }); };
}
