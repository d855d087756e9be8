// Keeps a half-filled form on the server. Personal data never stays in the browser: what cannot be sent waits in memory.
const PAUSE = 1_500;
const RETRY = 10_000;
const LEFT_OUT = new Set(["csrfmiddlewaretoken"]);

class Draft {
  constructor(form) {
    this.form = form;
    this.note = form.querySelector("[data-draft-note]");
    this.kept = this.body().toString();
    this.timer = 0;
    this.running = null;
    form.addEventListener("input", () => this.soon());
    form.addEventListener("change", () => this.soon());
    form.addEventListener("submit", (event) => this.leave(event));
  }

  body() {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      const control = this.form.elements.namedItem(name);
      if (typeof value === "string" && !LEFT_OUT.has(name) && control?.type !== "password") body.append(name, value);
    }
    return body;
  }

  get changed() { return !this.sent && this.body().toString() !== this.kept; }

  /** Sent for good, unless the log-in is known to have ended: then what was typed stays on the screen until somebody logged in again. */
  leave(event) {
    if (this.note?.dataset.state !== "lost") { clearTimeout(this.timer); this.sent = true; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const pressed = event.submitter;
    clearTimeout(this.timer);
    Promise.resolve(this.running).then(() => this.send()).then(() => {
      if (this.note.dataset.state === "lost") this.note.scrollIntoView({ block: "center" });
      else this.form.requestSubmit(pressed);
    });
  }

  /** Whoever logged in again in another window has a new key against forged forms: this page takes it over. */
  async renew() {
    const answer = await fetch(location.href, { redirect: "manual", credentials: "same-origin" });
    const token = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]")?.value;
    if (!token) return false;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = token;
    return true;
  }

  soon(wait = PAUSE) {
    this.sent = false;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  /** Saves now; one request at a time, so that an older state never overtakes a newer one. */
  async save() {
    clearTimeout(this.timer);
    if (this.running) await this.running;
    if (!this.changed) return;
    this.running = this.send().finally(() => { this.running = null; });
    await this.running;
  }

  async send(again = false) {
    const body = this.body();
    this.say("saving");
    try {
      const answer = await fetch(this.form.dataset.draftUrl, {
        method: "POST", body, keepalive: body.toString().length < 60_000, redirect: "manual", credentials: "same-origin",
        headers: { "X-CSRFToken": this.form.elements.namedItem("csrfmiddlewaretoken")?.value || "" },
      });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) {
        if (again) throw new Error(String(answer.status));
        return await this.renew() ? this.send(true) : this.say("lost");
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const said = await answer.json().catch(() => ({}));
      this.kept = body.toString();
      this.say("saved", said.saved_at || new Date().toTimeString().slice(0, 5));
    } catch {
      this.say("waiting");
      this.timer = setTimeout(() => this.save(), RETRY);
    }
  }

  say(state, more = "") {
    if (!this.note) return;
    this.note.dataset.state = state;
    this.note.textContent = `${this.note.dataset[state]} ${more}`.trim();
  }
}

const drafts = new Map();

function adopt() {
  for (const form of drafts.keys()) if (!form.isConnected) drafts.delete(form);
  for (const form of document.querySelectorAll("form[data-draft-url]")) if (!drafts.has(form)) drafts.set(form, new Draft(form));
}

const each = (work) => [...drafts.values()].map(work);

document.addEventListener("ui:save-drafts", (event) => event.detail.waits.push(...each((draft) => draft.save())));
document.addEventListener("visibilitychange", () => { if (document.hidden) each((draft) => draft.save()); });
document.addEventListener("htmx:afterSettle", adopt);
window.addEventListener("online", () => each((draft) => draft.save()));
window.addEventListener("pagehide", () => each((draft) => { if (draft.changed && !draft.running) draft.send(); }));
window.addEventListener("beforeunload", (event) => {
  // what could not be sent would be lost with the page: let the browser ask first
  if (each((draft) => draft.changed && draft.note?.dataset.state === "waiting").some(Boolean)) event.preventDefault();
});
adopt();
