// Boxes on the plan: { x, y, w, h } in its units, the corner at the top left. A metre is 20 units.
export const UNIT = 20;
export const LEAST = UNIT / 2; // no thing is smaller than half a metre

export const right = (box) => box.x + box.w;
export const bottom = (box) => box.y + box.h;
export const metres = (length) => Math.floor((length / UNIT) * 100 + 0.5) / 100;
export const units = (length) => Math.round(length * UNIT * 100) / 100;
export const same = (one, other) => ["x", "y", "w", "h"].every((side) => one[side] === other[side]);
export const center = (box) => ({ x: box.x + box.w / 2, y: box.y + box.h / 2 });

// How deep two boxes reach into each other; not above 0 where they do not.
export function depth(one, other) {
  const across = Math.min(right(one), right(other)) - Math.max(one.x, other.x);
  return Math.min(across, Math.min(bottom(one), bottom(other)) - Math.max(one.y, other.y));
}

// How far two boxes are apart, 0 where they touch.
export function gap(one, other) {
  const across = Math.max(other.x - right(one), one.x - right(other), 0);
  return Math.hypot(across, Math.max(other.y - bottom(one), one.y - bottom(other), 0));
}

// How far a box reaches out of another; not above 0 where it does not.
export function reach(inner, outer) {
  const across = Math.max(outer.x - inner.x, right(inner) - right(outer));
  return Math.max(across, outer.y - inner.y, bottom(inner) - bottom(outer));
}

export function contains(outer, inner) {
  return reach(inner, outer) <= 0;
}

// The smallest box around all of them.
export function around(boxes) {
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return { x, y, w: Math.max(...boxes.map(right)) - x, h: Math.max(...boxes.map(bottom)) - y };
}

// The same place turned by 90 degrees about its middle, on whole hundredths of a unit.
export function turned(box) {
  const middle = center(box);
  return { x: middle.x - box.h / 2, y: middle.y - box.w / 2, w: box.h, h: box.w };
}

// Things in reading order: rows from the top, each from the left. What overlaps a row's first by half is in the row.
export function readingOrder(things) {
  const rest = [...things].sort((one, other) => one.box.y - other.box.y || one.box.x - other.box.x);
  const ordered = [];
  while (rest.length) {
    const middle = rest[0].box.y + rest[0].box.h / 2;
    const row = rest.filter((thing) => thing.box.y < middle);
    row.sort((one, other) => one.box.x - other.box.x || one.box.y - other.box.y);
    ordered.push(...row);
    row.forEach((thing) => rest.splice(rest.indexOf(thing), 1));
  }
  return ordered;
}
