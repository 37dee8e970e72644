"use strict";
// The map, and the walk from marked words to their records. Text from reports is only ever set as text.
(function () {
  const holder = document.getElementById("map");
  if (holder && window.L) drawMap(holder);
  const reading = document.querySelector(".reading");
  const showRecord = reading ? walk(reading) : () => false;
  window.addEventListener("hashchange", reveal);
  reveal();
  window.addEventListener("beforeprint", () => document.querySelectorAll("details").forEach((one) => { one.open = true; }));

  // A link to a record goes to its words in the text, where it has any; else to where it stands on the page.
  function reveal() {
    let name = "";
    try { name = decodeURIComponent(location.hash.slice(1)); } catch { return; }
    if (name.startsWith("words-") && showRecord(name.slice(6))) return;
    const target = name && document.getElementById(name);
    if (!target) return;
    const folded = target.closest("details");
    if (folded) folded.open = true;
    target.scrollIntoView({ block: "center" });
  }

  function drawMap(element) {
    const map = L.map(element, { worldCopyJump: true, minZoom: 1, maxZoom: 10, zoomSnap: 0.5, attributionControl: false, renderer: L.svg({ padding: 0.3 }) });
    const query = element.dataset.query;
    const also = (part) => "?" + query + (query ? "&" : "") + part;
    const moment = new URLSearchParams(query).get("as_of");
    const asOf = moment ? "?as_of=" + encodeURIComponent(moment) : "";
    const layer = L.layerGroup().addTo(map);
    const within = document.getElementById("within");
    // The map's position stands in the address: `#map=zoom/lat/lon`.
    const kept = /^#map=([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)$/.exec(location.hash);
    let fitted = Boolean(kept);
    let asked = 0;
    let held = null;
    if (kept) map.setView([Number(kept[2]), Number(kept[3])], Number(kept[1]));
    else map.setView([25, 30], 1);
    map.on("moveend", () => {
      if (!fitted) return;
      load();
      const centre = map.getCenter();
      history.replaceState(null, "", "#map=" + map.getZoom() + "/" + centre.lat.toFixed(3) + "/" + centre.lng.toFixed(3));
      offer();
    });
    if (kept) offer();

    // The table, the timeline and the countries of what the map shows: the same page with its box.
    function offer() {
      const bounds = map.getBounds();
      const clip = (n, most) => Math.max(-most, Math.min(most, n)).toFixed(4);
      const asked = new URLSearchParams(query);
      asked.set("bbox", [clip(bounds.getWest(), 540), clip(bounds.getSouth(), 90), clip(bounds.getEast(), 540), clip(bounds.getNorth(), 90)].join(","));
      within.href = "/?" + asked + location.hash;
      within.hidden = false;
    }
    let land = null;
    fetch("/static/vendor/countries-50m.json").then((answer) => answer.json()).then((world) => {
      land = L.geoJSON(unrolled(topojson.feature(world, world.objects.countries)), {
        interactive: false, style: () => ({ className: "land", fillOpacity: 1 }),
      }).addTo(map);
      land.bringToBack();
      load();
    }).catch(failed);

    function failed() {
      element.textContent = "The map could not be drawn; the tables hold the same.";
    }

    // Marks of what is seen and a little around it; none is fetched while the map stays within that.
    function load() {
      const zoom = Math.max(0, Math.floor(map.getZoom()));
      if (!land || (held && held.zoom === zoom && held.bounds.contains(map.getBounds()))) return;
      const bounds = map.getBounds().pad(0.3);
      held = fitted ? { zoom, bounds } : null;
      const clip = (n, most) => Math.max(-most, Math.min(most, n)).toFixed(2);
      const view = [clip(bounds.getWest(), 540), clip(bounds.getSouth(), 90), clip(bounds.getEast(), 540), clip(bounds.getNorth(), 90)].join(",");
      const turn = ++asked;
      fetch("/api/v1/map" + also("zoom=" + zoom + (fitted ? "&view=" + view : ""))).then((answer) => answer.json()).then((data) => {
        if (turn !== asked) return;
        const shaded = new Set(data.areas.map((area) => Number(area.numeric)));
        land.eachLayer((one) => { if (one._path) one._path.classList.toggle("shaded", shaded.has(Number(one.feature.id))); });
        layer.clearLayers();
        data.spots.forEach((spot) => addSpot(spot));
        if (!fitted) {
          fitted = true;
          if (data.spots.length) map.fitBounds(L.latLngBounds(data.spots.map((spot) => [spot.lat, spot.lon])).pad(0.1), { maxZoom: 5, animate: false });
        }
      });
    }

    function addSpot(spot) {
      const one = spot.incidents === 1;
      const mark = L.circleMarker([spot.lat, spot.lon], {
        className: "spot" + (spot.where_prec > 1 ? " near" : ""), radius: 5 + 2.5 * Math.log2(1 + spot.incidents),
      });
      const words = document.createElement("p");
      const link = document.createElement("a");
      link.textContent = one ? spot.title || spot.id : spot.incidents.toLocaleString("en") + " incidents, " + spot.killed.toLocaleString("en") + " killed";
      link.href = one ? "/incidents/" + encodeURIComponent(spot.id) + asOf : "/" + also("bbox=" + around(spot, Math.floor(map.getZoom())));
      words.append(link);
      mark.bindPopup(words).addTo(layer);
      if (!mark._path) return;
      mark._path.setAttribute("tabindex", "0");
      mark._path.setAttribute("role", "button");
      mark._path.setAttribute("aria-label", link.textContent);
      mark._path.addEventListener("keydown", (event) => { if (event.key === "Enter") mark.openPopup(); });
    }
  }

  // Countries that cross the date line, drawn in one piece on either side of the map instead of right across it.
  function unrolled(world) {
    const whole = (ring) => {
      const out = [ring[0].slice()];
      for (let at = 1; at < ring.length; at++) {
        const before = out[at - 1][0];
        out.push([ring[at][0] + 360 * Math.round((before - ring[at][0]) / 360), ring[at][1]]);
      }
      const turn = out[out.length - 1][0] - out[0][0];
      // Around the pole: closed along the lower edge of the map.
      if (Math.abs(turn) > 180) out.push([out[out.length - 1][0], -89], [out[0][0], -89], out[0].slice());
      return out;
    };
    const moved = (rings, by) => rings.map((ring) => ring.map(([lon, lat]) => [lon + by, lat]));
    world.features.forEach((feature) => {
      const shape = feature.geometry;
      const parts = (shape.type === "Polygon" ? [shape.coordinates] : shape.coordinates).map((rings) => rings.map(whole));
      const also = parts.flatMap((rings) => {
        const lons = rings[0].map((point) => point[0]);
        return Math.max(...lons) > 180 ? [moved(rings, -360)] : Math.min(...lons) < -180 ? [moved(rings, 360)] : [];
      });
      feature.geometry = { type: "MultiPolygon", coordinates: parts.concat(also) };
    });
    return world;
  }

  // The cell of the grid in which the mark's incidents were gathered.
  function around(spot, zoom) {
    const cell = Math.max(0.01, 60 / 2 ** Math.max(0, zoom));
    const west = Math.floor((spot.lon + 180) / cell) * cell - 180;
    const south = Math.floor((spot.lat + 90) / cell) * cell - 90;
    return [west, Math.max(-90, south), west + cell, Math.min(90, south + cell)].map((n) => n.toFixed(4)).join(",");
  }

  function walk(area) {
    const aside = area.querySelector("aside");
    const order = ["claim", "event", "source", "place", "time", "actor"];
    const marks = [...area.querySelectorAll(".m")];
    const byRecord = new Map();
    marks.forEach((mark) => mark.dataset.r.split(" ").forEach((id) => {
      if (!byRecord.has(id)) byRecord.set(id, []);
      byRecord.get(id).push(mark);
    }));
    let kept = null;
    const card = (id) => document.getElementById("card-" + id);
    const rank = (id) => { const one = card(id); return one ? order.findIndex((layer) => one.classList.contains("c-" + layer)) : 99; };

    function light(ids) {
      area.querySelectorAll(".m.on, .m.tied").forEach((one) => one.classList.remove("on", "tied"));
      aside.replaceChildren(...ids.map((id) => { const copy = card(id).cloneNode(true); copy.removeAttribute("id"); return copy; }));
      if (!ids.length) return;
      // The chain: the words of the record itself, and those on which its values stand.
      card(ids[0]).querySelectorAll("dd a").forEach((link) => {
        const id = link.hash.slice(6);
        const named = card(id) && card(id).classList.contains("c-source");
        (byRecord.get(id) || []).forEach((one) => { if (!named || one.classList.contains("source")) one.classList.add("tied"); });
      });
      (byRecord.get(ids[0]) || []).forEach((one) => one.classList.add("on"));
    }
    const show = (mark) => light(mark.dataset.r.split(" ").filter(card).sort((a, b) => rank(a) - rank(b)));
    marks.forEach((mark) => {
      mark.addEventListener("mouseenter", () => { if (!kept) show(mark); });
      mark.addEventListener("focus", () => show(mark));
      mark.addEventListener("click", () => { show(mark); kept = kept === mark ? null : mark; });
      mark.addEventListener("keydown", (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); mark.click(); } });
    });
    document.addEventListener("keydown", (event) => { if (event.key === "Escape") { kept = null; light([]); } });
    document.querySelectorAll("[data-layer]").forEach((box) => box.addEventListener("change", () => area.classList.toggle("show-" + box.dataset.layer, box.checked)));

    return function (id) {
      const own = byRecord.get(id);
      if (!own || !card(id)) return false;
      light([id]);
      kept = own[0];
      own[0].scrollIntoView({ block: "center" });
      return true;
    };
  }
})();
