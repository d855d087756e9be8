// Forms: one sending at a time, the first error in sight, fields that depend on another field.
const SENDING_LIMIT = 10_000;

function send(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "get" || "formMany" in form.dataset) return;
  if (form.dataset.sending) { event.preventDefault(); return; }
  form.dataset.sending = "yes";
  const pressed = event.submitter;
  if (pressed) pressed.setAttribute("aria-busy", "true");
  // a lost answer must not leave the person with a dead form
  setTimeout(() => free(form), SENDING_LIMIT);
}

function free(form) {
  delete form.dataset.sending;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

function chosen(form, name) {
  const values = [];
  for (const control of form.elements) {
    if (control.name !== name) continue;
    if ((control.type === "radio" || control.type === "checkbox") && !control.checked) continue;
    values.push(control.value);
  }
  return values;
}

function showDependents(form) {
  for (const part of form.querySelectorAll("[data-show-when]")) {
    const [name, wanted] = part.dataset.showWhen.split("=");
    const shown = chosen(form, name).some((value) => wanted.split("|").includes(value));
    part.hidden = !shown;
  }
  // a control is sent only when nothing around it is hidden
  for (const control of form.querySelectorAll("[data-show-when] :is(input, select, textarea, button)")) {
    control.disabled = Boolean(control.closest("[data-show-when][hidden]"));
  }
}

function ready(root) {
  for (const form of root.querySelectorAll("form")) {
    if (form.querySelector("[data-show-when]")) showDependents(form);
  }
  const summary = root.querySelector("[data-error-summary]");
  if (summary) {
    summary.focus();
    const word = summary.dataset.titleWord;
    if (!document.title.startsWith(word)) document.title = `${word} ${document.title}`;
  }
}

function goToField(event) {
  const link = event.target.closest("[data-error-summary] a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.closest("details:not([open])")?.setAttribute("open", "");
  (field.closest(".field") || field).scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
}

document.addEventListener("submit", send);
document.addEventListener("click", goToField);
document.addEventListener("change", (event) => {
  const form = event.target.form;
  if (form && form.querySelector("[data-show-when]")) showDependents(form);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest("form");
  if (form) free(form);
});
document.addEventListener("htmx:afterSettle", (event) => ready(event.target));
window.addEventListener("pageshow", (event) => {
  if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(free);
});
ready(document);
