"""Measures one released binary: rehearsal, time to the request, lag, calls, memory, start-up. Standard library only."""

import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from datetime import datetime, timedelta, timezone

PROGRAM = os.path.abspath(sys.argv[1])
HERE = os.path.dirname(os.path.abspath(__file__))
# The shipped one, with the patience for a slow rewind.
RUNBOOK = tempfile.NamedTemporaryFile("w", suffix=".toml")
with open(os.path.join(HERE, "..", "runbooks", "drill.toml")) as shipped:
    RUNBOOK.write(shipped.read().replace('patience = "60s"', 'patience = "10m"'))
RUNBOOK.flush()
AWS = {"AWS_ACCESS_KEY_ID": "lab", "AWS_SECRET_ACCESS_KEY": "lab", "AWS_DEFAULT_REGION": "us-east-1", "AWS_PAGER": ""}
# The slowest step of a rewind, in seconds: from a lucky one to the end of the first two minutes.
REWINDS = [3.3, 5.7, 9.1, 14.6, 22.3, 31.8, 43.2, 58.9, 74.4, 95.5, 112.7]


class Lab:
    """A lab of its own, whose rewinds complete after so many seconds."""

    def __init__(self, completed):
        steps = {"visible": 0.02, "applying": 0.05, "backtracking": 0.08, "moves": completed - 0.2, "completed": completed}
        steps |= {"cluster": completed + 0.05, "writer": completed + 0.1, "readers": completed + 0.15}
        lines = [f"{name}_ms = {round(seconds * 1000)}" for name, seconds in steps.items()]
        self.scenario = tempfile.NamedTemporaryFile("w", suffix=".toml")
        self.scenario.write("[rewind]\n" + "\n".join(lines) + "\n")
        self.scenario.flush()
        command = [PROGRAM, "lab", "serve", "--scenario", self.scenario.name]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE)
        ready = json.loads(self.process.stdout.readline())
        self.endpoint, self.cluster = ready["endpoint"], ready["cluster"]

    def get(self, what):
        with urllib.request.urlopen(f"{self.endpoint}/_lab/{what}") as reply:
            return json.load(reply)

    def target(self):
        now = moment(self.get("world")["now"])
        return (now - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")

    def close(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def measured(command, **more):
    """Wall and CPU seconds with every descendant, greatest resident KiB, exit code, output, when it began."""
    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | AWS | {"HOME": home, "BACKTRACKCTL_JOURNAL": home + "/journal"}
        began_at, began = datetime.now(timezone.utc), time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, **more)
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    return wall, used.ru_utime + used.ru_stime, used.ru_maxrss, process.returncode, said, began_at


def run(lab, *more):
    return [PROGRAM, "run", RUNBOOK.name, "--lab", lab.endpoint, "--cluster", lab.cluster, "--to", lab.target(), *more]


def rehearsals(times, script_times):
    lab = Lab(0.5)
    ours = [measured(run(lab, "--dry-run", "--output", "json")) for _ in range(times)]
    script = ["bash", os.path.join(HERE, "rehearsal.sh"), lab.endpoint, lab.cluster, lab.target()]
    theirs = [measured(script) for _ in range(script_times)]
    lab.close()
    for done in ours + theirs:
        assert done[3] == 0, done[3]
    return ours, theirs


def requested(lab):
    sent = [call for call in lab.get("calls") if call["action"] == "BacktrackDBCluster"]
    return moment(sent[0]["at"])


def to_the_request(times, script_times):
    """Seconds from the start of the process to the request's arrival at the lab."""
    ours, theirs = [], []
    for count, found, command in (
        (times, ours, lambda lab: run(lab, "--yes", lab.cluster, "--output", "json")),
        (script_times, theirs, lambda lab: ["bash", os.path.join(HERE, "rewind.sh"), lab.endpoint, lab.cluster, lab.target()]),
    ):
        for _ in range(count):
            lab = Lab(0.5)
            done = measured(command(lab))
            assert done[3] == 0, done[3]
            found.append(((requested(lab) - done[5]).total_seconds(), done))
            lab.close()
    return ours, theirs


def lag(completed):
    """Seconds from `completed` in the world to the program's line that says so; calls a minute meanwhile."""
    lab = Lab(completed)
    done = measured(run(lab, "--yes", lab.cluster, "--output", "json"))
    assert done[3] == 0, done[3]
    calls = lab.get("calls")
    accepted = requested(lab)
    truth = accepted + timedelta(seconds=round(completed, 3))
    lines = [json.loads(line) for line in done[4].splitlines()]
    known = next(moment(line["at"]) for line in lines if line["kind"] == "record" and line["status"] == "completed")
    lab.close()
    waiting = [call for call in calls if accepted < moment(call["at"]) <= known]
    first, last = moment(waiting[0]["at"]), moment(waiting[-1]["at"])
    minutes = (last - first).total_seconds() / 60
    return (known - truth).total_seconds(), (len(waiting) - 1) / minutes, done[2]


def lags():
    found = []
    threads = [threading.Thread(target=lambda seconds=seconds: found.append(lag(seconds))) for seconds in REWINDS]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == len(REWINDS)
    return found


def main():
    journal = json.loads(sys.argv[2])
    versions = [measured([PROGRAM, "--version"])[0] for _ in range(50)]
    ours, theirs = rehearsals(20, 5)
    sent, script_sent = to_the_request(9, 3)
    found = lags()
    median = statistics.median

    def ratio(of, index):
        return median(done[index] for done in theirs) / median(done[index] for done in ours)

    rows = [
        ("rehearsal, wall", f"{median(d[0] for d in ours) * 1000:.0f} ms", f"{median(d[0] for d in theirs) * 1000:.0f} ms", f"{ratio(ours, 0):.0f} times faster", "20"),
        ("rehearsal, CPU", f"{median(d[1] for d in ours) * 1000:.0f} ms", f"{median(d[1] for d in theirs) * 1000:.0f} ms", f"{ratio(ours, 1):.0f} times cheaper", "50"),
        ("start to the request", f"{median(s for s, _ in sent) * 1000:.0f} ms", f"{median(s for s, _ in script_sent) * 1000:.0f} ms", f"{median(s for s, _ in script_sent) / median(s for s, _ in sent):.0f} times sooner", "within 1 s"),
        ("whole rewind, CPU", f"{median(d[1] for _, d in sent) * 1000:.0f} ms", f"{median(d[1] for _, d in script_sent) * 1000:.0f} ms", f"{median(d[1] for _, d in script_sent) / median(d[1] for _, d in sent):.0f} times cheaper", ""),
        ("lag after `completed`, median of " + str(len(found)), f"{median(f[0] for f in found):.2f} s (greatest {max(f[0] for f in found):.2f} s)", "", "", "1 s"),
        ("calls a second while waiting, greatest", f"{max(f[1] for f in found) / 60:.2f}", "", "", "1"),
        ("resident memory, greatest", f"{max(max(f[2] for f in found), max(d[2] for _, d in sent)) / 1024:.1f} MiB", f"{max(d[2] for _, d in script_sent) / 1024:.1f} MiB", "", "40 MiB"),
        ("`--version`, median of 50", f"{median(versions) * 1000:.1f} ms", "", "", "10 ms"),
        (f"journal: one durable record, of {journal['records']:,}", f"{journal['append_us']:.0f} µs", "", "", ""),
        (f"journal: replay of {journal['records']:,} records", f"{journal['replay_s']:.2f} s", "", "", "1 s"),
    ]
    print("| what | backtrackctl | script of AWS CLI calls | ratio | target |")
    print("| --- | --- | --- | --- | --- |")
    for row in rows:
        print("| " + " | ".join(row) + " |")


main()
