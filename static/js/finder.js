// Shows what is found while one types: <form method="get" data-live="the id of what is found">.

function enhance(form) {
  const place = document.getElementById(form.dataset.live);
  let timer, asking;

  async function find() {
    asking?.abort();
    asking = new AbortController();
    const fields = [...new FormData(form)].filter(([, value]) => value);
    const url = `${form.getAttribute("action")}?${new URLSearchParams(fields)}`;
    try {
      const answer = await fetch(url, { signal: asking.signal });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      place.replaceChildren(...page.getElementById(place.id).childNodes);
      history.replaceState(null, "", url);
    } catch {
      // The next letter, or the button, asks again.
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(find, 150);
  });
}

for (const form of document.querySelectorAll("form[data-live]")) enhance(form);
