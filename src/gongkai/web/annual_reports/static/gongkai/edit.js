// A figure is changed where it stands: a click, or Enter on its cell, makes it an input; leaving the input checks
// the report again, and only what has become other is put in place. Without scripts a form does the same work.
"use strict";

// Gives `redraw`, which results.js calls for an earlier or later state of the page.
const redraw = (() => {
  const IN_PLACE = ".sheet td[data-path]";
  let sending = Promise.resolve(); // one change after the other: each builds on the one before

  function dataOfPage() {
    return document.querySelector(".results-head")?.dataset ?? {};
  }

  // ---- the tables as grids: one stop of the Tab key each, arrows inside ----
  function prepare(root) {
    for (const cell of root.querySelectorAll(IN_PLACE)) {
      cell.tabIndex = -1;
      const table = cell.closest("table");
      if (table.getAttribute("role") === "grid") continue;
      table.setAttribute("role", "grid");
      const hint = cell.closest("article").querySelector(".editing-hint");
      if (hint) table.setAttribute("aria-describedby", hint.id);
    }
    for (const table of root.querySelectorAll("table[role=grid]")) rove(table.querySelector(IN_PLACE));
  }

  function rove(cell) {
    for (const other of cell.closest("table").querySelectorAll(`${IN_PLACE}[tabindex="0"]`)) other.tabIndex = -1;
    cell.tabIndex = 0;
  }

  function neighbour(cell, key) {
    const row = cell.parentElement;
    const cells = Array.from(row.querySelectorAll(":scope > td[data-path]"));
    const at = cells.indexOf(cell);
    if (key === "ArrowLeft") return cells[at - 1];
    if (key === "ArrowRight") return cells[at + 1];
    if (key === "Home") return cells[0];
    if (key === "End") return cells.at(-1);
    const rows = Array.from(cell.closest("table").rows).filter((other) => other.querySelector(":scope > td[data-path]"));
    const next = rows[rows.indexOf(row) + (key === "ArrowUp" ? -1 : 1)];
    if (!next) return undefined;
    const there = Array.from(next.querySelectorAll(":scope > td[data-path]"));
    return there[Math.min(at, there.length - 1)];
  }

  const MOVES = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"];
  document.addEventListener("keydown", (event) => {
    const cell = event.target;
    if (!(cell instanceof Element) || !cell.matches(IN_PLACE) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (MOVES.includes(event.key)) {
      event.preventDefault();
      const next = neighbour(cell, event.key);
      if (next) next.focus();
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      open(cell);
    } else if (/^\d$/.test(event.key)) {
      event.preventDefault();
      open(cell, event.key);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      open(cell, "");
    }
  });
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof Element && event.target.matches(IN_PLACE)) rove(event.target);
  });
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const restore = event.target.closest("article.report button.restore");
    if (restore && !document.getElementById("edit-form")) {
      event.preventDefault();
      giveBack(restore);
      return;
    }
    const cell = event.target.closest(IN_PLACE);
    if (cell && !event.target.closest("a, button, input, .cell-line")) open(cell);
  });

  // ---- one cell as an input ----
  function open(cell, typed) {
    const already = cell.querySelector(".cell-editor input");
    if (already) {
      if (!already.done) already.focus();
      return already;
    }
    const editor = document.createElement("span");
    editor.className = "cell-editor";
    const input = document.createElement("input");
    input.className = "cell-input";
    input.type = "text";
    input.inputMode = "decimal";
    input.autocomplete = "off";
    input.maxLength = 40;
    input.value = typed ?? cell.dataset.value;
    input.setAttribute("aria-label", cell.dataset.name);
    editor.append(input);
    cell.classList.add("is-editing");
    cell.append(editor);
    input.focus({ preventScroll: true });
    if (typed === undefined) input.select();
    input.addEventListener("keydown", inInput);
    input.addEventListener("blur", () => commit(input));
    return input;
  }

  function close(cell) {
    cell.querySelector(".cell-editor")?.remove();
    cell.classList.remove("is-editing");
  }

  function inInput(event) {
    const cell = event.target.closest("td");
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      event.target.done = true;
      close(cell);
      cell.focus({ preventScroll: true });
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      event.target.refused = null; // asked for again
      commit(event.target);
      cell.focus({ preventScroll: true });
    } else if (event.key === "Tab") {
      const all = Array.from(cell.closest("table").querySelectorAll(IN_PLACE));
      const next = all[all.indexOf(cell) + (event.shiftKey ? -1 : 1)];
      if (!next) return;
      event.preventDefault();
      next.focus();
    }
  }

  // Leaving the input takes its figure over. One that was refused stays until it is another.
  function commit(input) {
    if (input.done || !input.isConnected || input.refused === input.value) return;
    const cell = input.closest("td");
    input.done = true;
    if (input.value.trim() === cell.dataset.value) {
      close(cell);
      return;
    }
    input.readOnly = true;
    input.setAttribute("aria-busy", "true");
    const { id } = cell;
    const { value } = input;
    const values = { report: id.slice(1, id.indexOf("-")), [cell.dataset.path]: value };
    change(values, { anchor: id, focusNext: null, refused: (words) => refuse(id, value, words) });
  }

  function refuse(id, value, words) {
    const cell = document.getElementById(id);
    if (!cell) return;
    const elsewhere = openEditors().some((editor) => editor.active && editor.id !== id);
    const focused = document.activeElement;
    close(cell);
    const input = open(cell, value);
    input.refused = value;
    const error = document.createElement("span");
    error.className = "cell-error";
    error.id = `${id}-error`;
    error.setAttribute("role", "alert");
    error.textContent = words;
    input.parentElement.append(error);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", error.id);
    if (elsewhere) focused.focus({ preventScroll: true });
    else error.scrollIntoView({ block: "nearest" });
  }

  function giveBack(button) {
    const cell = button.closest("td");
    const article = button.closest("article");
    const path = button.value.slice(button.value.indexOf(":") + 1);
    const focusNext = cell ? cell.id : `${article.id}-title`;
    const anchor = cell ? cell.id : `${article.id}-${path}`;
    change({ restore: button.value }, { anchor: document.getElementById(anchor) && cell ? anchor : null, focusNext, refused: tell });
  }

  // Back or forward to another state of the same reports.
  function redrawTo(changes) {
    change({ changes }, { anchor: null, focusNext: null, refused: tell, isBack: true });
  }

  // ---- asking, and putting what comes into place ----
  function change(values, how) {
    sending = sending.then(() => ask(values, how));
  }

  async function ask(values, { anchor, focusNext, refused, isBack = false }) {
    const form = document.getElementById("results-form");
    if (!form) return;
    const data = new FormData(form);
    data.set("pieces", "1");
    for (const [name, value] of Object.entries(values)) data.set(name, value);
    let words;
    try {
      const answer = await fetch(dataOfPage().change, { method: "POST", body: data });
      const text = await answer.text();
      if (answer.ok) {
        const changes = place(text, anchor, focusNext);
        if (isBack) shown.changes = changes;
        else if (changes !== shown.changes) rememberChange(changes);
        return;
      }
      words = answer.status === 422 ? text : dataOfPage().refused;
    } catch {
      words = dataOfPage().failed;
    }
    refused(words);
  }

  function tell(words) {
    const said = document.getElementById("said");
    said.textContent = words;
    said.className = "failed";
  }

  // Gives the changes that the pieces state.
  function place(text, anchor, focusNext) {
    const pieces = new DOMParser().parseFromString(text, "text/html").body;
    const top = document.getElementById(anchor)?.getBoundingClientRect().top;
    const editors = openEditors();
    const focused = document.activeElement?.id;
    const verdict = pieces.querySelector("#said").textContent;
    const changes = pieces.querySelector(".changes-field").value;
    document.querySelector("#results-form .changes-field").value = changes;
    for (const piece of pieces.querySelectorAll(":scope > article, :scope > div")) {
      const old = document.getElementById(piece.id);
      if (!old) continue;
      const view = viewOf(old);
      for (const input of old.querySelectorAll(".cell-editor input")) input.done = true; // no leaving of theirs
      old.replaceWith(piece);
      prepare(piece);
      restoreView(piece, view);
    }
    if (top !== undefined) holdStill(anchor, top);
    focusOn(focusNext ?? focused);
    editors.filter((editor) => !editor.input.isConnected).forEach(reopen);
    const said = document.getElementById("said");
    said.className = "govuk-visually-hidden";
    said.textContent = verdict && dataOfPage().checked + verdict;
    return changes;
  }

  function focusOn(id) {
    const element = id && document.getElementById(id);
    if (!element || element === document.activeElement) return;
    if (!element.matches("a, button, input, [tabindex]")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  // Inputs that are open while an earlier change comes back: they go on where they were.
  function openEditors() {
    return Array.from(document.querySelectorAll(".cell-editor input"))
      .filter((input) => !input.done)
      .map((input) => ({
        input,
        id: input.closest("td").id,
        value: input.value,
        selection: [input.selectionStart, input.selectionEnd],
        error: input.parentElement.querySelector(".cell-error")?.textContent,
        active: input === document.activeElement,
      }))
      .sort((one, other) => one.active - other.active); // the one in use is opened last, and has the focus
  }

  function reopen({ id, value, selection, error, active }) {
    const cell = document.getElementById(id);
    if (!cell) return;
    const focused = document.activeElement;
    if (error) refuse(id, value, error);
    const input = open(cell, value);
    input.setSelectionRange(...selection);
    if (!active) focused?.focus({ preventScroll: true });
  }

  // Scroll positions and what was unfolded.
  const SCROLLED = ".tables, .sheet-frame";
  function viewOf(piece) {
    return {
      scrolls: Array.from(piece.querySelectorAll(SCROLLED), (pane) => [pane.scrollTop, pane.scrollLeft]),
      unfolded: new Set(Array.from(piece.querySelectorAll("details[open]"), nameOfFold)),
    };
  }

  function nameOfFold(fold) {
    const message = fold.closest(".card")?.querySelector(".message")?.textContent ?? "";
    return `${message}\n${fold.querySelector("summary").textContent}`;
  }

  function restoreView(piece, { scrolls, unfolded }) {
    for (const fold of piece.querySelectorAll("details")) if (unfolded.has(nameOfFold(fold))) fold.open = true;
    piece.querySelectorAll(SCROLLED).forEach((pane, at) => {
      if (scrolls[at]) pane.scrollTo({ top: scrolls[at][0], left: scrolls[at][1], behavior: "instant" });
    });
  }

  // The cell stays where it was on the screen though cards above it have gone: its pane scrolls, then the page.
  function holdStill(id, top) {
    const cell = document.getElementById(id);
    if (!cell) return;
    const off = () => cell.getBoundingClientRect().top - top;
    cell.closest(".tables")?.scrollBy({ top: off(), behavior: "instant" });
    if (Math.abs(off()) > 1) window.scrollBy({ top: off(), behavior: "instant" });
  }

  document.addEventListener("DOMContentLoaded", () => prepare(document));
  document.addEventListener("htmx:afterSettle", () => prepare(document));

  return redrawTo;
})();
