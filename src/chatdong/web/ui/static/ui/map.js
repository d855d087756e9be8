// 복지방문지도: dong outlines and household points on canvases, from our own GeoJSON; no tiles, nothing from outside.
// The same households stand in the table beside the map, which is the way for keyboards and screen readers.
/* global L */
const NEAR = { mouse: 11, touch: 22 };
const GRADES = { 1: "high", 2: "medium", 3: "low", high: "high", medium: "medium", low: "low" };
const ORDER = { low: 0, medium: 1, high: 2, suicide: 3 };
const SIZE = 15;

/** The colors of the sheet in force, so that high contrast reaches the canvas. */
function palette(element) {
  const style = getComputedStyle(element);
  const color = (name) => style.getPropertyValue(name).trim();
  return {
    high: color("--risk-high"), medium: color("--risk-medium"), low: color("--risk-low"), suicide: color("--risk-suicide"),
    edge: color("--risk-edge"), sign: color("--risk-suicide-ink"), overdue: color("--map-overdue"),
    land: color("--map-land"), line: color("--map-edge"), current: color("--map-current"), currentLine: color("--map-current-edge"),
  };
}

const SHAPES = {
  high(pen, r) { pen.moveTo(0, -r * 1.08); pen.lineTo(r * 1.08, r * 0.84); pen.lineTo(-r * 1.08, r * 0.84); pen.closePath(); },
  medium(pen, r) { pen.moveTo(0, -r * 1.08); pen.lineTo(r * 1.08, 0); pen.lineTo(0, r * 1.08); pen.lineTo(-r * 1.08, 0); pen.closePath(); },
  low(pen, r) { pen.arc(0, 0, r * 0.86, 0, Math.PI * 2); },
  suicide(pen, r) { pen.rect(-r, -r, r * 2, r * 2); },
};

/** One small picture a kind of point, drawn once and stamped thousands of times. */
function stamp(kind, overdue, colors, ratio) {
  const side = SIZE * 2 + 4;
  const picture = document.createElement("canvas");
  picture.width = picture.height = side * ratio;
  const pen = picture.getContext("2d");
  pen.scale(ratio, ratio);
  pen.translate(side / 2, side / 2);
  if (overdue) {
    pen.beginPath(); pen.arc(0, 0, SIZE * 0.86, 0, Math.PI * 2);
    pen.lineWidth = 4.5; pen.strokeStyle = colors.edge; pen.stroke();
    pen.lineWidth = 2.5; pen.strokeStyle = colors.overdue; pen.stroke();
  }
  const r = kind === "suicide" ? 8 : 7.5;
  pen.beginPath(); SHAPES[kind](pen, r);
  pen.lineJoin = "round"; pen.lineWidth = 3; pen.strokeStyle = colors.edge; pen.stroke();
  pen.fillStyle = colors[kind]; pen.fill();
  if (kind === "suicide") {
    pen.beginPath(); pen.moveTo(0, -5); pen.lineTo(0, 5); pen.moveTo(-5, 0); pen.lineTo(5, 0);
    pen.lineWidth = 3; pen.lineCap = "butt"; pen.strokeStyle = colors.sign; pen.stroke();
  }
  return { picture, side };
}

/** A Leaflet layer that paints all points itself; Leaflet's renderer moves and scales it while the map moves. */
function pointsLayer(points, host) {
  const Layer = L.Renderer.extend({
    _initContainer() {
      this._container = document.createElement("canvas");
      this._container.className = "map-points";
      this._pen = this._container.getContext("2d");
    },
    _destroyContainer() { this._container.remove(); delete this._container; delete this._pen; },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = window.devicePixelRatio > 1 ? 2 : 1;
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = size.x * ratio;
      this._container.height = size.y * ratio;
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
      this._pen.setTransform(ratio, 0, 0, ratio, -this._bounds.min.x * ratio, -this._bounds.min.y * ratio);
      this.paint(ratio);
    },
    paint(ratio) {
      const colors = palette(host);
      const stamps = new Map();
      for (const point of points) {
        point.spot = this._map.latLngToLayerPoint(point.latlng);
        if (!this._bounds.contains(point.spot)) continue;
        const key = `${point.kind}${point.overdue}`;
        if (!stamps.has(key)) stamps.set(key, stamp(point.kind, point.overdue, colors, ratio));
        const { picture, side } = stamps.get(key);
        this._pen.drawImage(picture, point.spot.x - side / 2, point.spot.y - side / 2, side, side);
      }
    },
    /** The point nearest to a place on the map, within reach of the finger or the mouse. */
    at(layerPoint, reach) {
      let best = null;
      let least = reach * reach;
      for (const point of points) {
        if (!point.spot) continue;
        const far = (point.spot.x - layerPoint.x) ** 2 + (point.spot.y - layerPoint.y) ** 2;
        if (far <= least) { best = point; least = far; }
      }
      return best;
    },
  });
  return new Layer({ padding: 0.25, pane: "points" });
}

function read(collection) {
  return collection.features.map(({ geometry, properties: p }) => ({
    latlng: L.latLng(geometry.coordinates[1], geometry.coordinates[0]),
    grade: GRADES[p.grade] || "low",
    kind: p.suicide ? "suicide" : GRADES[p.grade] || "low",
    suicide: Boolean(p.suicide), overdue: Boolean(p.overdue), href: p.href || "", label: p.label || "", due: p.due || "",
  })).sort((a, b) => ORDER[a.kind] - ORDER[b.kind]);
}

function element(tag, className, text = "") {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

/** A badge as the badges of the pages are: shape and words. */
function badge(kind, words) {
  const whole = element("span", `badge badge--${kind}`);
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  shape.setAttribute("class", `shape shape--${kind}`);
  shape.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${words.icons}#risk-${kind}`);
  shape.append(use);
  whole.append(shape, words[kind]);
  return whole;
}

/** What opens at a point: the masked label, its badges, its deadline and the way to the household. */
function cardOf(point, words) {
  const card = element("div", "map-card");
  card.append(element("p", "map-card__name", point.label));
  const badges = element("p", "cluster");
  badges.append(badge(point.grade, words));
  if (point.suicide) badges.append(badge("suicide", words));
  if (point.overdue) badges.append(element("span", "badge badge--due-overdue", words.overdue));
  card.append(badges);
  if (point.due) card.append(element("p", "quiet", point.due));
  if (point.href) {
    const link = element("a", "button button--medium button--primary", words.open);
    link.href = point.href;
    card.append(link);
  }
  return card;
}

function wordsOf(host) {
  const words = { icons: host.dataset.icons };
  for (const key of ["high", "medium", "low", "suicide", "overdue", "open", "close", "in", "out", "failed"]) {
    words[key] = host.dataset[`word${key[0].toUpperCase()}${key.slice(1)}`];
  }
  return words;
}

function outlinesLayer(outlines, host) {
  const style = (feature) => {
    const colors = palette(host);
    const current = feature.properties.current;
    return { color: current ? colors.currentLine : colors.line, weight: current ? 2.5 : 1.25, fillColor: current ? colors.current : colors.land, fillOpacity: 1 };
  };
  return L.geoJSON(outlines, {
    renderer: L.canvas({ padding: 0.25 }), interactive: false, style,
    onEachFeature(feature, layer) {
      if (feature.properties.name) {
        layer.bindTooltip(element("span", "", feature.properties.name), { permanent: true, direction: "center", className: "map-name", interactive: false, pane: "names" });
      }
    },
  });
}

function listen(map, layer, host, words) {
  const reach = (event) => NEAR[event.originalEvent?.pointerType === "touch" ? "touch" : "mouse"];
  map.on("click", (event) => {
    const point = layer.at(event.layerPoint, reach(event));
    if (!point) return;
    map.openPopup(L.popup({ offset: [0, -6], maxWidth: 280 }).setLatLng(point.latlng).setContent(cardOf(point, words)));
    const close = map.getContainer().querySelector(".leaflet-popup-close-button");
    if (close) { close.setAttribute("aria-label", words.close); close.title = words.close; }
  });
  map.on("mousemove", (event) => host.classList.toggle("is-over", Boolean(layer.at(event.layerPoint, NEAR.mouse))));
}

async function json(url) {
  const answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function look(map, outlines, points) {
  const current = outlines.getLayers().filter((layer) => layer.feature.properties.current);
  const frame = current.length ? L.featureGroup(current).getBounds() : outlines.getBounds();
  if (!frame.isValid() && points.length) frame.extend(points[0].latlng);
  for (const point of current.length ? [] : points) frame.extend(point.latlng);
  if (frame.isValid()) { map.fitBounds(frame, { padding: [16, 16] }); map.setMaxBounds(frame.pad(1)); }
  else map.setView([37.58, 126.94], 13);
}

async function draw(host) {
  const words = wordsOf(host);
  const status = host.parentElement.querySelector("[data-map-status]");
  try {
    const [outlineData, pointData] = await Promise.all([json(host.dataset.outlinesUrl), json(host.dataset.pointsUrl)]);
    const started = performance.now();
    const map = L.map(host, { zoomControl: false, attributionControl: false, minZoom: 10, maxZoom: 19, zoomSnap: 0.5, preferCanvas: true });
    // names under the points: a household must never stand behind a word
    map.createPane("names").style.zIndex = 430;
    map.createPane("points").style.zIndex = 450;
    map.getPane("points").style.pointerEvents = "none";
    const points = read(pointData);
    const outlines = outlinesLayer(outlineData, host);
    look(map, outlines, points);
    outlines.addTo(map);
    L.control.zoom({ zoomInTitle: words.in, zoomOutTitle: words.out, zoomInText: "+", zoomOutText: "−" }).addTo(map);
    const layer = pointsLayer(points, host).addTo(map);
    listen(map, layer, host, words);
    document.addEventListener("ui:contrast", () => { outlines.setStyle(outlines.options.style); layer._update(); });
    status.textContent = points.length ? status.dataset.shown.replace("{count}", points.length.toLocaleString("ko-KR")) : status.dataset.none;
    host.dataset.drawnMs = String(Math.round(performance.now() - started));
  } catch {
    status.textContent = words.failed;
    host.dataset.failed = "yes";
  }
}

document.querySelectorAll("[data-map]").forEach(draw);
