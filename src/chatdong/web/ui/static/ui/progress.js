// Follows a running job: polls its address for {done, total, state, sentence[, next]}.
const EVERY = 1_000;
const SLOWEST = 10_000;

function show(job, said) {
  const bar = job.querySelector("progress");
  bar.max = said.total || 1;
  bar.value = said.done;
  job.querySelector("[data-progress-done]").textContent = said.done.toLocaleString("ko-KR");
  job.querySelector("[data-progress-total]").textContent = (said.total || 0).toLocaleString("ko-KR");
  speak(job, said.sentence || "");
}

function speak(job, sentence) {
  const line = job.querySelector("[data-progress-sentence]");
  if (line.textContent !== sentence) line.textContent = sentence;
}

async function follow(job) {
  let wait = EVERY;
  for (;;) {
    try {
      const answer = await fetch(job.dataset.progressUrl, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const said = await answer.json();
      show(job, said);
      job.dataset.state = said.state;
      wait = EVERY;
      const next = said.next || job.dataset.progressNext;
      if (said.state === "done" && next) { location.assign(next); return; }
      if (said.state === "done" || said.state === "failed") return;
    } catch {
      speak(job, job.dataset.stalled);
      wait = Math.min(wait * 2, SLOWEST);
    }
    await new Promise((done) => setTimeout(done, wait));
  }
}

document.querySelectorAll("[data-progress-url]").forEach(follow);
