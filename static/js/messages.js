// A conversation that is looked at is read: its form says so by itself. Ctrl and Enter send what is written.

const read = document.querySelector("form[data-read]");

function tell() {
  if (document.visibilityState !== "visible" || read.dataset.told) return;
  read.dataset.told = "yes";
  fetch(read.action, { method: "POST", body: new URLSearchParams(new FormData(read)), redirect: "manual" })
    .then(() => { read.hidden = true; })
    .catch(() => { delete read.dataset.told; });
}

if (read) {
  tell();
  document.addEventListener("visibilitychange", tell);
}

for (const field of document.querySelectorAll("textarea[data-send]")) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.form.requestSubmit();
  });
}
