// Beside the plan: the form of what is chosen, the warnings, the power of each zone, and everything as a list.
import { loadBy } from "./rules.js";
import { metres, units } from "./geometry.js";
import { boxOf, idOf, isBox, isPlaced, isRoute, nameOf, put } from "./things.js";
import { filled, said } from "./words.js";

const SIDES = ["x", "y", "w", "h"];
const LISTED = 100; // warnings; more are counted
const NUMBERS = { power_kw: [0, 1000], limit_kw: [0.1, 100000] };
const find = (name) => document.querySelector(`[data-${name}]`);

export class Panel {
  constructor(editor) {
    this.editor = editor;
    this.form = find("form");
    this.told = new Map(); // sentences in the list, by what they say
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("change", (event) => this.read(event.target));
    find("find").addEventListener("input", () => this.list());
    find("list").addEventListener("click", (event) => this.go(event.target.closest("[data-go]")));
    find("warns").addEventListener("click", (event) => this.go(event.target.closest("[data-go]")));
  }

  go(button) {
    if (button) {
      this.editor.choose([button.dataset.go]);
      this.editor.reveal(button.dataset.go);
    }
  }

  // Fills the form from what is chosen.
  show() {
    const chosen = this.editor.chosen;
    const { words, language } = this.editor;
    const one = chosen.length === 1 ? chosen[0] : null;
    find("none").hidden = chosen.length > 0;
    this.form.hidden = chosen.length === 0;
    find("title").textContent = one ? nameOf(one, language)
      : chosen.length ? filled(words.chosen, { count: chosen.length }) : words.nothing;
    if (!chosen.length) {
      return;
    }
    const free = chosen.every((thing) => thing.may);
    find("locked").hidden = free;
    find("fields").disabled = !free;
    const kinds = new Set(one ? tagsOf(one) : ["many"]);
    for (const part of this.form.querySelectorAll("[data-for]")) {
      part.hidden = !part.dataset.for.split(" ").some((tag) => kinds.has(tag));
    }
    this.fill(one, chosen);
    const page = find("page-of");
    page.hidden = !(one && one.kind === "booth" && one.base);
    if (!page.hidden) {
      page.querySelector("a").href = `${this.editor.booths}/${encodeURIComponent(one.base.code)}`;
    }
  }

  fill(one, chosen) {
    const boxes = chosen.map(boxOf).filter(Boolean);
    const box = one ? boxOf(one) : { x: Math.min(...boxes.map((each) => each.x)), y: Math.min(...boxes.map((each) => each.y)) };
    const fixed = one && one.base && (one.kind === "zone" || one.kind === "stage");
    for (const field of this.form.querySelectorAll("[data-f]")) {
      const name = field.dataset.f;
      const value = SIDES.includes(name) ? (box ? metres(box[name]) : "") : one ? one.facts[name === "facility_kind" ? "kind" : name] : "";
      field.setCustomValidity("");
      field.removeAttribute("aria-invalid");
      if (field.closest("[data-for]").hidden || (field === document.activeElement && field.type === "text")) {
        continue;
      }
      if (field.type === "checkbox") {
        field.checked = Boolean(value);
      } else {
        offer(field, value);
        field.value = typeof value === "number" ? said(value) : value || "";
      }
      if (name === "code") {
        field.readOnly = Boolean(fixed);
      }
    }
  }

  // Takes one field over into what is chosen.
  read(field) {
    const name = field.dataset.f;
    const chosen = this.editor.chosen;
    if (!name || !chosen.length) {
      return;
    }
    const value = SIDES.includes(name) ? length(field.value) : valueOf(field, name);
    const wrong = value === undefined;
    field.setCustomValidity(wrong ? this.editor.words.unread : "");
    field.removeAttribute("aria-invalid");
    if (wrong) {
      field.setAttribute("aria-invalid", "true"); // an empty value would mean “false”
      this.editor.say(this.editor.words.unread);
      field.reportValidity();
      return;
    }
    if (SIDES.includes(name)) {
      this.place(chosen, name, value);
    } else {
      const key = name === "facility_kind" ? "kind" : name;
      const [one] = chosen;
      this.editor.step({ [idOf(one)]: { ...one.facts, [key]: value } });
    }
  }

  place(chosen, side, value) {
    const boxes = chosen.map(boxOf).filter(Boolean);
    const off = units(value) - (side === "x" || side === "y" ? Math.min(...boxes.map((box) => box[side])) : 0);
    const after = {};
    for (const thing of chosen.filter(isPlaced)) {
      const box = boxOf(thing);
      after[idOf(thing)] = put(thing, side === "x" || side === "y" ? { ...box, [side]: box[side] + off } : { ...box, [side]: off });
    }
    this.editor.step(after);
  }

  // Lists what is wrong. A sentence that stays as it was is left alone: while a thing is dragged, most do.
  warn(breaches) {
    const told = new Map();
    for (const breach of breaches.slice(0, LISTED)) {
      const words = JSON.stringify([breach, breach.of.map((of) => this.named(of))]);
      told.set(words, this.told.get(words) || this.sentence(breach));
    }
    if (breaches.length > LISTED) {
      const more = filled(this.editor.words.more, { count: breaches.length - LISTED });
      told.set(more, this.told.get(more) || element("li", "", more));
    }
    for (const [words, item] of this.told) {
      if (!told.has(words)) {
        item.remove();
      }
    }
    this.told = told;
    const list = find("warns");
    let next = list.firstElementChild;
    for (const item of told.values()) {
      if (item === next) {
        next = next.nextElementSibling;
      } else {
        list.insertBefore(item, next);
      }
    }
    const count = find("count");
    if (count.textContent !== String(breaches.length)) {
      count.textContent = breaches.length;
    }
    count.classList.toggle("a-count--hot", breaches.some((breach) => breach.bad));
    find("fine").hidden = breaches.length > 0;
  }

  // The name of a thing that a warning tells of.
  named([kind, key]) {
    const thing = kind === "circuit" ? null : this.editor.store.get(`${kind === "lane" ? "shape" : kind} ${key}`);
    return thing ? nameOf(thing, this.editor.language) : key;
  }

  sentence(breach) {
    const { rules, words } = this.editor.data;
    const item = element("li", breach.bad ? "is-bad" : "");
    const text = element("span", "");
    const names = Object.fromEntries(breach.of.map((of, nth) => ["ab"[nth], of]));
    const values = Object.fromEntries(Object.entries(breach.values).map(([name, value]) => [name, said(value)]));
    for (const part of rules[breach.rule].words.split(/(%\(\w+\)s)/)) {
      const place = /^%\((\w+)\)s$/.exec(part);
      if (place && names[place[1]]) {
        text.append(this.link(names[place[1]]));
      } else {
        text.append(place ? values[place[1]] : part);
      }
    }
    item.append(this.editor.icon("warn"), element("span", "a-vh", breach.bad ? words.bad : words.look), text);
    return item;
  }

  link([kind, key]) {
    if (kind === "circuit") {
      return key;
    }
    const button = element("button", "", this.named([kind, key]));
    button.type = "button";
    button.dataset.go = `${kind === "lane" ? "shape" : kind} ${key}`;
    return button;
  }

  // Adds up the power of each zone beside what its feeder carries.
  load(things) {
    const loads = loadBy(things, "zone");
    const rows = this.editor.store.things.filter((thing) => thing.kind === "zone").flatMap((zone) => {
      const load = loads.get(zone.facts.code) || 0;
      const limit = zone.facts.limit_kw;
      const head = element("dt", "");
      const tile = element("span", "a-z", zone.facts.code);
      tile.dataset.zone = zone.facts.code;
      head.append(tile, ` ${nameOf({ facts: { ...zone.facts, code: "" } }, this.editor.language)}`);
      const body = element("dd", "");
      const said_ = limit ? `${said(load)} / ${said(limit)} kW` : `${said(load)} kW`;
      body.append(element("span", "a-num", said_));
      if (limit && load > limit * 0.9) {
        const share = Math.round((load / limit) * 100);
        body.append(" ", element("span", `a-tag a-tag--${load > limit ? "bad" : "warn"}`, `${share}%`));
      }
      return [head, body];
    });
    find("loads").replaceChildren(...rows);
  }

  // Lists everything, or what the search finds.
  list() {
    const search = find("find").value.trim().toLowerCase();
    const { words, language, warned } = this.editor;
    const { store } = this.editor;
    const found = store.things.filter((thing) => {
      const { code, name_zh: zh, name_en: en } = thing.facts;
      return !search || [code, zh, en].some((word) => String(word || "").toLowerCase().includes(search));
    });
    const rows = found.map((thing) => {
      const id = idOf(thing);
      const item = element("li", "");
      const button = element("button", "", nameOf(thing, language));
      button.type = "button";
      button.dataset.go = id;
      button.setAttribute("aria-pressed", String(this.editor.ids.has(id)));
      const kind = words[thing.kind === "shape" ? thing.facts.kind : thing.kind];
      const notes = [kind, isPlaced(thing) ? "" : words.unplaced, warned.has(id) ? words.has_warning : ""];
      item.append(button, element("small", "", notes.filter(Boolean).join(" · ")));
      return item;
    });
    if (!rows.length) {
      rows.push(element("li", "a-mut", words.none_found));
    }
    find("list").replaceChildren(...rows);
    this.editor.drawing.svg.classList.toggle("is-finding", Boolean(search));
    const ids = new Set(found.map(idOf));
    for (const [id, group] of this.editor.drawing.groups) {
      group.classList.toggle("is-found", Boolean(search) && ids.has(id));
    }
  }
}

function tagsOf(thing) {
  const tags = [thing.kind];
  if (isRoute(thing)) {
    tags.push("route");
  } else if (thing.kind === "shape") {
    tags.push("box");
  }
  if (!isPlaced(thing)) {
    tags.push("unplaced");
  }
  return isBox(thing) ? tags : tags.filter((tag) => tag !== "box");
}

// Adds a value that a list does not know, so that it is shown as it is.
function offer(field, value) {
  if (field.tagName === "SELECT" && value && ![...field.options].some((option) => option.value === value)) {
    field.add(new Option(value, value));
  }
}

function length(text) {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() && Number.isFinite(value) && Math.abs(value) < 5000 ? value : undefined;
}

// The value that a field tells, undefined where it cannot be one.
function valueOf(field, name) {
  if (field.type === "checkbox") {
    return field.checked;
  }
  const text = field.value.trim();
  if (name in NUMBERS) {
    const [least, most] = NUMBERS[name];
    const value = Number(text.replace(",", "."));
    if (!text) {
      return name === "limit_kw" ? null : undefined;
    }
    return value >= least && value <= most ? value : undefined;
  }
  if (name === "code") {
    return /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(text) ? text : undefined;
  }
  if (["circuit", "delegation", "carried"].includes(name)) {
    return text || null;
  }
  return text || undefined;
}

export function element(name, look, text = "") {
  const made = document.createElement(name);
  if (look) {
    made.className = look;
  }
  made.textContent = text;
  return made;
}
