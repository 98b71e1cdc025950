// A result is on its page and nowhere else: the server keeps nothing. This lets a reader leave it and come back.
// The tab keeps the reports as the page itself carries them, once for each result, until it is closed. What was
// changed in them is in the entry of the history: going back undoes a change, going forward makes it again.
"use strict";

const KEPT = "gongkai.result.";
const ORDER = "gongkai.order";
let shown = null; // the result on the page: its name, its changes, the report that is edited as a form
let shownAt = ""; // and its address
let restoring = null;

function memory() {
  try {
    return window.sessionStorage;
  } catch {
    return null; // the browser keeps nothing for sites: the start page then says that results are not kept
  }
}

function order(store) {
  try {
    const names = JSON.parse(store.getItem(ORDER));
    return Array.isArray(names) ? names : [];
  } catch {
    return [];
  }
}

function keep(name, text) {
  const store = memory();
  if (!store || !text || !name || store.getItem(KEPT + name) === text) return;
  const names = order(store).filter((other) => other !== name);
  for (;;) {
    try {
      store.setItem(KEPT + name, text);
      store.setItem(ORDER, JSON.stringify([...names, name]));
      return;
    } catch {
      if (names.length === 0) return;
      store.removeItem(KEPT + names.shift()); // the oldest goes
    }
  }
}

function onPage() {
  const head = document.querySelector(".results-head");
  if (!head) return null;
  return {
    address: head.dataset.address,
    name: head.dataset.name,
    edit: head.dataset.edit ?? "",
    carried: document.querySelector("main input[name=results]")?.value,
    changes: document.querySelector("main .changes-field")?.value ?? "",
  };
}

function remember(result, draft) {
  shown = { name: result.name, changes: result.changes, edit: result.edit, draft: draft ?? null };
  shownAt = location.pathname;
}

function entry() {
  return { result: shown.name, changes: shown.changes, edit: shown.edit, draft: shown.draft };
}

// A change was made on the page itself: an entry of its own, so that going back undoes it.
function rememberChange(changes) {
  shown.changes = changes;
  history.pushState(entry(), "");
}

// A whole page was opened: a result sent by a plain form, or an address that somebody came back to.
document.addEventListener("DOMContentLoaded", () => {
  const result = onPage();
  const state = history.state;
  if (result) {
    remember(result, state?.draft);
    history.replaceState(entry(), "");
    keep(shown.name, result.carried);
    fillDraft();
    return;
  }
  const form = document.getElementById("restore-form");
  const text = state?.result && memory()?.getItem(KEPT + state.result);
  if (!form || !text) return;
  restoring = state;
  document.documentElement.classList.add("is-restoring");
  form.elements.results.value = text;
  form.elements.changes.value = state.changes ?? "";
  const address = (state.edit && form.dataset.editAddress) || form.getAttribute("action");
  const values = state.edit ? { report: state.edit } : {};
  htmx.ajax("POST", address, { source: form, target: document.body, swap: "innerHTML", values });
});

// htmx has put a page in place of the one before.
document.addEventListener("htmx:afterSettle", () => {
  const result = onPage();
  document.documentElement.classList.remove("is-restoring");
  if (restoring) {
    const state = restoring;
    restoring = null;
    if (!result) {
      memory()?.removeItem(KEPT + state.result);
      location.reload();
      return;
    }
    remember(result, state.draft);
    if (location.hash) {
      location.replace(location.hash); // so that :target is found in the new page
      history.replaceState(entry(), "");
    }
    fillDraft();
  } else if (result) {
    remember(result);
    history.pushState(entry(), "", result.address);
    shownAt = location.pathname;
    keep(shown.name, result.carried);
  } else {
    shown = null;
  }
});
for (const name of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(name, () => document.documentElement.classList.remove("is-restoring"));
}

// A link inside a result makes an entry of its own: it belongs to the result. Any other entry is another page.
function arrive() {
  const state = history.state;
  if (!state?.result) {
    if (shown && location.hash && location.pathname === shownAt) history.replaceState(entry(), "");
    else if (shown) location.reload();
    return;
  }
  if (!shown || state.result !== shown.name || location.pathname !== shownAt || state.edit !== shown.edit) {
    location.reload();
  } else if (state.changes !== shown.changes) {
    if (document.getElementById("edit-form")) location.reload();
    else redraw(state.changes);
  }
}
window.addEventListener("popstate", arrive);
window.addEventListener("hashchange", arrive);

// ---- what is typed into the form of a report is there again after going back or reloading ----
let drafting = 0;
document.addEventListener("input", (event) => {
  if (!shown || !event.target.form || event.target.form.id !== "edit-form") return;
  clearTimeout(drafting);
  drafting = setTimeout(keepDraft, 200);
});
window.addEventListener("pagehide", () => {
  if (drafting) keepDraft();
});

function keepDraft() {
  drafting = 0;
  const form = document.getElementById("edit-form");
  if (!form || !shown) return;
  const draft = {};
  for (const field of form.elements) {
    if (field.name && field.type !== "hidden" && field.value !== field.defaultValue) draft[field.name] = field.value;
  }
  shown.draft = draft;
  try {
    history.replaceState(entry(), "");
  } catch {
    shown.draft = null; // more than the browser keeps with an entry
  }
}

function fillDraft() {
  const form = document.getElementById("edit-form");
  if (!form || !shown?.draft) return;
  for (const [name, value] of Object.entries(shown.draft)) {
    const field = form.elements.namedItem(name);
    if (!(field instanceof Element)) continue;
    field.value = value;
    const fold = field.closest("details");
    if (fold) fold.open = true;
  }
}
