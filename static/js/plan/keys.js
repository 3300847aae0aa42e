// Everything that a mouse does, by keys.
import { LEAST } from "./geometry.js";
import { FINE, STEP } from "./snap.js";
import { boxOf, idOf, isBox, isPlaced, moved, put } from "./things.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const TYPING = "input, textarea, select";

export function listen(editor) {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) {
      return;
    }
    const done = event.ctrlKey || event.metaKey ? together(editor, event) : alone(editor, event);
    if (done) {
      event.preventDefault();
    }
  });
  const { svg } = editor.drawing;
  svg.addEventListener("focusin", (event) => {
    const group = event.target.closest("[data-id]");
    if (group && !editor.ids.has(group.dataset.id) && group.matches(":focus-visible") && !editor.gathering) {
      editor.choose([group.dataset.id]);
      editor.reveal(group.dataset.id, false);
    }
  });
}

// Keys with Ctrl. Text fields keep their own undo; saving is for the whole page.
function together(editor, event) {
  const key = event.key.toLowerCase();
  if (key === "s") {
    editor.act("save");
    return true;
  }
  if (event.target.closest(TYPING)) {
    return false;
  }
  if (key === "z" || key === "y") {
    editor.act(key === "y" || event.shiftKey ? "redo" : "undo");
    return true;
  }
  if (key === "a" && onPlan(event)) {
    editor.choose(editor.store.things.filter((thing) => thing.kind === "booth" && thing.may).map(idOf));
    return true;
  }
  if (key === "d" && onPlan(event)) {
    editor.act("copy");
    return true;
  }
  return false;
}

function alone(editor, event) {
  if (event.key === "Escape" && !event.target.closest(TYPING)) {
    editor.escape();
    return true;
  }
  if (event.target.closest(TYPING) || !onPlan(event)) {
    return false;
  }
  const group = event.target.closest("[data-id]");
  if (event.key in ARROWS) {
    return arrow(editor, event);
  }
  const acts = { Delete: "remove", Backspace: "remove", "+": "larger", "=": "larger", "-": "smaller", 0: "whole" };
  if (event.key in acts) {
    editor.act(acts[event.key]);
    return true;
  }
  if (event.key === " " && group) {
    const { id } = group.dataset;
    editor.choose(editor.ids.has(id) && editor.gathering ? [...editor.ids].filter((one) => one !== id) : [...editor.ids, id]);
    editor.gather(true);
    return true;
  }
  if (event.key === "Enter" && group) {
    editor.enter(group.dataset.id);
    return true;
  }
  if (event.key === "/") {
    document.querySelector("[data-find]").focus();
    return true;
  }
  if (event.key === "?") {
    document.querySelector("[data-help]").showModal();
    return true;
  }
  if (event.key.toLowerCase() === "r") {
    editor.act("rotate");
    return true;
  }
  const letter = event.key.toUpperCase();
  const tool = [...document.querySelectorAll("[data-tool][aria-keyshortcuts]")].find((button) => button.getAttribute("aria-keyshortcuts") === letter);
  if (tool) {
    editor.use(tool.dataset.tool, true);
    return true;
  }
  return false;
}

function arrow(editor, event) {
  const [across, down] = ARROWS[event.key];
  const chosen = editor.chosen.filter((thing) => thing.may && isPlaced(thing));
  if (!chosen.length) {
    return false;
  }
  const step = event.shiftKey || !editor.snap ? FINE : STEP;
  const things = event.altKey ? chosen.filter(isBox) : editor.withContents(chosen);
  const after = Object.fromEntries(things.map((thing) => [idOf(thing), event.altKey
    ? grown(thing, across * step, down * step)
    : moved(thing, across * step, down * step)]));
  editor.step(after, event.altKey ? "size" : "move");
  return true;
}

function grown(thing, across, down) {
  const box = boxOf(thing);
  return put(thing, { ...box, w: Math.max(box.w + across, LEAST), h: Math.max(box.h + down, LEAST) });
}

function onPlan(event) {
  return Boolean(event.target.closest(".p-canvas, .p-tools") || event.target === document.body || event.target.id === "main");
}
