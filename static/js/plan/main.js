// The floor plan's editor: its parts put together, and the acts that buttons and keys share.
import { Drawing } from "./draw.js";
import { center, contains, readingOrder, right, UNIT } from "./geometry.js";
import { listen } from "./keys.js";
import { Panel } from "./panel.js";
import { handlesOf, Pointer } from "./pointer.js";
import { warnings } from "./rules.js";
import { Saving } from "./saving.js";
import { lined } from "./snap.js";
import { Store } from "./store.js";
import { along, asked, boxOf, idOf, isPlaced, made, nameOf, newKey, nextCode, put, rotated } from "./things.js";
import { View } from "./view.js";
import { filled } from "./words.js";

const find = (name) => document.querySelector(`[data-${name}]`);
const SHAPES = ["fire_lane", "water", "label", "route"];

class Editor {
  constructor(page, data) {
    this.data = data;
    this.words = data.words;
    this.language = document.documentElement.lang.startsWith("zh") ? "zh" : "en";
    this.booths = page.dataset.booths;
    data.sprite = page.dataset.icons;
    this.snap = true;
    this.ids = new Set();
    this.warned = new Set();
    this.gathering = false;
    this.store = new Store(data.things);
    this.drawing = new Drawing(find("plan"), find("over"), data, this.language);
    this.view = new View(this.drawing.svg, find("over"), data.ground, (zoom) => {
      find("zoom").textContent = `${Math.round(zoom * 100)}%`;
      this.drawing.cull(this.view);
    });
    window.addEventListener("resize", () => this.drawing.cull(this.view));
    this.drawing.lay(data.background);
    this.panel = new Panel(this);
    this.pointer = new Pointer(this);
    this.saving = new Saving(this, page);
    this.store.listeners.push((ids) => this.changed(ids));
    listen(this);
    this.buttons();
    this.changed(this.store.things.map(idOf));
    this.view.fit(this.store.things.map(boxOf).filter(Boolean));
    this.saving.offer();
  }

  get chosen() {
    return [...this.ids].map((id) => this.store.get(id)).filter(Boolean);
  }

  nameOf(thing) {
    return nameOf(thing, this.language);
  }

  icon(name) {
    const made_ = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    made_.setAttribute("aria-hidden", "true");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    use.setAttribute("href", `${this.data.sprite}#${name}`);
    made_.append(use);
    return made_;
  }

  buttons() {
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act], [data-align], button[data-tool]");
      if (!button) {
        return;
      }
      if (button.dataset.act) {
        this.act(button.dataset.act);
      } else if (button.dataset.align) {
        this.align(button.dataset.align);
        button.closest("details").open = false;
      } else {
        this.use(button.dataset.tool, event.detail === 0);
      }
    });
    find("layer").addEventListener("change", (event) => this.drawing.look(event.target.value, this.store.things));
  }

  // One name for what buttons and keys do.
  act(name) {
    const acts = {
      undo: () => this.back(this.store.undo(), this.words.undone),
      redo: () => this.back(this.store.redo(), this.words.redone),
      rotate: () => this.change((thing) => rotated(thing)),
      remove: () => this.remove(),
      copy: () => this.copy(),
      number: () => this.number(),
      place: () => this.placeStage(),
      point: () => this.point(),
      unpoint: () => this.unpoint(),
      snap: () => this.toggleSnap(),
      larger: () => this.zoom(1.4),
      smaller: () => this.zoom(1 / 1.4),
      whole: () => this.zoom(0),
      save: () => this.saving.save(),
      restore: () => this.saving.restore(),
      forget: () => this.saving.forget(),
      resolve: () => this.saving.resolve(),
      later: () => find("conflict").close(),
      shut: () => find("help").close(),
    };
    acts[name]();
  }

  // Chooses a tool; by keys a new thing comes to the middle of the view at once.
  use(tool, byKey) {
    if (byKey && !["select", "pan", "measure"].includes(tool)) {
      const zone = this.chosen.length === 1 && this.chosen[0].kind === "zone" && tool !== "zone" ? this.chosen[0] : null;
      const { x, y } = zone ? center(boxOf(zone)) : this.view.center;
      if (tool === "route") {
        const id = this.extend(null, { x: x - 5 * UNIT, y });
        this.extend(id, { x: x + 5 * UNIT, y });
      } else {
        this.place(tool, { x, y });
      }
      this.pointer.use("select");
      return;
    }
    this.pointer.use(tool);
  }

  choose(ids) {
    this.ids = new Set(ids.filter((id) => this.store.get(id)));
    if (this.ids.size < 2) {
      this.gathering = false;
    }
    this.drawing.choose(this.ids);
    this.panel.show();
    this.marks();
    this.overlay({});
    this.status();
  }

  gather(on) {
    this.gathering = on;
  }

  marks() {
    for (const button of document.querySelectorAll("[data-list] [data-go]")) {
      button.setAttribute("aria-pressed", String(this.ids.has(button.dataset.go)));
    }
  }

  reveal(id, focus = true) {
    const thing = this.store.get(id);
    if (!thing || !isPlaced(thing)) {
      return;
    }
    this.view.reveal(boxOf(thing));
    if (focus && window.matchMedia("(min-width: 760px)").matches) {
      this.drawing.get(id).focus({ preventScroll: true });
    } else if (focus) {
      find("title").scrollIntoView({ block: "start" });
    }
  }

  enter(id) {
    this.choose([id]);
    const field = document.querySelector("[data-form] [data-f]:not([readonly])");
    const shown = [...document.querySelectorAll("[data-form] [data-f]")].find((one) => one.offsetParent && !one.readOnly);
    (shown || field).focus();
  }

  escape() {
    if (this.pointer.cancel()) {
      this.say(this.words.dropped);
    } else if (this.pointer.tool === "select") {
      this.choose([]);
    }
    this.pointer.use("select");
  }

  // Things with what lies in them: a zone takes its booths and stages along.
  withContents(things) {
    const zones = new Set(things.filter((thing) => thing.kind === "zone").map((thing) => thing.facts.code));
    const inside = this.store.things.filter((thing) => zones.has(thing.facts.zone) && thing.may && isPlaced(thing));
    return [...new Set([...things, ...inside])];
  }

  step(after, name = "") {
    if (this.store.step(after, name)) {
      this.tellPlace(Object.keys(after));
    }
  }

  change(act) {
    const chosen = this.chosen.filter((thing) => thing.may && isPlaced(thing));
    this.step(Object.fromEntries(chosen.map((thing) => [idOf(thing), act(thing)])));
  }

  // Shows facts that are not settled yet: what is dragged, with the warnings that it would give.
  preview(after, over) {
    const ids = Object.keys(after);
    if (!ids.length) {
      this.drawing.drop();
    } else if (!this.previewed) {
      this.drawing.lift(ids.map((id) => this.store.get(id)));
    }
    this.previewed = ids.length ? after : null;
    const things = this.store.things.map((thing) => (after[idOf(thing)] ? { ...thing, facts: after[idOf(thing)] } : thing));
    const held = things.filter((thing) => after[idOf(thing)]);
    held.forEach((thing) => this.drawing.hover(idOf(thing), thing));
    this.judge(things);
    this.overlay(over);
    if (held.length === 1) {
      this.status(held[0]);
    }
  }

  settle(after) {
    this.previewed = null;
    this.drawing.drop();
    if (this.store.step(after)) {
      this.tellPlace(Object.keys(after));
    } else {
      this.changed(Object.keys(after));
    }
  }

  // After every change: draw it, judge the plan, say how things stand.
  changed(ids) {
    this.ids = new Set([...this.ids].filter((id) => this.store.get(id)));
    ids.forEach((id) => this.drawing.draw(id, this.store.get(id)));
    const things = this.store.things;
    this.judge(things);
    this.panel.load(asked(things, this.data.circuits));
    this.panel.list();
    this.drawing.choose(this.ids);
    this.panel.show();
    this.overlay({});
    this.status();
    this.saving.changed();
    for (const [name, steps] of [["undo", this.store.past], ["redo", this.store.future]]) {
      const button = document.querySelector(`[data-act="${name}"]`);
      if (button) {
        button.disabled = !steps.length;
      }
    }
  }

  judge(things) {
    const breaches = warnings(asked(things, this.data.circuits), this.data.ground);
    const warned = new Set();
    for (const breach of breaches) {
      breach.of.forEach(([kind, key]) => warned.add(`${kind === "lane" ? "shape" : kind} ${key}`));
    }
    for (const id of new Set([...warned, ...this.warned])) {
      this.drawing.warn(id, this.store.get(id), warned.has(id));
    }
    this.warned = warned;
    const standing = things.filter((thing) => ["booth", "stage"].includes(thing.kind) && warned.has(idOf(thing)));
    this.drawing.frame(new Map(standing.map((thing) => [idOf(thing), boxOf(thing)])));
    this.panel.warn(breaches);
  }

  overlay(over) {
    const chosen = this.previewed ? [] : this.chosen;
    this.drawing.over({ ...handlesOf(chosen), ...over, unit: this.view.unit });
  }

  status(thing = this.chosen.length === 1 ? this.chosen[0] : null) {
    const box = thing && boxOf(thing);
    const told = find("told");
    if (!box) {
      told.textContent = this.ids.size > 1 ? filled(this.words.chosen, { count: this.ids.size }) : this.words.square;
      return;
    }
    const [x, y, w, h] = [box.x, box.y, box.w, box.h].map((side) => Math.round((side / UNIT) * 100) / 100);
    told.textContent = filled(box.w ? this.words.lies : this.words.stands, { name: this.nameOf(thing), x, y, w, h });
  }

  tellPlace(ids) {
    const thing = this.store.get(ids[0]);
    if (ids.length > 1) {
      this.say(filled(this.words.changed_many, { count: ids.length }));
    } else if (thing && boxOf(thing)) {
      this.status(thing);
      this.say(find("told").textContent);
    }
  }

  say(text) {
    const toast = find("toast");
    toast.textContent = text;
    toast.hidden = false;
    window.clearTimeout(this.silence);
    this.silence = window.setTimeout(() => { toast.hidden = true; }, 6000);
  }

  back(ids, words) {
    if (ids) {
      this.choose(ids);
      this.say(filled(words, { count: ids.length }));
    }
  }

  remove() {
    const chosen = this.chosen.filter((thing) => thing.may);
    if (chosen.length) {
      this.step(Object.fromEntries(chosen.map((thing) => [idOf(thing), null])));
      this.choose([]);
      this.say(filled(this.words.removed, { count: chosen.length }));
    }
  }

  // Puts one more booth of the same kind beside each that is chosen.
  copy() {
    const ids = [];
    for (const thing of this.chosen.filter((one) => one.kind === "booth" && one.may)) {
      const box = boxOf(thing);
      const facts = put(thing, { ...box, x: right(box) + UNIT / 2 });
      const code = nextCode(this.store.things, facts.zone);
      ids.push(this.store.add("booth", newKey("booth"), { ...facts, code, delegation: null, status: "planned" }));
    }
    if (ids.length) {
      this.choose(ids);
      this.reveal(ids[0]);
    }
  }

  // Numbers a zone's booths as people read: row by row, from the left.
  number() {
    const [zone] = this.chosen;
    const booths = this.store.things.filter((thing) => thing.kind === "booth" && thing.facts.zone === zone.facts.code);
    const ordered = readingOrder(booths.map((thing) => ({ thing, box: boxOf(thing) })));
    const digits = Math.max(2, String(ordered.length).length);
    this.step(Object.fromEntries(ordered.map(({ thing }, nth) => [
      idOf(thing), { ...thing.facts, code: `${zone.facts.code}-${String(nth + 1).padStart(digits, "0")}` },
    ])));
    this.say(filled(this.words.numbered, { count: ordered.length, zone: zone.facts.code }));
  }

  align(how) {
    const chosen = this.chosen.filter((thing) => thing.may && isPlaced(thing));
    if (chosen.length < 2) {
      this.say(this.words.choose_two);
      return;
    }
    const boxes = lined(Object.fromEntries(chosen.map((thing) => [idOf(thing), boxOf(thing)])), how);
    this.step(Object.fromEntries(chosen.map((thing) => [idOf(thing), put(thing, boxes[idOf(thing)])])));
  }

  toggleSnap() {
    this.snap = !this.snap;
    document.querySelector('[data-act="snap"]').setAttribute("aria-pressed", String(this.snap));
  }

  zoom(by) {
    if (by) {
      this.view.scale(by);
    } else {
      this.view.show(this.view.whole);
    }
    this.overlay({});
  }

  // Puts a new thing on the plan, chosen, its form beside it.
  place(tool, at) {
    const kind = SHAPES.includes(tool) ? "shape" : tool;
    const zone = this.zoneAt(at);
    if (["booth", "stage"].includes(kind) && !zone) {
      this.say(this.words.no_zone);
      return;
    }
    const things = this.store.things;
    const code = kind === "booth" ? nextCode(things, zone) : freeCode(things, kind);
    const facts = made(kind, tool, at, this.words, zone, code);
    const id = this.store.add(kind, newKey(kind), facts);
    this.choose([id]);
    this.reveal(id);
    this.say(filled(this.words.added, { name: this.nameOf(this.store.get(id)) }));
  }

  placeStage() {
    const [stage] = this.chosen;
    const { x, y } = this.view.center;
    this.step({ [idOf(stage)]: { ...stage.facts, map_x: x - 3 * UNIT, map_y: y - 2 * UNIT, map_w: 6 * UNIT, map_h: 4 * UNIT } });
  }

  // Adds a point to a route, or begins one.
  extend(id, at) {
    if (!id) {
      const facts = made("shape", "route", at, this.words, null, "");
      const points = [[at.x, at.y], [at.x + UNIT / 2, at.y]];
      const begun = this.store.add("shape", newKey("shape"), along({ ...facts, points }));
      this.fresh = begun;
      this.choose([begun]);
      return begun;
    }
    const { facts } = this.store.get(id);
    const points = this.fresh === id ? [facts.points[0], [at.x, at.y]] : [...facts.points, [at.x, at.y]];
    this.fresh = null;
    this.step({ [id]: along({ ...facts, points }) });
    return id;
  }

  point() {
    const [route] = this.chosen;
    const [x, y] = route.facts.points[route.facts.points.length - 1];
    this.step({ [idOf(route)]: along({ ...route.facts, points: [...route.facts.points, [x + 2 * UNIT, y]] }) });
  }

  unpoint() {
    const [route] = this.chosen;
    if (route.facts.points.length > 2) {
      this.step({ [idOf(route)]: along({ ...route.facts, points: route.facts.points.slice(0, -1) }) });
    } else {
      this.say(this.words.two_points);
    }
  }

  // The zone under a point, else the one that the reader may build in.
  zoneAt(at) {
    const mine = this.store.things.filter((thing) => thing.kind === "zone" && (this.data.may_draw || this.data.zones.includes(thing.facts.code)));
    const here = mine.find((thing) => contains(boxOf(thing), { ...at, w: 0, h: 0 }));
    const chosen = this.chosen.find((thing) => thing.kind === "zone" || thing.facts.zone);
    const other = chosen && mine.find((thing) => thing.facts.code === (chosen.facts.zone || chosen.facts.code));
    const zone = here || other || mine[0];
    return zone ? zone.facts.code : null;
  }
}

// The first free code of a zone (a letter) or a stage (S and a number).
function freeCode(things, kind) {
  const taken = new Set(things.filter((thing) => thing.kind === kind).map((thing) => thing.facts.code));
  const letters = kind === "zone" ? [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"] : [];
  const numbered = Array.from({ length: taken.size + 1 }, (_none, nth) => `${kind === "zone" ? "Z" : "S"}${nth + 1}`);
  return [...letters, ...numbered].find((code) => !taken.has(code));
}

async function start() {
  const page = find("plan-page");
  const answer = await fetch(page.dataset.data, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    throw new Error(`the plan's data: ${answer.status}`);
  }
  const data = await answer.json();
  document.querySelectorAll("[data-live]").forEach((part) => { part.hidden = false; });
  find("off").hidden = true;
  new Editor(page, data);
}

start();
