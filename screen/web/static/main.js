// Opens the session, then shows the view that the address names.

import { post, Refusal } from "./api.js";
import { el } from "./dom.js";
import { help } from "./keys.js";
import { listView } from "./list.js";
import { photoView } from "./photo.js";
import { warn, warnOf } from "./say.js";
import { startView } from "./start.js";
import { change, listed, listen, open, settings } from "./store.js";
import { lang, t } from "./words.js";

const main = document.getElementById("main");
let leave = null;

/** The token of the fragment buys a cookie; then it is taken out of the address and its history. */
async function enter() {
  const token = location.hash.slice(1);
  if (!token || token.startsWith("/")) return;
  history.replaceState(null, "", location.pathname);
  await post("/api/enter", { token });
}

/** The view of the address: #/start, #/list, #/photo/ID, #/check/ID. */
function show() {
  const [, place = "", id = ""] = location.hash.split("/");
  leave?.();
  leave = null;
  main.replaceChildren();
  if (place === "photo" && id) leave = photoView(main, decodeURIComponent(id), { single: false });
  else if (place === "check" && id) leave = photoView(main, decodeURIComponent(id), { single: true });
  else if (place === "start" || listed().length === 0) leave = startView(main);
  else leave = listView(main);
  document.title = `${main.querySelector("h1")?.textContent ?? ""} – photoscreen`.replace(/^ – /, "");
  window.scrollTo(0, 0);
  main.focus({ preventScroll: true });
}

function languages() {
  for (const choice of document.querySelectorAll(".language")) {
    choice.addEventListener("click", async () => {
      if (choice.dataset.lang === lang) return;
      try {
        await change({ lang: choice.dataset.lang });
        location.reload();
      } catch (error) {
        warnOf(error);
      }
    });
  }
}

function shut(error) {
  const known = error instanceof Refusal && error.status === 403;
  main.replaceChildren(el("section", { class: "page shut" },
    el("h1", {}, t(known ? "shut_title" : "gone_title")), el("p", { class: "lead" }, t(known ? "shut_text" : "gone_text"))));
}

async function begin() {
  document.getElementById("skip").addEventListener("click", (event) => { event.preventDefault(); main.focus(); });
  document.getElementById("help").addEventListener("click", help);
  languages();
  try {
    await enter();
    await open();
  } catch (error) {
    shut(error);
    return;
  }
  if (settings().lang !== lang && !sessionStorage.getItem("language-asked")) {
    sessionStorage.setItem("language-asked", "1");
    location.reload();
    return;
  }
  sessionStorage.removeItem("language-asked");
  listen("lost", () => warn(t("no_answer")));
  window.addEventListener("hashchange", show);
  show();
}

begin();
