"""重算抽奖结果 / re-run a draw: python3 verify.py record.json entries.csv [抽奖号 ENTRY-ID]."""

# ruff: noqa: B905, E401, E501, E701, I001, PTH123, SIM115, T201 - one page that any Python from 3.8 runs
# fmt: off
import hashlib, heapq, json, re, sys
from typing import Any
def sha(data: Any) -> str: return hashlib.sha256(data if isinstance(data, bytes) else data.encode()).hexdigest()
def canon(value: Any) -> str: return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
def step(ok: Any, zh: str, en: str) -> None:
    print("通过 OK   " if ok else "不符 FAIL ", zh, "/", en)
    if not ok: sys.exit(1)
def key(values: Any) -> str:  # RFC 3797, section 4
    parts = ["".join(v.split()).upper() if type(v) is str else "".join(f"{n}." for n in sorted(v if type(v) is list else [v]))
             for v in values if v is not None]
    return "".join(part + "/" for part in parts)
def root(level: Any) -> str:  # RFC 6962, section 2.1
    while len(level) > 1:
        up = [hashlib.sha256(b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2])]
        level = up + level[2 * len(up):]
    return level[0].hex() if level else sha("")
def plain(source: Any) -> str: return canon({name: value for name, value in source.items() if name not in ("fallback", "signature")})
def genuine(source: Any, given: Any) -> Any:
    if source["kind"] == "stage":
        return re.fullmatch("[0-9]{20,}", given[0]) and len(given[0]) == source.get("digits", len(given[0]))
    if source["kind"] == "drand": return sha(bytes.fromhex(source["signature"])) == given[0]
    return all(len(set(v)) == len(v) == count and low <= min(v) <= max(v) <= high
               for v, (count, low, high) in zip([v if type(v) is list else [v] for v in given], source["numbers"]))
def number(seed: str, entry: str, weight: int) -> str: return min(sha(f"{seed}:{entry}:{j}") for j in range(1, weight + 1))
sys.excepthook = lambda kind, error, _: print("不符 FAIL  文件读不懂 / the files cannot be read:", kind.__name__, error)
sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
rec = json.load(open(sys.argv[1], encoding="utf-8"), object_pairs_hook=lambda pairs: dict(pairs) if len(dict(pairs)) == len(pairs)
                else step(False, "record.json 有重复的键", "a key of record.json is there twice"))
raw, rules, freeze, rounds = open(sys.argv[2], "rb").read(), rec["rules"], rec["freeze"], rec["rounds"]
*lines, rest = raw.decode().split("\n")
bad = [place for place, line in enumerate(lines, 1) if not re.fullmatch("[A-Z2-9]{10},[1-9][0-9]?", line)]
step(rec["scheme"] == "fairdraw/1", "方案是 fairdraw/1", "the scheme is fairdraw/1")
step(sha(canon(rules)) == freeze["rules_sha256"], "规则与冻结时一致", "the rules are the frozen ones")
step(not bad and not rest, f"名单每行都是“抽奖号,权重” {bad[:9] or ''}", f"each line is ENTRY-ID,weight {bad[:9] or ''}")
entries = [(line[:10], int(line[11:])) for line in lines]
ids, weights = [e for e, _ in entries], [w for _, w in entries]
step(ids == sorted(set(ids)), "名单按字节排序，没有重复的抽奖号", "the entries are in order, none is there twice")
step(len(ids) == freeze["entries"], f"名单有 {len(ids)} 个抽奖号，与冻结时一致", "there are as many entries as were frozen")
step(max(weights, default=1) <= rules["max_weight"] <= 20 and sum(weights) == freeze["tickets"],
     f"权重之和 {sum(weights)} 与冻结时一致，都不超过规则上限", "the weights are within the rules and add up to the frozen sum")
leaves = [hashlib.sha256(b"\0" + line.encode()).digest() for line in lines]
step(sha(raw) == freeze["entries_sha256"] and root(leaves) == freeze["entries_root"],
     "名单文件的指纹和默克尔树根与冻结时一致", "the entry file has the frozen SHA-256 and Merkle root")
step(sha(canon(freeze)) == rec["freeze_sha256"], "冻结指纹，请与现场公布的核对：" + rec["freeze_sha256"],
     "this is the hash of the freeze; compare it with the one shown on stage")
slots = [f"{tier['code']}-{i}" for tier in rules["tiers"] for i in range(1, tier["count"] + 1)]
plans, used, held = [rules.get("sources", []), *rules.get("redraw_sources", [])], [], dict.fromkeys(slots)
for n, r in enumerate(rounds):
    zh, en, values, todo = f"第 {n} 轮：", f"round {n}: ", list(r["values"]), r["unclaimed"] if n else slots
    pre = sha(canon([{"unclaimed": before["unclaimed"]} for before in rounds[:n + 1]]))
    step(pre == r["pre"] and [s for s in slots if s in r["unclaimed"]] == r["unclaimed"] and bool(r["unclaimed"]) == (n > 0),
         f"{zh}无人领取、要补抽的奖项 {r['unclaimed']}", en + "these are the unclaimed prizes that the round was bound to")
    commits = [*rules.get("redraw_commits", []), *[[]] * n][n - 1] if n else freeze["witness_commits"]
    fit = [nonce is None or sha(nonce) == commit for nonce, commit in zip(r["reveals"], commits)]
    step(all(fit) and len(commits) == len(r["reveals"]), f"{zh}见证方揭示的随机串与承诺相符，未揭示 {r['reveals'].count(None)} 个",
         f"{en}the witnesses' nonces fit their commits, {r['reveals'].count(None)} not revealed")
    plan, shares = plans[n] if n < len(plans) else plans[0], [source.get("numbers", [0]) for source in r["sources"]]
    used += [plain(source) for source in r["sources"] if source["kind"] != "stage"]
    step(len(set(used)) == len(used) and (not plan or (len(plan) == len(shares) and sum(map(len, shares)) == len(values) and all(
         plain(u) in map(plain, [p, *p.get("fallback", [])]) and genuine(u, [values.pop(0) for _ in share])
         for u, p, share in zip(r["sources"], plan, shares)))), f"{zh}公开数字 {r['values']} {r['sources']}",
         en + "the public values come from the sources that the rules announce, none used twice")
    seed = sha("|".join(["fairdraw/1", rec["freeze_sha256"], str(n), pre, key(r["reveals"]), key(r["values"])]))
    step(seed == r["seed"], f"{zh}种子由公开数字算出：{seed}", en + "the seed comes from the nonces and the public values")
    won = {winner["entry"] for before in rounds[:n] for winner in before["winners"]}
    best = heapq.nsmallest(len(todo), ((number(seed, e, w), e) for e, w in entries if e not in won))
    got = [{"prize": s, "entry": e, "number": x} for s, (x, e) in zip(todo, best)]
    wrong = [g["prize"] for g, given in zip(got, r["winners"]) if g != given]
    step(got == r["winners"], f"{zh}重算出 {len(got)} 个中奖号 {wrong or ''}", f"{en}the same winners {wrong or ''}")
    held.update({**dict.fromkeys(todo), **{g["prize"]: g["entry"] for g in got}})
    for e, w in (one for one in entries if one[0] in sys.argv[3:]):
        print("         ", zh, e, "号码 number", number(seed, e, w), "中奖线 cut-off", best[-1][0] if best else "-")
step(rec["outcome"] == [{"prize": s, "entry": e} for s, e in held.items()], "最终获奖名单", "who holds each prize at the end")
print("全部相符：任何人都能算出同一结果 / All agrees: anyone gets the same result.")
