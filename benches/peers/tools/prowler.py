"""Prowler: its check rds_cluster_backtrack_enabled on a live account, of which the lab plays RDS and moto the rest."""

import json
import os

from answers import Answer, Kind
from asking import ask
from sets import fleet

from . import Said

CHECK = "rds_cluster_backtrack_enabled"
WORDS = {"FAIL": Answer(Kind.FINDS, "FAIL"), "PASS": Answer(Kind.PASSES, "PASS")}


def clusters(place, environment):
    folder = f"{os.path.abspath(place)}/prowler-report"
    command = [f"{os.path.abspath(place)}/prowler/bin/prowler", "aws", "--checks", CHECK, "-f", *fleet.regions()]
    command += ["--output-formats", "json-ocsf", "--output-directory", folder, "--output-filename", "fleet", "--ignore-exit-code-3"]
    os.makedirs(folder, exist_ok=True)
    ran = ask(command, 600, env=environment, cwd=folder)
    if ran is None or ran.returncode != 0:
        raise SystemExit(f"prowler came to no end: {ran and ran.stderr}")
    with open(f"{folder}/fleet.ocsf.json", encoding="utf-8") as report:
        findings = json.load(report)
    resources = [(finding["resources"][0], WORDS[finding["status_code"]]) for finding in findings]
    return Said("Prowler", {(one["region"], one["name"]): answer for one, answer in resources}, frozenset({"disabled"}))
