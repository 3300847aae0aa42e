// Beside the grid: what waits, the form of what is chosen, and what is wrong, each with what would solve it.
import { lookOf } from "./grid.js";
import { element, filled } from "./words.js";

const LISTED = 60; // clashes; more are counted
const find = (name) => document.querySelector(`[data-${name}]`);

export class Panel {
  constructor(editor, page) {
    this.editor = editor;
    this.item = page.dataset.item;
    this.form = find("form");
    this.chips = new Map();
    this.told = "";
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.read();
    });
    // What is being typed is not written over by the answer to what was sent before.
    this.typed = new Set();
    this.form.addEventListener("input", (event) => this.typed.add(event.target.name));
    this.form.addEventListener("change", () => this.read());
    find("clashes").addEventListener("click", (event) => this.press(event.target.closest("button")));
    find("search").addEventListener("input", () => this.search());
    find("found").addEventListener("click", (event) => this.press(event.target.closest("button")));
  }

  draw() {
    this.tray();
    this.chosen();
    this.clashes();
  }

  tray() {
    const { store, words, ids } = this.editor;
    const waiting = store.waiting;
    find("traycount").textContent = waiting.length;
    find("trayempty").hidden = waiting.length > 0;
    const rows = waiting.map((item) => {
      if (!this.chips.has(item.id)) {
        const row = element("li");
        const chip = element("button", `g-chip ${lookOf(item.kind)}`);
        chip.type = "button";
        chip.dataset.id = item.id;
        row.append(chip);
        this.chips.set(item.id, row);
      }
      const row = this.chips.get(item.id);
      const chip = row.firstElementChild;
      const small = [item.word, filled(words.minutes, { count: item.minutes }), item.who, item.unit ? words.unit : ""];
      chip.replaceChildren(element("b", "", item.title), element("small", "", small.filter(Boolean).join(" · ")));
      chip.classList.toggle("is-sel", ids.has(item.id));
      chip.classList.toggle("is-unsaved", this.editor.saving.pending.has(item.id));
      return row;
    });
    const list = find("waiting");
    const present = [...list.children];
    if (present.length !== rows.length || present.some((one, nth) => one !== rows[nth])) {
      list.replaceChildren(...rows);
    }
  }

  chosen() {
    const { words, store, clock } = this.editor;
    const items = this.editor.chosen;
    const one = items.length === 1 ? items[0] : null;
    find("none").hidden = Boolean(one);
    this.form.hidden = !one;
    find("title").textContent = one ? one.title : items.length ? filled(words.chosen_many, { count: items.length }) : words.chosen_none;
    if (!one) {
      return;
    }
    const free = this.editor.mayMove(one, false, true);
    const { start, minutes, stage } = this.form.elements;
    find("why").hidden = free;
    find("why").textContent = one.fixed && !this.editor.inPlan ? filled(words.fixed, { title: one.title }) : words.reading;
    find("fields").disabled = !free;
    find("formlink").href = this.item.replace(/0$/, String(one.id));
    stage.replaceChildren(...[["", words.waits], ...store.stages.filter((each) => each.may || each.code === one.stage)
      .map((each) => [each.code, `${each.code} ${each.name}`])].map(([value, text]) => new Option(text, value)));
    if (one.id !== this.shown) {
      this.typed.clear();
      this.shown = one.id;
    }
    stage.value = one.stage || "";
    if (!this.typed.has("start")) {
      start.value = one.start === null ? "" : clock.say(one.start);
    }
    if (!this.typed.has("minutes")) {
      minutes.value = String(one.minutes);
    }
    find("bad").hidden = true;
    find("who").textContent = [one.word, one.who, one.state].filter(Boolean).join(" · ");
  }

  // The form moves the item as a drag does.
  read() {
    const [one] = this.editor.chosen;
    const { start, minutes, stage } = this.form.elements;
    const length = Number(minutes.value);
    const day = one.start === null ? this.editor.day : this.editor.store.dayOf(one.start);
    const at = stage.value ? this.editor.clock.read(start.value, day) : null;
    const bad = !Number.isInteger(length) || length < 1 || length > 1440 || (stage.value && at === null && start.value !== "");
    find("bad").hidden = !bad;
    if (bad || (stage.value && at === null)) {
      return;
    }
    this.typed.clear();
    if (stage.value) {
      const others = this.editor.group(one).filter((each) => each !== one);
      const moved = { stage: stage.value, start: at, minutes: length };
      const by = one.start === null ? null : at - one.start;
      const along = by === null ? [] : others.map((each) => ({ id: each.id, after: { stage: stage.value, start: each.start + by, minutes: each.minutes } }));
      this.editor.move([{ id: one.id, after: moved }, ...along], one);
    } else {
      this.editor.toTray(one.stage === null ? [] : this.editor.group(one));
    }
  }

  enter() {
    if (!this.form.hidden && !find("fields").disabled) {
      this.form.elements.start.focus();
      this.form.elements.start.select();
    } else if (!this.form.hidden) {
      find("formlink").focus();
    }
  }

  clashes() {
    const { store, words } = this.editor;
    const { clashes, found, blocks } = store;
    find("count").textContent = found;
    find("count").classList.toggle("a-count--hot", blocks > 0);
    find("fine").hidden = found > 0;
    const blocked = find("blocks");
    blocked.textContent = blocks ? filled(words.blocked, { count: blocks }) : words.unblocked;
    blocked.className = `a-tag a-tag--${blocks ? "bad" : "ok"}`;
    const changed = find("differs");
    const count = Object.keys(store.states).length;
    changed.textContent = filled(count ? (count === 1 ? changed.dataset.one : changed.dataset.many) : changed.dataset.none, { count });
    const told = JSON.stringify([clashes, found, [...store.items.values()].map(({ id, title, start }) => [id, title, start])]);
    if (told === this.told) {
      return;
    }
    this.told = told;
    const cards = clashes.slice(0, LISTED).map((clash, nth) => this.card(clash, nth));
    if (found > cards.length) {
      cards.push(element("p", "a-mut a-sm", filled(words.more, { count: found - cards.length })));
    }
    find("clashes").replaceChildren(...cards);
  }

  card(clash, nth) {
    const { words, store } = this.editor;
    const card = element("div", `g-clash g-clash--${clash.severity}`);
    const title = element("h3", "", filled(words.clash_minutes, { words: clash.words, minutes: clash.minutes }));
    title.append(element("span", `a-tag a-tag--${clash.severity === "block" ? "bad" : "warn"}`, words[clash.severity]));
    card.append(title, element("p", "a-mut a-xs", clash.what));
    for (const id of [clash.first, clash.second]) {
      const item = id === null ? null : store.get(id);
      if (item && item.start !== null) {
        const line = element("p");
        const go = element("button", "g-go", item.title);
        go.type = "button";
        go.dataset.go = id;
        line.append(go, ` ${this.editor.times(item)} · ${store.stage(item.stage).name}`);
        card.append(line);
      }
    }
    if (clash.put_off !== null && this.editor.data.may) {
      const behind = clash.moves.length - 1;
      const text = filled(behind ? words.put_off_more : words.put_off, { minutes: clash.put_off, count: behind });
      const solve = element("button", "a-btn a-btn--s", text);
      solve.type = "button";
      solve.dataset.solve = nth;
      const row = element("div", "a-row");
      row.append(solve);
      card.append(row);
    }
    return card;
  }

  press(button) {
    if (!button) {
      return;
    }
    if (button.dataset.go) {
      this.editor.reveal(Number(button.dataset.go));
    } else if (button.dataset.solve) {
      this.editor.solve(this.editor.store.clashes[Number(button.dataset.solve)]);
    }
  }

  // Items by a part of their title, wherever they are.
  search() {
    const { store } = this.editor;
    const wanted = find("search").value.trim().toLowerCase();
    const found = wanted ? [...store.items.values()].filter((item) => `${item.title} ${item.who}`.toLowerCase().includes(wanted)) : [];
    find("found").replaceChildren(...found.slice(0, 12).map((item) => {
      const row = element("li");
      const go = element("button", "g-go", item.title);
      go.type = "button";
      go.dataset.go = item.id;
      row.append(go, item.start === null ? ` ${this.editor.words.waits}` : ` ${this.editor.store.dayOf(item.start).label} ${this.editor.times(item)}`);
      return row;
    }));
  }
}
