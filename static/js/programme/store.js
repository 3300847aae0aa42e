// Where items are, and the steps that can be taken back. A step moves some items together.
const STEPS = 50;
const JOINED = 700; // ms within which presses of a key are one step

export function spotOf({ stage, start, minutes }) {
  return { stage, start, minutes };
}

export function isSame(one, other) {
  return one.stage === other.stage && one.start === other.start && one.minutes === other.minutes;
}

export class Store {
  constructor() {
    this.items = new Map();
    this.days = [];
    this.stages = [];
    this.clashes = []; // the gravest; `found` and `blocks` count all
    this.found = 0;
    this.blocks = 0;
    this.states = {};
    this.past = [];
    this.future = [];
    this.mine = new Map(); // the version that this page gave an item last
  }

  // Takes over what the server has; returns how many items somebody else changed.
  load(data) {
    const known = this.items;
    this.items = new Map(data.items.map((item) => [item.id, item]));
    this.days = data.days;
    this.stages = data.stages;
    this.find(data);
    return data.items.filter(({ id, version }) => known.has(id) && known.get(id).version !== version).length;
  }

  find({ clashes, found, blocks, states }) {
    this.clashes = clashes;
    this.found = found;
    this.blocks = blocks;
    this.states = states;
  }

  get(id) {
    return this.items.get(id);
  }

  get waiting() {
    return [...this.items.values()].filter((item) => item.stage === null);
  }

  stage(code) {
    return this.stages.find((stage) => stage.code === code);
  }

  dayOf(minute) {
    return this.days.filter((day) => day.from <= minute).pop() || this.days[0];
  }

  // Items of a day on a stage, in the order in which Tab goes through them.
  on(day, code) {
    return [...this.items.values()]
      .filter((item) => item.stage === code && this.dayOf(item.start) === day)
      .sort((one, other) => one.start - other.start || one.id - other.id);
  }

  // The item with the parts that go with it: they are on the same stage, or wait like it.
  unit(item) {
    if (!item.unit) {
      return [item];
    }
    return [...this.items.values()]
      .filter((one) => one.unit === item.unit && one.stage === item.stage)
      .sort((one, other) => (one.start || 0) - (other.start || 0) || one.id - other.id);
  }

  // Does a step; a press of the same key shortly after joins the one before.
  step(moves, what, joins = "") {
    const real = moves.filter(({ id, after }) => !isSame(this.get(id), after));
    if (!real.length) {
      return null;
    }
    const last = this.past[this.past.length - 1];
    const now = Date.now();
    this.future = [];
    if (joins && last && last.joins === joins && now - last.at < JOINED && !last.sent) {
      for (const { id, after } of real) {
        const own = last.moves.find((move) => move.id === id);
        if (own) {
          own.after = after;
        } else {
          last.moves.push(this.move(id, after));
        }
      }
      Object.assign(last, { at: now, what });
      this.put(last.moves, "after");
      return last;
    }
    const step = { moves: real.map(({ id, after }) => this.move(id, after)), what, joins, at: now, sent: false };
    this.past.push(step);
    this.past = this.past.slice(-STEPS);
    this.put(step.moves, "after");
    return step;
  }

  move(id, after) {
    const item = this.get(id);
    return { id, before: { ...spotOf(item), reset: item.version === 0 }, after };
  }

  put(moves, side) {
    for (const move of moves) {
      Object.assign(this.get(move.id), spotOf(move[side]));
    }
  }

  undo() {
    const step = this.past.pop();
    if (step) {
      this.future.push(step);
      this.put(step.moves, "before");
    }
    return step;
  }

  redo() {
    const step = this.future.pop();
    if (step) {
      this.past.push(step);
      this.put(step.moves, "after");
    }
    return step;
  }

  // What the server gave: each version is now known, and is this page's own.
  settle(versions) {
    for (const [id, version] of Object.entries(versions)) {
      const item = this.get(Number(id));
      if (item) {
        item.version = version;
      }
      this.mine.set(Number(id), version);
    }
  }

  // A step that the server refused is none: neither it nor what built on it can be taken back.
  forget(steps) {
    this.past = this.past.filter((step) => !steps.includes(step));
    this.future = this.future.filter((step) => !steps.includes(step));
  }
}
