// What is wrong with a floor plan. The same rules as eventsite/market/core/rules.py, for the moment in which a thing
// is dragged; tests/market/plan_cases.json holds both to the same answers.
import { depth, gap, metres, reach, UNIT } from "./geometry.js";

const SLACK = 0.5;
const FLAME = 3;
const HERITAGE = 1;
const FAR = FLAME * UNIT;
const GROUNDED = new Set(["booth", "stage"]);
const BAD = [
  "same_code", "off_plan", "overlap", "outside", "other_zone", "lane", "covers", "food_heritage", "circuit", "zone_power",
];
const LOOK = ["flame", "circuit_zone"];
const RANK = Object.fromEntries([...BAD, ...LOOK].map((name, rank) => [name, rank]));

const id = (thing) => [thing.kind, thing.key];
const breach = (rule, of, values = {}) => ({ rule, bad: BAD.includes(rule), of: of.map(id), values });

// All that is wrong with things in their order: what has to be solved first, then by rule and thing.
export function warnings(things, ground = null) {
  const place = new Map(things.map((thing, index) => [id(thing).join(" "), index]));
  const found = [...sameCodes(things), ...offPlan(things, ground), ...pairs(things), ...outside(things)];
  found.push(...loads(things), ...strayed(things));
  const order = (one) => [RANK[one.rule], ...one.of.map((of) => place.get(of.join(" ")))];
  const ordered = found.map((one) => [order(one), one]);
  ordered.sort(([left], [right]) => compare(left, right));
  return ordered.map(([, one]) => one);
}

// The announced kW by the code of the "zone" or "circuit" that gives them.
export function loadBy(things, of) {
  const hundredths = new Map();
  for (const thing of things) {
    const code = thing[of];
    if (thing.kind === "booth" && !thing.off && code) {
      hundredths.set(code, (hundredths.get(code) || 0) + Math.floor(thing.kw * 100 + 0.5));
    }
  }
  return new Map([...hundredths].map(([code, total]) => [code, total / 100]));
}

function compare(left, right) {
  const at = left.findIndex((value, index) => value !== right[index]);
  if (at < 0) {
    return left.length - right.length;
  }
  return right[at] === undefined ? 1 : left[at] - right[at];
}

function* sameCodes(things) {
  const first = new Map();
  for (const thing of things) {
    if (thing.kind === "booth") {
      if (first.has(thing.code)) {
        yield breach("same_code", [first.get(thing.code), thing]);
      } else {
        first.set(thing.code, thing);
      }
    }
  }
}

function* offPlan(things, ground) {
  for (const thing of things) {
    if (ground && thing.kind === "zone" && thing.box) {
      const out = reach(thing.box, ground);
      if (out > SLACK) {
        yield breach("off_plan", [thing], { metres: metres(out) });
      }
    }
  }
}

function* outside(things) {
  const zones = byCode(things, "zone");
  for (const thing of things) {
    const zone = zones.get(thing.zone);
    if (GROUNDED.has(thing.kind) && !thing.off && thing.box && zone && zone.box) {
      const out = reach(thing.box, zone.box);
      if (out > SLACK) {
        yield breach("outside", [thing, zone], { metres: metres(out) });
        yield* onOtherGround(thing, zone, zones);
      }
    }
  }
}

function* onOtherGround(thing, own, zones) {
  for (const zone of zones.values()) {
    const deep = zone !== own && zone.box ? depth(thing.box, zone.box) : 0;
    if (deep > SLACK) {
      yield breach("other_zone", [thing, zone], { metres: metres(deep) });
    }
  }
}

// Compares neighbours: things from left to right, each with those that begin before it ends.
function* pairs(things) {
  const placed = things.map((thing, index) => ({ thing, index })).filter(({ thing }) => thing.box && !thing.off);
  placed.sort((one, other) => one.thing.box.x - other.thing.box.x || one.index - other.index);
  for (let nth = 0; nth < placed.length; nth += 1) {
    const one = placed[nth];
    const end = one.thing.box.x + one.thing.box.w + FAR;
    for (let next = nth + 1; next < placed.length && placed[next].thing.box.x <= end; next += 1) {
      const other = placed[next];
      if (one.index < other.index) {
        yield* pair(one.thing, other.thing);
      } else {
        yield* pair(other.thing, one.thing);
      }
    }
  }
}

function* pair(one, two) {
  const deep = depth(one.box, two.box);
  const standing = GROUNDED.has(one.kind);
  if ((standing && GROUNDED.has(two.kind)) || (one.kind === "zone" && two.kind === "zone")) {
    if (deep > SLACK) {
      yield breach("overlap", [one, two], { metres: metres(deep) });
    } else if (one.kind === "booth" && two.kind === "booth") {
      yield* distance(one, two, gap(one.box, two.box));
    }
    return;
  }
  const [stander, lying] = standing ? [one, two] : [two, one];
  if (!GROUNDED.has(stander.kind)) {
    return;
  }
  if (lying.kind === "lane" && deep > SLACK) {
    yield breach("lane", [stander, lying], { metres: metres(deep) });
  }
  if (lying.kind === "facility" && deep >= 0) {
    yield breach("covers", [stander, lying]);
  }
}

function* distance(one, two, apart) {
  const food = one.category === "food" ? one : two;
  const heritage = food === one ? two : one;
  if (food.category === "food" && heritage.category === "heritage" && near(apart, HERITAGE)) {
    yield breach("food_heritage", [food, heritage], { metres: metres(apart), least: HERITAGE });
  }
  const [burning, beside] = endangers(one, two) ? [one, two] : [two, one];
  if (endangers(burning, beside) && near(apart, FLAME)) {
    yield breach("flame", [burning, beside], { metres: metres(apart), least: FLAME });
  }
}

// A flame keeps away from heritage always, from food where it is no kitchen itself.
function endangers(burning, beside) {
  return burning.flame && (beside.category === "heritage" || (beside.category === "food" && burning.category !== "food"));
}

function near(apart, least) {
  return apart < least * UNIT - SLACK;
}

function* loads(things) {
  for (const [source, rule] of [["circuit", "circuit"], ["zone", "zone_power"]]) {
    const given = loadBy(things, source);
    for (const thing of things) {
      const load = given.get(thing.code) || 0;
      if (thing.kind === source && thing.limit !== null && thing.limit !== undefined && load > thing.limit) {
        yield breach(rule, [thing], { load, limit: thing.limit });
      }
    }
  }
}

function* strayed(things) {
  const circuits = byCode(things, "circuit");
  for (const thing of things) {
    const circuit = circuits.get(thing.circuit);
    if (thing.kind === "booth" && !thing.off && circuit && circuit.zone !== thing.zone) {
      yield breach("circuit_zone", [thing, circuit]);
    }
  }
}

function byCode(things, kind) {
  return new Map(things.filter((thing) => thing.kind === kind).map((thing) => [thing.code, thing]));
}
