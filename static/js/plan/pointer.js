// What a mouse, a finger or a pen does on the plan.
import { around, bottom, depth, right, UNIT } from "./geometry.js";
import { FINE, snapped, STEP } from "./snap.js";
import { along, boxOf, idOf, isBox, isPlaced, isRoute, moved, put, stretched } from "./things.js";

const STILL = 4; // pixels that a click may shake
const CORNERS = { nw: [0, 0], n: [0.5, 0], ne: [1, 0], e: [1, 0.5], se: [1, 1], s: [0.5, 1], sw: [0, 1], w: [0, 0.5] };

export class Pointer {
  constructor(editor) {
    this.editor = editor;
    this.tool = "select";
    this.drag = null;
    this.fingers = new Map();
    this.frame = 0;
    this.sheet = document.querySelector("[data-sheet]");
    const { sheet } = this;
    sheet.addEventListener("pointerdown", (event) => this.down(event));
    sheet.addEventListener("pointermove", (event) => this.move(event));
    sheet.addEventListener("pointerup", (event) => this.up(event));
    sheet.addEventListener("pointercancel", (event) => this.cancel(event));
    // What lies under a new thing does not take the focus.
    sheet.addEventListener("mousedown", (event) => this.tool !== "select" && event.preventDefault());
    sheet.addEventListener("dblclick", () => this.end());
    sheet.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
  }

  // Chooses a tool; what was under way is dropped.
  use(tool) {
    this.cancel();
    this.route = null;
    this.tool = tool;
    this.sheet.dataset.tool = tool;
    document.querySelectorAll("[data-tool]").forEach((button) => {
      if (button.tagName === "BUTTON") {
        button.setAttribute("aria-pressed", String(button.dataset.tool === tool));
      }
    });
  }

  down(event) {
    const { view } = this.editor;
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (this.fingers.size === 2) {
      this.cancel();
      this.drag = { kind: "pinch", apart: this.apart() };
      return;
    }
    if (event.button > 1 || this.drag) {
      return;
    }
    const at = view.point(event);
    const target = event.target.closest("[data-corner], [data-point], [data-id]");
    const touch = event.pointerType === "touch";
    if (event.button === 1 || this.tool === "pan" || this.space) {
      this.begin(event, { kind: "pan", x: event.clientX, y: event.clientY });
    } else if (this.tool === "measure") {
      this.begin(event, { kind: "measure", from: at });
    } else if (this.tool !== "select") {
      this.put(at);
    } else if (target && target.dataset.corner) {
      this.begin(event, { kind: "stretch", corner: target.dataset.corner, at, thing: this.editor.chosen[0] });
    } else if (target && target.dataset.point) {
      this.begin(event, { kind: "point", nth: Number(target.dataset.point), at, thing: this.editor.chosen[0] });
    } else if (target) {
      this.take(event, target.dataset.id, at, touch);
    } else if (touch) {
      this.begin(event, { kind: "pan", x: event.clientX, y: event.clientY, tap: true });
    } else {
      this.begin(event, { kind: "marquee", from: at, adding: event.shiftKey });
    }
  }

  begin(event, drag) {
    this.drag = { ...drag, startX: event.clientX, startY: event.clientY, pointer: event.pointerId };
    this.sheet.setPointerCapture(event.pointerId);
  }

  // Takes hold of a thing. A finger moves only what was chosen before: it may have meant to move the view.
  take(event, id, at, touch) {
    const { editor } = this;
    const before = editor.ids.has(id);
    if (event.shiftKey) {
      editor.choose(before ? [...editor.ids].filter((one) => one !== id) : [...editor.ids, id]);
      return;
    }
    if (!before && !touch && editor.store.get(id).kind === "zone") {
      // The ground of a zone is where frames begin; a zone is moved once it is chosen.
      this.begin(event, { kind: "marquee", from: at, tap: id });
      return;
    }
    if (!before) {
      editor.choose([id]);
    }
    editor.drawing.get(id).focus({ preventScroll: true });
    const held = editor.chosen.filter((thing) => thing.may && isPlaced(thing));
    if (touch && !before) {
      this.begin(event, { kind: "pan", x: event.clientX, y: event.clientY });
    } else if (held.length) {
      const carried = editor.withContents(held);
      const ids = new Set(carried.map(idOf));
      const others = editor.store.things.filter((thing) => !ids.has(idOf(thing)) && isBox(thing) && isPlaced(thing));
      this.begin(event, { kind: "move", at, held: carried, others: others.map(boxOf), only: before ? id : null });
    }
  }

  move(event) {
    if (this.fingers.has(event.pointerId)) {
      this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    }
    if (!this.drag) {
      return;
    }
    this.last = event;
    // The screen shows one state a frame; more events than that are not worth their work.
    if (!this.frame) {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.follow();
      });
    }
  }

  follow() {
    const { drag, last, editor } = this;
    if (!drag || !last) {
      return;
    }
    const { view } = editor;
    if (drag.kind === "pinch") {
      const apart = this.apart();
      if (apart) {
        view.scale(apart / drag.apart, view.point(this.middle()));
        drag.apart = apart;
      }
      return;
    }
    drag.begun = drag.begun || Math.hypot(last.clientX - drag.startX, last.clientY - drag.startY) > STILL;
    if (!drag.begun) {
      return;
    }
    if (drag.kind === "pan") {
      view.pan((drag.x - last.clientX) * view.unit, (drag.y - last.clientY) * view.unit);
      Object.assign(drag, { x: last.clientX, y: last.clientY });
      return;
    }
    const at = view.point(last);
    ({ move: () => this.carry(at), stretch: () => this.stretch(at), point: () => this.bend(at) }[drag.kind] || (() => this.span(at)))();
  }

  get step() {
    return this.editor.snap ? STEP : FINE;
  }

  carry(at) {
    const { drag, editor } = this;
    const box = around(drag.held.map(boxOf));
    const others = editor.snap ? drag.others : [];
    const rest = snapped(box, at.x - drag.at.x, at.y - drag.at.y, others, editor.view.unit, this.step);
    drag.after = Object.fromEntries(drag.held.map((thing) => [idOf(thing), moved(thing, rest.across, rest.down)]));
    const there = { ...box, x: box.x + rest.across, y: box.y + rest.down };
    const guides = rest.guides.map((guide) => lineOf(guide, there));
    editor.preview(drag.after, { guides });
  }

  stretch(at) {
    const { drag, editor } = this;
    const old = boxOf(drag.thing);
    const round = (value) => Math.round(value / this.step) * this.step;
    const box = stretched(old, drag.corner, round(at.x - drag.at.x), round(at.y - drag.at.y));
    drag.after = { [idOf(drag.thing)]: put(drag.thing, box) };
    editor.preview(drag.after, {});
  }

  bend(at) {
    const { drag, editor } = this;
    const round = (value) => Math.round(value / this.step) * this.step;
    const points = drag.thing.facts.points.map((point, nth) => (nth === drag.nth ? [round(at.x), round(at.y)] : point));
    drag.after = { [idOf(drag.thing)]: along({ ...drag.thing.facts, points }) };
    editor.preview(drag.after, {});
  }

  span(at) {
    const { drag, editor } = this;
    if (drag.kind === "measure") {
      editor.overlay({ measure: [drag.from, at] });
      drag.done = true;
      return;
    }
    drag.box = around([{ ...drag.from, w: 0, h: 0 }, { ...at, w: 0, h: 0 }]);
    editor.overlay({ marquee: drag.box });
  }

  up(event) {
    this.fingers.delete(event.pointerId);
    if (this.frame) {
      cancelAnimationFrame(this.frame);
      this.frame = 0;
      this.follow();
    }
    const { drag, editor } = this;
    this.drag = null;
    if (!drag) {
      return;
    }
    if (drag.after) {
      editor.settle(drag.after);
    } else if (drag.kind === "marquee") {
      const tapped = drag.tap ? [drag.tap] : [];
      const caught = drag.box ? editor.store.things.filter((thing) => caughtBy(drag.box, thing)).map(idOf) : tapped;
      editor.choose(drag.adding ? [...editor.ids, ...caught] : caught);
    } else if (drag.kind === "move" && drag.only && !drag.begun && editor.ids.size > 1) {
      editor.choose([drag.only]);
    } else if (drag.kind === "pan" && drag.tap && !drag.begun) {
      editor.choose([]);
    }
  }

  // Drops what is under way: nothing is changed.
  cancel(event) {
    if (event) {
      this.fingers.delete(event.pointerId);
    }
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    const { drag } = this;
    this.drag = null;
    if (drag && drag.after) {
      this.editor.preview({}, {});
    } else if (drag) {
      this.editor.overlay({});
    }
    return Boolean(drag);
  }

  // Puts a new thing where the tool is; a route takes a point a click, and ends with a double click or Enter.
  put(at) {
    const { editor } = this;
    const round = (value) => Math.round(value / this.step) * this.step;
    const place = { x: round(at.x), y: round(at.y) };
    if (this.tool !== "route") {
      editor.place(this.tool, place);
      this.use("select");
      return;
    }
    const id = editor.extend(this.route ? this.route.id : null, place);
    this.route = { id };
  }

  end() {
    if (this.route) {
      this.use("select");
    }
  }

  wheel(event) {
    const { view } = this.editor;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      view.scale(Math.exp(-event.deltaY / 300), view.point(event));
      this.editor.overlay({});
    } else if (view.zoom > 1.01) {
      event.preventDefault();
      const across = event.shiftKey ? event.deltaY : event.deltaX;
      view.pan(across * view.unit, (event.shiftKey ? 0 : event.deltaY) * view.unit);
    }
  }

  apart() {
    const [one, other] = [...this.fingers.values()];
    return other ? Math.hypot(one.x - other.x, one.y - other.y) : 0;
  }

  middle() {
    const [one, other] = [...this.fingers.values()];
    return { clientX: (one.x + other.x) / 2, clientY: (one.y + other.y) / 2 };
  }
}

// The handles of what is chosen: one box alone can be pulled, a route alone bent.
export function handlesOf(chosen) {
  const [one] = chosen;
  if (chosen.length !== 1 || !one.may || !isPlaced(one)) {
    return {};
  }
  if (isRoute(one)) {
    return { points: one.facts.points };
  }
  if (!isBox(one)) {
    return {};
  }
  const box = boxOf(one);
  return {
    handles: Object.entries(CORNERS).map(([corner, [x, y]]) => [corner, { x: box.x + x * box.w, y: box.y + y * box.h }]),
  };
}

// A guide runs along both boxes that it joins, and a little further.
function lineOf({ axis, at, box }, there) {
  const all = around([box, there]);
  return axis === "x" ? { axis, at, from: all.y - UNIT, to: bottom(all) + UNIT } : { axis, at, from: all.x - UNIT, to: right(all) + UNIT };
}

function caughtBy(frame, thing) {
  if (!isPlaced(thing) || thing.kind === "zone") {
    return false;
  }
  const box = boxOf(thing);
  if (thing.kind === "facility") {
    return box.x >= frame.x && box.x <= right(frame) && box.y >= frame.y && box.y <= bottom(frame);
  }
  return depth(frame, box) > 0;
}
