// Where a drag comes to rest: at the edges and middles of its neighbours, else in steps of half a metre.
import { bottom, center, right, UNIT } from "./geometry.js";

export const STEP = UNIT / 2;
export const FINE = UNIT / 20;
const PIXELS = 6; // in which an edge draws

// Snaps a movement of `box`. Returns how far it goes, and the edges that it came to rest at.
export function snapped(box, across, down, others, unit, step) {
  const reach = PIXELS * unit;
  const here = { x: box.x + across, y: box.y + down, w: box.w, h: box.h };
  const x = nearest(here, others, "x", reach);
  const y = nearest(here, others, "y", reach);
  // Without an edge the movement is snapped, not the place: booths keep the gaps that they were drawn with.
  return {
    across: x ? across + x.off : Math.round(across / step) * step,
    down: y ? down + y.off : Math.round(down / step) * step,
    guides: [x && { axis: "x", at: x.at, box: x.box }, y && { axis: "y", at: y.at, box: y.box }].filter(Boolean),
  };
}

function edges(box, axis) {
  const middle = center(box);
  return axis === "x" ? [box.x, middle.x, right(box)] : [box.y, middle.y, bottom(box)];
}

// The edge of another box that is nearest to one of the box's own, and that box.
function nearest(here, others, axis, reach) {
  const own = edges(here, axis);
  let best = null;
  for (const box of others) {
    for (const at of edges(box, axis)) {
      for (const edge of own) {
        const off = at - edge;
        if (Math.abs(off) <= reach && (!best || Math.abs(off) < Math.abs(best.off))) {
          best = { at, off, box };
        }
      }
    }
  }
  return best;
}

// New boxes by id for things in line, or with even gaps between the outermost.
export function lined(boxes, how) {
  const all = Object.values(boxes);
  const x = Math.min(...all.map((box) => box.x));
  const y = Math.min(...all.map((box) => box.y));
  const east = Math.max(...all.map(right));
  const south = Math.max(...all.map(bottom));
  if (how === "across" || how === "down") {
    return spread(boxes, how === "across" ? ["x", "w", x, east] : ["y", "h", y, south]);
  }
  const places = {
    left: (box) => ({ ...box, x }),
    center: (box) => ({ ...box, x: (x + east - box.w) / 2 }),
    right: (box) => ({ ...box, x: east - box.w }),
    top: (box) => ({ ...box, y }),
    middle: (box) => ({ ...box, y: (y + south - box.h) / 2 }),
    bottom: (box) => ({ ...box, y: south - box.h }),
  };
  return Object.fromEntries(Object.entries(boxes).map(([id, box]) => [id, places[how](box)]));
}

function spread(boxes, [place, size, from, to]) {
  const order = Object.entries(boxes).sort(([, one], [, other]) => one[place] - other[place]);
  const room = to - from - order.reduce((sum, [, box]) => sum + box[size], 0);
  const gap = order.length > 1 ? room / (order.length - 1) : 0;
  let at = from;
  return Object.fromEntries(order.map(([id, box]) => {
    const here = at;
    at += box[size] + gap;
    return [id, { ...box, [place]: here }];
  }));
}
