// The programme's editor: its parts put together, and the acts that mouse, keys and forms share.
import { Grid } from "./grid.js";
import { listen } from "./keys.js";
import { Panel } from "./panel.js";
import { Pointer } from "./pointer.js";
import { Saving } from "./saving.js";
import { Store, spotOf } from "./store.js";
import { Clock, element, filled } from "./words.js";

const ZOOMS = [0.8, 1.2, 1.6, 2.2, 3.2, 4.5]; // pixels a minute
const CONDENSED = 1;
const USUAL = 3;
const GAP = 5; // minutes between the tries of a gap
const find = (name) => document.querySelector(`[data-${name}]`);

class Editor {
  constructor(page, data) {
    this.page = page;
    this.inPlan = page.dataset.plan !== "A";
    this.data = data;
    this.words = data.words;
    this.clock = new Clock(data.zone);
    this.ids = new Set();
    this.dragging = false;
    this.zoom = USUAL;
    this.store = new Store();
    this.store.load(data);
    this.day = this.store.days.find(({ date }) => date === page.dataset.day) || this.store.days[0];
    this.saving = new Saving(this, page);
    this.grid = new Grid(this);
    this.panel = new Panel(this, page);
    this.pointer = new Pointer(this);
    listen(this);
    this.buttons();
    this.scale(USUAL);
    this.draw();
    this.toFirst();
    this.saving.tell();
  }

  get step() {
    return Number(find("step").value);
  }

  get isBusy() {
    return this.dragging;
  }

  get chosen() {
    return [...this.ids].map((id) => this.store.get(id)).filter(Boolean);
  }

  times({ start, minutes }) {
    return `${this.clock.say(start)}–${this.clock.say(start + minutes)}`;
  }

  when(spot, { title }) {
    const values = { title, stage: this.store.stage(spot.stage).name, from: this.clock.say(spot.start), to: this.clock.say(spot.start + spot.minutes) };
    return filled(this.words.moved, values);
  }

  buttons() {
    document.addEventListener("click", (event) => {
      const button = event.target.closest("[data-act], [data-to-day]");
      if (button && button.dataset.act) {
        this.act(button.dataset.act);
      } else if (button) {
        event.preventDefault();
        this.show(button.dataset.toDay);
      }
    });
  }

  act(name) {
    const acts = {
      undo: () => this.back(this.store.undo(), "before", this.words.undone),
      redo: () => this.back(this.store.redo(), "after", this.words.redone),
      larger: () => this.scale(Math.min(this.zoom + 1, ZOOMS.length - 1)),
      smaller: () => this.scale(Math.max(this.zoom - 1, 0)),
      condense: () => this.scale(this.zoom === CONDENSED ? USUAL : CONDENSED),
      help: () => find("help").showModal(),
      shut: () => find("help").close(),
      search: () => find("search").focus(),
      resolve: () => this.saving.resolve(),
      later: () => this.saving.later(),
      again: () => this.saving.send(),
    };
    acts[name]();
  }

  scale(zoom) {
    const middle = (this.grid.box.scrollTop + this.grid.box.clientHeight / 2) / ZOOMS[this.zoom];
    this.zoom = zoom;
    this.grid.box.style.setProperty("--a-min", `${ZOOMS[zoom]}px`);
    this.grid.box.classList.toggle("is-condensed", ZOOMS[zoom] <= ZOOMS[CONDENSED]);
    this.grid.box.scrollTop = middle * ZOOMS[zoom] - this.grid.box.clientHeight / 2;
    document.querySelector('[data-act="condense"]').setAttribute("aria-pressed", String(zoom <= CONDENSED));
  }

  // ---- What is shown ---------------------------------------------------------------------------
  draw() {
    this.day = this.store.days.find(({ date }) => date === this.day.date) || this.store.days[0];
    this.days();
    this.grid.draw(this.day);
    this.panel.draw();
    document.querySelector('[data-act="undo"]').disabled = !this.store.past.length;
    document.querySelector('[data-act="redo"]').disabled = !this.store.future.length;
    this.saving.tell();
  }

  days() {
    const tabs = this.store.days.map((day) => {
      const tab = element("button", "a-btn a-btn--s", day.label);
      tab.type = "button";
      tab.dataset.toDay = day.date;
      tab.setAttribute("aria-pressed", String(day === this.day));
      return tab;
    });
    const told = tabs.map((tab) => tab.outerHTML).join("");
    if (told !== this.tabs) {
      this.tabs = told;
      find("days").replaceChildren(...tabs);
    }
  }

  show(date) {
    this.day = this.store.days.find((day) => day.date === date) || this.day;
    const address = new URL(window.location.href);
    address.searchParams.set("day", this.day.date);
    window.history.replaceState(null, "", address);
    this.draw();
    this.toFirst();
  }

  // Shows the first clash that stops a release, or else the first item of the day.
  toFirst() {
    const first = [...this.grid.made.values()].find((made) => made.matches(".is-clash"))
      || this.grid.columns.map((column) => column.items.firstElementChild).filter(Boolean)
        .sort((one, other) => one.offsetTop - other.offsetTop)[0];
    if (first) {
      this.grid.box.scrollTop = Math.max(0, first.offsetTop - 40);
    }
  }

  // Takes over what the server has; returns how many items somebody else changed.
  take(data) {
    this.data = data;
    this.words = data.words;
    const count = this.store.load(data);
    this.ids = new Set([...this.ids].filter((id) => this.store.get(id)));
    this.draw();
    return count;
  }

  say(text) {
    const toast = find("toast");
    toast.textContent = text;
    toast.hidden = false;
    window.clearTimeout(this.fading);
    this.fading = window.setTimeout(() => (toast.hidden = true), 8000);
  }

  // ---- What is chosen --------------------------------------------------------------------------
  choose(ids) {
    this.ids = new Set(ids);
    this.marks();
  }

  toggle(id) {
    if (!this.ids.delete(id)) {
      this.ids.add(id);
    }
    this.marks();
  }

  marks() {
    this.grid.made.forEach((made, id) => made.classList.toggle("is-sel", this.ids.has(id)));
    this.panel.tray();
    this.panel.chosen();
  }

  chooseDay() {
    const all = this.store.stages.flatMap(({ code }) => this.store.on(this.day, code));
    this.choose(all.filter((item) => this.mayMove(item)).map(({ id }) => id));
  }

  chosenOr(id) {
    return this.group(this.store.get(id));
  }

  // The items that move with one: the others that are chosen, and the parts of their units.
  group(item) {
    const chosen = this.ids.has(item.id) ? this.chosen.filter((one) => (one.stage === null) === (item.stage === null)) : [item];
    return [...new Set(chosen.flatMap((one) => this.store.unit(one)))];
  }

  reveal(id) {
    const item = this.store.get(id);
    if (item.start !== null && this.store.dayOf(item.start) !== this.day) {
      this.show(this.store.dayOf(item.start).date);
    }
    this.choose([id]);
    this.grid.focus(id);
  }

  escape() {
    if (this.pointer.drag) {
      this.pointer.stop();
    } else {
      this.choose([]);
    }
    return true;
  }

  // ---- Who may what ----------------------------------------------------------------------------
  may(item) {
    return item.stage === null ? this.data.may : this.store.stage(item.stage).may;
  }

  // `aloud` says why not; `byForm` is how a plan moves even a fixed point.
  mayMove(item, aloud = false, byForm = false) {
    if (item.fixed && !(byForm && this.inPlan)) {
      this.tell(aloud, filled(this.words.fixed, { title: item.title }));
      return false;
    }
    if (!this.may(item)) {
      this.tell(aloud, item.stage ? filled(this.words.foreign, { stage: this.store.stage(item.stage).name }) : this.words.reading);
      return false;
    }
    return true;
  }

  tell(aloud, text) {
    if (aloud) {
      this.say(text);
    }
  }

  // ---- Moving ----------------------------------------------------------------------------------
  // The items so many stages over and so many minutes later, kept within the grid.
  shifted(items, over, later) {
    const codes = this.store.stages.map(({ code }) => code);
    const places = items.map(({ stage }) => codes.indexOf(stage));
    const left = Math.max(over, -Math.min(...places));
    const across = Math.min(left, codes.length - 1 - Math.max(...places));
    const first = Math.min(...items.map(({ start }) => start));
    const last = Math.max(...items.map(({ start, minutes }) => start + minutes));
    const down = Math.max(Math.min(later, this.day.to - last), this.day.from - first);
    return items.map((item, nth) => ({ id: item.id, after: { stage: codes[places[nth] + across], start: item.start + down, minutes: item.minutes } }));
  }

  // What waits, one after the other from a minute of a stage on.
  intoGrid(item, stage, minute) {
    const items = this.group(item);
    const length = items.reduce((sum, { minutes }) => sum + minutes, 0);
    let start = Math.max(Math.min(minute, this.day.to - length), this.day.from);
    return items.map((one) => {
      const after = { stage, start, minutes: one.minutes };
      start += one.minutes;
      return { id: one.id, after };
    });
  }

  move(spots, lead, joins = "", byForm = true) {
    const items = spots.map(({ id }) => this.store.get(id));
    const stages = spots.map(({ after }) => this.store.stage(after.stage));
    const foreign = stages.find((stage) => !stage.may);
    if (foreign) {
      this.say(filled(this.words.foreign, { stage: foreign.name }));
      this.draw();
      return;
    }
    if (!items.every((item) => this.mayMove(item, true, byForm))) {
      this.draw();
      return;
    }
    const own = spots.find(({ id }) => id === lead.id) || spots[0];
    this.done(this.store.step(spots, this.when(own.after, lead), joins), "after", Boolean(joins));
  }

  toTray(items) {
    if (!items.length || !items.every((item) => this.mayMove(item, true, true)) || items[0].stage === null) {
      return;
    }
    const what = filled(this.words.tray, { title: items[0].title });
    const spots = items.map((item) => ({ id: item.id, after: { stage: null, start: null, minutes: item.minutes } }));
    this.done(this.store.step(spots, what), "after");
    const chip = document.querySelector(`.g-chip[data-id="${items[0].id}"]`);
    if (chip) {
      chip.focus();
    }
  }

  // Out of the tray into the first gap of the stage that was worked on last.
  schedule(id) {
    const item = this.store.get(id);
    const stage = this.store.stage(this.lately) || this.store.stages.find(({ may }) => may);
    if (!stage || !this.mayMove(item, true, true)) {
      return true;
    }
    const items = this.group(item);
    const length = items.reduce((sum, { minutes }) => sum + minutes, 0);
    const busy = this.store.on(this.day, stage.code).filter(({ off }) => !off)
      .map((one) => [one.start - one.setup, one.start + one.minutes + one.teardown]);
    for (let start = this.day.opens; start + length <= this.day.closes; start += GAP) {
      if (busy.every(([from, to]) => start + length + item.teardown <= from || start - item.setup >= to)) {
        this.move(this.intoGrid(item, stage.code, start), item);
        this.choose([id]);
        this.grid.focus(id);
        return true;
      }
    }
    this.say(filled(this.words.no_gap, { stage: stage.name, minutes: length }));
    return true;
  }

  nudge(id, over, down) {
    const item = this.store.get(id);
    const items = this.group(item);
    if (items.every((one) => this.mayMove(one, true))) {
      this.move(this.shifted(items, over, down * this.step), item, `move ${items.map((one) => one.id)}`);
      this.grid.focus(id);
    }
  }

  stretch(id, by) {
    const item = this.store.get(id);
    if (this.mayMove(item, true)) {
      const minutes = Math.max(Math.min(item.minutes + by * this.step, this.day.to - item.start), 1);
      this.move([{ id, after: { ...spotOf(item), minutes } }], item, `stretch ${id}`);
      this.grid.focus(id);
    }
  }

  solve(clash) {
    const items = clash.moves.map(([id]) => this.store.get(id));
    const spots = clash.moves.map(([id, start], nth) => ({ id, after: { ...spotOf(items[nth]), start } }));
    this.move(spots, items[0]);
    this.reveal(items[0].id);
  }

  // A step was done here: it is drawn at once, and sent.
  done(step, side, wait = false) {
    if (step) {
      this.lately = step.moves[0].after.stage || this.lately;
      this.saving.push(step, side, { wait });
      this.say(step.what);
    }
    this.draw();
  }

  back(step, side, words) {
    if (!step) {
      this.say(this.words.nothing_undo);
      return;
    }
    step.joins = "";
    this.saving.push(step, side, { back: true });
    this.draw();
    this.say(filled(words, { what: step.what }));
    const start = step.moves[0][side].start;
    if (start !== null && this.store.dayOf(start) !== this.day) {
      this.show(this.store.dayOf(start).date);
    }
  }

  quiet() {
    const stop = (event) => event.preventDefault();
    document.addEventListener("click", stop, { capture: true, once: true });
    window.setTimeout(() => document.removeEventListener("click", stop, { capture: true }), 50);
  }
}

async function begin() {
  const page = find("editor");
  const answer = await fetch(page.dataset.data, { redirect: "manual" });
  if (!answer.ok) {
    find("off-why").hidden = false;
    return;
  }
  const data = await answer.json();
  if (!data.days.length || !data.stages.length) {
    return; // the list says what is lacking
  }
  document.querySelectorAll("[data-live]").forEach((part) => (part.hidden = false));
  find("off").hidden = true;
  const editor = new Editor(page, data);
  editor.saving.etag = answer.headers.get("ETag") || "";
}

begin();
