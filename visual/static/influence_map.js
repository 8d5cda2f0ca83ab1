/* What the reader can do on the influence map. Text only ever goes onto the canvas or into text
   nodes; evidence is a copy of what the tables on the page already hold. */
"use strict";

(function () {
  const frame = document.getElementById("influence-map");
  const source = document.getElementById("influence-map-content");
  if (!frame || !source || !window.vis) { return; }

  const drawing = window.influenceMapDrawing;
  const content = JSON.parse(source.textContent);
  const setting = content.setting;
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)");
  const nodes = new Map(content.nodes.map((node) => [node.id, node]));
  /* What is not said of a line is zero, or not so. */
  for (const line of content.edges) {
    line.id = [line.from, line.to, line.layer].join(".");
    line.bend = line.bend || 0;
    line.strength = line.strength || 0;
  }
  const lines = new Map(content.edges.map((line) => [line.id, line]));
  const BORDERS = [1, 1, 2.2, 3.8];
  const NARROW = 600;
  const LEAST_TEXT = 12;
  const ROOM = { top: 42, bottom: 34, side: 14 };
  const MANY_LINES = 500;
  let chosen = null;
  let hovered = null;
  let onPhone = false;
  let moved = false;
  let moving = false;
  let byHand = false;
  const shifted = new Set();

  for (const node of nodes.values()) {
    node.width = BORDERS[node.band];
    node.font = setting.font;
    node.home = { x: node.x, y: node.y };
    node.origin = { x: node.x, y: node.y };
    node.shown = { x: node.x, y: node.y, hidden: false };
    node.narrow = Object.assign({}, node, { lines: node.narrow, role: [node.codes.join(" ")] });
  }

  const shown = new vis.DataSet(content.nodes.map((node) => ({
    id: node.id, x: node.x, y: node.y, shape: "custom", ctxRenderer: renderer,
  })));
  /* Lines are painted by this script: vis-network keeps the view, the cards and the pointer. */
  const network = new vis.Network(frame, { nodes: shown, edges: [] }, content.options);
  const canvas = frame.querySelector("canvas");
  canvas.parentElement.tabIndex = -1;

  const usual = (line) => !line.aside;
  function card() { return onPhone ? setting.phone.card : setting.card; }

  /* What stands out now: under the pointer, else chosen, else what the page opened on. */
  function emphasis() {
    const subject = hovered || chosen || (onPhone && setting.centre && !setting.gap ? { party: centre() } : null);
    if (subject && subject.parties) {
      const named = new Set(subject.parties);
      const inside = [...lines.values()].filter((line) => usual(line) && named.has(line.from) && named.has(line.to));
      return { parties: named, lines: new Set(inside.map((line) => line.id)), accented: named, accent: true };
    }
    if (subject && subject.party) {
      const parties = new Set([subject.party]), strong = new Set();
      for (const line of lines.values()) {
        if ((line.from === subject.party || line.to === subject.party) && visible(line)) {
          strong.add(line.id);
          parties.add(line.from).add(line.to);
        }
      }
      const party = new Set([subject.party]);
      return { parties: parties, lines: strong, accented: party, accent: true, letters: false };
    }
    if (subject && subject.line) {
      const line = lines.get(subject.line);
      return { parties: new Set([line.from, line.to]), lines: new Set([line.id]), accented: new Set(), accent: true };
    }
    if (setting.highlighted.length) {
      return {
        parties: new Set(setting.highlighted), lines: new Set(setting.lettered),
        accented: new Set(setting.accented), accent: true, letters: !onPhone, gap: setting.gap,
      };
    }
    return null;
  }

  /* Accountabilities beside other ties appear for the one in focus alone. */
  function visible(line) {
    const focus = chosen && chosen.party;
    if (onPhone && line.from !== centre() && line.to !== centre()) { return false; }
    return usual(line) || line.from === focus || line.to === focus;
  }

  /* The lines to paint, each with its two ends. */
  function inView(strongOnly) {
    const places = network.getPositions();
    const ends = (line) => ({ from: places[line.from], to: places[line.to] });
    const wanted = strongOnly ? [...(current ? current.lines : [])].map((id) => lines.get(id)) : [...lines.values()];
    return wanted.filter((line) => visible(line) && places[line.from] && places[line.to])
      .map((line) => [line, ends(line)]);
  }

  function bent(line) {
    return onPhone ? Object.assign({}, line, { bend: line.views === "differing" ? 0.15 : 0 }) : line;
  }

  /* The line under a point of the screen; where two cross, the one that stands out. */
  function lineAt(point) {
    const spot = network.DOMtoCanvas(point);
    let nearest = null, least = 9 / network.getScale();
    for (const [line, ends] of inView()) {
      const away = drawing.distance(bent(line), ends, spot) * (current && current.lines.has(line.id) ? 0.4 : 1);
      if (away < least) { nearest = line.id; least = away; }
    }
    return nearest;
  }

  let current = null;
  const strong = (line) => !current || current.lines.has(line.id);
  network.on("beforeDrawing", function (context) {
    current = emphasis();
    const grounds = setting.regions.filter((region) => !region.members.some((id) => shifted.has(id)));
    if (!onPhone) { drawing.paintRegions(context, grounds); }
    const chips = [];
    /* While a crowded picture moves, only what stands out keeps its lines: the rest comes back. */
    const drawn = inView(moving && lines.size > MANY_LINES);
    for (const [line, ends] of drawn.sort((a, b) => strong(a[0]) - strong(b[0]))) {
      const look = { strong: strong(line), accent: Boolean(current) && current.accent && strong(line) };
      const curve = drawing.paintLine(context, bent(line), ends, card(), look);
      if (current && current.letters && line.letters) { chips.push([curve, line.letters]); }
    }
    if (!onPhone) { drawing.paintHeadings(context, grounds, setting.font); }
    if (current && current.gap) {
      const places = network.getPositions([current.gap.from, current.gap.to]);
      const ends = { from: places[current.gap.from], to: places[current.gap.to] };
      const others = ids().filter((id) => id !== current.gap.from && id !== current.gap.to);
      const at = network.getPositions(others);
      const line = { bend: onPhone ? 0 : current.gap.bend };
      drawing.paintGap(context, line, ends, card(), setting.font, others.map((id) => at[id]));
    }
    for (const [curve, letters] of chips) { drawing.paintLetters(context, curve, letters, setting.font); }
  });

  network.on("afterDrawing", function (context) {
    const scale = network.getScale();
    if (onPhone || card().name * scale >= drawing.leastReadable) { return; }
    if (card().name * scale < drawing.leastReadable / 2) {
      drawing.paintSectors(context, setting.regions, middleOf, setting.font, scale);
    }
    if (!current) { return; }
    const named = [...current.accented, ...current.parties].filter((id, place, all) => id && all.indexOf(id) === place);
    drawing.paintNames(context, named.slice(0, 16).map((id) => nodes.get(id)), card(), scale);
  });

  function middleOf(members) {
    const mean = (axis) => members.reduce((sum, id) => sum + nodes.get(id).home[axis], 0) / members.length;
    return { x: mean("x"), y: mean("y") };
  }

  function renderer(told) {
    const node = nodes.get(told.id);
    return {
      nodeDimensions: { width: card().width, height: card().height },
      drawNode: function () {
        const look = {
          strong: !current || current.parties.has(node.id),
          accent: Boolean(current) && current.accented.has(node.id),
        };
        drawing.paintCard(told.ctx, onPhone ? node.narrow : node, told, card(), look, network.getScale());
      },
    };
  }

  /* --- where the reader looks ------------------------------------------------------------ */
  function extent(ids) {
    const places = network.getPositions(ids);
    const xs = ids.map((id) => places[id].x), ys = ids.map((id) => places[id].y);
    const half = { x: card().width / 2 + (onPhone ? 3 : 18), y: card().height / 2 + (onPhone ? 4 : 16) };
    return {
      left: Math.min(...xs) - half.x, right: Math.max(...xs) + half.x,
      top: Math.min(...ys) - half.y - (onPhone ? 0 : 14), bottom: Math.max(...ys) + half.y,
    };
  }

  function look(box, least) {
    const room = onPhone ? { top: 4, bottom: 4, side: 4 } : ROOM;
    const wide = frame.clientWidth - 2 * room.side, high = frame.clientHeight - room.top - room.bottom;
    const scale = Math.max(least, Math.min(wide / (box.right - box.left), high / (box.bottom - box.top), 1.3));
    const shift = (room.top - room.bottom) / 2 / scale;
    network.moveTo({
      position: { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 - shift },
      scale: scale, animation: false,
    });
  }

  function ids() { return onPhone ? shown.getIds({ filter: (node) => !node.hidden }) : [...nodes.keys()]; }

  function fit() {
    if (ids().length) { look(extent(ids()), 0.05); }
  }

  /* All of it where its names can be read; else the part that the page is about. */
  function open() {
    const drawn = ids();
    if (!drawn.length) { return; }
    const least = LEAST_TEXT / card().name;
    look(extent(drawn), 0.05);
    if (network.getScale() < least && drawn.length <= 70 && !onPhone) {
      const about = setting.highlighted.filter((id) => nodes.has(id));
      look(extent(about.length ? about : drawn), least);
    }
  }

  function zoom(factor) {
    moved = true;
    const to = { scale: Math.min(3, Math.max(0.05, network.getScale() * factor)) };
    network.moveTo(Object.assign(to, { animation: calm.matches ? false : { duration: 180 } }));
  }

  function pan(x, y) {
    moved = moving = true;
    window.clearTimeout(rest);
    rest = window.setTimeout(function () { moving = false; network.redraw(); }, 160);
    const middle = network.getViewPosition(), scale = network.getScale();
    network.moveTo({ position: { x: middle.x + x / scale, y: middle.y + y / scale }, animation: false });
  }

  /* --- a narrow screen: one in focus, and up to seven neighbours at places of their own ------- */
  function centre() {
    return (chosen && chosen.party) || setting.centre || setting.accented[0] || (content.nodes[0] && content.nodes[0].id);
  }

  function neighbours(party) {
    const found = new Map();
    for (const line of lines.values()) {
      if (usual(line) && (line.from === party || line.to === party)) {
        const other = line.from === party ? line.to : line.from;
        found.set(other, Math.max(found.get(other) || 0, line.strength));
      }
    }
    const name = (id) => nodes.get(id).label;
    return [...found].sort((a, b) => b[1] - a[1] || name(a[0]).localeCompare(name(b[0]))).map((pair) => pair[0]);
  }

  function arrange() {
    onPhone = frame.clientWidth < NARROW;
    const first = chosen || !setting.highlighted.length ? [] : setting.highlighted;
    const all = onPhone ? [...new Set([centre(), ...first, ...neighbours(centre())])] : [];
    const near = all.slice(0, setting.phone.places.length);
    const changed = [];
    for (const node of nodes.values()) {
      const at = near.indexOf(node.id), place = setting.phone.places[at];
      const wanted = at < 0
        ? { id: node.id, x: node.home.x, y: node.home.y, hidden: onPhone }
        : { id: node.id, x: place[0], y: place[1], hidden: false };
      const now = node.shown;
      if (wanted.x !== now.x || wanted.y !== now.y || wanted.hidden !== now.hidden) { changed.push(wanted); }
      node.shown = wanted;
    }
    if (changed.length) { shown.update(changed); }
  }

  /* --- arranged by hand ------------------------------------------------------------------- */
  function place(id, x, y) {
    const node = nodes.get(id);
    node.x = node.home.x = Math.round(x * 10) / 10;
    node.y = node.home.y = Math.round(y * 10) / 10;
    shifted.add(id);
    document.dispatchEvent(new CustomEvent("influence-map-arranged"));
  }

  function arrangeByHand(on) {
    byHand = on && !onPhone;
    network.setOptions({ interaction: { dragNodes: byHand } });
  }

  function shift(id, dx, dy) {
    const at = nodes.get(id).home;
    place(id, at.x + dx, at.y + dy);
    arrange();
    network.redraw();
  }

  function putBack() {
    for (const id of shifted) { Object.assign(nodes.get(id).home, nodes.get(id).origin); }
    shifted.clear();
    arrange();
    network.redraw();
    document.dispatchEvent(new CustomEvent("influence-map-arranged"));
  }

  network.on("dragStart", () => { moving = true; });
  network.on("dragEnd", function (event) {
    moving = false;
    const at = byHand ? network.getPositions(event.nodes) : {};
    for (const id of Object.keys(at)) {
      nodes.get(id).shown = { x: at[id].x, y: at[id].y, hidden: false };
      place(id, at[id].x, at[id].y);
    }
    network.redraw();
  });
  let rest = 0;
  network.on("zoom", function () {
    moving = true;
    window.clearTimeout(rest);
    rest = window.setTimeout(function () { moving = false; network.redraw(); }, 160);
  });

  window.influenceMap = {
    network: network, nodes: nodes, lines: lines, setting: setting, card: card, fit: fit, open: open,
    zoom: zoom, pan: pan, neighbours: neighbours, frame: frame, canvas: canvas,
    setMoved: () => { moved = true; },
    arrangeByHand: arrangeByHand, shift: shift, putBack: putBack, byHand: () => byHand,
    shifted: () => Object.fromEntries([...shifted].map((id) => [id, [nodes.get(id).home.x, nodes.get(id).home.y]])),
    chosen: () => chosen,
    emphasis: emphasis,
    lineAt: lineAt,
    hover: function (subject) {
      const known = subject && (subject.parties || nodes.has(subject.party) || lines.has(subject.line));
      hovered = known ? subject : null;
      network.redraw();
    },
    choose: function (subject) {
      chosen = subject && (nodes.has(subject.party) || lines.has(subject.line)) ? subject : null;
      hovered = null;
      arrange();
      if (onPhone) { open(); }
      network.redraw();
    },
  };

  new ResizeObserver(function () {
    network.setSize("100%", "100%");
    arrange();
    if (!moved || onPhone) { open(); }
    network.redraw();
  }).observe(frame);

  Promise.all([
    document.fonts.load("400 14px '" + setting.font + "'"), document.fonts.load("600 14px '" + setting.font + "'"),
  ]).finally(function () {
    arrange();
    open();
    network.redraw();
    frame.dataset.drawn = "true";
    document.dispatchEvent(new CustomEvent("influence-map-drawn"));
  });
})();
