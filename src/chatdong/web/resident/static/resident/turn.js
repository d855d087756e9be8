// Turning the pages of 맞춤복지검색: a form is sent by fetch and what comes takes the place of this page, so that the browser's own
// back and reload never ask to send again (docs/decisions/0010). Without this script forms are sent as ever.
// What a page was asked with stands in this tab's history entry alone: in no address, cookie, storage or server. It goes with the tab.
const BASE = document.body.dataset.turning;
const PARTS = [".skip", ".header", "main", ".footer"];
const PATIENCE = 20_000;
const kept = new Map(); // pages as they were left, by their place in the history
let entry = history.state?.path ? history.state : { turn: 0, path: location.pathname, body: null };
let running = null;
let clearing = "";

const part = (name) => document.querySelector(name);
const isOurs = (address) => address.origin === location.origin && address.pathname.startsWith(BASE);

const pathOf = (form, pressed) => pressed?.getAttribute("formaction") || form.getAttribute("action");

/** What a form sends: {path, body, once}. A name and a phone number (`once`) go into no history. */
function asked(form, pressed) {
  const body = new URLSearchParams(new FormData(form));
  if (pressed?.name) body.append(pressed.name, pressed.value);
  body.delete("csrfmiddlewaretoken"); // the page at hand has a fresh one
  const once = "turnOnce" in form.dataset && !pressed?.hasAttribute("formaction");
  if ("turnOnce" in form.dataset && !once) for (const name of [...body.keys()]) if (!["state", "do"].includes(name)) body.delete(name);
  return { path: pathOf(form, pressed), body: body.toString(), once };
}

function token() {
  return part("[name=csrfmiddlewaretoken]")?.value || "";
}

async function fetched({ path, body }, signal) {
  const headers = { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token() };
  const answer = await fetch(path, body === null ? { signal } : { method: "POST", body, headers, signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!page.querySelector("main")) throw new Error(String(answer.status));
  return { page, status: answer.status, at: new URL(answer.url).pathname };
}

/** Asks for a page and shows it; `how` is push (a step on), replace (instead of this one) or stay (the history stands already). */
async function turn(wanted, how, form = null) {
  const stop = Object.assign(new AbortController(), { form });
  const patience = setTimeout(() => stop.abort("late"), PATIENCE);
  running = stop;
  part("main").setAttribute("aria-busy", "true");
  let found = null;
  try {
    found = await fetched(wanted, stop.signal);
  } catch {
    if (running === stop) say(navigator.onLine && !stop.signal.aborted ? "failed" : "offline");
  }
  clearTimeout(patience);
  if (running !== stop) return false; // gone back, or something else was pressed meanwhile
  running = null;
  if (!found) return freed(), false;
  // a page that says what to correct takes the place of the one it corrects
  if (how === "push" && found.status === 422 && found.at === location.pathname) how = "replace";
  if (how === "push") keep();
  if (how !== "stay") {
    entry = { turn: entry.turn + (how === "push"), path: wanted.path, body: wanted.once ? null : wanted.body };
    history[`${how}State`](entry, "", found.at);
    for (const turn of kept.keys()) if (turn >= entry.turn) kept.delete(turn);
  }
  const parts = PARTS.map((name) => found.page.querySelector(name));
  put({ parts, title: found.page.title, lang: found.page.documentElement.lang, down: 0 });
  return true;
}

/** Forms may be sent again. */
function freed() {
  part("main").removeAttribute("aria-busy");
  for (const form of document.querySelectorAll("form[data-sending]")) form.dispatchEvent(new CustomEvent("htmx:afterRequest", { bubbles: true }));
}

function say(what) {
  const text = part(".footer")?.dataset[what];
  document.dispatchEvent(new CustomEvent("ui:toast", { detail: { text, level: "bad" } }));
}

function keep() {
  kept.set(entry.turn, { parts: PARTS.map(part), title: document.title, lang: document.documentElement.lang, down: scrollY });
}

function put({ parts, title, lang, down }) {
  PARTS.forEach((name, place) => { if (parts[place]) part(name)?.replaceWith(parts[place]); });
  document.title = title;
  document.documentElement.lang = lang;
  document.dispatchEvent(new CustomEvent("ui:shown"));
  window.scrollTo(0, down);
  freed();
  const main = part("main");
  const first = main.querySelector("h1") || main;
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  main.dispatchEvent(new CustomEvent("htmx:afterSettle", { bubbles: true }));
}

/** The newest answers and the count, so that a question gone back to does not forget what was answered after it. */
function told() {
  const state = part("main input[name=state]")?.value || "";
  return state.includes('"p":') ? { state, tally: [...document.querySelectorAll("[data-tally]")].map((one) => one.cloneNode(true)) } : null;
}

function carry(newest) {
  if (!newest || !part("main input[name=question]")) return;
  for (const field of document.querySelectorAll("main input[name=state]")) field.value = newest.state;
  for (const one of newest.tally) part(`[data-tally="${one.dataset.tally}"]`)?.replaceWith(one);
}

/** 지우고 처음부터: what was told leaves memory and the tab's history; there is nothing to go back or forward to. */
function clear(at) {
  kept.clear();
  clearing = at;
  if (entry.turn) history.go(-entry.turn);
  else begin();
}

function begin() {
  const wanted = { path: clearing, body: null };
  clearing = "";
  history.replaceState({ turn: 0, ...wanted }, "", wanted.path);
  entry = { turn: 1, ...wanted };
  history.pushState(entry, "", wanted.path); // a step on is what takes the entries ahead away
  kept.clear();
  turn(wanted, "stay");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || !isOurs(new URL(pathOf(form, event.submitter), location.href))) return;
  event.preventDefault();
  if (running?.form === form) return; // pressed twice
  running?.abort();
  const wanted = asked(form, event.submitter);
  turn(wanted, wanted.once ? "replace" : "push", form);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (link.target || link.getAttribute("href").includes("#") || !isOurs(link)) return;
  event.preventDefault();
  if ("clear" in link.dataset) clear(link.pathname);
  else {
    running?.abort();
    turn({ path: link.pathname, body: null }, "push");
  }
});

window.addEventListener("popstate", async (event) => {
  if (!event.state?.path) return jumped();
  if (running) running.abort();
  running = null;
  if (clearing) return begin();
  if (event.state.turn === entry.turn) return;
  const newest = told();
  keep();
  entry = event.state;
  const known = kept.get(entry.turn);
  if (known) put(known);
  else if (!await turn(entry, "stay")) return;
  carry(newest);
});

/** A new entry that we did not make: a jump to the content of this page, or a shared link put into the address. */
function jumped() {
  if (!document.getElementById(location.hash.slice(1))) {
    keep();
    entry = { turn: entry.turn + 1, path: location.pathname, body: null };
  }
  history.replaceState(entry, "");
}

document.addEventListener("benefits:turn", (event) => turn(event.detail, "replace"));
history.scrollRestoration = "manual";
history.replaceState(entry, "");
if (entry.body !== null) turn(entry, "stay");
