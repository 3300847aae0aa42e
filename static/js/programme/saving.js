// Each step is saved at once, one after the other. What could not be sent waits, and is never called saved.
import { spotOf } from "./store.js";
import { element, filled } from "./words.js";

const SETTLE = 600; // ms that keys may go on
const AGAIN = 4000; // ms until what could not be sent is tried again
const LOOK = 10000; // ms between looks at what others did
const find = (name) => document.querySelector(`[data-${name}]`);

export class Saving {
  constructor(editor, page) {
    this.editor = editor;
    this.page = page;
    this.token = page.dataset.token;
    this.queue = [];
    this.busy = false;
    this.trouble = "";
    this.away = false;
    this.at = "";
    this.timer = 0;
    this.etag = "";
    window.addEventListener("beforeunload", (event) => this.queue.length && event.preventDefault());
    window.addEventListener("online", () => this.send());
    window.addEventListener("offline", () => this.tell());
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.look());
    window.setInterval(() => this.look(), LOOK);
  }

  get isIdle() {
    return !this.queue.length && !this.busy && !this.editor.isBusy && !document.querySelector("dialog[open]");
  }

  // Says in one place how things stand.
  tell() {
    const { words, data } = this.editor;
    const count = this.queue.length;
    const place = find("saved");
    const sentence = !data.may ? words.reading
      : this.trouble ? this.trouble
      : count && (this.away || !navigator.onLine) ? filled(words.queued, { count })
      : count && !this.busy ? filled(words.unsaved, { count })
      : this.busy ? words.saving
      : this.at ? filled(words.saved, { time: this.at }) : words.as_saved;
    if (place.textContent !== sentence) {
      place.textContent = sentence;
    }
    place.classList.toggle("is-open", count > 0 || Boolean(this.trouble));
    find("again").hidden = !(count && !this.busy && (this.away || this.trouble));
  }

  // The items that are not saved yet.
  get pending() {
    return new Set(this.queue.flatMap(({ step }) => step.moves.map(({ id }) => id)));
  }

  // Puts a step into the queue: `side` is where its items go, `back` says that they were there before.
  push(step, side, { back = false, wait = false } = {}) {
    const last = this.queue[this.queue.length - 1];
    if (!(last && last.step === step && last.side === side && !last.flying)) {
      this.queue.push({ step, side, back, flying: false });
    }
    window.clearTimeout(this.timer);
    if (wait) {
      this.timer = window.setTimeout(() => this.send(), SETTLE);
      this.tell();
    } else {
      this.send();
    }
  }

  async send() {
    const [entry] = this.queue;
    if (this.busy || !entry || document.querySelector("dialog[open][data-conflict]")) {
      this.tell();
      return;
    }
    this.busy = true;
    this.trouble = "";
    entry.flying = true;
    entry.step.sent = true;
    this.tell();
    try {
      await this.take(entry, await this.post(entry));
      this.away = false;
    } catch (error) {
      if (!(error instanceof TypeError)) {
        throw error;
      }
      this.away = true;
      this.timer = window.setTimeout(() => this.send(), AGAIN);
    } finally {
      this.busy = false;
      this.tell();
      this.editor.draw();
    }
    if (this.queue.length && !this.away && !this.trouble) {
      await this.send();
    }
  }

  post({ step, side, back, versions = {} }) {
    const { store } = this.editor;
    const version = (id) => versions[id] ?? (back && store.mine.has(id) ? store.mine.get(id) : store.get(id).version);
    const moves = step.moves.map((move) => ({
      id: move.id,
      version: version(move.id),
      ...spotOf(move[side]),
      reset: Boolean(move[side].reset) && store.mine.has(move.id),
    }));
    return fetch(this.page.dataset.save, {
      method: "POST",
      redirect: "manual",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": this.token },
      body: JSON.stringify({ moves }),
    });
  }

  async take(entry, answer) {
    const { words, store } = this.editor;
    if (answer.ok) {
      const told = await answer.json();
      this.queue.shift();
      this.at = told.at;
      this.etag = told.etag;
      store.settle(told.versions);
      store.find(told);
      return;
    }
    if (answer.type === "opaqueredirect") {
      this.trouble = words.signed_out;
      return;
    }
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    const told = isJson ? await answer.json() : {};
    if (told.stale) {
      this.trouble = words.conflict;
      this.disagree(entry, told.stale);
    } else if (answer.status === 400 && !entry.renewed && (await this.renew())) {
      entry.renewed = true;
    } else if (answer.status >= 500) {
      this.away = true;
      this.trouble = filled(words.refused, { why: told.error || answer.status });
      this.timer = window.setTimeout(() => this.send(), AGAIN);
    } else {
      await this.drop(told.error || answer.status);
    }
  }

  // The server refuses the step: it and all that waits behind it is put back, and said so.
  async drop(why) {
    this.editor.store.forget(this.queue.map(({ step }) => step));
    this.queue = [];
    await this.load();
    this.editor.say(filled(this.editor.words.dropped, { why }));
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

  // Looks at what others did, when nothing of this page is under way.
  async look() {
    if (!this.isIdle || document.visibilityState !== "visible") {
      return;
    }
    try {
      const answer = await fetch(this.page.dataset.data, { redirect: "manual", headers: { "If-None-Match": this.etag } });
      if (answer.ok && this.isIdle) {
        this.etag = answer.headers.get("ETag") || "";
        const count = this.editor.take(await answer.json());
        if (count) {
          this.editor.say(filled(this.editor.words.others, { count }));
        }
      }
    } catch (error) {
      if (!(error instanceof TypeError)) {
        throw error;
      }
      this.tell();
    }
  }

  async load() {
    const answer = await fetch(this.page.dataset.data, { redirect: "manual" });
    if (!answer.ok) {
      return false;
    }
    this.etag = answer.headers.get("ETag") || "";
    this.editor.take(await answer.json());
    return true;
  }

  // Lays both places of each item beside each other; nothing is decided for the reader.
  disagree(entry, stale) {
    this.stale = stale;
    this.choices = new Map();
    find("stale").replaceChildren(...stale.map((one) => this.side(one)));
    find("resolve").disabled = true;
    find("conflict").showModal();
    this.entry = entry;
  }

  side(one) {
    const { words, store, clock } = this.editor;
    const box = element("fieldset", "g-stale");
    box.append(element("legend", "", one.title));
    const table = element("div", "h-diff");
    table.append(element("span", "is-h is-k"), element("span", "is-h", words.theirs), element("span", "is-h", words.mine));
    const shown = {
      stage: ({ stage }) => (stage ? store.stage(stage).name : words.waits),
      start: ({ start }) => (start === null ? "—" : clock.say(start)),
      length: ({ minutes }) => filled(words.minutes, { count: minutes }),
    };
    for (const [name, say] of Object.entries(shown)) {
      table.append(element("span", "is-k", words[name]), element("span", "", say(one.theirs)), element("span", "", say(one.mine)));
    }
    const picks = element("div", "a-row");
    for (const [value, text] of [["theirs", words.take_theirs], ["mine", words.take_mine]]) {
      const label = element("label", "a-chk");
      const input = element("input", "");
      Object.assign(input, { type: "radio", name: `side-${one.id}`, value });
      input.addEventListener("change", () => {
        this.choices.set(one.id, value);
        find("resolve").disabled = this.choices.size < this.stale.length;
      });
      label.append(input, element("span", "", text));
      picks.append(label);
    }
    box.append(table, picks);
    return box;
  }

  async resolve() {
    const { store } = this.editor;
    const { entry } = this;
    entry.versions = entry.versions || {};
    entry.flying = false;
    for (const one of this.stale) {
      if (this.choices.get(one.id) === "mine") {
        entry.versions[one.id] = one.version;
      } else {
        entry.step.moves = entry.step.moves.filter((move) => move.id !== one.id);
        Object.assign(store.get(one.id), spotOf(one.theirs), { version: one.version });
        store.mine.set(one.id, one.version);
      }
    }
    if (!entry.step.moves.length) {
      this.queue.shift();
      store.forget([entry.step]);
    }
    this.trouble = "";
    find("conflict").close();
    this.editor.draw();
    await this.send();
    if (!this.queue.length) {
      this.etag = "";
      await this.look();
    }
  }

  // Nothing is chosen: the steps that wait are dropped, the page shows what is saved.
  async later() {
    find("conflict").close();
    this.trouble = "";
    this.editor.store.forget(this.queue.map(({ step }) => step));
    this.queue = [];
    await this.load();
    this.tell();
  }
}
