// An address that is being looked up: <p data-finding="url"> asks every two seconds whether the answer is there, and
// then shows the page anew, with what was typed kept as a draft.
const box = document.querySelector("[data-finding]");
let tries = 20;

async function look() {
  const { ready } = await fetch(box.dataset.finding).then((answer) => answer.json()).catch(() => ({}));
  if (ready) location.reload();
  else if (tries--) setTimeout(look, 2000);
}

if (box) setTimeout(look, 1000);
