// Writing safe copies: asked for here, done and proven by the server, told as events.

import { post } from "./api.js";
import { el, icon, name } from "./dom.js";
import { say, warn, warnOf } from "./say.js";
import { item, listen, settings } from "./store.js";
import { t } from "./words.js";

/** Ask for safe copies of these photos. */
export async function save(ids) {
  try {
    await post("/api/save", { ids });
    say(t("saving", { count: ids.length }));
  } catch (error) {
    warnOf(error);
  }
}

/** What became of a photo's safe copy: its name, where it is, and each step of its proof in plain words. */
export function copyBlock(photo) {
  const { copy } = photo;
  if (!copy) return null;
  const list = (all, sign, kind) => all?.length
    ? el("ul", { class: `steps ${kind}`, role: "list" }, all.map((one) => el("li", {}, icon(sign), el("span", {}, one)))) : null;
  return el("section", { class: "copy", "aria-labelledby": "copy-title" },
    el("h2", { id: "copy-title", tabindex: "-1", "data-key": "copy-title" }, icon("proof"), t("copy_title")),
    el("p", { class: "copy-name" }, name(copy.name)),
    copy.url && !settings().out
      ? el("a", { class: "button main wide", href: copy.url, download: copy.name, "data-key": "download" },
        icon("save"), el("span", {}, t("download_copy")))
      : el("p", { class: "soft" }, settings().out ? t("saved_in", { folder: settings().out }) : ""),
    el("h3", {}, t("proof_title")), list(copy.steps.map((step) => t(`proof_${step}`)), "check", "proven"), list(copy.notes, "help", "notes"));
}

listen("saved", (one) => {
  if (one.ok) say(t("saved_one", { name: item(one.id)?.name ?? "" }));
  else warn(one.message);
});
