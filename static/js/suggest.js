// Candidates under a place field: <input data-suggest-url="/places" data-found="{n} places">, asked as ?q=….
// The answer is a list of {text, note, value}; a chosen value goes into the hidden field data-suggest-into names.

const QUIET = 150;

function combine(input, number) {
  const list = document.createElement("div");
  list.id = `${input.id || "suggest"}-list-${number}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels?.[0]?.textContent ?? input.name);
  list.hidden = true;
  const status = document.createElement("span");
  status.className = "vh";
  status.setAttribute("role", "status");
  const combo = document.createElement("div");
  combo.className = "combo";
  input.replaceWith(combo);
  combo.append(input, list, status);
  const into = input.form?.elements[input.dataset.suggestInto];
  const set = (name, value) => input.setAttribute(name, value);
  set("role", "combobox"); set("autocomplete", "off"); set("aria-autocomplete", "list");
  set("aria-expanded", "false"); set("aria-controls", list.id);
  let timer, asked, at = -1;

  function close() {
    list.hidden = true; at = -1;
    set("aria-expanded", "false"); input.removeAttribute("aria-activedescendant");
  }
  function mark(next) {
    const options = [...list.children];
    at = (next + options.length) % options.length;
    options.forEach((option, place) => option.setAttribute("aria-selected", place === at));
    set("aria-activedescendant", options[at].id);
    options[at].scrollIntoView({ block: "nearest" });
  }
  function choose(option) {
    input.value = option.dataset.text;
    if (into) into.value = option.dataset.value;
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }
  function row({ text, note, value }, place) {
    const option = document.createElement("div");
    option.id = `${list.id}-${place}`;
    option.setAttribute("role", "option"); option.setAttribute("aria-selected", "false");
    option.dataset.text = text; option.dataset.value = value ?? text;
    option.append(text);
    if (note) option.append(Object.assign(document.createElement("small"), { textContent: note }));
    option.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(option); });
    return option;
  }
  async function ask() {
    asked?.abort(); asked = new AbortController();
    const url = new URL(input.dataset.suggestUrl, location);
    url.searchParams.set("q", input.value);
    const found = await fetch(url, { signal: asked.signal }).then((answer) => answer.json()).catch(() => null);
    if (!found || document.activeElement !== input) return;
    list.replaceChildren(...found.map(row));
    list.hidden = found.length === 0; at = -1;
    set("aria-expanded", String(found.length > 0)); input.removeAttribute("aria-activedescendant");
    status.textContent = (input.dataset.found ?? "{n}").replace("{n}", found.length);
  }
  input.addEventListener("input", () => {
    clearTimeout(timer);
    if (into) into.value = "";
    if (input.value.trim().length < 2) { asked?.abort(); close(); } else timer = setTimeout(ask, QUIET);
  });
  input.addEventListener("blur", () => { clearTimeout(timer); close(); });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

document.querySelectorAll("input[data-suggest-url]").forEach(combine);
