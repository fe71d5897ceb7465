// The check-in: finds names as one types, sends marks without leaving the page, and asks every five seconds
// what the other helpers did. Each mark has an id made here, so that one sent twice is one.

const search = document.querySelector("#q");
const state = document.querySelector(".bar .state");
const several = document.querySelector("#several");
const EVERY = 5000;
let seen = "";

const people = () => document.querySelector("#people");

function id() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function say(words, bad = false) {
  state.classList.add("on");
  state.classList.toggle("bad", bad);
  if (state.textContent !== words) state.textContent = words;
}

function fold(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase().trim();
}

function filter() {
  const wanted = fold(search.value);
  let left = 0;
  for (const row of people().querySelectorAll("[data-name]")) {
    row.hidden = !row.dataset.name.includes(wanted);
    if (!row.hidden) left += 1;
  }
  document.querySelector(".console .none").hidden = left > 0 || !wanted;
}

function chosen() {
  return [...people().querySelectorAll(".pick input:checked")].map((box) => box.value);
}

function count() {
  const many = chosen().length;
  several.hidden = many === 0;
  several.querySelector("button").textContent = several.dataset.chosen.replace("{n}", many);
}

// Puts the list of a page that came in the place of ours, with what was ticked, open and in focus kept.
function show(text) {
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("#people");
  if (!fresh) throw new Error("not the check-in page");
  const old = people();
  const ticked = chosen();
  const open = [...old.querySelectorAll("details[open]")].map((part) => part.id);
  const row = document.activeElement.closest?.("#people li")?.id;
  old.replaceWith(fresh);
  for (const box of fresh.querySelectorAll(".pick input")) box.checked = ticked.includes(box.value);
  for (const part of fresh.querySelectorAll("details")) part.open = open.includes(part.id);
  if (row) fresh.querySelector(`#${row} .hit`)?.focus({ preventScroll: true });
  filter();
  count();
}

async function ask() {
  // Numbers being typed are not taken away.
  if (document.hidden || document.activeElement?.matches("#people input[type=number]")) return;
  try {
    const answer = await fetch(location.href.split("#")[0], seen ? { headers: { "If-None-Match": seen } } : {});
    if (answer.status !== 304) {
      if (!answer.ok || answer.redirected) throw new Error(answer.status);
      show(await answer.text());
      seen = answer.headers.get("ETag") ?? "";
    }
    say(state.dataset.current);
  } catch {
    say(state.dataset.lost, true);
  }
}

async function send(form, button) {
  const data = new FormData(form, button);
  form.dataset.mark ??= id();
  data.set("mark", form.dataset.mark);
  button.disabled = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(data) });
    if (!answer.ok) throw new Error(answer.status);
    const text = await answer.text();
    if (form === several) for (const box of people().querySelectorAll(".pick input")) box.checked = false;
    show(text);
    delete form.dataset.mark;
    seen = "";
    say(state.dataset.current);
  } catch {
    say(state.dataset.failed, true);
  }
  button.disabled = false;
}

if (search && people()) {
  search.form.classList.add("live");
  search.addEventListener("input", filter);
  search.form.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("change", (event) => event.target.matches(".pick input") && count());
  document.addEventListener("submit", (event) => {
    if (event.target !== several && !event.target.closest("#people")) return;
    event.preventDefault();
    send(event.target, event.submitter);
  });
  count();
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", ask);
}
