// Folded panels: one open at a time; Escape, a click outside and leaving by Tab close them. Printing and confirm boxes.
const open = () => document.querySelectorAll("details[data-menu][open]");

function close(menu, back) {
  menu.removeAttribute("open");
  if (back) menu.querySelector("summary").focus();
}

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) close(menu, false);
  if (event.target.closest("[data-print]")) window.print();
  const no = event.target.closest("[data-confirm-close]");
  if (no) close(no.closest("details"), true);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const box = event.target.closest("details[data-menu][open], details[data-confirm][open]");
  if (box) close(box, true);
  else for (const menu of open()) close(menu, true);
});

document.addEventListener("focusout", (event) => {
  const menu = event.target.closest("details[data-menu][open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) close(menu, false);
});

// the box of a confirm button is read out and reachable at once
document.addEventListener("toggle", (event) => {
  const box = event.target;
  if (box.matches?.("details[data-confirm]") && box.open) {
    // never onto the button that does it: a second Enter must not be the answer
    (box.querySelector(".confirm__box :is(input:not([type=hidden]), select, textarea)") || box.querySelector("[data-confirm-close]"))?.focus();
  }
}, true);

// filters lie open where there is room
const wide = window.matchMedia("(min-width: 64em)");
for (const filters of document.querySelectorAll("details[data-filters]")) if (wide.matches) filters.open = true;
