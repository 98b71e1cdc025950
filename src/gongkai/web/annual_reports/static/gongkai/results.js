// A result is on its page and nowhere else: the server keeps nothing. This lets a reader leave it and come back.
// The tab keeps what the page itself carries for its downloads, until it is closed; the server draws it again.
"use strict";

const KEPT = "gongkai.result.";
let shown = null; // the name of the result on the page
let shownAt = ""; // and its address
let restoring = null;

function memory() {
  try {
    return window.sessionStorage;
  } catch {
    return null; // the browser keeps nothing for sites: the start page then says that results are not kept
  }
}

function keep(name, text) {
  const store = memory();
  if (!store || !text) return;
  for (;;) {
    try {
      store.setItem(KEPT + name, text);
      return;
    } catch {
      const oldest = Object.keys(store).filter((key) => key.startsWith(KEPT)).sort()[0];
      if (!oldest) return;
      store.removeItem(oldest);
    }
  }
}

function onPage() {
  const head = document.querySelector(".results-head");
  const carried = document.querySelector("#results-form input[name=results]")?.value;
  return head && { address: head.dataset.address, carried };
}

function remember(name) {
  shown = name;
  shownAt = location.pathname;
}

function newName() {
  return Date.now().toString(36);
}

// A whole page was opened: a result sent by a plain form, or an address that somebody came back to.
document.addEventListener("DOMContentLoaded", () => {
  const result = onPage();
  const name = history.state?.result;
  if (result) {
    remember(name ?? newName());
    history.replaceState({ result: shown }, "");
    keep(shown, result.carried);
    return;
  }
  const form = document.getElementById("restore-form");
  const text = name && memory()?.getItem(KEPT + name);
  if (!form || !text) return;
  restoring = name;
  document.documentElement.classList.add("is-restoring");
  form.elements.results.value = text;
  form.requestSubmit();
});

// htmx has put a page in place of the one before.
document.addEventListener("htmx:afterSettle", () => {
  const result = onPage();
  document.documentElement.classList.remove("is-restoring");
  if (restoring) {
    if (!result) {
      memory()?.removeItem(KEPT + restoring);
      restoring = null;
      location.reload();
      return;
    }
    remember(restoring);
    restoring = null;
    if (location.hash) {
      location.replace(location.hash); // so that :target is found in the new page
      history.replaceState({ result: shown }, "");
    }
  } else if (result) {
    const name = newName();
    history.pushState({ result: name }, "", result.address);
    remember(name);
    keep(name, result.carried);
  } else {
    shown = null;
  }
});
for (const name of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(name, () => document.documentElement.classList.remove("is-restoring"));
}

// A link inside a result makes an entry of its own: it belongs to the result. Any other entry is another page.
function arrive() {
  const wanted = history.state?.result ?? null;
  if (wanted === shown) return;
  if (wanted === null && location.hash && location.pathname === shownAt) {
    history.replaceState({ result: shown }, "");
    return;
  }
  location.reload();
}
window.addEventListener("popstate", arrive);
window.addEventListener("hashchange", arrive);
