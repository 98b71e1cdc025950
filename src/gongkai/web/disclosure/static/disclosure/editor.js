// The body is written where it is shown; the field beneath it takes what is sent. Without scripts the field itself
// is written in. What is pasted or typed is cleaned by the server: this script decides nothing.
"use strict";

const shown = document.getElementById("body-shown");
const field = shown && document.getElementById(shown.dataset.body);
// As documents.publishing.markup.laid_out does it: a line for each block, row and item.
const LINE_END = /(?:<\/(?:p|h[2-5]|tr|thead|tbody|table|ul|ol|li)>|<(?:table|thead|tbody|tr|ul|ol)(?: [^<>]*)?>)(?=<)/g;
const tools = document.getElementById("body-tools");

if (shown && field && tools && field.value.trim() === field.defaultValue.trim()) {
  const group = field.closest(".govuk-form-group");
  const error = group.querySelector(".govuk-error-message");
  if (!error) begin(group);
}

function begin(group) {
  const none = shown.parentElement.querySelector("p.quiet");
  if (none) none.remove();
  shown.hidden = false;
  const heading = document.getElementById("shown-title");
  if (heading) heading.textContent = shown.dataset.label;
  shown.contentEditable = "true";
  shown.setAttribute("role", "textbox");
  shown.setAttribute("aria-multiline", "true");
  shown.setAttribute("aria-label", shown.dataset.label);
  const bar = tools.content.firstElementChild.cloneNode(true);
  shown.before(bar);
  group.hidden = true;
  document.execCommand("defaultParagraphSeparator", false, "p");
  bar.addEventListener("click", (event) => press(event.target.closest("button"), group));
  shown.addEventListener("input", write);
}

function press(button, group) {
  if (!button) return;
  if ("source" in button.dataset) {
    group.hidden = !group.hidden;
    if (!group.hidden) field.focus();
    return;
  }
  shown.focus();
  if (button.dataset.block) document.execCommand("formatBlock", false, button.dataset.block);
  else document.execCommand(button.dataset.mark, false);
  write();
}

// The field gets the words as they are saved: without the marks of findings, pictures under their own names.
function write() {
  const copy = shown.cloneNode(true);
  for (const mark of copy.querySelectorAll("mark.found")) mark.replaceWith(...mark.childNodes);
  for (const picture of copy.querySelectorAll("img")) {
    const found = /\/pictures\/(\d+)\/$/.exec(picture.getAttribute("src") ?? "");
    if (found) picture.setAttribute("src", `image:${found[1]}`);
    picture.removeAttribute("loading");
  }
  field.value = copy.innerHTML.replace(LINE_END, "$&\n");
}
