// Everything that a mouse does, by keys.
const TYPING = "input, textarea, select";
const DOWN = { ArrowUp: -1, ArrowDown: 1 };
const OVER = { ArrowLeft: -1, ArrowRight: 1 };

export function listen(editor) {
  document.addEventListener("keydown", (event) => {
    if (document.querySelector("dialog[open]")) {
      return;
    }
    const typing = Boolean(event.target.closest(TYPING));
    const done = event.ctrlKey || event.metaKey ? together(editor, event, typing) : alone(editor, event, typing);
    if (done) {
      event.preventDefault();
    }
  });
  document.addEventListener("focusin", (event) => {
    const made = event.target.closest(".g-it, .g-chip");
    const id = made && Number(made.dataset.id);
    if (made && !editor.ids.has(id) && event.target.matches(":focus-visible")) {
      editor.choose([id]);
    }
  });
}

function together(editor, event, typing) {
  const key = event.key.toLowerCase();
  if (typing) {
    return false;
  }
  if (key === "z" || key === "y") {
    editor.act(key === "y" || event.shiftKey ? "redo" : "undo");
    return true;
  }
  if (key === "a" && event.target.closest("[data-grid]")) {
    editor.chooseDay();
    return true;
  }
  return false;
}

function alone(editor, event, typing) {
  if (event.key === "Escape") {
    return editor.escape();
  }
  if (typing || event.altKey) {
    return false;
  }
  if (event.key === "?" || event.key === "/") {
    editor.act(event.key === "?" ? "help" : "search");
    return true;
  }
  const chip = event.target.closest(".g-chip");
  if (chip) {
    return event.key === "Enter" && editor.schedule(Number(chip.dataset.id));
  }
  const made = event.target.closest(".g-it");
  return Boolean(made) && onItem(editor, event, Number(made.dataset.id));
}

function onItem(editor, event, id) {
  const down = DOWN[event.key] || 0;
  const over = OVER[event.key] || 0;
  if (event.key === "Enter") {
    editor.choose([id]);
    editor.panel.enter();
  } else if (event.key === " ") {
    editor.toggle(id);
  } else if (event.key === "Delete" || event.key === "Backspace") {
    editor.toTray(editor.chosenOr(id));
  } else if (down && event.shiftKey) {
    editor.stretch(id, down);
  } else if (down || over) {
    editor.nudge(id, over, down);
  } else {
    return false;
  }
  return true;
}
