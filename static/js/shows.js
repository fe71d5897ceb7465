// A form that shows what comes of it while it is filled: <form data-shows="url"> fetches that page with what is chosen and
// takes its #dates. Without it a button does the same.
const form = document.querySelector("form[data-shows]");
let asked = 0;

async function show() {
  const turn = ++asked;
  const chosen = new URLSearchParams(new FormData(form));
  chosen.delete("csrf_token");
  const page = await fetch(`${form.dataset.shows}?${chosen}`).then((answer) => answer.text()).catch(() => "");
  const fresh = new DOMParser().parseFromString(page, "text/html").getElementById("dates");
  if (fresh && turn === asked) document.getElementById("dates").replaceWith(fresh);
}

if (form) {
  form.addEventListener("change", (event) => {
    if (event.target.name !== "left_out") show();
  });
}
