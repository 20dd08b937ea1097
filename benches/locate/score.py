#!/usr/bin/env python3
"""Precision and recall of a result against the corpus's truth: score.py TRUTH.jsonl < RESULT.jsonl"""
import json
import os
import sys

truth = {(row["time_us"], row["file"], row["line"]) for row in map(json.loads, filter(str.strip, open(sys.argv[1])))}
rows = [json.loads(line) for line in sys.stdin]
found = {
    (row["time_us"], os.path.basename(row["file"]), row["line"])
    for row in rows
    if row["kind"] == "candidate" and row["class"] in ("unbounded", "wide")
}
every = [row for row in rows if row["kind"] == "candidate"]
hits = len(truth & found)
coverage = next(row for row in rows if row["kind"] == "coverage")
print(
    f"precision {hits / len(found) if found else 1:.4f} recall {hits / len(truth) if truth else 1:.4f}"
    f" needles {len(truth)} candidates {len(every)} lines {coverage['lines']} skipped {coverage['skipped']}"
    f" complete {coverage['complete']}"
)
