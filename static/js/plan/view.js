// What part of the plan the window shows.
import { around } from "./geometry.js";

const MOST = 12; // times larger than the whole
const MARGIN = 20;

export class View {
  constructor(svg, over, ground, told) {
    this.svg = svg;
    this.over = over;
    this.told = told;
    this.ground = ground;
    this.whole = ground;
    this.box = ground;
    // Asking where the drawing lies makes the browser lay the page out: it is asked once until something moves it.
    this.matrix = null;
    const moved = () => { this.matrix = null; };
    window.addEventListener("resize", moved);
    window.addEventListener("scroll", moved, { capture: true, passive: true });
    svg.parentElement.addEventListener("pointerdown", moved, { capture: true });
  }

  get ctm() {
    this.matrix = this.matrix || this.svg.getScreenCTM();
    return this.matrix;
  }

  // Makes room for everything that is drawn.
  fit(boxes) {
    const all = around([this.ground, ...boxes]);
    this.whole = { x: all.x - MARGIN, y: all.y - MARGIN, w: all.w + 2 * MARGIN, h: all.h + 2 * MARGIN };
    this.show(this.whole);
  }

  get zoom() {
    return this.whole.w / this.box.w;
  }

  // Units of the plan for one pixel of the screen.
  get unit() {
    return this.ctm ? 1 / this.ctm.a : 1;
  }

  get center() {
    return { x: this.box.x + this.box.w / 2, y: this.box.y + this.box.h / 2 };
  }

  point(event) {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(this.ctm.inverse());
    return { x: at.x, y: at.y };
  }

  show(box) {
    this.box = box;
    this.matrix = null;
    for (const drawing of [this.svg, this.over]) {
      drawing.setAttribute("viewBox", `${box.x} ${box.y} ${box.w} ${box.h}`);
    }
    this.told(this.zoom);
  }

  // Zooms so that `at` stays where it is on the screen.
  scale(by, at = this.center) {
    const zoom = Math.min(Math.max(this.zoom * by, 1), MOST);
    const w = this.whole.w / zoom;
    const h = this.whole.h / zoom;
    const left = (at.x - this.box.x) / this.box.w;
    const top = (at.y - this.box.y) / this.box.h;
    this.move({ x: at.x - left * w, y: at.y - top * h, w, h });
  }

  pan(across, down) {
    this.move({ ...this.box, x: this.box.x + across, y: this.box.y + down });
  }

  // Keeps the window on the plan.
  move(box) {
    const x = Math.min(Math.max(box.x, this.whole.x), this.whole.x + this.whole.w - box.w);
    const y = Math.min(Math.max(box.y, this.whole.y), this.whole.y + this.whole.h - box.h);
    this.show({ ...box, x, y });
  }

  // Brings a box into sight.
  reveal(box) {
    const { x, y, w, h } = this.box;
    if (box.x < x || box.y < y || box.x + box.w > x + w || box.y + box.h > y + h) {
      this.move({ x: box.x + box.w / 2 - w / 2, y: box.y + box.h / 2 - h / 2, w, h });
    }
  }
}
