/* How the influence map is painted: regions, lines and cards, at the places the server chose. */
"use strict";

window.influenceMapDrawing = (function () {
  const INK = "#26303a";
  const LINE = "#5a6570";
  const ACCENT = "#c2003e";
  const FAINT_LINE = 0.25;
  const FAINT_INK = 0.42;
  const LEAST_READABLE = 8;

  /* The control point of vis-network's curvedCW (bend above 0) and curvedCCW (below 0). */
  function via(from, to, bend) {
    const dx = to.x - from.x, dy = to.y - from.y;
    const reach = 0.5 + 0.5 * Math.abs(bend), turn = bend * Math.PI / 2;
    return {
      x: from.x + reach * (dx * Math.cos(turn) + dy * Math.sin(turn)),
      y: from.y + reach * (dy * Math.cos(turn) - dx * Math.sin(turn)),
    };
  }

  function at(from, control, to, t) {
    const a = (1 - t) * (1 - t), b = 2 * t * (1 - t), c = t * t;
    return { x: a * from.x + b * control.x + c * to.x, y: a * from.y + b * control.y + c * to.y };
  }

  /* The part of the curve between the two cards, so that a line ends at a card, not under it. */
  function between(from, to, bend, card) {
    const control = via(from, to, bend);
    const inside = (point, middle) =>
      Math.abs(point.x - middle.x) < card.width / 2 + 2 && Math.abs(point.y - middle.y) < card.height / 2 + 2;
    const edge = function (low, high, middle) {
      for (let step = 0; step < 18; step += 1) {
        const t = (low + high) / 2;
        if (inside(at(from, control, to, t), middle)) { low = t; } else { high = t; }
      }
      return high;
    };
    const start = edge(0, 1, from), end = edge(1, 0, to);
    return { from: from, to: to, control: control, start: start, end: Math.max(start, end) };
  }

  /* Worked out once for as long as both ends stay where they are. */
  function curveOf(line, ends, card) {
    const key = [ends.from.x, ends.from.y, ends.to.x, ends.to.y, line.bend, card.width].join(" ");
    if (line.curve && line.curve.key === key) { return line.curve; }
    const curve = between(ends.from, ends.to, line.bend, card);
    curve.key = key;
    line.curve = curve;
    return curve;
  }

  /* How far a point is from a line. */
  function distance(line, ends, point) {
    const control = via(ends.from, ends.to, line.bend);
    let least = Infinity;
    for (let step = 0; step <= 48; step += 1) {
      const on = at(ends.from, control, ends.to, step / 48);
      least = Math.min(least, Math.hypot(on.x - point.x, on.y - point.y));
    }
    return least;
  }

  function trace(context, curve, start, end) {
    const first = at(curve.from, curve.control, curve.to, start);
    const last = at(curve.from, curve.control, curve.to, end);
    const mix = (a, b, t) => ({ x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t });
    const control = mix(mix(curve.from, curve.control, start), mix(curve.control, curve.to, start), end);
    context.beginPath();
    context.moveTo(first.x, first.y);
    context.quadraticCurveTo(control.x, control.y, last.x, last.y);
  }

  function arrow(context, curve, size) {
    const tip = at(curve.from, curve.control, curve.to, curve.end);
    const behind = at(curve.from, curve.control, curve.to, Math.max(curve.start, curve.end - 0.04));
    const angle = Math.atan2(tip.y - behind.y, tip.x - behind.x);
    context.beginPath();
    context.moveTo(tip.x, tip.y);
    for (const side of [0.4, -0.4]) {
      context.lineTo(tip.x - size * Math.cos(angle + side), tip.y - size * Math.sin(angle + side));
    }
    context.closePath();
    context.fill();
  }

  function widthOf(line) {
    return line.strength >= 4 ? 3.2 : line.strength === 3 ? 2.2 : 1.4;
  }

  function paintLine(context, line, ends, card, look) {
    const curve = curveOf(line, ends, card);
    const width = widthOf(line);
    const structure = line.layer === "accountabilities";
    context.save();
    context.globalAlpha = look.strong ? 1 : FAINT_LINE;
    context.strokeStyle = context.fillStyle = look.accent ? ACCENT : LINE;
    context.lineWidth = structure ? 4.2 : width;
    context.setLineDash(line.doubtful ? [1.5, 4] : line.layer === "tensions" ? [9, 5] : []);
    trace(context, curve, curve.start, curve.end);
    context.stroke();
    if (structure) {
      context.globalAlpha = 1;
      context.setLineDash([]);
      context.strokeStyle = "#ffffff";
      context.lineWidth = 1.8;
      context.stroke();
      context.globalAlpha = look.strong ? 1 : FAINT_LINE;
    }
    if (line.views !== "agreed") {
      context.setLineDash([]);
      arrow(context, curve, 8 + 2 * width);
    }
    context.restore();
    return curve;
  }

  function paintLetters(context, curve, letters, font, along) {
    const t = curve.start + (along || 0.5) * (curve.end - curve.start);
    const middle = at(curve.from, curve.control, curve.to, t);
    context.save();
    context.font = "600 13px '" + font + "'";
    const width = Math.max(20, context.measureText(letters).width + 12);
    context.fillStyle = ACCENT;
    context.strokeStyle = "#ffffff";
    context.lineWidth = 2;
    context.beginPath();
    context.roundRect(middle.x - width / 2, middle.y - 10, width, 20, 10);
    context.fill();
    context.stroke();
    context.fillStyle = "#ffffff";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillText(letters, middle.x, middle.y + 0.5);
    context.restore();
  }

  /* The tie that is not there. */
  function paintGap(context, line, ends, card, font, cards) {
    const curve = between(ends.from, ends.to, line.bend, card);
    context.save();
    context.strokeStyle = ACCENT;
    context.lineWidth = 2.2;
    context.setLineDash([3, 7]);
    context.lineCap = "round";
    trace(context, curve, curve.start, curve.end);
    context.stroke();
    context.restore();
    paintLetters(context, curve, "no tie", font, free(curve, card, cards));
  }

  /* Where on a line a word has most room: in the middle, unless a card stands there. */
  function free(curve, card, cards) {
    const room = function (t) {
      const on = at(curve.from, curve.control, curve.to, curve.start + t * (curve.end - curve.start));
      return Math.min(...cards.map((middle) => Math.max(
        Math.abs(middle.x - on.x) - card.width / 2 - 30, Math.abs(middle.y - on.y) - card.height / 2 - 14)), 0);
    };
    const places = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8].map((t) => ({ t: t, room: room(t) }));
    return places.sort((a, b) => b.room - a.room)[0].t;
  }

  function paintRegions(context, regions) {
    context.lineJoin = "round";
    context.lineWidth = 28;
    for (const region of regions) {
      context.fillStyle = context.strokeStyle = region.tint;
      for (const polygon of region.ground) {
        context.beginPath();
        for (const [x, y] of polygon) { context.lineTo(x, y); }
        context.closePath();
        context.fill();
        context.stroke();
      }
    }
  }

  function paintHeadings(context, regions, font) {
    context.save();
    context.font = "600 14px '" + font + "'";
    context.textBaseline = "alphabetic";
    context.lineWidth = 4;
    context.lineJoin = "round";
    for (const region of regions) {
      if (region.heading) {
        context.strokeStyle = region.tint;
        context.fillStyle = region.ink;
        context.strokeText(region.name, region.heading[0], region.heading[1]);
        context.fillText(region.name, region.heading[0], region.heading[1]);
      }
    }
    context.restore();
  }

  /* Far out, the name of each sector over the middle of its largest part. */
  function paintSectors(context, regions, middleOf, font, scale) {
    const largest = new Map();
    for (const region of regions) {
      const known = largest.get(region.name);
      if (!known || known.members.length < region.members.length) { largest.set(region.name, region); }
    }
    context.save();
    context.font = "600 " + 17 / scale + "px '" + font + "'";
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineWidth = 5 / scale;
    context.lineJoin = "round";
    context.strokeStyle = "#ffffff";
    for (const region of largest.values()) {
      const middle = middleOf(region.members);
      context.fillStyle = region.ink;
      context.strokeText(region.name, middle.x, middle.y);
      context.fillText(region.name, middle.x, middle.y);
    }
    context.restore();
  }

  function paintStripes(context, node, card, left, top) {
    const height = card.height / node.inks.length;
    node.inks.forEach(function (ink, place) {
      context.fillStyle = ink;
      context.fillRect(left, top + place * height, card.stripe, height);
      if (card.stripe > 20) {
        context.fillStyle = "#ffffff";
        context.font = "600 12px '" + node.font + "'";
        context.textAlign = "center";
        context.fillText(node.codes[place], left + card.stripe / 2, top + (place + 0.5) * height + 0.5);
      }
    });
  }

  function paintText(context, node, card, left, middle) {
    const width = card.width - card.stripe - 2 * card.padding;
    const pitch = card.name + 2;
    const rows = node.lines.map((text) => ({ text: text, size: card.name, weight: 600, ink: INK }));
    for (const text of card.role ? node.role : []) {
      rows.push({ text: text, size: card.role, weight: 400, ink: "#4a545e" });
    }
    context.textAlign = "left";
    rows.forEach(function (row, place) {
      context.fillStyle = row.ink;
      context.font = row.weight + " " + row.size + "px '" + node.font + "'";
      const y = middle + (place - (rows.length - 1) / 2) * pitch + 0.5;
      context.fillText(row.text, left + card.stripe + card.padding, y, width);
    });
  }

  /* Far out a card is a patch of its sector's colour. */
  function paintDot(context, node, card, look, left, top) {
    context.globalAlpha = look.strong ? 1 : FAINT_INK;
    context.fillStyle = look.accent ? ACCENT : node.inks[0];
    context.fillRect(left, top, card.width, card.height);
    context.globalAlpha = 1;
  }

  function paintCard(context, node, middle, card, look, scale) {
    const left = middle.x - card.width / 2, top = middle.y - card.height / 2;
    if (card.name * scale < LEAST_READABLE / 2) {
      paintDot(context, node, card, look, left, top);
      return;
    }
    const radius = node.person ? 10 : 1;
    context.save();
    context.beginPath();
    context.roundRect(left, top, card.width, card.height, radius);
    context.fillStyle = "#ffffff";
    context.fill();
    context.globalAlpha = look.strong ? 1 : FAINT_INK;
    context.save();
    context.clip();
    context.textBaseline = "middle";
    paintStripes(context, node, card, left, top);
    paintText(context, node, card, left, middle.y);
    context.restore();
    context.lineWidth = look.accent ? Math.max(3, node.width) : node.width;
    context.strokeStyle = look.accent ? ACCENT : INK;
    context.setLineDash(node.doubtful ? [2.5, 3] : []);
    context.stroke();
    context.restore();
  }

  /* Far out, where no card can be read, the few that stand out keep their names. */
  function paintNames(context, named, card, scale) {
    const size = 13 / scale, taken = [];
    context.save();
    context.font = "600 " + size + "px '" + (named.length ? named[0].font : "") + "'";
    context.textAlign = "center";
    context.textBaseline = "bottom";
    context.lineWidth = 4 / scale;
    context.lineJoin = "round";
    context.strokeStyle = "#ffffff";
    context.fillStyle = INK;
    for (const node of named) {
      const half = context.measureText(node.label).width / 2, y = node.y - card.height / 2 - 3 / scale;
      const free = taken.every((box) => Math.abs(box.x - node.x) > box.half + half || Math.abs(box.y - y) > size * 1.2);
      if (free) {
        taken.push({ x: node.x, y: y, half: half });
        context.strokeText(node.label, node.x, y);
        context.fillText(node.label, node.x, y);
      }
    }
    context.restore();
  }

  return {
    distance: distance,
    leastReadable: LEAST_READABLE,
    paintNames: paintNames,
    paintCard: paintCard,
    paintGap: paintGap,
    paintHeadings: paintHeadings,
    paintLetters: paintLetters,
    paintLine: paintLine,
    paintRegions: paintRegions,
    paintSectors: paintSectors,
  };
})();
