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
    return {"recall": round(hits / max(1, faces), 4), "precision": round(hits / max(1, told), 4), "faces": faces, "told": told}


truth = json.load(open(sys.argv[1]))
ours, stock = json.load(open(sys.argv[2])), json.load(open(sys.argv[3]))
runs = [open(path).read().split()[-2:] for path in sys.argv[4:]]
seconds = sorted(float(run[0]) for run in runs)[len(runs) // 2]
result = {
    "bench": "crop",
    "pictures": len(truth),
    "ours": score(truth, ours) | {"pictures_per_second": round(len(truth) / seconds, 1), "peak_mb": max(int(run[1]) for run in runs) // 1024},
    "stock": score(truth, stock) | {"pictures_per_second": round(len(truth) / stock["seconds"], 1)},
    "cores": os.cpu_count(),
}
print(f"ours:  {result['ours']}\nstock: {result['stock']}", file=sys.stderr)
print(json.dumps(result))
