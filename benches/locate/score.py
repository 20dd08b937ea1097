#!/usr/bin/env python3
"""Precision and recall against the corpus's truth.

score.py TRUTH.jsonl < RESULT.jsonl         of what `locate --output json` found
score.py TRUTH.jsonl lines < FILE:LINE:...  of the lines that a pipeline printed
"""
import json
import os
import sys

rows = [json.loads(line) for line in open(sys.argv[1]) if line.strip()]
truth = {(row["file"], row["line"]) for row in rows}


def told(found, more=""):
    hits = len(truth & found)
    precision = hits / len(found) if found else 1
    recall = hits / len(truth) if truth else 1
    print(f"precision {precision:.4f} recall {recall:.4f} needles {len(truth)} found {len(found)}{more}")


if sys.argv[2:] == ["lines"]:
    places = (line.split(b":", 2) for line in sys.stdin.buffer if line.count(b":") > 1)
    told({(os.path.basename(file.decode()), int(line)) for file, line, _ in places})
else:
    rows = [json.loads(line) for line in sys.stdin]
    bad = [row for row in rows if row["kind"] == "candidate" and row["class"] in ("unbounded", "wide")]
    coverage = next(row for row in rows if row["kind"] == "coverage")
    more = f" lines {coverage['lines']} skipped {coverage['skipped']} complete {coverage['complete']}"
    told({(os.path.basename(row["file"]), row["line"]) for row in bad}, more)
