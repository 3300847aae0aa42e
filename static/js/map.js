// The plan for visitors: buttons and two fingers make it larger, one finger moves it then. Nothing here is needed.
(function () {
  "use strict";
  var MOST = 6;
  var box = document.querySelector("[data-map]");
  var svg = box && box.querySelector("svg");
  if (!svg || !window.PointerEvent || !svg.getScreenCTM) {
    return;
  }
  var whole = svg.viewBox.baseVal;
  whole = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
  var now = whole;
  var fingers = {};
  var moved = 0;
  var buttons = box.querySelector("[data-zoom]");
  buttons.hidden = false;

  function show(next) {
    var w = Math.min(Math.max(next.w, whole.w / MOST), whole.w);
    var h = (w * whole.h) / whole.w;
    now = {
      x: Math.min(Math.max(next.x, whole.x), whole.x + whole.w - w),
      y: Math.min(Math.max(next.y, whole.y), whole.y + whole.h - h),
      w: w,
      h: h,
    };
    svg.setAttribute("viewBox", [now.x, now.y, now.w, now.h].join(" "));
    if (now.w < whole.w * 0.7) {
      box.setAttribute("data-near", "");
    } else {
      box.removeAttribute("data-near");
    }
  }

  // Makes it larger so that the point stays where it is.
  function scale(by, x, y) {
    var w = Math.min(Math.max(now.w / by, whole.w / MOST), whole.w);
    var share = w / now.w;
    show({ x: x - (x - now.x) * share, y: y - (y - now.y) * share, w: w });
  }

  function unit() {
    return 1 / svg.getScreenCTM().a;
  }

  function place(clientX, clientY) {
    var at = svg.createSVGPoint();
    at.x = clientX;
    at.y = clientY;
    return at.matrixTransform(svg.getScreenCTM().inverse());
  }

  function ids() {
    return Object.keys(fingers);
  }

  buttons.addEventListener("click", function (event) {
    var by = event.target.getAttribute("data-by");
    if (by) {
      scale(Number(by), now.x + now.w / 2, now.y + now.h / 2);
    }
  });
  svg.addEventListener("pointerdown", function (event) {
    fingers[event.pointerId] = { x: event.clientX, y: event.clientY };
    moved = 0;
  });
  svg.addEventListener("pointermove", function (event) {
    var finger = fingers[event.pointerId];
    if (!finger) {
      return;
    }
    var across = event.clientX - finger.x;
    var down = event.clientY - finger.y;
    var other = ids().filter(function (id) {
      return id !== String(event.pointerId);
    })[0];
    if (other) {
      var rest = fingers[other];
      var before = Math.hypot(finger.x - rest.x, finger.y - rest.y);
      var after = Math.hypot(event.clientX - rest.x, event.clientY - rest.y);
      var middle = place((event.clientX + rest.x) / 2, (event.clientY + rest.y) / 2);
      if (before > 0) {
        scale(after / before, middle.x, middle.y);
      }
    } else if (now.w < whole.w) {
      show({ x: now.x - across * unit(), y: now.y - down * unit(), w: now.w });
    }
    moved += Math.abs(across) + Math.abs(down);
    fingers[event.pointerId] = { x: event.clientX, y: event.clientY };
  });
  ["pointerup", "pointercancel", "pointerleave"].forEach(function (type) {
    svg.addEventListener(type, function (event) {
      delete fingers[event.pointerId];
    });
  });
  // A finger that moved the plan did not mean the zone under it.
  svg.addEventListener("click", function (event) {
    if (moved > 8 && now.w < whole.w) {
      event.preventDefault();
    }
  });
  svg.addEventListener("dragstart", function (event) {
    event.preventDefault();
  });
})();
