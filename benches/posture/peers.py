"""What Prowler says of each cluster of the truth table, beside `posture`. Usage: peers.py PROGRAM PROWLER"""

import glob
import json
import os
import subprocess
import sys
import tempfile

FLEET, AS_OF = "tests/suite/posture/fleet.toml", "2026-11-20T12:00:00Z"
REGIONS = ["us-east-1", "eu-north-1"]
program, prowler = map(os.path.abspath, sys.argv[1:3])


def judged(endpoint, folder):
    words = [program, "posture", "--lab", endpoint, "--regions", ",".join(REGIONS), "--as-of", AS_OF, "--output", "json"]
    words += ["--journal", os.path.join(folder, "journal")]
    lines = subprocess.run(words, stdout=subprocess.PIPE, text=True).stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    return {row["cluster"]: row for row in rows if row["kind"] == "cluster"}


def found(endpoint, folder):
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": folder,
        "AWS_ACCESS_KEY_ID": "AKID",
        "AWS_SECRET_ACCESS_KEY": "SECRET",
        "AWS_DEFAULT_REGION": REGIONS[0],
        "AWS_ENDPOINT_URL": endpoint,
    }
    words = [prowler, "aws", "--checks", "rds_cluster_backtrack_enabled", "--region", *REGIONS]
    words += ["--output-formats", "json-ocsf", "--output-directory", folder, "--no-banner", "--ignore-exit-code-3"]
    ended = subprocess.run(words, env=environment, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    files = glob.glob(os.path.join(folder, "*.ocsf.json"))
    if not files:
        sys.exit(f"prowler wrote nothing (exit {ended.returncode}):\n{ended.stdout[-3000:]}")
    with open(files[0]) as file:
        findings = json.load(file)
    return {each["resources"][0]["uid"].rsplit(":", 1)[-1]: each["status_code"] for each in findings}


with tempfile.TemporaryDirectory() as folder:
    lab = subprocess.Popen([program, "lab", "serve", "--fleet", FLEET], stdout=subprocess.PIPE, text=True)
    try:
        endpoint = json.loads(lab.stdout.readline())["endpoint"]
        ours, theirs = judged(endpoint, folder), found(endpoint, folder)
    finally:
        lab.terminate()
        lab.wait()
print("| cluster | `posture` | now | Prowler |\n| --- | --- | --- | --- |")
for cluster, row in sorted(ours.items()):
    now = {True: "yes", False: "no", None: "not known"}[row["rewindable_now"]]
    print(f"| {cluster} | {row['verdict']} | {now} | {theirs.get(cluster, 'nothing')} |")
