// The first view: one question, a place to drop photos, and where they are to be published.

import { button, el, fileField, icon } from "./dom.js";
import { warn } from "./say.js";
import { purposePicker, rosterLine } from "./settings.js";
import { listed, listen } from "./store.js";
import { dropped, picturesOf, send } from "./uploads.js";
import { t } from "./words.js";

/** Show the view in an element; gives the function that ends it. */
export function startView(main) {
  const told = el("p", { class: "drop-told", role: "status" });
  const take = (files) => sendAndGo(files, told, true);
  const chosen = fileField({ multiple: true, accept: "image/*,.heic,.heif", id: "files",
    onchange: () => { take([...chosen.files]); chosen.value = ""; } });
  const folder = fileField({ webkitdirectory: true, multiple: true, id: "folder",
    onchange: () => { take(picturesOf(folder.files)); folder.value = ""; } });
  const zone = dropZone(take, [
    icon("photos", "drop-sign"),
    el("p", { class: "drop-title" }, t("drop_title")),
    el("p", { class: "drop-hint" }, t("drop_hint")),
    el("div", { class: "row centred" },
      button(t("choose_photos"), () => chosen.click(), { kind: "main large" }),
      button(t("choose_folder"), () => folder.click(), { kind: "plain large", sign: "folder" })),
    chosen, folder, told,
  ]);
  const roster = el("div", { class: "roster-line" });
  const drawRoster = () => roster.replaceChildren(rosterLine());
  drawRoster();
  const back = listed().length > 0
    ? el("a", { class: "back", href: "#/list" }, icon("previous"), el("span", {}, t("back_to_list"))) : null;
  main.append(el("section", { class: "page start" },
    back,
    el("h1", {}, t("start_title")),
    el("p", { class: "lead" }, t("start_lead")),
    zone,
    el("div", { class: "start-choices" },
      el("section", { class: "box", "aria-labelledby": "where-title" },
        el("h2", { id: "where-title" }, t("where_title")), el("p", { class: "soft" }, t("where_hint")), purposePicker()),
      el("section", { class: "box", "aria-labelledby": "roster-title" }, el("h2", { id: "roster-title" }, t("roster_title")), roster)),
    promises()));
  return listen("state", drawRoster);
}

/** A place on which photos can be dropped; all of the window takes them, so that none opens in the browser. */
function dropZone(take, content) {
  const zone = el("div", { class: "drop" }, content);
  acceptDrops(zone, take);
  return zone;
}

/** Let an element take dropped photos. */
export function acceptDrops(zone, take) {
  let depth = 0;
  const mark = (by) => { depth = Math.max(0, depth + by); zone.classList.toggle("over", depth > 0); };
  zone.addEventListener("dragenter", (event) => { event.preventDefault(); mark(1); });
  zone.addEventListener("dragleave", () => mark(-1));
  zone.addEventListener("dragover", (event) => event.preventDefault());
  zone.addEventListener("drop", async (event) => {
    event.preventDefault();
    depth = 0;
    mark(0);
    take(await dropped(event.dataTransfer));
  });
}

/** Send files; several become a list, and so does one photo, unless it is asked about alone. */
export async function sendAndGo(files, told, alone = false) {
  if (files.length === 0) {
    warn(t("no_pictures"));
    return;
  }
  const photos = await send(files, (done, total) => { told.textContent = done < total ? t("sending", { done, total }) : ""; });
  if (photos.length === 0) return;
  location.hash = photos.length === 1 && alone ? `#/check/${encodeURIComponent(photos[0].id)}` : "#/list";
}

function promises() {
  const one = (sign, key) => el("li", {}, icon(sign), el("div", {}, el("h3", {}, t(`${key}_title`)), el("p", {}, t(`${key}_text`))));
  return el("ul", { class: "promises", role: "list" },
    one("home", "promise_here"), one("original", "promise_original"), one("proof", "promise_proof"));
}

for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());
