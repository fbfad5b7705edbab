/* What the page can do beyond being read: search, filter, sort, decide, and move about in the picture.
   Without it every word of the report is there all the same. No text of the report becomes markup here. */
"use strict";
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const tools = byId("tools");
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  /* Search, filter, sort */
  const items = all(".item");
  const texts = new Map();
  const textOf = (item) => {
    if (!texts.has(item)) texts.set(item, plain(item.textContent));
    return texts.get(item);
  };
  const NAMES = { group: "groups", link: "links", finding: "findings", applicant: "applicants", evidence: "shared" };
  const filter = () => {
    const words = plain(byId("q").value).split(/\s+/).filter(Boolean);
    const least = Number(byId("least").value);
    const family = byId("family").value;
    const openOnly = byId("open").checked;
    const narrowed = words.length > 0 || least > 0 || family !== "" || openOnly;
    const counts = {};
    for (const item of items) {
      const kind = item.dataset.kind;
      const inGroup = kind === "link" && item.parentElement.closest(".group");
      const measured = item.dataset.level !== undefined;
      // Strength and kind concern links and groups alone; inside a group that is shown, all its links stay.
      let shown = inGroup || !measured || Number(item.dataset.level) >= least;
      if (shown && !inGroup && measured && family) shown = item.dataset.families.split(" ").includes(family);
      if (shown && !inGroup && words.length) shown = words.every((word) => textOf(item).includes(word));
      if (shown && openOnly) shown = stateOf(item) !== "dismissed";
      item.hidden = !shown;
      if (inGroup) continue;
      counts[kind] = counts[kind] || [0, 0];
      counts[kind][0] += shown ? 1 : 0;
      counts[kind][1] += 1;
    }
    const told = Object.entries(counts).map(([kind, [some, every]]) => `${some} of ${every} ${NAMES[kind]}`);
    byId("hits").textContent = narrowed ? `Shown: ${told.join(", ")}` : "";
  };
  const sort = () => {
    const list = byId("group-list");
    const order = byId("order").value;
    const name = (group) => group.querySelector("h3").textContent.trim();
    const number = (group) => Number(group.dataset.number);
    const before = {
      number: (a, b) => number(a) - number(b),
      size: (a, b) => b.dataset.size - a.dataset.size || number(a) - number(b),
      name: (a, b) => name(a).localeCompare(name(b)) || number(a) - number(b),
    };
    list.append(...all(".group", list).sort(before[order]));
  };
  let waiting;
  byId("q").addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(filter, 120); });
  for (const id of ["least", "family", "open"]) byId(id).addEventListener("change", filter);
  byId("order").addEventListener("change", sort);
  tools.addEventListener("submit", (event) => { event.preventDefault(); filter(); });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select");
    if (event.key === "/" && !typing && byId("slash").checked && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      byId("q").focus();
    } else if (event.key === "Escape" && event.target === byId("q") && byId("q").value) {
      byId("q").value = "";
      filter();
    }
  });
  const reveal = () => {
    const target = location.hash && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) {
      at.hidden = false;
      if (at.tagName === "DETAILS") at.open = true;
    }
    target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);

  /* Decisions */
  const decisions = new Map();
  const key = (about, id) => `${about} ${id}`;
  const stateOf = (item) => decisions.get(key(item.dataset.about, item.dataset.id))?.state;
  for (const kept of JSON.parse(tools.dataset.kept || "[]")) decisions.set(key(kept.about, kept.id), kept);
  for (const { dataset: d } of all("[data-state]"))
    decisions.set(key(d.about, d.id), entry(d, d.state, d.note, d.by, d.on));
  function entry(d, state, note, by, on) {
    const made = { about: d.about, id: d.id, state };
    if (note) made.note = note;
    if (by) made.by = by;
    if (on) made.on = on;
    if (d.about === "link") made.evidence = d.evidence.split(" ");
    return made;
  }
  let changes = 0;
  const decide = (item, state, note) => {
    const d = item.dataset;
    if (state) decisions.set(key(d.about, d.id), entry(d, state, note, "", new Date().toISOString().slice(0, 10)));
    else decisions.delete(key(d.about, d.id));
    changes += 1;
    for (const same of all(`[data-id="${CSS.escape(d.id)}"]`)) show(same);
    byId("decisions").hidden = false;
    byId("changed").textContent = `${changes} ${changes === 1 ? "change" : "changes"} not saved.`;
  };
  const show = (item) => {
    const state = stateOf(item);
    item.classList.toggle("is-dismissed", state === "dismissed");
    const tray = item.querySelector(":scope > .review");
    if (!tray) return;
    const dismiss = tray.querySelector(".dismiss");
    dismiss.setAttribute("aria-pressed", String(state === "dismissed"));
    dismiss.textContent = state === "dismissed" ? "Dismissed" : "Dismiss";
  };
  const equip = (item) => {
    if (item.querySelector(":scope > .review")) return;
    const tray = byId("review").content.firstElementChild.cloneNode(true);
    const [dismiss, note] = all("button", tray);
    const label = tray.querySelector("label");
    const area = tray.querySelector("textarea");
    const title = item.querySelector("h3, h4, .pair, p");
    const what = title ? title.textContent.trim().slice(0, 80) : item.dataset.about;
    dismiss.setAttribute("aria-label", `Dismiss: ${what}`);
    note.setAttribute("aria-label", `Note: ${what}`);
    area.value = item.dataset.note || "";
    dismiss.addEventListener("click", () => {
      const undo = stateOf(item) === "dismissed";
      decide(item, undo ? (area.value.trim() ? "noted" : "") : "dismissed", area.value.trim());
      if (!undo) open(true);
    });
    const open = (shown) => {
      label.hidden = !shown;
      note.setAttribute("aria-expanded", String(shown));
      if (shown) area.focus({ preventScroll: true });
    };
    note.addEventListener("click", () => open(label.hidden));
    area.addEventListener("change", () => {
      const state = stateOf(item) === "dismissed" ? "dismissed" : area.value.trim() ? "noted" : "";
      decide(item, state, area.value.trim());
    });
    const summary = item.querySelector(":scope > summary");
    if (summary) summary.after(tray);
    else item.append(tray);
    show(item);
  };
  const equipAll = (root) => {
    for (const item of all("[data-about]", root))
      if (item.dataset.id && !item.parentElement.closest("details:not([open])")) equip(item);
  };
  document.addEventListener("toggle", (event) => {
    if (event.target.open) equipAll(event.target.parentElement);
  }, true);
  byId("decisions").addEventListener("submit", (event) => {
    event.preventDefault();
    const by = byId("by").value.trim();
    const saved = [...decisions.values()]
      .map((made) => (made.by || !by ? made : { ...made, by }))
      .sort((a, b) => (key(a.about, a.id) < key(b.about, b.id) ? -1 : 1));
    const text = JSON.stringify({ schema: "decisions/1", decisions: saved }, null, 2) + "\n";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = "decisions.json";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    changes = 0;
    byId("changed").textContent = "Saved.";
  });
  addEventListener("beforeunload", (event) => { if (changes) event.preventDefault(); });

  /* The picture */
  const figure = byId("network");
  if (figure) {
    const svg = figure.querySelector("svg");
    const whole = svg.getAttribute("viewBox").split(" ").map(Number);
    let view = [...whole];
    const draw = () => {
      svg.setAttribute("viewBox", view.map((x) => x.toFixed(1)).join(" "));
      figure.classList.toggle("near", svg.clientWidth / view[2] > 1.1);
    };
    const at = (event) => {
      const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      return [point.x, point.y];
    };
    const zoom = (by, [x, y] = [view[0] + view[2] / 2, view[1] + view[3] / 2]) => {
      const width = Math.min(whole[2], Math.max(whole[2] / 40, view[2] / by));
      const share = width / view[2];
      view = [x - (x - view[0]) * share, y - (y - view[1]) * share, width, view[3] * share];
      draw();
    };
    byId("steer").hidden = false;
    byId("steer").addEventListener("click", ({ target }) => {
      const by = Number(target.dataset.zoom);
      if (target.dataset.zoom === "0") { view = [...whole]; draw(); } else if (by) zoom(by);
    });
    svg.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoom(event.deltaY < 0 ? 1.25 : 0.8, at(event));
    }, { passive: false });
    let from = null;
    let moved = false;
    svg.addEventListener("pointerdown", (event) => { if (event.pointerType === "mouse") { from = at(event); moved = false; } });
    addEventListener("pointermove", (event) => {
      if (!from) return;
      const [x, y] = at(event);
      if (Math.hypot(x - from[0], y - from[1]) * svg.clientWidth / view[2] > 4) moved = true;
      if (!moved) return;
      view = [view[0] + from[0] - x, view[1] + from[1] - y, view[2], view[3]];
      draw();
    });
    addEventListener("pointerup", () => { from = null; });
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("click", (event) => { if (moved) event.preventDefault(); moved = false; }, true);
    draw();
  }

  tools.hidden = false;
  equipAll(document);
  reveal();
})();
