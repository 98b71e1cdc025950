// "去看原文" of a finding selects its words in the field they stand in. Without scripts the link goes to the field.
"use strict";

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  const link = event.target.closest("a[data-jump]");
  const field = link && document.getElementById(link.dataset.jump);
  if (!field || typeof field.setSelectionRange !== "function") return;
  event.preventDefault();
  const start = units(field.value, Number(link.dataset.start));
  // Focus goes to the place of the caret: set first, it is scrolled to.
  field.setSelectionRange(start, start);
  field.blur();
  field.focus();
  field.setSelectionRange(start, units(field.value, Number(link.dataset.end)));
  scrollTo(field, start);
});

// The server counts characters, the browser UTF-16 units: a rare character of a name is two of them.
function units(text, characters) {
  return [...text].slice(0, characters).join("").length;
}

// A text field does not scroll to what is selected in it: its lines are about equally long, so the share will do.
function scrollTo(field, start) {
  if (!(field instanceof HTMLTextAreaElement)) return;
  const share = start / Math.max(field.value.length, 1);
  field.scrollTop = Math.max(0, share * field.scrollHeight - field.clientHeight / 3);
  field.scrollIntoView({ block: "nearest" });
}
