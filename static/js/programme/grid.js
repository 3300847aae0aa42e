// The grid: a column for each stage, an item where its time puts it. Lengths go through custom properties.
import { element, filled } from "./words.js";

const LOOKS = {
  warm_up: "open", opening: "open", closing: "open", presentation: "pitch", performance: "act", parade: "act",
  heritage_demo: "heritage", signing: "sign", raffle: "draw", workshop: "workshop", break: "break", blocker: "blocker",
};
const SHORT = 20;
const TALL = 35;
const find = (name) => document.querySelector(`[data-${name}]`);

export function lookOf(kind) {
  return `k-${LOOKS[kind] || "act"}`;
}

export class Grid {
  constructor(editor) {
    this.editor = editor;
    this.box = find("grid");
    this.cols = find("cols");
    this.made = new Map();
    this.columns = [];
    this.shown = "";
  }

  // Draws the columns of a day anew where the day or the stages are others.
  lay(day) {
    const { store, clock, words } = this.editor;
    const name = JSON.stringify([day, store.stages]);
    if (name === this.shown) {
      return;
    }
    this.shown = name;
    const heads = store.stages.map((stage) => this.head(stage, words));
    const axis = element("div", "g-axis");
    axis.setAttribute("aria-hidden", "true");
    for (let minute = Math.ceil(day.from / 60) * 60; minute < day.to; minute += 60) {
      const mark = element("span", "", clock.say(minute));
      mark.style.setProperty("--s", minute - day.from);
      axis.append(mark);
    }
    this.columns = store.stages.map((stage) => this.column(stage, day));
    const corner = element("div", "g-th");
    this.cols.replaceChildren(corner, ...heads, axis, ...this.columns);
    this.cols.style.setProperty("--span", day.to - day.from);
    this.cols.style.setProperty("--stages", store.stages.length);
    this.made.clear();
  }

  head(stage, words) {
    const head = element("div", "g-th");
    const title = element("h2");
    const letter = element("span", "a-z", stage.zone);
    letter.dataset.zone = stage.zone;
    title.append(letter, element("span", "", stage.name));
    head.append(title, element("p", "", [stage.code, stage.note, stage.covered ? words.covered : words.open_air].join(" · ")));
    return head;
  }

  column(stage, day) {
    const column = element("div", "g-col");
    column.dataset.stage = stage.code;
    column.setAttribute("role", "group");
    column.setAttribute("aria-label", stage.name);
    column.classList.toggle("is-foreign", !stage.may);
    column.style.setProperty("--first", -(day.from % 60));
    for (const [from, to] of [[day.from, day.opens], [day.closes, day.to]]) {
      if (to > from) {
        const shut = element("div", "g-shut");
        shut.style.setProperty("--s", from - day.from);
        shut.style.setProperty("--l", to - from);
        column.append(shut);
      }
    }
    column.items = element("div", "g-items");
    column.bands = element("div", "g-bands");
    column.bands.setAttribute("aria-hidden", "true");
    column.append(column.items, column.bands);
    return column;
  }

  draw(day) {
    this.lay(day);
    const held = document.activeElement && document.activeElement.closest(".g-it");
    const { store } = this.editor;
    const pending = this.editor.saving.pending;
    const troubled = this.troubled();
    for (const column of this.columns) {
      const items = store.on(day, column.dataset.stage);
      const lanes = lanesOf(items);
      const drawn = items.map((item, nth) => this.item(item, day, lanes[nth], pending, troubled));
      const present = [...column.items.children];
      if (present.length !== drawn.length || present.some((one, nth) => one !== drawn[nth])) {
        column.items.replaceChildren(...drawn);
      }
      this.bands(column, day);
    }
    if (held && held.isConnected && document.activeElement !== held.firstElementChild) {
      held.querySelector(".g-it__box").focus({ preventScroll: true });
    }
  }

  // The gravest finding of each item.
  troubled() {
    const found = new Map();
    for (const { first, second, severity } of this.editor.store.clashes) {
      for (const id of [first, second]) {
        if (id !== null && (severity === "block" || !found.has(id))) {
          found.set(id, severity);
        }
      }
    }
    return found;
  }

  item(item, day, lane, pending, troubled) {
    const { words, store, clock } = this.editor;
    if (!this.made.has(item.id)) {
      this.made.set(item.id, shape(item));
    }
    const made = this.made.get(item.id);
    const times = `${clock.say(item.start)}–${clock.say(item.start + item.minutes)}`;
    const state = item.off ? item.state : words[`state_${store.states[item.ref]}`] || "";
    const trouble = troubled.get(item.id);
    made.className = ["g-it", lookOf(item.kind)].join(" ");
    const looks = {
      "is-clash": trouble === "block", "is-warned": trouble === "warn", "is-fixed": item.fixed, "is-off": item.off,
      "is-moved": Boolean(store.states[item.ref]), "is-sel": this.editor.ids.has(item.id), "is-unsaved": pending.has(item.id),
      "is-unit": Boolean(item.unit), "is-short": item.minutes < SHORT, "is-tall": item.minutes >= TALL,
      "is-mine": this.editor.may(item),
    };
    Object.entries(looks).forEach(([look, on]) => made.classList.toggle(look, on));
    this.place(made, item, day);
    made.style.setProperty("--lane", lane.lane);
    made.style.setProperty("--lanes", lane.lanes);
    made.style.setProperty("--up", item.setup);
    made.style.setProperty("--dn", item.teardown);
    made.parts.kind.textContent = item.word;
    made.parts.times.textContent = item.minutes < SHORT ? clock.say(item.start) : times;
    made.parts.name.textContent = item.title;
    made.parts.flag.textContent = state;
    const margins = item.setup || item.teardown ? filled(words.setup, { before: item.setup, after: item.teardown }) : "";
    const said = [item.title, times, item.word, item.who, margins, state, trouble ? words[trouble] : "", item.unit ? words.unit : ""];
    made.parts.box.setAttribute("aria-label", said.filter(Boolean).join(", "));
    made.title = said.filter(Boolean).join("\n");
    return made;
  }

  place(made, { start, minutes }, day) {
    made.style.setProperty("--s", start - day.from);
    made.style.setProperty("--l", minutes);
  }

  bands(column, day) {
    const { store, words } = this.editor;
    const bands = [];
    for (const clash of store.clashes) {
      const first = clash.band && store.get(clash.first);
      if (first && first.stage === column.dataset.stage && store.dayOf(first.start) === day) {
        const band = element("div", `g-over is-${clash.severity}`);
        band.style.setProperty("--s", clash.band[0] - day.from);
        band.style.setProperty("--l", clash.band[1]);
        band.append(element("b", "", filled(words.overlap, { minutes: clash.band[1] })));
        bands.push(band);
      }
    }
    column.bands.replaceChildren(...bands);
  }

  get pixels() {
    return this.columns[0].getBoundingClientRect().height / Number(this.cols.style.getPropertyValue("--span"));
  }

  columnAt(x, y) {
    const frame = this.box.getBoundingClientRect();
    if (y < frame.top || y > frame.bottom || x < frame.left || x > frame.right) {
      return null;
    }
    return this.columns.find((column) => {
      const { left, right } = column.getBoundingClientRect();
      return x >= left && x < right;
    }) || null;
  }

  focus(id) {
    const made = this.made.get(id);
    if (made && made.isConnected) {
      made.querySelector(".g-it__box").focus({ preventScroll: true });
      made.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }
}

function shape(item) {
  const made = element("div", "g-it");
  made.dataset.id = item.id;
  const box = element("button", "g-it__box");
  box.type = "button";
  box.setAttribute("aria-describedby", "editor-keys");
  const line = element("span", "g-it__t");
  const [kind, times, flag] = [element("span", "g-it__k"), element("span", "g-time"), element("span", "g-flag")];
  line.append(kind, times, flag);
  const name = element("span", "g-it__n");
  box.append(line, name);
  const up = element("span", "g-it__up");
  const down = element("span", "g-it__dn");
  const grip = element("span", "g-it__grip");
  grip.dataset.grip = "";
  made.append(box, up, down, grip);
  made.parts = { box, kind, times, flag, name };
  return made;
}

// Items that overlap stand side by side: which lane each takes, of how many.
function lanesOf(items) {
  const lanes = [];
  let group = [];
  let ends = [];
  let until = -Infinity;
  const close = () => group.forEach((nth) => (lanes[nth].lanes = ends.length));
  items.forEach((item, nth) => {
    if (item.start >= until) {
      close();
      group = [];
      ends = [];
    }
    let lane = ends.findIndex((end) => end <= item.start);
    lane = lane < 0 ? ends.length : lane;
    ends[lane] = item.start + item.minutes;
    until = Math.max(until, item.start + item.minutes);
    group.push(nth);
    lanes[nth] = { lane, lanes: 1 };
  });
  close();
  return lanes;
}
