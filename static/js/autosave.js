// Saves form[data-autosave-url] after a few quiet seconds. The words stand on its [data-saved] element:
// data-saved="Saved {time}", data-failed, data-conflict. A JSON answer renews hidden fields by name.

const QUIET = 3000;
const RETRY = 10000;

function watch(form) {
  const status = form.querySelector("[data-saved]");
  let timer;
  let dirty = false;
  let sending = false;

  function say(text, bad) {
    if (status.textContent !== text) status.textContent = text;
    status.classList.toggle("bad", bad);
  }

  function plan(delay) {
    clearTimeout(timer);
    timer = setTimeout(() => save(), delay);
  }

  async function send(leaving) {
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    const answer = await fetch(form.dataset.autosaveUrl, {
      method: "POST", body, redirect: "error", keepalive: leaving, headers: { Accept: "application/json" },
    });
    if (!answer.ok && answer.status !== 409) throw new Error(answer.status);
    if (answer.ok) renew(form, await answer.json().catch(() => ({})));
    return answer.ok;
  }

  async function save(leaving = false) {
    if (!dirty || sending) return;
    dirty = false;
    sending = true;
    const saved = await send(leaving).catch(() => null);
    sending = false;
    if (saved === null) dirty = true;
    if (dirty) plan(saved === null ? RETRY : QUIET);
    if (saved === null) return say(status.dataset.failed, true);
    const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
    if (saved) say(status.dataset.saved.replace("{time}", clock.format(new Date())), false);
    else say(status.dataset.conflict, true);
  }

  form.addEventListener("input", () => { dirty = true; plan(QUIET); });
  form.addEventListener("submit", () => { dirty = false; clearTimeout(timer); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });
}

function renew(form, fields) {
  for (const [name, value] of Object.entries(fields)) {
    if (form.elements[name]?.type === "hidden") form.elements[name].value = value;
  }
}

document.querySelectorAll("form[data-autosave-url]").forEach(watch);
