/* Pointer, touch and keys on the influence map, and its ties to the words around it. */
"use strict";

(function () {
  const map = window.influenceMap;
  if (!map) { return; }

  const panel = document.querySelector("[data-map-panel]");
  const answer = document.querySelector("[data-map-answer]");
  const detail = document.querySelector("[data-map-detail]");
  const announcer = document.querySelector("[data-map-announce]");
  const finder = document.querySelector("[data-map-find]");
  let pressed = null;
  let origin = null;

  function say(text) { if (announcer) { announcer.textContent = text; } }

  function subjectOf(element) {
    const holder = element.closest("[data-party], [data-line], [data-parties]");
    if (!holder) { return null; }
    if (holder.dataset.parties) { return { parties: JSON.parse(holder.dataset.parties) }; }
    return holder.dataset.party ? { party: holder.dataset.party } : { line: holder.dataset.line };
  }

  function rowOf(subject) {
    const line = subject.line && map.lines.get(subject.line);
    const id = subject.party ? "party-" + subject.party
      : line && line.record ? "record-" + line.record : "line-" + subject.line;
    return document.getElementById(id);
  }

  /* --- the panel ---------------------------------------------------------------------------- */
  function show(subject) {
    const row = rowOf(subject);
    if (!panel || (!row && !subject.party)) { return; }
    const heading = document.createElement("h2");
    heading.tabIndex = -1;
    heading.textContent = row ? row.dataset.title : map.nodes.get(subject.party).label;
    const back = document.createElement("button");
    back.type = "button";
    back.className = "btn btn-sm btn-outline-secondary map-back";
    back.textContent = "Back to the answer";
    back.addEventListener("click", leave);
    const copy = row ? row.querySelector("[data-detail]").cloneNode(true) : unlisted(subject.party);
    copy.hidden = false;
    for (const named of copy.querySelectorAll("[id]")) { named.removeAttribute("id"); }
    detail.replaceChildren(back, heading, ...copy.childNodes);
    detail.hidden = false;
    answer.hidden = true;
    panel.scrollTop = 0;
    for (const marked of document.querySelectorAll(".is-chosen")) { marked.classList.remove("is-chosen"); }
    if (row) { row.classList.add("is-chosen"); }
  }

  /* On a crowded picture not everybody is in its tables: the way to the picture of them alone. */
  function unlisted(party) {
    const words = document.createElement("div"), link = document.createElement("a");
    link.textContent = "Draw only these ties";
    link.href = focusAddress(party);
    words.append(link);
    return words;
  }

  function focusAddress(party) {
    return panel.dataset.focusAddress.replace("FOCUS", encodeURIComponent(party));
  }

  function choose(subject, byKeyboard) {
    if (!origin) { origin = document.activeElement; }
    map.choose(subject);
    show(subject);
    if (subject.party) {
      const node = map.nodes.get(subject.party);
      const linked = node ? map.neighbours(subject.party).length : 0;
      say((node ? node.label : "") + ": " + linked + " linked on the map");
    }
    if (byKeyboard && detail && !detail.hidden) { detail.querySelector("h2").focus(); }
  }

  function leave() {
    if (!map.chosen() && (!detail || detail.hidden)) { return; }
    map.choose(null);
    if (panel) {
      detail.hidden = true;
      detail.replaceChildren();
      answer.hidden = false;
    }
    for (const marked of document.querySelectorAll(".is-chosen")) { marked.classList.remove("is-chosen"); }
    say("Back to the whole picture");
    if (origin && origin.isConnected && origin !== document.body) { origin.focus({ preventScroll: true }); }
    origin = null;
  }

  /* --- pointer ------------------------------------------------------------------------------ */
  function under(event) {
    const box = map.canvas.getBoundingClientRect();
    const point = { x: event.clientX - box.left, y: event.clientY - box.top };
    const party = map.network.getNodeAt(point);
    if (party !== undefined) { return { party: party }; }
    const line = map.lineAt(point);
    return line === null ? null : { line: line };
  }

  /* What a card has no room for; the tables say it too. */
  const tip = document.createElement("p");
  tip.className = "map-tip";
  tip.setAttribute("aria-hidden", "true");
  tip.hidden = true;
  map.frame.after(tip);

  function wordsOf(subject) {
    const row = rowOf(subject);
    if (row && row.dataset.title) {
      const role = row.querySelector("[data-detail] .role");
      return row.dataset.title + (subject.party && role ? "\n" + role.textContent : "");
    }
    const line = map.lines.get(subject.line);
    const name = (id) => map.nodes.get(id).label;
    if (!line) { return name(subject.party); }
    return name(line.from) + (line.views === "agreed" ? " and " : " to ") + name(line.to);
  }

  function tell(event, subject) {
    const text = subject && wordsOf(subject);
    tip.hidden = !text;
    if (!text) { return; }
    tip.textContent = text;
    const box = map.frame.getBoundingClientRect();
    const left = event.clientX - box.left, top = event.clientY - box.top;
    tip.style.left = Math.max(4, Math.min(left + 14, box.width - tip.offsetWidth - 6)) + "px";
    tip.style.top = (top + 22 + tip.offsetHeight > box.height ? top - tip.offsetHeight - 10 : top + 22) + "px";
  }

  map.frame.addEventListener("pointerdown", (event) => { pressed = { x: event.clientX, y: event.clientY }; }, true);
  map.frame.addEventListener("click", function (event) {
    if (pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > 6) {
      map.setMoved();
      return;
    }
    const subject = under(event);
    if (subject) { choose(subject, false); } else { leave(); }
  });
  map.frame.addEventListener("pointermove", function (event) {
    if (event.pointerType === "touch" || event.buttons) { return; }
    const subject = under(event);
    map.frame.classList.toggle("is-over", Boolean(subject));
    tell(event, subject);
    const key = subject ? subject.party || subject.line : "";
    if (key !== map.frame.dataset.over) {
      map.frame.dataset.over = key;
      map.hover(subject);
      for (const marked of document.querySelectorAll(".is-hovered")) { marked.classList.remove("is-hovered"); }
      const row = subject && rowOf(subject);
      if (row) { row.classList.add("is-hovered"); }
      if (subject && subject.party) {
        for (const name of document.querySelectorAll("a[data-party]")) {
          name.classList.toggle("is-hovered", name.dataset.party === subject.party);
        }
      }
    }
  });
  map.frame.addEventListener("pointerleave", function (event) {
    delete map.frame.dataset.over;
    tell(event, null);
    map.hover(null);
  });

  /* A plain wheel scrolls the page, with Ctrl (as a pinch on a touchpad sends it) it zooms. */
  map.frame.addEventListener("wheel", function (event) {
    if (!event.ctrlKey && !event.metaKey) { event.stopPropagation(); } else { map.setMoved(); }
  }, true);

  /* One finger scrolls the page, a tap chooses, two fingers move and zoom the map. */
  let fingers = null;
  const spread = (touches) => ({
    x: (touches[0].clientX + touches[1].clientX) / 2, y: (touches[0].clientY + touches[1].clientY) / 2,
    apart: Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY),
  });
  for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) {
    map.frame.addEventListener(kind, function (event) {
      if (event.pointerType === "touch") { event.stopPropagation(); }
    }, true);
  }
  map.frame.addEventListener("touchstart", function (event) {
    if (event.touches.length === 2) { event.preventDefault(); fingers = spread(event.touches); }
  }, { passive: false });
  map.frame.addEventListener("touchmove", function (event) {
    if (event.touches.length !== 2 || !fingers) { return; }
    event.preventDefault();
    const now = spread(event.touches);
    map.pan(fingers.x - now.x, fingers.y - now.y);
    map.network.moveTo({ scale: map.network.getScale() * now.apart / fingers.apart, animation: false });
    fingers = now;
  }, { passive: false });
  map.frame.addEventListener("touchend", () => { fingers = null; });

  /* --- keys --------------------------------------------------------------------------------- */
  const KEYS = {
    ArrowLeft: () => map.pan(-60, 0), ArrowRight: () => map.pan(60, 0),
    ArrowUp: () => map.pan(0, -60), ArrowDown: () => map.pan(0, 60),
    "+": () => map.zoom(1.25), "=": () => map.zoom(1.25), "-": () => map.zoom(0.8), "0": map.fit,
  };
  const STEPS = { ArrowLeft: [-20, 0], ArrowRight: [20, 0], ArrowUp: [0, -20], ArrowDown: [0, 20] };
  map.frame.addEventListener("keydown", function (event) {
    const step = STEPS[event.key];
    if (step && map.byHand() && map.chosen() && map.chosen().party && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      map.shift(map.chosen().party, step[0], step[1]);
      return;
    }
    if (KEYS[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      KEYS[event.key]();
    }
  });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") { leave(); } });

  /* --- the words around the map --------------------------------------------------------------- */
  for (const button of document.querySelectorAll("[data-map-zoom]")) {
    button.addEventListener("click", function () {
      const kind = button.dataset.mapZoom;
      if (kind === "fit") { map.fit(); } else { map.zoom(kind === "in" ? 1.25 : 0.8); }
    });
  }
  document.addEventListener("click", function (event) {
    const link = event.target.closest("a[data-party], a[data-line]");
    if (!link) { return; }
    const subject = subjectOf(link);
    if (panel && rowOf(subject)) {
      event.preventDefault();
      choose(subject, event.detail === 0);
      if (!panel.contains(link)) { map.frame.scrollIntoView({ block: "nearest" }); }
    }
  });
  for (const [kind, on] of [["pointerover", true], ["pointerout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(kind, function (event) {
      if (map.frame.contains(event.target) || event.pointerType === "touch") { return; }
      const subject = event.target.closest ? subjectOf(event.target) : null;
      if (subject) { map.hover(on ? subject : null); }
    });
  }
  if (finder) {
    const named = new Map();
    for (const option of finder.list.options) { named.set(option.value.toLowerCase(), option.dataset.for); }
    const go = function (party, byKeyboard) {
      if (map.nodes.has(party)) { choose({ party: party }, byKeyboard); return; }
      /* On the map but not on this picture: the page that draws them and their ties. */
      if (panel && panel.dataset.focusAddress) { window.location.assign(focusAddress(party)); }
    };
    const find = function (event) {
      const wanted = finder.value.trim().toLowerCase();
      const typing = event.type === "input";
      finder.setCustomValidity("");
      const near = typing ? [] : [...named].filter(([name]) => wanted && name.includes(wanted));
      const party = named.get(wanted) || (near.length && near[0][1]);
      if (party && (!typing || map.nodes.has(party))) { go(party, !typing); return; }
      if (!typing && wanted) {
        finder.setCustomValidity("Nobody of that name is on the map on this day.");
        finder.reportValidity();
      }
    };
    finder.addEventListener("input", find);
    finder.form.addEventListener("submit", function (event) { event.preventDefault(); find(event); });
    finder.form.noValidate = true;
  }
  for (const form of document.querySelectorAll("form[data-send-on-change]")) {
    form.addEventListener("change", function (event) {
      if (event.target.type !== "date" && !event.target.closest("[data-wait]")) { form.requestSubmit(); }
    });
    /* A date is complete at several moments while it is typed: wait until the reader moves on. */
    form.addEventListener("focusout", function (event) {
      const field = event.target;
      if (field.type === "date" && field.value && field.value !== field.defaultValue) { form.requestSubmit(); }
    });
    form.classList.add("sends-itself");
  }
})();
