// The results of a search on a map: <div data-map="…json" data-lat data-lon data-radius>, beside the list where there
// is room and behind button[data-map-toggle] where there is not. The list stays the truth; hover and focus are tied.
import { json, makeMap, pin } from "./mapbase.js";

const box = document.querySelector("[data-map]");
const side = box?.closest(".mapside");
const toggle = document.querySelector("[data-map-toggle]");
const wide = matchMedia("(min-width:62rem)");
let map;

const card = (number) => document.querySelector(`[data-event="${number}"]`);

function popup({ url, title, words }) {
  const link = Object.assign(document.createElement("a"), { href: url, textContent: title });
  const when = Object.assign(document.createElement("span"), { textContent: words });
  const body = document.createElement("p");
  body.append(link, document.createElement("br"), when);
  return body;
}

function tie(marker, event, cluster) {
  const shown = () => cluster.getVisibleParent(marker)?.getElement();
  const light = (on) => {
    card(event.id)?.classList.toggle("lit", on);
    shown()?.classList.toggle("lit", on);
  };
  marker.on("add", () => {
    const element = marker.getElement();
    element.setAttribute("aria-label", `${event.title}, ${event.words}`);
    element.addEventListener("focus", () => light(true));
    element.addEventListener("blur", () => light(false));
  });
  marker.on("mouseover", () => light(true)).on("mouseout", () => light(false));
  const row = card(event.id);
  for (const [name, on] of [["mouseenter", true], ["focusin", true], ["mouseleave", false], ["focusout", false]]) {
    row?.addEventListener(name, () => light(on));
  }
}

function clusters() {
  return L.markerClusterGroup({
    showCoverageOnHover: false,
    maxClusterRadius: 44,
    animate: !matchMedia("(prefers-reduced-motion:reduce)").matches,
    iconCreateFunction: (group) => {
      const face = document.createElement("span");
      face.textContent = group.getChildCount();
      return L.divIcon({ className: "mapgroup", html: face, iconSize: [44, 44] });
    },
  });
}

// The circle that was searched, else everything that was found, else the site's own place.
function frame(made, events) {
  const { lat, lon, radius, homeLat, homeLon } = box.dataset;
  if (lat) {
    made.fitBounds(L.latLng(lat, lon).toBounds(2 * radius));
    L.circle([lat, lon], { radius: Number(radius), interactive: false, fill: false, weight: 2, dashArray: "6 6", color: getComputedStyle(box).color }).addTo(made);
  } else if (events.length) {
    made.fitBounds(L.latLngBounds(events.map((event) => [event.lat, event.lon])).pad(0.1), { maxZoom: 11 });
  } else made.setView([homeLat ?? 20, homeLon ?? 0], homeLat ? 9 : 2);
}

async function start() {
  if (map !== undefined) return;
  map = null;
  const events = await json(box.dataset.map);
  map = await makeMap(box, (made) => frame(made, events));
  const group = clusters();
  for (const event of events) {
    const marker = L.marker([event.lat, event.lon], { icon: pin(event.day, event.spot ? "spot" : `crew-${event.crew}${event.gone ? " gone" : ""}`), riseOnHover: true });
    marker.bindPopup(() => popup(event));
    tie(marker, event, group);
    group.addLayer(marker);
  }
  map.addLayer(group);
  box.dataset.ready = events.length;
}

function failed() {
  box.textContent = box.dataset.failed;
}

function show(on) {
  side.classList.toggle("shown", on);
  toggle.setAttribute("aria-pressed", String(on));
  if (on) start().then(() => map?.invalidateSize(), failed);
}

if (box) {
  side.hidden = false;
  toggle.hidden = false;
  document.querySelector(".discover").classList.add("withmap");
  toggle.addEventListener("click", () => {
    show(toggle.getAttribute("aria-pressed") !== "true");
    if (!wide.matches) side.scrollIntoView();
  });
  const beside = () => { if (wide.matches) start().catch(failed); };
  wide.addEventListener("change", beside);
  if (document.readyState === "complete") beside(); else addEventListener("load", beside);
}
