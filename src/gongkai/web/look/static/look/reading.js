// Reading aids of the portal: larger and smaller, read aloud, print, copy.
// Each button is hidden until its script is here; what it does is kept in this browser alone.
"use strict";

const SIZES = ["reading-1", "reading-2", "reading-3", "reading-4"];
const NORMAL = 1;
const root = document.documentElement;

function kept(name, otherwise) {
  try {
    return localStorage.getItem(name) ?? otherwise;
  } catch {
    return otherwise; // a browser that keeps nothing
  }
}

function keep(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // holds until the page is left
  }
}

let size = NORMAL;

function setSize(wanted) {
  const known = Number.isInteger(wanted) ? wanted : NORMAL;
  size = Math.min(Math.max(known, 0), SIZES.length - 1);
  root.classList.remove(...SIZES);
  root.classList.add(SIZES[size]);
  keep("gongkai-reading-size", String(size));
  for (const [name, end] of [["larger", SIZES.length - 1], ["smaller", 0]]) {
    for (const button of document.querySelectorAll(`[data-reading=${name}]`)) button.disabled = size === end;
  }
}

function readAloud(button) {
  const voice = window.speechSynthesis;
  const words = document.getElementById("document")?.innerText ?? "";
  if (voice.speaking) {
    voice.cancel();
    return;
  }
  const said = new SpeechSynthesisUtterance(words);
  said.lang = "zh-CN";
  const before = button.textContent;
  said.onend = said.onerror = () => { button.textContent = before; };
  button.textContent = button.dataset.stop;
  voice.speak(said);
}

async function copy(button) {
  const words = document.getElementById(button.dataset.copies)?.textContent.trim() ?? "";
  await navigator.clipboard.writeText(words);
  button.textContent = button.dataset.done;
}

const ACTS = {
  larger: () => setSize(size + 1),
  smaller: () => setSize(size - 1),
  aloud: readAloud,
  print: () => window.print(),
  copy,
};

for (const button of document.querySelectorAll("[data-reading]")) {
  const name = button.dataset.reading;
  const can = { aloud: "speechSynthesis" in window, copy: Boolean(navigator.clipboard) }[name] ?? true;
  if (!can) continue;
  button.hidden = false;
  button.addEventListener("click", () => ACTS[name](button));
}
setSize(Number.parseInt(kept("gongkai-reading-size", String(NORMAL)), 10));
