// The plan as a drawing: one group a thing, laid in layers, changed only where its facts changed.
import { boxOf, idOf, isPlaced, nameOf } from "./things.js";
import { metres } from "./geometry.js";
import { filled, said } from "./words.js";

const NS = "http://www.w3.org/2000/svg";
const LAYERS = ["water", "zone", "fire_lane", "route", "stage", "booth", "facility", "label"];
const TYPE = 17; // size of the words in a booth
const FOOT = 14.5; // and of the line at its foot
const CAP = 26; // height of the bar with its code
const STAGE_TYPE = 16;
const LEGIBLE = 6; // pixels below which words in a booth are left out
const HEAVY = [0.01, 2, 5, 10]; // kW from which a booth looks heavier on the layer of power

export function node(name, attributes = {}, ...children) {
  const made = document.createElementNS(NS, name);
  set(made, attributes);
  made.append(...children);
  return made;
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (element.getAttribute(name) !== String(value)) {
      element.setAttribute(name, value);
    }
  }
}

export class Drawing {
  constructor(svg, over, data, language) {
    this.svg = svg;
    this.data = data;
    this.language = language;
    this.groups = new Map();
    this.drawn = new Map(); // id -> facts as they are drawn
    this.layer = "category";
    const grid = node("pattern", { id: "p-grid", width: 20, height: 20, patternUnits: "userSpaceOnUse" });
    grid.append(node("path", { class: "pl-grid", d: "M20 0H0V20", fill: "none" }));
    const lane = node("pattern", {
      id: "p-lane", width: 12, height: 12, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
    });
    lane.append(node("path", { class: "pl-stripe", d: "M0 0h5v12H0z" }));
    const arrow = node("marker", {
      id: "p-arrow", viewBox: "0 0 10 10", refX: 8, refY: 5, markerWidth: 5, markerHeight: 5, orient: "auto",
    });
    arrow.append(node("path", { class: "pl-arrow", d: "M0 0 10 5 0 10z" }));
    const { x, y, w, h } = data.ground;
    const box = { x, y, width: w, height: h };
    this.picture = node("g", {});
    svg.replaceChildren(
      node("defs", {}, grid, lane, arrow),
      node("rect", { class: "pl-ground", ...box }),
      this.picture,
      node("rect", { class: "pl-squares", fill: "url(#p-grid)", ...box }),
    );
    this.layers = Object.fromEntries(LAYERS.map((name) => [name, node("g", {})]));
    svg.append(...Object.values(this.layers));
    this.carried = new Map(); // id -> what is being moved: its likeness over the plan, and its facts there
    this.marks = new Map();
    [this.marked, this.air, this.overlay] = [node("g"), node("g"), node("g")];
    over.replaceChildren(this.marked, this.air, this.overlay);
  }

  // Lays a photo or a drawing of the ground under everything.
  lay(address) {
    const { x, y, w, h } = this.data.ground;
    const image = { href: address, x, y, width: w, height: h, preserveAspectRatio: "none", class: "pl-photo" };
    this.picture.replaceChildren(...(address ? [node("image", image)] : []));
  }

  get(id) {
    return this.groups.get(id);
  }

  // Draws a thing anew where its facts are others; without facts it is taken away.
  draw(id, thing) {
    let group = this.groups.get(id);
    if (!thing || !isPlaced(thing)) {
      if (group) {
        group.remove();
        this.groups.delete(id);
        this.drawn.delete(id);
      }
      return;
    }
    if (this.drawn.get(id) === thing.facts) {
      return;
    }
    if (!group) {
      group = node("g", { class: `pl-thing pl-${thing.kind}`, "data-id": id, tabindex: 0, role: "button" });
      this.groups.set(id, group);
      this.into(group, thing);
    }
    const before = this.drawn.get(id);
    this.drawn.set(id, thing.facts);
    const box = boxOf(thing);
    group.classList.remove("is-out");
    set(group, { transform: `translate(${box.x} ${box.y})` });
    if (!before || !onlyMoved(before, thing.facts)) {
      this.fill(group, thing, box);
    }
  }

  // Puts a group in its layer, in the order of its code: Tab goes that way.
  into(group, thing) {
    const layer = this.layers[thing.kind === "shape" ? thing.facts.kind : thing.kind];
    group.dataset.code = thing.facts.code || "";
    const collator = this.collator || (this.collator = new Intl.Collator("en", { numeric: true }));
    const next = [...layer.children].find((other) => collator.compare(other.dataset.code, group.dataset.code) > 0);
    layer.insertBefore(group, next || null);
  }

  fill(group, thing, box) {
    const parts = {
      zone: this.zone, booth: this.booth, stage: this.stage, facility: this.facility, shape: this.shape,
    }[thing.kind].call(this, thing, box);
    group.replaceChildren(...parts);
    group.dataset.zone = thing.kind === "zone" ? thing.facts.code : thing.facts.zone || "";
    this.label(group, thing, group.classList.contains("has-warn"));
  }

  label(group, thing, warned) {
    const { words } = this.data;
    const name = nameOf(thing, this.language);
    const kind = words[thing.kind === "shape" ? thing.facts.kind : thing.kind];
    set(group, { "aria-label": `${kind} ${name}${warned ? words.warned : ""}` });
  }

  // Leaves out words that nobody could read, or sees: browsers lay out all words of a drawing for each movement in it.
  cull(view) {
    this.svg.classList.toggle("is-far", TYPE / view.unit < LEGIBLE);
    const { x, y, w, h } = view.box;
    for (const [id, group] of this.groups) {
      const box = boxOf({ kind: group.dataset.id.split(" ")[0], facts: this.drawn.get(id) });
      const out = box.x > x + w || box.y > y + h || box.x + box.w < x || box.y + box.h < y;
      if (out !== group.classList.contains("is-out")) {
        group.classList.toggle("is-out", out);
      }
    }
  }

  // Lifts likenesses of things off the plan, to be moved without laying out all others; what lies below pales.
  lift(things) {
    for (const thing of things) {
      const group = this.groups.get(idOf(thing));
      const likeness = group.cloneNode(true);
      ["data-id", "data-code", "tabindex", "role"].forEach((name) => likeness.removeAttribute(name));
      likeness.classList.remove("is-sel", "has-warn");
      group.classList.add("is-lifted");
      this.air.append(likeness);
      this.carried.set(idOf(thing), { group: likeness, facts: thing.facts });
    }
  }

  // Shows a lifted thing with other facts.
  hover(id, thing) {
    const likeness = this.carried.get(id);
    const box = boxOf(thing);
    set(likeness.group, { transform: `translate(${box.x} ${box.y})` });
    if (!onlyMoved(likeness.facts, thing.facts)) {
      this.fill(likeness.group, thing, box);
    }
    likeness.facts = thing.facts;
  }

  drop() {
    for (const id of this.carried.keys()) {
      this.groups.get(id).classList.remove("is-lifted");
    }
    this.carried.clear();
    this.air.replaceChildren();
  }

  // Frames the booths and stages that break a rule, where they are now.
  frame(boxes) {
    for (const [id, mark] of this.marks) {
      if (!boxes.has(id)) {
        mark.remove();
        this.marks.delete(id);
      }
    }
    for (const [id, { x, y, w, h }] of boxes) {
      const mark = this.marks.get(id) || node("rect", { class: "pl-warned", rx: 4 });
      set(mark, { x, y, width: w, height: h });
      if (!this.marks.has(id)) {
        this.marks.set(id, mark);
        this.marked.append(mark);
      }
    }
  }

  // Marks what breaks a rule; the word goes with the look.
  warn(id, thing, warned) {
    const group = this.groups.get(id);
    if (group && group.classList.contains("has-warn") !== warned) {
      group.classList.toggle("has-warn", warned);
      this.label(group, thing, warned);
    }
  }

  choose(ids) {
    for (const [id, group] of this.groups) {
      const chosen = ids.has(id);
      if (group.classList.contains("is-sel") !== chosen) {
        group.classList.toggle("is-sel", chosen);
        set(group, { "aria-pressed": chosen });
      }
    }
  }

  // Looks at booths another way.
  look(layer, things) {
    this.layer = layer;
    for (const thing of things.filter((one) => one.kind === "booth")) {
      const id = idOf(thing);
      this.drawn.delete(id);
      this.draw(id, thing);
    }
  }

  zone({ facts }, box) {
    const head = node("text", { x: 12, y: 27 });
    head.textContent = nameOf({ facts }, this.language);
    return [outline(box, 6), head];
  }

  booth({ facts }, box) {
    const cap = `M0 4a4 4 0 0 1 4-4h${box.w - 8}a4 4 0 0 1 4 4v${CAP - 4}H0z`;
    const code = node("text", { class: "is-code", x: 7, y: 19 });
    code.textContent = facts.code;
    const parts = [outline(box, 4), node("path", { class: "is-cap", d: cap }), code];
    if (facts.open_flame && box.w > 76) {
      parts.push(this.icon("flame", box.w - 24, 4));
    }
    const name = nameOf({ facts: { ...facts, code: "" } }, this.language);
    const room = Math.max(Math.floor((box.h - CAP - 30) / 21), 0);
    wrapped(name, (box.w - 14) / TYPE).slice(0, room).forEach((line, nth) => {
      const text = node("text", { x: 7, y: CAP + 24 + 21 * nth });
      text.textContent = line;
      parts.push(text);
    });
    const foot = node("text", { class: "is-kw", x: 7, y: box.h - 10 });
    foot.textContent = this.foot(facts);
    parts.push(foot, node("rect", { class: "is-ring", x: -5, y: -5, width: box.w + 10, height: box.h + 10, rx: 7 }));
    const heavy = HEAVY.filter((least) => facts.power_kw >= least).length;
    parts[0].dataset.look = { category: facts.category, power: `kw${heavy}`, state: facts.status }[this.layer];
    return parts;
  }

  foot(facts) {
    if (this.layer === "state") {
      return this.data.statuses[facts.status] || facts.status;
    }
    const kw = `${said(facts.power_kw)} kW`;
    const more = this.layer === "power" ? facts.circuit : this.data.categories[facts.category] || facts.category;
    const both = more ? `${more} ${kw}` : kw;
    return wide(both) * FOOT <= facts.map_w - 14 ? both : kw;
  }

  stage({ facts }, box) {
    const lines = wrapped(nameOf({ facts }, this.language), (box.w - 8) / STAGE_TYPE);
    lines.push(filled(this.data.words.people, { count: facts.audience_capacity }));
    const first = box.h / 2 - (lines.length / 2 - 0.8) * 20;
    const told = lines.map((line, nth) => {
      const text = node("text", { x: box.w / 2, y: first + 20 * nth, "text-anchor": "middle" });
      text.textContent = line;
      return text;
    });
    return [outline(box, 4), ...told];
  }

  facility({ facts }) {
    const { x, w } = this.data.ground;
    const left = facts.x > x + w * 0.75 || this.isFollowed(facts); // the words stay on the plan, and apart
    const name = node("text", { x: left ? -20 : 20, y: 5, "text-anchor": left ? "end" : "start" });
    name.textContent = nameOf({ facts }, this.language);
    return [
      node("circle", { class: "is-box", r: 14 }),
      this.icon(this.data.icons[facts.kind] || "pin", -9, -9),
      name,
      node("circle", { class: "is-ring", r: 20 }),
    ];
  }

  // Whether another facility stood, as the plan was opened, where words to the right would run into it.
  isFollowed({ x, y }) {
    return this.data.things.some(({ kind, facts }) => (
      kind === "facility" && facts.x > x && facts.x - x < 120 && Math.abs(facts.y - y) < 20
    ));
  }

  shape({ facts }, box) {
    const ring = node("rect", { class: "is-ring", x: -5, y: -5, width: box.w + 10, height: box.h + 10, rx: 4 });
    if (facts.kind === "route") {
      const way = facts.points.map(([across, down]) => `${across - box.x} ${down - box.y}`).join("L");
      const [x, y] = facts.points[0];
      const left = x > this.data.ground.x + this.data.ground.w * 0.75;
      const name = node("text", {
        class: "pl-routetx", x: x - box.x + (left ? -8 : 8), y: y - box.y - 24, "text-anchor": left ? "end" : "start",
      });
      name.textContent = nameOf({ facts }, this.language);
      return [
        node("path", { class: "pl-wide", d: `M${way}` }),
        node("path", { class: "pl-way is-box", d: `M${way}`, "marker-end": "url(#p-arrow)" }),
        name,
        ring,
      ];
    }
    const low = facts.kind === "fire_lane" && box.h > 40 ? box.h - 8 : box.h / 2 + 6; // facilities stand above
    const text = node("text", { x: box.w / 2, y: low, "text-anchor": "middle", class: `pl-${facts.kind}tx` });
    text.textContent = facts.kind === "fire_lane"
      ? filled(this.data.words.lane, { name: nameOf({ facts }, this.language), metres: metres(Math.min(box.w, box.h)) })
      : nameOf({ facts }, this.language);
    return [node("rect", { class: `pl-${facts.kind} is-box`, width: box.w, height: box.h, rx: 4 }), text, ring];
  }

  icon(name, x, y) {
    return node("use", { href: `${this.data.sprite}#${name}`, x, y, width: 18, height: 18, class: "pl-icon" });
  }

  // What lies over the plan while something is done: handles, guides, a measure, a frame.
  over({ handles = [], points = [], guides = [], measure = null, marquee = null, unit = 1 }) {
    const parts = [];
    for (const { axis, at, from, to } of guides) {
      parts.push(node("path", { class: "pl-guide", d: axis === "x" ? `M${at} ${from}V${to}` : `M${from} ${at}H${to}` }));
    }
    const size = 10 * unit;
    for (const [corner, at] of handles) {
      const place = { x: at.x - size / 2, y: at.y - size / 2, width: size, height: size };
      parts.push(node("rect", { class: `pl-handle is-${corner}`, "data-corner": corner, ...place }));
    }
    points.forEach(([px, py], nth) => {
      parts.push(node("circle", { class: "pl-handle is-point", "data-point": nth, cx: px, cy: py, r: size * 0.6 }));
    });
    if (marquee) {
      parts.push(node("rect", { class: "pl-marquee", x: marquee.x, y: marquee.y, width: marquee.w, height: marquee.h }));
    }
    if (measure) {
      const [from, to] = measure;
      parts.push(node("path", { class: "pl-dist", d: `M${from.x} ${from.y}L${to.x} ${to.y}` }));
      const text = node("text", {
        class: "pl-disttx", x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - 8, "text-anchor": "middle",
      });
      text.textContent = filled(this.data.words.metres, { metres: metres(Math.hypot(to.x - from.x, to.y - from.y)) });
      parts.push(text);
    }
    this.overlay.replaceChildren(...parts);
  }
}

// A facility, which has a point and no box, is always drawn anew: its words change sides near the plan's edge.
function onlyMoved(before, after) {
  return Object.keys(before).every((name) => /^map_[xy]$/.test(name) || before[name] === after[name]);
}

function outline(box, round) {
  return node("rect", { class: "is-box", width: box.w, height: box.h, rx: round });
}

// Breaks a name into lines of so many ems: between any two Chinese signs, else at blanks and hyphens.
function wrapped(name, ems) {
  const pieces = name.match(/[\u2e80-\uffff]|[^\s\u2e80-\uffff-]+(-|\s*)|[\s-]+/g) || [];
  const lines = [""];
  for (const piece of pieces) {
    const line = lines[lines.length - 1];
    if (line && wide(line + piece.trimEnd()) > ems) {
      lines.push(piece);
    } else {
      lines[lines.length - 1] = line + piece;
    }
  }
  return lines.map((line) => cut(line.trim(), ems)).filter(Boolean);
}

// Leaves out the end of a line that is too long.
function cut(line, ems) {
  let shorter = line;
  while (shorter && wide(shorter) > ems) {
    shorter = shorter.slice(0, -1);
  }
  return shorter === line ? line : `${shorter.slice(0, -1)}…`;
}

// How many ems a text takes, about.
function wide(text) {
  return [...text].reduce((sum, sign) => sum + (sign > "\u2e80" ? 1 : 0.58), 0);
}
