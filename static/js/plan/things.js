// What the things of a plan are: where they lie, what moves them, what the rules ask about them.
import { bottom, LEAST, right, turned, UNIT } from "./geometry.js";

export const ORDER = ["zone", "stage", "booth", "shape", "facility"];
const PREFIX = { zone: "zone", stage: "st", booth: "bt", shape: "sh", facility: "fc" };
const SIDES = { x: "map_x", y: "map_y", w: "map_w", h: "map_h" };
const exact = (number) => Math.round(number * 100) / 100;

export const idOf = (thing) => `${thing.kind} ${thing.key}`;
export const isRoute = (thing) => thing.kind === "shape" && thing.facts.kind === "route";
export const isBox = (thing) => thing.kind !== "facility" && !isRoute(thing);
export const isPlaced = (thing) => thing.kind !== "stage" || thing.facts.map_x !== null;

// The box of a thing, without size for a facility; null where it has no place yet.
export function boxOf({ kind, facts }) {
  if (kind === "facility") {
    return { x: facts.x, y: facts.y, w: 0, h: 0 };
  }
  if (facts.map_x === null) {
    return null;
  }
  return { x: facts.map_x, y: facts.map_y, w: facts.map_w, h: facts.map_h };
}

// The same facts in another box; a route's points go with it.
export function put(thing, box) {
  const { kind, facts } = thing;
  if (kind === "facility") {
    return { ...facts, x: exact(box.x), y: exact(box.y) };
  }
  const told = Object.fromEntries(Object.entries(SIDES).map(([side, name]) => [name, exact(box[side])]));
  if (!isRoute(thing)) {
    return { ...facts, ...told };
  }
  const points = facts.points.map(([x, y]) => [exact(x + box.x - facts.map_x), exact(y + box.y - facts.map_y)]);
  return along({ ...facts, points });
}

// A route's facts with the bounds of its points for its box.
export function along(facts) {
  const across = facts.points.map(([x]) => x);
  const down = facts.points.map(([, y]) => y);
  const x = Math.min(...across);
  const y = Math.min(...down);
  const size = { map_w: exact(Math.max(...across) - x), map_h: exact(Math.max(...down) - y) };
  return { ...facts, map_x: x, map_y: y, ...size };
}

export function rotated(thing) {
  return isBox(thing) ? put(thing, turned(boxOf(thing))) : thing.facts;
}

export function moved(thing, across, down) {
  const box = boxOf(thing);
  return put(thing, { ...box, x: box.x + across, y: box.y + down });
}

// The box drawn from one corner to another; a side that is pulled too far stops at the least size.
export function stretched(box, corner, across, down) {
  const west = corner.includes("w") ? Math.min(box.x + across, right(box) - LEAST) : box.x;
  const north = corner.includes("n") ? Math.min(box.y + down, bottom(box) - LEAST) : box.y;
  const east = corner.includes("e") ? Math.max(right(box) + across, box.x + LEAST) : right(box);
  const south = corner.includes("s") ? Math.max(bottom(box) + down, box.y + LEAST) : bottom(box);
  return { x: west, y: north, w: east - west, h: south - north };
}

export function newKey(kind) {
  const signs = crypto.getRandomValues(new Uint8Array(12));
  return `${PREFIX[kind]}-${[...signs].map((sign) => (sign % 36).toString(36)).join("")}`;
}

// The name that people know a thing by.
export function nameOf(thing, language) {
  const { facts } = thing;
  const name = (language === "zh" ? facts.name_zh || facts.name_en : facts.name_en || facts.name_zh) || "";
  return facts.code ? `${facts.code} ${name}` : name;
}

// All things as the rules ask about them, in the order in which the server lists them.
export function asked(things, circuits) {
  const of = (kind) => things.filter((thing) => thing.kind === kind).map(ask);
  const lanes = things.filter((thing) => thing.kind === "shape" && thing.facts.kind === "fire_lane").map(ask);
  const wires = circuits.map((one) => ({
    kind: "circuit", key: one.code, code: one.code, zone: one.zone, limit: one.limit_kw,
  }));
  return [...of("zone"), ...wires, ...of("stage"), ...of("booth"), ...lanes, ...of("facility")];
}

const answers = new WeakMap(); // by facts, which never change: a drag asks about hundreds of things for each frame

function ask(thing) {
  const known = answers.get(thing.facts);
  if (known) {
    return known;
  }
  const { kind, key, facts } = thing;
  const answer = {
    kind: kind === "shape" ? "lane" : kind,
    key,
    code: facts.code || "",
    box: boxOf(thing),
    zone: facts.zone || null,
    category: facts.category || "",
    flame: Boolean(facts.open_flame),
    kw: facts.power_kw || 0,
    circuit: facts.circuit || null,
    limit: facts.limit_kw === undefined ? null : facts.limit_kw,
    off: facts.status === "cancelled",
  };
  answers.set(facts, answer);
  return answer;
}

// A new thing around a point. `like` is what it takes its words and needs from, another booth perhaps.
export function made(kind, sort, at, words, zone, code, like = {}) {
  const size = { booth: [3, 3], zone: [16, 12], stage: [6, 4], fire_lane: [20, 4], water: [20, 6], label: [8, 2] };
  const [w, h] = (size[sort] || size[kind] || [0, 0]).map((side) => side * UNIT);
  const names = { name_zh: words[`new_${sort}_zh`], name_en: words[`new_${sort}_en`] };
  const box = { map_x: exact(at.x - w / 2), map_y: exact(at.y - h / 2), map_w: w, map_h: h };
  if (kind === "facility") {
    return { kind: "gate", ...names, x: exact(at.x), y: exact(at.y) };
  }
  if (kind === "zone") {
    return { code, ...names, kind: "interactive", color: "#1f7a4d", limit_kw: null, ...box };
  }
  if (kind === "stage") {
    return { code, zone, ...names, audience_capacity: 0, covered: false, ...box };
  }
  if (kind === "shape") {
    return { kind: sort, ...names, points: [], carried: null, ...box };
  }
  return {
    zone, circuit: null, delegation: null, ...names, category: "food", kind: "booth", size_m: "3x3", power_kw: 0,
    appliances_zh: [], needs_water: false, open_flame: false, food_permit_required: false, staff_passes: 2,
    vehicle_passes: 1, status: "planned", note_zh: null, ...box, ...like, code,
  };
}

// The next code of a zone that no thing has: A-07 after A-06.
export function nextCode(things, zone) {
  const taken = new Set(things.filter((thing) => thing.kind === "booth").map((thing) => thing.facts.code));
  for (let number = 1; ; number += 1) {
    const code = `${zone}-${String(number).padStart(2, "0")}`;
    if (!taken.has(code)) {
      return code;
    }
  }
}
