// What a mouse, a finger or a pen does: move, stretch by the lower edge, take out of the tray and put back.
const STILL = 5; // pixels that a click may shake
const EDGE = 36; // pixels from the edge at which the grid scrolls
const find = (name) => document.querySelector(`[data-${name}]`);

export class Pointer {
  constructor(editor) {
    this.editor = editor;
    this.drag = null;
    this.ghost = find("ghost");
    document.addEventListener("pointerdown", (event) => this.down(event));
    document.addEventListener("pointermove", (event) => this.move(event));
    document.addEventListener("pointerup", (event) => this.drop(event));
    document.addEventListener("pointercancel", () => this.stop());
  }

  down(event) {
    const made = event.target.closest(".g-it");
    const chip = event.target.closest(".g-chip");
    const id = Number((made || chip || { dataset: {} }).dataset.id);
    const item = this.editor.store.get(id);
    if (event.button || !item || this.drag) {
      return;
    }
    // A finger scrolls the page over what is not chosen yet: one tap chooses, the next one moves.
    const ready = event.pointerType !== "touch" || this.editor.ids.has(id);
    if (made) {
      if (event.shiftKey || event.ctrlKey || event.metaKey) {
        this.editor.toggle(id);
        event.preventDefault();
        return;
      }
      if (!this.editor.ids.has(id)) {
        this.editor.choose([id]);
      }
    } else {
      this.editor.choose([id]);
    }
    if (!ready || !this.editor.data.may) {
      return;
    }
    this.drag = {
      id, item, x: event.clientX, y: event.clientY, moved: false, pointer: event.pointerId,
      grip: Boolean(event.target.closest("[data-grip]")), scroll: this.editor.grid.box.scrollTop,
      target: event.target,
    };
  }

  move(event) {
    const { drag, editor } = this;
    if (!drag || event.pointerId !== drag.pointer) {
      return;
    }
    const across = event.clientX - drag.x;
    const down = event.clientY - drag.y;
    if (!drag.moved) {
      if (Math.abs(across) + Math.abs(down) < STILL) {
        return;
      }
      if (!editor.mayMove(drag.item, true)) {
        this.drag = null;
        return;
      }
      drag.moved = true;
      if (event.buttons) {
        drag.target.setPointerCapture(event.pointerId); // a button let go meanwhile has no pointer to hold
      }
      editor.dragging = true;
    }
    event.preventDefault();
    this.scroll(event);
    if (drag.grip) {
      this.stretch(drag, down);
    } else {
      this.carry(drag, event, down);
    }
  }

  scroll({ clientY }) {
    const { box } = this.editor.grid;
    const { top, bottom } = box.getBoundingClientRect();
    if (clientY < top + EDGE * 2) {
      box.scrollTop -= 8;
    } else if (clientY > bottom - EDGE) {
      box.scrollTop += 8;
    }
  }

  stretch(drag, down) {
    const { editor } = this;
    const { grid, day, step } = editor;
    const scrolled = grid.box.scrollTop - drag.scroll;
    const end = drag.item.start + drag.item.minutes + (down + scrolled) / grid.pixels;
    const until = Math.min(Math.round(end / step) * step, day.to);
    drag.spots = [{ id: drag.id, after: { ...spot(drag.item), minutes: Math.max(until - drag.item.start, 1) } }];
    this.show(drag);
  }

  carry(drag, event, down) {
    const { editor } = this;
    const { grid, day, step } = editor;
    const overTray = Boolean(document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.closest("[data-tray]")));
    find("tray").classList.toggle("is-over", overTray);
    const column = overTray ? null : grid.columnAt(event.clientX, event.clientY);
    grid.columns.forEach((one) => one.classList.toggle("is-over", one === column));
    drag.toTray = overTray && drag.item.stage !== null;
    drag.spots = [];
    if (column && drag.item.stage === null) {
      const minute = day.from + (event.clientY - column.getBoundingClientRect().top) / grid.pixels;
      drag.spots = editor.intoGrid(drag.item, column.dataset.stage, Math.round(minute / step) * step);
    } else if (column) {
      const scrolled = grid.box.scrollTop - drag.scroll;
      const wanted = Math.round((drag.item.start + (down + scrolled) / grid.pixels) / step) * step;
      const stages = editor.store.stages.map(({ code }) => code);
      const over = stages.indexOf(column.dataset.stage) - stages.indexOf(drag.item.stage);
      drag.spots = editor.shifted(editor.group(drag.item), over, wanted - drag.item.start);
    }
    this.show(drag, event);
  }

  // Draws where the items would be; nothing is changed before the drop.
  show(drag, event) {
    const { grid, store, day, words } = this.editor;
    document.body.classList.add("is-dragging");
    const [first] = drag.spots || [];
    this.ghost.hidden = !event;
    if (event) {
      this.ghost.style.setProperty("--x", `${event.clientX}px`);
      this.ghost.style.setProperty("--y", `${event.clientY}px`);
      const told = first && drag.spots.find(({ id }) => id === drag.id);
      this.ghost.textContent = drag.toTray ? words.waits
        : told ? this.editor.when(told.after, drag.item) : drag.item.title;
    }
    for (const { id, after } of drag.spots) {
      const made = grid.made.get(id);
      if (!made || !made.isConnected) {
        continue;
      }
      const from = grid.columns.find((one) => one.dataset.stage === store.get(id).stage);
      const to = grid.columns.find((one) => one.dataset.stage === after.stage);
      made.classList.add("is-drag");
      grid.place(made, after, day);
      made.style.setProperty("--over", `${to.offsetLeft - from.offsetLeft}px`);
      made.parts.times.textContent = this.editor.times(after);
    }
  }

  drop(event) {
    const { drag, editor } = this;
    if (!drag || event.pointerId !== drag.pointer) {
      return;
    }
    this.stop();
    if (!drag.moved) {
      return;
    }
    editor.quiet(); // the click that follows a drag opens nothing
    if (drag.toTray) {
      editor.toTray(editor.group(drag.item));
    } else if (drag.spots && drag.spots.length) {
      editor.move(drag.spots, drag.item, "", false);
    }
  }

  stop() {
    if (!this.drag) {
      return;
    }
    const { moved } = this.drag;
    this.drag = null;
    this.editor.dragging = false;
    this.ghost.hidden = true;
    document.body.classList.remove("is-dragging");
    find("tray").classList.remove("is-over");
    this.editor.grid.columns.forEach((one) => one.classList.remove("is-over"));
    this.editor.grid.made.forEach((made) => made.style.removeProperty("--over"));
    if (moved) {
      this.editor.draw();
    }
  }
}

function spot({ stage, start, minutes }) {
  return { stage, start, minutes };
}
