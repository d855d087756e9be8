// The time-out: warns 60 seconds before, keeps the drafts first, and closes the session on a shared office PC.
const WARN = 60;
const SEEN = "chatdong.seen";
const body = document.body;
const limit = Number(body.dataset.idleSeconds || 0);
const dialog = document.querySelector("[data-idle-dialog]");

let seen = Date.now();
let asked = Date.now();
let over = false;

// activity in another tab of the same browser counts as well; only a time is kept
const noted = () => { try { return Number(localStorage.getItem(SEEN)) || 0; } catch { return 0; } };
const note = () => { try { localStorage.setItem(SEEN, String(seen)); } catch { /* one tab then */ } };
const left = () => limit - Math.floor((Date.now() - Math.max(seen, noted())) / 1000);

async function saveDrafts() {
  const waits = [];
  document.dispatchEvent(new CustomEvent("ui:save-drafts", { detail: { waits } }));
  await Promise.race([Promise.allSettled(waits), new Promise((done) => setTimeout(done, 3_000))]);
}

function ping() {
  asked = Date.now();
  return fetch(body.dataset.idlePing, { credentials: "same-origin", redirect: "manual" }).catch(() => {});
}

function active() {
  if (dialog.open || over) return;
  seen = Date.now();
  // the server counts requests, not keys: tell it now and then that somebody is working
  if (seen - asked > Math.min(60_000, limit * 250)) { note(); ping(); }
}

function stay() {
  dialog.close();
  seen = Date.now();
  note();
  ping();
}

async function leave() {
  over = true;
  await saveDrafts();
  const form = document.querySelector("[data-log-out]");
  if (form) await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual", credentials: "same-origin" }).catch(() => {});
  const here = location.pathname + location.search;
  location.replace(`${body.dataset.idleLogin}?next=${encodeURIComponent(here)}`);
}

function tick() {
  if (over) return;
  const seconds = left();
  if (seconds <= 0) { leave(); return; }
  if (seconds > WARN) { if (dialog.open) dialog.close(); return; }
  if (!dialog.open) { saveDrafts(); dialog.showModal(); }
  dialog.querySelector("[data-idle-left]").textContent = String(seconds);
  const said = dialog.querySelector("[data-idle-said]");
  if (seconds === WARN || seconds === 30 || seconds === 10) said.textContent = said.dataset.words.replace("{left}", String(seconds));
}

if (limit > WARN && dialog) {
  note();
  for (const kind of ["keydown", "pointerdown", "wheel", "touchstart", "input"]) document.addEventListener(kind, active, { passive: true });
  dialog.querySelector("[data-idle-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => { event.preventDefault(); stay(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
  setInterval(tick, 1_000);
}
