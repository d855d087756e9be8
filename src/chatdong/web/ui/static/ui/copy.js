// Copies a value for pasting into 행복e음 and says so. Office networks often lack https, where only the old way works.
async function copy(text) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text);
    return true;
  }
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "sr-only";
  box.setAttribute("readonly", "");
  document.body.append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const label = button.querySelector("[data-copy-label]");
  button.dataset.label ||= label.textContent;
  const done = await copy(button.dataset.copy).catch(() => false);
  button.focus();
  button.classList.toggle("is-done", done);
  label.textContent = done ? button.dataset.copied : button.dataset.label;
  document.dispatchEvent(new CustomEvent("ui:toast", {
    detail: { text: done ? button.dataset.copied : button.dataset.notCopied, level: done ? "good" : "bad" },
  }));
  setTimeout(() => { label.textContent = button.dataset.label; button.classList.remove("is-done"); }, 2500);
});
