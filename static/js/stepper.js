// Puts − and + around number fields and lets the form's button say how many spots it saves.

function button(sign, label, press) {
  const made = document.createElement("button");
  made.type = "button";
  // Words rather than aria-label, so that only the field itself goes by the name "Adults".
  const seen = Object.assign(document.createElement("span"), { textContent: sign });
  seen.setAttribute("aria-hidden", "true");
  made.append(seen, Object.assign(document.createElement("span"), { className: "vh", textContent: label }));
  made.addEventListener("click", press);
  return made;
}

function step(input, by) {
  const low = Number(input.min || 0);
  const high = input.max === "" ? Infinity : Number(input.max);
  input.value = Math.min(high, Math.max(low, (parseInt(input.value, 10) || 0) + by));
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function surround(stepper) {
  const input = stepper.querySelector("input");
  if (!input || stepper.classList.contains("ready")) return;
  stepper.prepend(button("−", stepper.dataset.fewer, () => step(input, -1)));
  stepper.append(button("+", stepper.dataset.more, () => step(input, 1)));
  stepper.classList.add("ready");
}

// The words come translated from the page: data-one, data-many ("Save {n} spots"), data-maybe, data-declined.
function name(form) {
  const words = form.querySelector("[data-many]");
  const answer = form.querySelector('[name="answer"]:checked')?.value ?? "going";
  let spots = 0;
  for (const input of form.querySelectorAll(".stepper input")) spots += parseInt(input.value, 10) || 0;
  const { one, many, maybe, declined, plain } = words.dataset;
  const said = { maybe, declined }[answer];
  if (said) words.textContent = said;
  else if (spots < 1) words.textContent = plain;
  else words.textContent = spots === 1 ? one : many.replace("{n}", spots);
}

function enhance(root) {
  root.querySelectorAll(".stepper").forEach(surround);
  for (const words of root.querySelectorAll("[data-many]")) {
    const form = words.closest("form");
    if (!form || form.dataset.counted) continue;
    form.dataset.counted = "yes";
    form.addEventListener("input", () => name(form));
    name(form);
  }
}

enhance(document);
