// The plan in hand: what the server has, what was changed since, and the steps back and forth.
import { idOf, ORDER } from "./things.js";

const STEPS = 200; // that can be undone
const RUN = 700; // ms in which steps of one name are one: a run of arrow presses
const copy = (value) => JSON.parse(JSON.stringify(value));
const equal = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Store {
  constructor(things) {
    this.entries = new Map(); // id -> { kind, key, version, may, base, facts }; null facts: not on the plan
    this.past = [];
    this.future = [];
    this.listeners = [];
    things.forEach((thing) => this.take(thing));
  }

  // Takes a thing as the server has it.
  take({ kind, key, version, may, facts }) {
    this.entries.set(`${kind} ${key}`, { kind, key, version, may, base: copy(facts), facts });
  }

  get(id) {
    const entry = this.entries.get(id);
    return entry && entry.facts ? entry : null;
  }

  // All things on the plan, zones first.
  get things() {
    return [...this.entries.values()]
      .filter((entry) => entry.facts)
      .sort((one, other) => ORDER.indexOf(one.kind) - ORDER.indexOf(other.kind));
  }

  // Does a step: facts by id, null to remove. `name` joins steps that follow each other at once.
  step(after, name = "") {
    const before = {};
    for (const id of Object.keys(after)) {
      const entry = this.entries.get(id);
      before[id] = entry ? entry.facts : null;
      if (equal(before[id], after[id])) {
        delete before[id];
      }
    }
    const ids = Object.keys(before);
    if (!ids.length) {
      return false;
    }
    const last = this.past[this.past.length - 1];
    const now = Date.now();
    if (last && name && last.name === name && now - last.at < RUN && equal(Object.keys(last.before), ids)) {
      ids.forEach((id) => { last.after[id] = after[id]; });
      last.at = now;
    } else {
      this.past.push({ name, at: now, before, after: Object.fromEntries(ids.map((id) => [id, after[id]])) });
      this.past.splice(0, this.past.length - STEPS);
    }
    this.future.length = 0;
    this.write(Object.fromEntries(ids.map((id) => [id, after[id]])));
    return true;
  }

  // Adds a thing that the server does not know yet, as a step.
  add(kind, key, facts) {
    const id = `${kind} ${key}`;
    this.entries.set(id, { kind, key, version: 0, may: true, base: null, facts: null });
    this.step({ [id]: facts });
    return id;
  }

  undo() {
    return this.shift(this.past, this.future, "before");
  }

  redo() {
    return this.shift(this.future, this.past, "after");
  }

  shift(from, to, side) {
    const step = from.pop();
    if (!step) {
      return null;
    }
    to.push(step);
    this.write(step[side]);
    return Object.keys(step[side]);
  }

  write(facts) {
    for (const [id, value] of Object.entries(facts)) {
      this.entries.get(id).facts = value;
    }
    this.tell(Object.keys(facts));
  }

  tell(ids) {
    this.listeners.forEach((listener) => listener(ids));
  }

  // What a save has to say: for each thing only what differs from what the server has.
  get changes() {
    const changes = [];
    for (const entry of this.entries.values()) {
      const { kind, key, version, base, facts } = entry;
      if (!base && facts) {
        changes.push({ op: "create", kind, key, version, facts: copy(facts) });
      } else if (base && !facts) {
        changes.push({ op: "remove", kind, key, version, facts: {} });
      } else if (base && facts && !equal(base, facts)) {
        const names = Object.keys(facts).filter((name) => !equal(base[name], facts[name]));
        const told = Object.fromEntries(names.map((name) => [name, copy(facts[name])]));
        changes.push({ op: "edit", kind, key, version, facts: told });
      }
    }
    return changes;
  }

  // Takes note that the server has what a save said; changes made meanwhile stay changes.
  settle(changes, versions) {
    for (const change of changes) {
      const entry = this.entries.get(idOf(change));
      entry.base = change.op === "remove" ? null : { ...entry.base, ...change.facts };
      entry.version = versions.get(idOf(change)) || 0;
    }
    this.tell([]);
  }

  // Brings in what others saved, for things that are not being changed here.
  refresh(things) {
    const changing = new Set(this.changes.map(idOf));
    const told = new Map(things.map((thing) => [idOf(thing), thing]));
    const ids = [];
    for (const [id, thing] of told) {
      const entry = this.entries.get(id);
      if (!changing.has(id) && !(entry && entry.version === thing.version && entry.facts)) {
        this.take(thing);
        ids.push(id);
      }
    }
    for (const [id, entry] of this.entries) {
      if (!told.has(id) && !changing.has(id) && entry.facts) {
        Object.assign(entry, { base: null, facts: null, version: 0 });
        ids.push(id);
      }
    }
    if (ids.length) {
      this.forget();
      this.tell(ids);
    }
  }

  // Lets one side of a conflict stand: theirs as it is, or mine over theirs.
  resolve({ kind, key, version, theirs }, mine) {
    const id = `${kind} ${key}`;
    const entry = this.entries.get(id);
    const changed = this.changes.find((change) => idOf(change) === id);
    entry.version = version;
    entry.base = theirs ? copy(theirs) : null;
    if (!mine) {
      entry.facts = theirs ? copy(theirs) : null;
    } else if (entry.facts && theirs && changed) {
      entry.facts = { ...theirs, ...changed.facts };
    }
    this.forget();
    this.tell([id]);
  }

  // Steps over what somebody else changed lead nowhere.
  forget() {
    this.past.length = 0;
    this.future.length = 0;
  }
}
