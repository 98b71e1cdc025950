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
  if (inner.top >= outer.top + head && inner.bottom <= outer.bottom) return;
  pane.scrollTop += inner.top - outer.top - outer.height / 3;
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

// ---- the drop zone ----
const MIB = 1024 * 1024;

function complaint(form, files) {
  const { mostFiles, mostBytesPerFile, mostBytes, tooMany, tooLarge, allTooLarge } = form.dataset;
  if (files.length > Number(mostFiles)) return tooMany;
  const large = files.find((file) => file.size > Number(mostBytesPerFile) * MIB);
  if (large) return tooLarge + large.name;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return size > Number(mostBytes) * MIB ? allTooLarge : "";
}

function tellChosen(form) {
  const input = form.querySelector("#files");
  const files = Array.from(input.files);
  const words = form.querySelector(".drop-chosen");
  const wrong = complaint(form, files);
  input.setCustomValidity(wrong);
  words.textContent = wrong || form.dataset.chosen + files.map((file) => file.name).join("、");
  words.hidden = files.length === 0;
}

function overZone(event) {
  return event.target instanceof Element ? event.target.closest(".drop-zone") : null;
}

document.addEventListener("change", (event) => {
  if (event.target.id === "files") tellChosen(event.target.form);
});
for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    const zone = overZone(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.add("is-over");
  });
}
document.addEventListener("dragleave", (event) => {
  const zone = overZone(event);
  if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  const zone = overZone(event);
  if (!zone) return;
  event.preventDefault();
  zone.classList.remove("is-over");
  if (!event.dataTransfer.files.length) return;
  const input = zone.querySelector("#files");
  input.files = event.dataTransfer.files;
  tellChosen(input.form);
  if (input.form.reportValidity()) input.form.requestSubmit();
});

// ---- what is being done while the reader waits ----
function tell(form, words, share) {
  const place = form.querySelector(".progress");
  if (!place) return;
  place.classList.remove("is-failed");
  place.querySelector(".progress-words").textContent = words;
  const bar = place.querySelector("progress");
  bar.hidden = false;
  if (share === null) bar.removeAttribute("value");
  else bar.value = share;
}

document.addEventListener("htmx:xhr:progress", (event) => {
  const form = event.target.closest("form.upload");
  const { loaded, total } = event.detail;
  if (!form || !total) return;
  const share = Math.floor((100 * loaded) / total);
  if (share < 100) tell(form, `${form.dataset.sending} ${share}%`, share);
});
document.addEventListener("htmx:beforeSend", (event) => {
  const form = event.target.closest("form.upload");
  if (!form) return;
  const names = Array.from(form.querySelector("#files").files, (file) => file.name);
  tell(form, form.dataset.reading + names.join("、"), null);
  // Past this time reading is done for all but the largest files.
  form.waiting = setTimeout(() => tell(form, form.dataset.checking, null), 1500);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form.upload");
  if (form) clearTimeout(form.waiting);
});
document.addEventListener("htmx:sendError", (event) => {
  const form = event.target.closest("form.upload");
  if (!form) return;
  tell(form, form.dataset.failed, null);
  form.querySelector(".progress").classList.add("is-failed");
  form.querySelector("progress").hidden = true;
});

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
