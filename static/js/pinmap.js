// The pin of an event on a map: <div data-pinmap="pin" data-earlier='[{lat, lon, words}, …]' data-words>, for the field
// of that id. Dragging the pin, or pressing on the map, writes "lat, lon" into the field; typing there moves the pin.
import { makeMap, pin } from "./mapbase.js";

function point(text) {
  const found = /^\s*([-+]?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  return found && Math.abs(found[1]) <= 90 && Math.abs(found[2]) <= 180 ? [Number(found[1]), Number(found[2])] : null;
}

async function open(box, field) {
  const near = point(field.value) ?? [Number(box.dataset.lat), Number(box.dataset.lon)];
  const map = await makeMap(box, (made) => made.setView(near, point(field.value) ? 13 : 11));
  const marker = L.marker(near, { icon: pin("", "mine"), draggable: true, autoPan: true, zIndexOffset: 1000 });
  marker.on("add", () => marker.getElement().setAttribute("aria-label", box.dataset.words));

  function write({ lat, lng }) {
    field.value = `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function place(at) {
    marker.setLatLng(at);
    if (!map.hasLayer(marker)) marker.addTo(map);
  }
  if (point(field.value)) place(near);
  marker.on("dragend", () => write(marker.getLatLng()));
  map.on("click", ({ latlng }) => { place(latlng); write(latlng); });
  field.addEventListener("change", () => {
    const typed = point(field.value);
    if (typed) { place(typed); map.panTo(typed); }
  });
  for (const { lat, lon, words } of JSON.parse(box.dataset.earlier)) {
    const earlier = L.marker([lat, lon], { icon: pin("", "earlier"), title: words }).addTo(map);
    earlier.getElement().setAttribute("aria-label", words);
    earlier.on("click", () => { place([lat, lon]); write({ lat, lng: lon }); });
  }
  box.dataset.ready = "1";
}

for (const box of document.querySelectorAll("[data-pinmap]")) {
  const field = document.getElementById(box.dataset.pinmap);
  const frame = box.closest("details");
  frame.hidden = false;
  frame.addEventListener("toggle", () => { open(box, field).catch(() => { box.textContent = box.dataset.failed; }); }, { once: true });
}
