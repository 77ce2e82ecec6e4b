"use strict";
(() => {
  const tools = document.getElementById("tools");
  const list = document.getElementById("cards");
  if (!tools || !list) return;
  const cards = Array.from(list.children);
  const shown = tools.querySelector(".shown");
  const compare = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" }).compare;
  const first = new Map(cards.map((card) => [card, (card.dataset.codes || "").split(" ")[0]]));
  const orders = {
    severity: (a, b) => b.dataset.severity - a.dataset.severity || compare(a.dataset.name, b.dataset.name),
    mild: (a, b) => a.dataset.severity - b.dataset.severity || compare(a.dataset.name, b.dataset.name),
    name: (a, b) => compare(a.dataset.name, b.dataset.name),
    reason: (a, b) => compare(first.get(a) || "~", first.get(b) || "~") || compare(a.dataset.name, b.dataset.name),
  };
  const count = (value) => new Intl.NumberFormat(document.documentElement.lang).format(value);

  const filter = () => {
    const chosen = new FormData(tools);
    const decisions = new Set(chosen.getAll("decision"));
    const reason = chosen.get("reason");
    const find = chosen.get("find").trim().toLocaleLowerCase();
    let left = 0;
    for (const card of cards) {
      const fits = decisions.has(card.dataset.decision)
        && (!reason || card.dataset.codes.split(" ").includes(reason))
        && (!find || card.dataset.name.toLocaleLowerCase().includes(find));
      card.hidden = !fits;
      left += fits;
    }
    const sentence = left === cards.length ? shown.dataset.all : left ? shown.dataset.some : shown.dataset.none;
    shown.textContent = sentence.replace("{shown}", count(left)).replace("{all}", count(cards.length));
  };
  const sort = () => list.append(...cards.sort(orders[tools.elements.order.value]));

  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.addEventListener("input", filter);
  tools.elements.order.addEventListener("change", sort);
  tools.hidden = false;
  filter();
})();
