// Files are gathered in a list, looked over, and sent with one press. Without scripts: the browser's own field.
"use strict";

const MIB = 1024 * 1024;
const gathered = new WeakMap(); // file field -> the files in its list

function complaint(form, files) {
  const { mostFiles, mostBytesPerFile, mostBytes, tooMany, tooLarge, allTooLarge } = form.dataset;
  if (files.length > Number(mostFiles)) return tooMany;
  const large = files.find((file) => file.size > Number(mostBytesPerFile) * MIB);
  if (large) return tooLarge + large.name;
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return size > Number(mostBytes) * MIB ? allTooLarge : "";
}

function sameFile(one, other) {
  return one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
}

function gather(input, added) {
  const files = [...(gathered.get(input) ?? [])];
  for (const file of added) if (!files.some((known) => sameFile(known, file))) files.push(file);
  hold(input, files);
}

function hold(input, files) {
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  input.files = data.files;
  gathered.set(input, files);
  tellChosen(input.form, input, files);
}

function sizeInWords(size) {
  return size < MIB ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / MIB).toFixed(1)} MB`;
}

function tellChosen(form, input, files) {
  const wrong = complaint(form, files);
  input.setCustomValidity(wrong);
  const words = form.querySelector(".drop-chosen");
  words.textContent = wrong || form.dataset.chosen.replace("{count}", files.length);
  words.classList.toggle("is-wrong", Boolean(wrong));
  words.hidden = files.length === 0;
  const list = form.querySelector(".chosen-files");
  list.replaceChildren(...files.map((file, at) => chosenFile(form, input, file, at)));
  list.hidden = files.length === 0;
}

function chosenFile(form, input, file, at) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  name.className = "chosen-name";
  name.textContent = file.name;
  const size = document.createElement("span");
  size.className = "chosen-size";
  size.textContent = sizeInWords(file.size);
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "as-link";
  remove.textContent = form.dataset.remove;
  remove.setAttribute("aria-label", `${form.dataset.remove} ${file.name}`);
  remove.addEventListener("click", () => {
    hold(input, gathered.get(input).filter((_, other) => other !== at));
    const buttons = form.querySelectorAll(".chosen-files button");
    (buttons[Math.min(at, buttons.length - 1)] ?? input).focus();
  });
  item.append(name, size, remove);
  return item;
}

document.addEventListener("change", (event) => {
  if (event.target.id === "files") gather(event.target, Array.from(event.target.files));
});

// ---- dropping ----
function overZone(event) {
  return event.target instanceof Element ? event.target.closest(".drop-zone") : null;
}

function carriesFiles(event) {
  return Boolean(event.dataTransfer) && Array.from(event.dataTransfer.types).includes("Files");
}

for (const name of ["dragenter", "dragover"]) {
  document.addEventListener(name, (event) => {
    if (!carriesFiles(event)) return;
    const zone = overZone(event);
    if (!zone && event.target instanceof Element && event.target.matches("input[type=file]")) return;
    event.preventDefault();
    if (zone) zone.classList.add("is-over");
    else event.dataTransfer.dropEffect = "none"; // a file dropped beside the zone would replace the page
  });
}
document.addEventListener("dragleave", (event) => {
  const zone = overZone(event);
  if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("is-over");
});
document.addEventListener("drop", (event) => {
  if (!carriesFiles(event)) return;
  const zone = overZone(event);
  if (!zone && event.target instanceof Element && event.target.matches("input[type=file]")) return;
  event.preventDefault();
  if (!zone) return;
  zone.classList.remove("is-over");
  const input = zone.querySelector("#files");
  gather(input, Array.from(event.dataTransfer.files));
  input.form.querySelector(".upload-send").focus();
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
  form.waiting = [setTimeout(() => tell(form, form.dataset.checking, null), 1500)];
  // Only a scan takes longer than this.
  const { scanning } = form.dataset;
  if (scanning) form.waiting.push(setTimeout(() => tell(form, scanning, null), 5000));
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form.upload");
  form?.waiting?.forEach(clearTimeout);
});
document.addEventListener("htmx:sendError", (event) => {
  const form = event.target.closest("form.upload");
  if (!form) return;
  tell(form, form.dataset.failed, null);
  form.querySelector(".progress").classList.add("is-failed");
  form.querySelector("progress").hidden = true;
});
