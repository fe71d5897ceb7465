// Where a reported place is: <div data-spotmap data-lat data-lon data-words>, shown when its frame is opened.
import { makeMap, pin } from "./mapbase.js";

async function open(box) {
  const { lat, lon, words } = box.dataset;
  const map = await makeMap(box, (made) => made.setView([lat, lon], 13));
  const marker = L.marker([lat, lon], { icon: pin("!", "spot"), keyboard: false, title: words }).addTo(map);
  marker.getElement().setAttribute("aria-label", words);
  box.dataset.ready = "1";
}

for (const box of document.querySelectorAll("[data-spotmap]")) {
  const frame = box.closest("details");
  frame.hidden = false;
  frame.addEventListener("toggle", () => { open(box).catch(() => { box.textContent = box.dataset.failed; }); }, { once: true });
}
