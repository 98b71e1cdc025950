// The button that copies the masked text. Without scripts the text can be selected, or downloaded.
"use strict";

for (const button of document.querySelectorAll(".copy-button")) button.hidden = false;
document.addEventListener("click", async (event) => {
  const button = event.target instanceof Element ? event.target.closest(".copy-button") : null;
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  const said = button.parentElement.querySelector(".copied");
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // No clipboard without https: the text is selected, ready for the keyboard.
    field.focus();
    field.select();
    if (!document.execCommand("copy")) return;
  }
  said.textContent = button.dataset.done;
});
