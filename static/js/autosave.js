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
    timer = setTimeout(save, delay);
  }

  async function save(leaving) {
    if (!dirty || sending) return;
    dirty = false;
    sending = true;
    let delay = QUIET;
    try {
      const body = new FormData(form);
      for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
      const answer = await fetch(form.dataset.autosaveUrl, {
        method: "POST", body, redirect: "error", keepalive: leaving === true, headers: { Accept: "application/json" },
      });
      if (answer.status === 409) return say(status.dataset.conflict, true);
      if (!answer.ok) throw new Error(answer.status);
      renew(form, await answer.json().catch(() => ({})));
      const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: "numeric", minute: "2-digit" });
      say(status.dataset.saved.replace("{time}", clock.format(new Date())), false);
    } catch {
      dirty = true;
      delay = RETRY;
      say(status.dataset.failed, true);
    } finally {
      sending = false;
    }
    if (dirty) plan(delay);
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
