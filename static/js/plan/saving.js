// Saving: when the organizer says so, all or nothing. Until then a copy of what is unsaved stays in this browser.
import { idOf } from "./things.js";
import { element } from "./panel.js";
import { filled, said } from "./words.js";

const KEEP = 400; // ms after a change until the copy is written
const find = (name) => document.querySelector(`[data-${name}]`);

export class Saving {
  constructor(editor, page) {
    this.editor = editor;
    this.page = page;
    this.token = page.dataset.token;
    this.at = "";
    this.busy = false;
    this.trouble = "";
    this.shelf = `plan ${editor.data.event} ${page.dataset.me}`;
    this.timer = 0;
    this.choices = new Map();
    window.addEventListener("beforeunload", (event) => {
      if (editor.store.changes.length) {
        event.preventDefault();
      }
    });
    window.addEventListener("online", () => this.tell());
    window.addEventListener("offline", () => this.tell());
    window.addEventListener("pagehide", () => this.keep());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible" && !this.busy) {
        this.look();
      }
    });
  }

  // Says in one place how things stand.
  tell() {
    const { words, store } = this.editor;
    const count = store.changes.length;
    const place = find("saved");
    const sentence = this.busy ? words.saving
      : this.trouble ? this.trouble
      : count ? filled(navigator.onLine ? words.unsaved : words.offline, { count })
      : this.at ? filled(words.saved, { time: this.at }) : words.as_saved;
    if (place.textContent !== sentence) {
      place.textContent = sentence;
    }
    place.classList.toggle("is-open", count > 0);
    const button = document.querySelector('[data-act="save"]');
    if (button) {
      button.disabled = this.busy || count === 0;
    }
  }

  changed() {
    this.trouble = "";
    this.tell();
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.keep(), KEEP);
  }

  // Writes the copy, or takes it away where there is nothing unsaved.
  keep() {
    const changes = this.editor.store.changes;
    try {
      if (changes.length) {
        localStorage.setItem(this.shelf, JSON.stringify({ at: Date.now(), changes }));
      } else if (!this.offered) {
        localStorage.removeItem(this.shelf);
      }
    } catch (error) {
      if (!(error instanceof DOMException)) {
        throw error;
      }
      this.editor.say(this.editor.words.unkept);
    }
  }

  // Offers what an earlier visit left unsaved.
  offer() {
    const kept = this.kept();
    if (!kept) {
      return;
    }
    this.offered = kept;
    const time = new Date(kept.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
    find("kept-words").textContent = filled(this.editor.words.kept, { count: kept.changes.length, time });
    find("kept").hidden = false;
  }

  kept() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.shelf) || "null");
      return kept && Array.isArray(kept.changes) && kept.changes.length ? kept : null;
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof DOMException)) {
        throw error;
      }
      return null;
    }
  }

  restore() {
    const { store } = this.editor;
    const after = {};
    for (const change of this.offered.changes) {
      const id = idOf(change);
      const entry = store.entries.get(id);
      if (change.op === "create" && !entry) {
        store.entries.set(id, { kind: change.kind, key: change.key, version: 0, may: true, base: null, facts: null });
        after[id] = change.facts;
      } else if (change.op === "remove" && entry && entry.facts) {
        after[id] = null;
      } else if (entry && entry.facts) {
        after[id] = { ...entry.facts, ...change.facts };
        // Read at an older version: the server then shows both sides instead of taking the copy for news.
        entry.version = Math.min(entry.version, change.version);
      }
    }
    this.forget();
    this.editor.step(after);
  }

  forget() {
    this.offered = null;
    find("kept").hidden = true;
    this.keep();
  }

  async save(again = true) {
    const { store, words } = this.editor;
    const changes = store.changes;
    if (this.busy || !changes.length) {
      return;
    }
    this.busy = true;
    this.trouble = "";
    this.tell();
    try {
      const answer = await this.send(changes);
      if (answer.type === "opaqueredirect") {
        this.trouble = words.signed_out;
      } else if (answer.ok) {
        this.done(changes, await answer.json());
      } else {
        await this.refused(answer, again);
      }
    } catch (error) {
      if (!(error instanceof TypeError)) {
        throw error;
      }
      this.trouble = filled(words.offline, { count: changes.length });
    } finally {
      this.busy = false;
      this.tell();
    }
    if (this.retry) {
      this.retry = false;
      await this.save(false);
    }
  }

  send(changes) {
    return fetch(this.page.dataset.save, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
      body: JSON.stringify({ changes }),
    });
  }

  done(changes, { saved, at }) {
    const { store, words } = this.editor;
    this.at = at;
    store.settle(changes, new Map(saved.map((one) => [idOf(one), one.version])));
    this.keep();
    this.editor.say(filled(words.saved_now, { count: changes.length }));
    this.look();
  }

  async refused(answer, again) {
    const { words } = this.editor;
    const told = answer.headers.get("Content-Type") === "application/json" ? await answer.json() : {};
    if (told.stale) {
      this.disagree(told.stale);
      this.trouble = words.conflict;
    } else if (answer.status === 400 && again && (await this.renew())) {
      this.retry = true;
    } else {
      this.trouble = filled(words.refused, { why: told.error || answer.status });
      this.editor.say(this.trouble);
    }
  }

  // A token lives an hour: the page itself gives a new one.
  async renew() {
    const answer = await fetch(window.location.href, { redirect: "manual" });
    if (!answer.ok) {
      return false;
    }
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-token]");
    this.token = fresh ? fresh.dataset.token : this.token;
    return Boolean(fresh);
  }

  // Brings in what others saved meanwhile.
  async look() {
    try {
      const answer = await fetch(this.page.dataset.data, { redirect: "manual" });
      if (answer.ok) {
        this.editor.store.refresh((await answer.json()).things);
      }
    } catch (error) {
      if (!(error instanceof TypeError)) {
        throw error;
      }
      this.tell();
    }
  }

  // Lays both sides of each thing beside each other; nothing is decided for the reader.
  disagree(stale) {
    this.choices = new Map();
    this.stale = stale;
    find("stale").replaceChildren(...stale.map((one, nth) => this.side(one, nth)));
    document.querySelector('[data-act="resolve"]').disabled = true;
    find("conflict").showModal();
  }

  side(one, nth) {
    const { words, store } = this.editor;
    const entry = store.entries.get(idOf(one));
    const mine = entry.facts;
    const box = element("fieldset", "p-stale");
    box.append(element("legend", "", this.editor.nameOf(one.theirs ? { facts: one.theirs } : { facts: entry.base || mine })));
    const table = element("div", "h-diff");
    const head = ["", words.theirs, words.mine].map((text, at) => element("span", at ? "is-h" : "is-h is-k", text));
    table.append(...head);
    for (const [label, theirs, ours] of differences(entry, one.theirs, mine, words)) {
      table.append(element("span", "is-k", label), element("span", "", theirs), element("span", "", ours));
    }
    const picks = element("div", "a-row");
    for (const [value, text] of [["theirs", words.take_theirs], ["mine", words.take_mine]]) {
      const label = element("label", "a-chk");
      const input = element("input", "");
      Object.assign(input, { type: "radio", name: `side-${nth}`, value });
      input.addEventListener("change", () => {
        this.choices.set(nth, value === "mine");
        document.querySelector('[data-act="resolve"]').disabled = this.choices.size < this.stale.length;
      });
      label.append(input, element("span", "", text));
      picks.append(label);
    }
    box.append(table, picks);
    return box;
  }

  async resolve() {
    this.stale.forEach((one, nth) => this.editor.store.resolve(one, this.choices.get(nth)));
    find("conflict").close();
    this.changed();
    await this.save();
    if (!this.editor.store.changes.length) {
      await this.look();
    }
  }
}

// Rows of what differs: the name of the field, theirs, mine.
function differences(entry, theirs, mine, words) {
  if (!theirs || !mine) {
    return [[words.whole, theirs ? words.stays : words.gone, mine ? words.stays : words.gone]];
  }
  const label = (name) => words[`f_${name}`] || name;
  return Object.keys(theirs)
    .filter((name) => JSON.stringify(theirs[name]) !== JSON.stringify(mine[name]))
    .map((name) => [label(name), shown(name, theirs[name], words), shown(name, mine[name], words)]);
}

function shown(name, value, words) {
  if (value === null || value === "") {
    return words.empty;
  }
  if (typeof value === "boolean") {
    return value ? words.yes : words.no;
  }
  if (Array.isArray(value)) {
    return value.map((each) => (Array.isArray(each) ? each.map((part) => said(part / 20)).join(", ") : each)).join("; ");
  }
  if (typeof value === "number") {
    return /^(map_)?[xywh]$/.test(name) ? filled(words.metres, { metres: said(value / 20) }) : said(value);
  }
  return String(value);
}
