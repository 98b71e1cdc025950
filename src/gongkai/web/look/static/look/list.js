// Going through a list by keys: j and k, Enter (the link's own), / to the search field, ? shows the keys.
// Single letters can be switched off (WCAG 2.1.4); without scripts Tab and the links do the same work.
"use strict";

const KEPT = "gongkai-keys";
const dialog = document.getElementById("keys");
const box = document.getElementById("keys-on");

function kept() {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true; // a browser that keeps nothing: keys are on
  }
}

function keep(on) {
  try {
    localStorage.setItem(KEPT, on ? "on" : "off");
  } catch {
    // nothing is kept: the choice holds until the page is left
  }
}

let keysOn = kept();

function links() {
  return [...document.querySelectorAll("[data-list] [data-row] .row-link")];
}

function move(step) {
  const all = links();
  if (!all.length) return false;
  const row = document.activeElement?.closest("[data-row]");
  const at = row ? all.findIndex((link) => row.contains(link)) : -1;
  const next = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
  all[next].focus();
  all[next].closest("[data-row]").scrollIntoView({ block: "nearest" });
  return true;
}

function showKeys() {
  if (!dialog || dialog.open) return false;
  dialog.showModal();
  return true;
}

function toSearch() {
  const field = document.querySelector("[data-search]");
  if (!field) return false;
  field.focus();
  field.select();
  return true;
}

const DONE_BY = { j: () => move(1), k: () => move(-1), "/": toSearch, "?": showKeys };

document.addEventListener("keydown", (event) => {
  if (!keysOn || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog?.open) return;
  const target = event.target;
  if (target instanceof Element && target.closest("input, textarea, select, [contenteditable]")) return;
  const act = DONE_BY[event.key];
  if (act && act()) event.preventDefault();
});

if (dialog && box) {
  box.checked = keysOn;
  box.addEventListener("change", () => {
    keysOn = box.checked;
    keep(keysOn);
  });
  for (const button of document.querySelectorAll(".keys-button")) {
    button.hidden = false;
    button.addEventListener("click", showKeys);
  }
}
