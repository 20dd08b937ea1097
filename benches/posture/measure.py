"""Times `posture` and the AWS CLI on the same fleet of the same lab, turn by turn. Usage: measure.py PROGRAM"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

CLUSTERS, GROUPS, ROUNDS = 1000, 20, 7
program = os.path.abspath(sys.argv[1])


def fleet():
    for number in range(CLUSTERS):
        window = 0 if number % 4 == 0 else 86400
        yield (
            f'[[cluster]]\nid = "load--{number:05}"\nwindow_s = {window}\nearliest = 86400\nchange_records = {number}\n'
            f'parameter_group = "group-{number % GROUPS}"\ntags = {{ owner = "team-{number % 7}", stage = "production" }}\n'
        )
    for group in range(GROUPS):
        yield f'[parameters.group-{group}]\nbinlog_format = "OFF"\n'


def timed(words, environment):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    ended = subprocess.run(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    wall = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, ended


def calls(endpoint):
    with urllib.request.urlopen(f"{endpoint}/_lab/calls") as reply:
        return len(json.load(reply))


with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "fleet.toml")
    with open(path, "w") as file:
        file.writelines(fleet())
    lab = subprocess.Popen([program, "lab", "serve", "--fleet", path], stdout=subprocess.PIPE, text=True)
    try:
        endpoint = json.loads(lab.stdout.readline())["endpoint"]
        bare = {"PATH": os.environ["PATH"], "HOME": folder}
        ours = [program, "posture", "--lab", endpoint, "--output", "json", "--journal", os.path.join(folder, "journal")]
        theirs = ["aws", "rds", "describe-db-clusters", "--output", "json", "--endpoint-url", endpoint, "--region", "us-east-1"]
        keys = dict(bare, AWS_ACCESS_KEY_ID="a", AWS_SECRET_ACCESS_KEY="b")
        rows = {"posture": [], "aws rds describe-db-clusters": []}
        made = {}
        for _ in range(ROUNDS):
            for name, words, environment in (("posture", ours, bare), ("aws rds describe-db-clusters", theirs, keys)):
                seen = calls(endpoint)
                wall, cpu, ended = timed(words, environment)
                expected = 3 if name == "posture" else 0
                assert ended.returncode == expected, ended.stderr.decode()
                if name == "posture":
                    assert ended.stdout.count(b'"kind":"cluster"') == CLUSTERS
                made[name] = calls(endpoint) - seen
                rows[name].append((wall, cpu))
        print(f"| {CLUSTERS} clusters, {GROUPS} custom groups, median of {ROUNDS} | wall | CPU | calls |\n| --- | --- | --- | --- |")
        for name, measured in rows.items():
            wall = statistics.median(each[0] for each in measured) * 1000
            cpu = statistics.median(each[1] for each in measured) * 1000
            print(f"| `{name}` | {wall:.0f} ms | {cpu:.0f} ms | {made[name]} |")
    finally:
        lab.terminate()
        lab.wait()
