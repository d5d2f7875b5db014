"""Scores face boxes against a truth file: crop_score.py TRUTH OURS.json STOCK.json TIME..."""
import json
import os
import sys


def overlap(a, b):
    across = min(a["x"] + a["w"], b["x"] + b["w"]) - max(a["x"], b["x"])
    down = min(a["y"] + a["h"], b["y"] + b["h"]) - max(a["y"], b["y"])
    shared = max(0, across) * max(0, down)
    return shared / (a["w"] * a["h"] + b["w"] * b["h"] - shared)


def score(truth, document, least=0.35):
    hits = told = faces = 0
    for file in document["files"]:
        wanted = list(truth[os.path.basename(file["path"])])
        faces += len(wanted)
        for box in file["faces"]:
            told += 1
            best = max(wanted, key=lambda w: overlap(w, box), default=None)
            if best is not None and overlap(best, box) >= least:
                wanted.remove(best)
                hits += 1
    return {"f1": round(2 * hits / max(1, faces + told), 4), "recall": round(hits / max(1, faces), 4), "precision": round(hits / max(1, told), 4), "faces": faces, "told": told}


truth = json.load(open(sys.argv[1]))
ours, stock = json.load(open(sys.argv[2])), json.load(open(sys.argv[3]))
runs = [open(path).read().split()[-2:] for path in sys.argv[4:]]
seconds = sorted(float(run[0]) for run in runs)[len(runs) // 2]
by_smirk = score(truth, ours) | {"pictures_per_second": round(len(truth) / seconds, 1), "peak_mb": max(int(run[1]) for run in runs) // 1024}
by_stock = score(truth, stock) | {"pictures_per_second": round(len(truth) / stock["seconds"], 1)}
print(f"ours:  {by_smirk}\nstock: {by_stock}", file=sys.stderr)
print(json.dumps({"name": "crop", "ours": by_smirk["f1"], "peer": by_stock["f1"], "ratio": round(by_smirk["f1"] / max(by_stock["f1"], 1e-4), 3),
                  "pictures": len(truth), "cores": os.cpu_count(), "smirk": by_smirk, "stock": by_stock}))
