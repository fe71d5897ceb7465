// The pin of an event on a map: <div data-pinmap="pin" data-earlier='[{lat, lon, words}, …]' data-words>, for the field
// of that id. Dragging the pin, or pressing on the map, writes "lat, lon" into the field; typing there moves the pin.
import { makeMap, pin } from "./mapbase.js";

function point(text) {
  const found = /^\s*([-+]?\d{1,3}(?:\.\d+)?)\s*[,;\s]\s*([-+]?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  return found && Math.abs(found[1]) <= 90 && Math.abs(found[2]) <= 180 ? [Number(found[1]), Number(found[2])] : null;
}

async function open(box, field) {
  const { lat, lon, earlier, words } = box.dataset;
  const set = point(field.value);
  const map = await makeMap(box, (made) => made.setView(set ?? [lat ?? 20, lon ?? 0], set ? 13 : lat ? 11 : 2));
  const marker = L.marker(map.getCenter(), { icon: pin("", "mine"), draggable: true, autoPan: true, zIndexOffset: 1000 });
  marker.on("add", () => marker.getElement().setAttribute("aria-label", words));

  function write({ lat, lng }) {
    field.value = `${lat.toFixed(6)}, ${lng.toFixed(6)}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  function place(at) {
    marker.setLatLng(at);
    if (!map.hasLayer(marker)) marker.addTo(map);
  }
  if (set) place(set);
  marker.on("dragend", () => write(marker.getLatLng()));
  map.on("click", ({ latlng }) => { place(latlng); write(latlng); });
  field.addEventListener("change", () => {
    const typed = point(field.value);
    if (typed) { place(typed); map.panTo(typed); }
  });
  for (const used of JSON.parse(earlier)) {
    const at = L.latLng(used.lat, used.lon);
    const there = L.marker(at, { icon: pin("", "earlier"), title: used.words }).addTo(map);
    there.getElement().setAttribute("aria-label", used.words);
    there.on("click", () => { place(at); write(at); });
  }
  box.dataset.ready = "1";
}

for (const box of document.querySelectorAll("[data-pinmap]")) {
  const field = document.getElementById(box.dataset.pinmap);
  const frame = box.closest("details");
  frame.hidden = false;
  frame.addEventListener("toggle", () => { open(box, field).catch(() => { box.textContent = box.dataset.failed; }); }, { once: true });
}
