// 맞춤복지검색: reading begins at the heading; answers travel in a link behind the # and are never sent with an address.
const MARK = "#a=";
const LONGEST = 12_000;

function packed(text) {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function unpacked(code) {
  const bytes = Uint8Array.from(atob(code.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  return new TextDecoder().decode(bytes);
}

// a link that was opened: its answers are posted, and the address is clean again before anything is asked for
function openShared() {
  const form = document.querySelector("[data-shared]");
  if (!form || !location.hash.startsWith(MARK) || location.hash.length > LONGEST) return;
  let state = "?";
  try {
    state = unpacked(location.hash.slice(MARK.length));
  } catch {
    // an unreadable link is posted as such: the page then says so
  }
  history.replaceState(history.state, "", location.pathname);
  const body = new URLSearchParams({ state }).toString();
  document.dispatchEvent(new CustomEvent("benefits:turn", { detail: { path: form.getAttribute("action"), body } }));
}

function makeLink(button) {
  const box = button.closest("[data-share]");
  const made = box.querySelector("[data-share-made]");
  const link = location.origin + box.dataset.shareAt + MARK + packed(box.dataset.shareState);
  made.querySelector("input").value = link;
  made.querySelector("[data-copy]").dataset.copy = link;
  made.hidden = false;
  made.querySelector("input").select();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-share-make]");
  if (button) makeLink(button);
});
// paper has nothing to click on: all about the first three is opened for it, how to apply for the others, and no more than that
const FOR_PAPER = ["#first details", "#likely > details", "#likely .benefit > details:first-of-type", "#check details"].map((one) => `${one}:not([open])`);
const opened = new Set();
window.addEventListener("beforeprint", () => {
  for (const one of document.querySelectorAll(FOR_PAPER.join())) {
    one.open = true;
    opened.add(one);
  }
});
window.addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
  opened.clear();
});
window.addEventListener("hashchange", openShared);
openShared();
document.querySelector("h1[data-arrive]")?.focus();
