// What the page does more when scripts run. Without them forms, links and :target do the same work.
"use strict";

document.documentElement.classList.add("js");

// ---- a card, its cells and its words show each other ----
function joined(element) {
  const holder = element.closest(".card, [data-findings]");
  if (!holder) return [];
  const names = holder.dataset.findings ? holder.dataset.findings.split(" ") : [holder.id];
  const found = [];
  for (const name of names) {
    const card = document.getElementById(name);
    if (card && card !== holder) found.push(card);
    const others = document.querySelectorAll(`[data-findings~="${CSS.escape(name)}"]`);
    for (const other of others) if (other !== holder && holder.classList.contains("card")) found.push(other);
  }
  return found;
}

function show(event) {
  for (const element of document.querySelectorAll(".is-joined")) element.classList.remove("is-joined");
  if (!(event.target instanceof Element)) return;
  const others = joined(event.target);
  for (const element of others) element.classList.add("is-joined");
  const cell = others.find((element) => element.matches(".sheet td"));
  if (cell && event.target.closest(".card")) bringIntoPane(cell);
}

// Moves the tables' own scroll area alone: the page stays where the reader is.
function bringIntoPane(cell) {
  const pane = cell.closest(".tables");
  if (!pane || pane.scrollHeight <= pane.clientHeight) return;
  const inner = cell.getBoundingClientRect();
  const outer = pane.getBoundingClientRect();
  const head = cell.closest("table").tHead?.offsetHeight ?? 0; // stays at the top of the pane
  // The pane may reach past the window: what counts is the part that is in sight.
  const top = Math.max(outer.top, 0);
  const bottom = Math.min(outer.bottom, window.innerHeight);
  if (inner.top >= top + head && inner.bottom <= bottom) return;
  pane.scrollTop += inner.top - top - head - (bottom - top - head) / 3;
}

// A page that scrolls under a resting mouse also sends mouse events: those move nothing.
let pointedAt = null;
document.addEventListener("mousemove", (event) => {
  if (event.movementX === 0 && event.movementY === 0) return;
  const holder = event.target instanceof Element ? event.target.closest(".card, [data-findings]") : null;
  if (holder === pointedAt) return;
  pointedAt = holder;
  show(event);
});
document.addEventListener("focusin", show);

// ---- after a page is shown ----
function showPrintButtons() {
  for (const button of document.querySelectorAll(".print-button")) button.hidden = false;
}
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest(".print-button")) window.print();
});
document.addEventListener("htmx:afterSettle", () => {
  showPrintButtons();
  window.scrollTo(0, 0);
  const main = document.getElementById("main");
  if (main) main.focus({ preventScroll: true });
});
showPrintButtons();
