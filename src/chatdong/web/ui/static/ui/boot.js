// Runs before the first paint: text size and contrast as this browser remembers them. Nothing personal is kept.
(function () {
  "use strict";
  const root = document.documentElement;
  const SIZES = ["small", "large", "larger", "largest"];
  root.classList.add("js");

  function remembered(key) {
    try { return localStorage.getItem(key) || ""; } catch { return ""; }
  }
  function remember(key, value) {
    try { value ? localStorage.setItem(key, value) : localStorage.removeItem(key); } catch { /* a closed store: works for this page */ }
  }
  function set(name, value) {
    if (value) root.dataset[name] = value; else delete root.dataset[name];
  }
  function show() {
    for (const choice of document.querySelectorAll("[data-text-size]")) {
      choice.setAttribute("aria-pressed", String(choice.dataset.textSize === (root.dataset.text || "")));
    }
    for (const knob of document.querySelectorAll("[data-contrast-switch]")) {
      knob.setAttribute("aria-checked", String(root.dataset.contrast === "high"));
    }
  }

  const size = remembered("chatdong.text");
  set("text", SIZES.includes(size) ? size : "");
  // no choice made yet: follow what the person told the operating system
  const asked = remembered("chatdong.contrast") || (window.matchMedia("(prefers-contrast: more)").matches ? "high" : "");
  set("contrast", asked === "high" ? "high" : "");

  document.addEventListener("DOMContentLoaded", show);
  document.addEventListener("ui:shown", show); // a page that took the place of another
  document.addEventListener("click", function (event) {
    const choice = event.target.closest("[data-text-size]");
    const knob = event.target.closest("[data-contrast-switch]");
    if (choice) {
      set("text", choice.dataset.textSize);
      remember("chatdong.text", choice.dataset.textSize);
    } else if (knob) {
      const high = root.dataset.contrast !== "high";
      set("contrast", high ? "high" : "");
      remember("chatdong.contrast", high ? "high" : "usual");
      document.dispatchEvent(new CustomEvent("ui:contrast"));
    } else { return; }
    show();
  });
})();
