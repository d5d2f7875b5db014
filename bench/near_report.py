"""Runs each finder on the pile and prints one table: recall an edit (edit and original in one group), precision (share of grouped pairs of one source)."""
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from itertools import combinations

smirk, bench, pile, truth_path = sys.argv[1:5]
truth = json.load(open(truth_path))["files"]
WANTED = {"exact": .995, "metadata": .995, "recompress": .995, "resize": .995, "format": .995, "tone": .995, "mirror": .98, "caption": .98, "border": .98,
          "crop": .98, "rotate": .95, "screenshot": .95, "phone": .93}


def groups_of_pairs(names, pairs):
    parent = {n: n for n in names}

    def find(n):
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for a, b in pairs:
        parent[find(a)] = find(b)
    groups = defaultdict(list)
    for n in names:
        groups[find(n)].append(n)
    return [g for g in groups.values() if len(g) > 1]


def ours():
    out = subprocess.run([smirk, "dupes", "--near", "--no-index", "--json", "--quiet", pile], capture_output=True, check=False).stdout
    found = json.loads(out)["groups"]
    return [[os.path.relpath(p, pile) for p in [g["keeper"], *(m["path"] for m in g["members"])]] for g in found]


def hashes():
    lines = subprocess.run([bench, "near-hashes", pile], capture_output=True, check=True, text=True).stdout.splitlines()
    return [(n, int(p, 16), int(d, 16)) for n, p, d in (line.split("\t") for line in lines)]


def by_hash(rows, column, radius):
    rows = [(r[0], r[column]) for r in rows]
    return groups_of_pairs([r[0] for r in rows], ((a[0], b[0]) for a, b in combinations(rows, 2) if (a[1] ^ b[1]).bit_count() <= radius))


def findimagedupes():
    # Its output separates names by spaces, so it gets copies with numbers for names (it follows links).
    with tempfile.TemporaryDirectory() as scratch:
        names = sorted(truth)
        for i, name in enumerate(names):
            shutil.copyfile(os.path.join(pile, name), os.path.join(scratch, f"{i:06}{os.path.splitext(name)[1]}"))
        files = sorted(os.path.join(scratch, f) for f in os.listdir(scratch))
        out = subprocess.run(["findimagedupes", "-q", "-0", "-"], input="\0".join(files), capture_output=True, text=True, check=False).stdout
        return [[names[int(os.path.basename(f)[:6])] for f in line.split()] for line in out.splitlines()]


def score(groups):
    group_of = {n: i for i, g in enumerate(groups) for n in g}
    originals = {t["source"]: n for n, t in truth.items() if t["edit"] == "original"}
    hits, totals = defaultdict(int), defaultdict(int)
    for name, fact in truth.items():
        if fact["source"] is None or fact["edit"] == "original" or fact["source"] not in originals:
            continue
        totals[fact["edit"]] += 1
        mine, its = group_of.get(name), group_of.get(originals[fact["source"]])
        hits[fact["edit"]] += mine is not None and mine == its
    right = pairs = 0
    for g in groups:
        for a, b in combinations(g, 2):
            pairs += 1
            right += truth.get(a, {}).get("source") is not None and truth[a]["source"] == truth.get(b, {}).get("source")
    return {e: hits[e] / totals[e] for e in totals}, right / pairs if pairs else 1.0


results = {}
for name, run in (("smirk", ours), ("findimagedupes", findimagedupes if shutil.which("findimagedupes") else None)):
    if run is None:
        print(f"{name} isn't installed: left out (apt install {name})")
        continue
    began = time.perf_counter()
    groups = run()
    results[name] = (*score(groups), time.perf_counter() - began)
rows = hashes()
results["PDQ <= 31"] = (*score(by_hash(rows, 1, 31)), None)
results["dHash <= 4"] = (*score(by_hash(rows, 2, 4)), None)

print(f"{'edit':<12}{'wanted':>8}" + "".join(f"{n:>16}" for n in results))
for edit, least in WANTED.items():
    print(f"{edit:<12}{least:>8.3f}" + "".join(f"{r[0].get(edit, float('nan')):>16.4f}" for r in results.values()))
print(f"{'precision':<12}{.998:>8.3f}" + "".join(f"{r[1]:>16.4f}" for r in results.values()))
print(f"{'seconds':<12}{60:>8}" + "".join(f"{r[2]:>16.1f}" if r[2] is not None else f"{'':>16}" for r in results.values()))
recall, precision, seconds = results["smirk"]
peer = results.get("findimagedupes", (None, None, None))[2]
print(json.dumps({"name": "near", "ours": round(seconds, 2), "peer": peer and round(peer, 2), "ratio": peer and round(peer / seconds, 3),
                  "recall": {k: round(v, 4) for k, v in sorted(recall.items())}, "precision": round(precision, 5), "seconds": round(seconds, 2)}))
