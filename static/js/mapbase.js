// What every map here stands on: Leaflet, fetched when a map is first shown, over an outline of our own or the
// operator's tiles. The element says where the parts are: data-leaflet, data-cluster, data-topojson, data-css,
// data-world, data-us, data-labels, and data-tiles with data-attribution where there are some.

const UNITED_STATES = { id: "840", west: -170, south: 17, east: -64, north: 72 };
const COUNTIES_FROM = 6;
let ready;

function script(url) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("script"), { src: url, onload: resolve, onerror: reject }));
  });
}

function style(url) {
  return new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: url, onload: resolve, onerror: reject }));
  });
}

export function json(url) {
  return fetch(url).then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.status))));
}

async function parts(box) {
  await Promise.all([style(box.dataset.css), script(box.dataset.leaflet), script(box.dataset.topojson)]);
  if (box.dataset.cluster) await script(box.dataset.cluster);
}

function colours() {
  const found = getComputedStyle(document.documentElement);
  const colour = (name) => found.getPropertyValue(`--${name}`).trim();
  return { land: colour("paper"), border: colour("muted"), county: colour("line") };
}

function outline(map, box) {
  const layers = [];
  let counties = false, coarse;
  function line(mesh, look) {
    const layer = L.geoJSON(mesh, { interactive: false, ...look }).addTo(map);
    layers.push(layer);
    return layer;
  }
  function paint() {
    const { land, border, county } = colours();
    for (const layer of layers) {
      const { kind } = layer.options;
      layer.setStyle(kind === "land" ? { fillColor: land, fillOpacity: 1, color: border, weight: 1 } : { fill: false, color: kind === "county" ? county : border, weight: 1 });
      if (kind === "land") layer.bringToBack();
    }
  }
  async function addCounties() {
    const view = map.getBounds();
    const { west, south, east, north } = UNITED_STATES;
    if (counties || map.getZoom() < COUNTIES_FROM || !view.intersects([[south, west], [north, east]])) return;
    counties = true;
    const us = await json(box.dataset.us);
    coarse.remove();
    line(topojson.feature(us, us.objects.nation), { kind: "land" });
    line(topojson.mesh(us, us.objects.counties), { kind: "county" });
    line(topojson.mesh(us, us.objects.states, (one, other) => one !== other), { kind: "border" });
    paint();
  }
  json(box.dataset.world).then((world) => {
    const countries = topojson.feature(world, world.objects.countries).features;
    line(countries.filter((country) => country.id !== UNITED_STATES.id), { kind: "land" });
    coarse = line(countries.filter((country) => country.id === UNITED_STATES.id), { kind: "land" });
    paint();
    addCounties();
    map.on("moveend", addCounties);
  });
  matchMedia("(prefers-color-scheme:dark)").addEventListener("change", paint);
}

function names(map, box) {
  const layer = L.layerGroup().addTo(map);
  let asked = "";
  async function show() {
    const view = map.getBounds();
    const sides = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()].map((side) => side.toFixed(2)).join(",");
    if (asked === sides || !map.getSize().x) return;
    asked = sides;
    const url = new URL(box.dataset.labels, location);
    url.searchParams.set("box", sides);
    const found = await json(url).catch(() => []);
    if (asked !== sides) return;
    layer.clearLayers();
    const taken = [];
    for (const { name, lat, lon, size } of found) {
      const at = map.latLngToContainerPoint([lat, lon]);
      const half = name.length * 3.7 + 8;
      if (taken.some(([x, y, width]) => Math.abs(at.x - x) < half + width && Math.abs(at.y - y) < 20)) continue;
      taken.push([at.x, at.y, half]);
      const label = document.createElement("span");
      label.textContent = name;
      const icon = L.divIcon({ className: `maplabel size-${size}`, html: label, iconSize: null });
      L.marker([lat, lon], { icon, interactive: false, keyboard: false, zIndexOffset: -5000 }).addTo(layer);
    }
  }
  map.on("moveend", show);
  show();
}

// A map of this element; `frame`, given the map, sets what it shows first.
export async function makeMap(box, frame) {
  ready ??= parts(box);
  await ready;
  const map = L.map(box, { preferCanvas: true, worldCopyJump: true, minZoom: 2, maxZoom: box.dataset.tiles ? 19 : 13 });
  frame(map);
  map.attributionControl.setPrefix(false);
  if (box.dataset.tiles) {
    L.tileLayer(box.dataset.tiles, { maxZoom: 19, attribution: box.dataset.attribution, referrerPolicy: "strict-origin-when-cross-origin" }).addTo(map);
  } else {
    outline(map, box);
    names(map, box);
    map.attributionControl.addAttribution("Natural Earth, GeoNames");
  }
  const miles = box.dataset.unit !== "km";
  L.control.scale({ imperial: miles, metric: !miles }).addTo(map);
  return map;
}

export function pin(words, css) {
  const face = document.createElement("span");
  face.textContent = words;
  return L.divIcon({ className: `mappin ${css}`, html: face, iconSize: [34, 34], iconAnchor: [17, 34], popupAnchor: [0, -34] });
}
