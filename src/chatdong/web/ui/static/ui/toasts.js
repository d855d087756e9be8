// Short words at the foot of the screen. Good news leaves by itself; trouble stays until it is closed.
// Anything may say: document.dispatchEvent(new CustomEvent("ui:toast", {detail: {text, level}})); a server may send HX-Trigger.
const GOOD_STAYS = 5_000;
const place = document.querySelector("[data-toasts]");

function say({ text, level = "good" }) {
  if (!text) return;
  place.replaceChildren();
  const toast = document.createElement("div");
  toast.className = `toast toast--${level}`;
  const words = document.createElement("span");
  words.textContent = text;
  toast.append(words);
  if (level === "bad") {
    const close = document.createElement("button");
    close.type = "button";
    close.className = "toast__close";
    close.textContent = place.dataset.close;
    close.addEventListener("click", () => toast.remove());
    toast.append(close);
  } else {
    setTimeout(() => toast.remove(), GOOD_STAYS);
  }
  place.append(toast);
}

document.addEventListener("ui:toast", (event) => say(event.detail));
document.addEventListener("htmx:sendError", () => say({ text: place.dataset.offline, level: "bad" }));
document.addEventListener("htmx:responseError", () => say({ text: place.dataset.failed, level: "bad" }));
