// Who leaves a page with words that are not saved is asked first. Without scripts the page's own ways out save
// the draft before they lead on: with them they need not, where nothing was changed.
"use strict";

const guarded = document.querySelector("form[data-guard]");

if (guarded) {
  let unsaved = "unsaved" in guarded.dataset;
  const note = (event) => {
    if (guarded.contains(event.target) || event.target.form === guarded) unsaved = true;
  };
  document.addEventListener("input", note);
  document.addEventListener("change", note);
  // The text's own buttons change it without a key being pressed.
  guarded.addEventListener("click", (event) => {
    if (event.target.closest("[data-block], [data-mark]")) unsaved = true;
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== guarded) return;
    const way = event.submitter && event.submitter.dataset.leave;
    if (way && !unsaved) {
      event.preventDefault();
      window.location.assign(way);
      return;
    }
    unsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!unsaved) return;
    event.preventDefault();
    event.returnValue = true;
  });
}
