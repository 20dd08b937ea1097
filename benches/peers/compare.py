"""Runs each tool on each template of the suite and writes the table between the markers of a document."""
import json
import os
import pathlib
import shutil
import subprocess
import sys

program, place, document = sys.argv[1:4]
SET = pathlib.Path("tests/suite/lint/cloudformation")
PATIENCE = int(os.environ.get("PATIENCE", "120"))
BAD, GOOD = {"disabled", "invalid", "blocked"}, {"ok", "not_applicable"}


def asked(command, **more):
    """What a tool prints; none where it comes to no end in time."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE, **more)
    except subprocess.TimeoutExpired:
        return None


def templates():
    return sorted(path for path in SET.rglob("*") if path.is_file())


def truth():
    rows = pathlib.Path(f"{SET}.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [row.split("\t")[:3] for row in rows]


def ours():
    out = subprocess.run([program, "lint", str(SET), "--output", "json"], capture_output=True, text=True, check=False).stdout
    said = {}
    for line in map(json.loads, out.splitlines()):
        file = os.path.relpath(line["file"], SET)
        said[file, line.get("address", "-")] = line.get("verdict", "unreadable")
    return said


def checkov():
    """What it says by cluster, and files that it says it cannot parse; a file on which it hangs is asked about apart."""
    said = {}
    for folder in parts():
        ran = asked([f"{place}/venv/bin/checkov", "-d", folder, "--framework", "cloudformation", "-c", "CKV_AWS_326", "-o", "json", "--compact"],
                    env={**os.environ, "LOG_LEVEL": "ERROR"})
        if ran is None:
            said.update({(name, "-"): "no end" for name in os.listdir(folder)})
            continue
        report = json.loads(ran.stdout or "{}")
        for one in report if isinstance(report, list) else [report]:
            results = one.get("results", {})
            for kind in ("passed_checks", "failed_checks", "skipped_checks"):
                for check in results.get(kind, []):
                    said[check["file_path"].lstrip("/"), check["resource"].split(".")[-1]] = kind.split("_")[0]
            for file in results.get("parsing_errors", []):
                said[os.path.relpath(file, folder), "-"] = "cannot parse"
    return said


def parts():
    """The set in two folders: the template that grows by aliases has one of its own."""
    folders = [os.path.join(place, "set"), os.path.join(place, "set-apart")]
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)
    for path in templates():
        folder = folders["alias_bomb" in path.name]
        to = os.path.join(folder, path.relative_to(SET))
        os.makedirs(os.path.dirname(to), exist_ok=True)
        shutil.copy(path, to)
    return folders


def cfn_lint():
    """What it says of a window or an engine by cluster, and files that it cannot read (E0000, E1001)."""
    said = {}
    for path in templates():
        file = str(path.relative_to(SET))
        ran = asked([f"{place}/venv/bin/cfn-lint", "--format", "json", "--", str(path)])
        if ran is None:
            said[file, "-"] = "no end"
            continue
        try:
            found = json.loads(ran.stdout or "[]")
        except json.JSONDecodeError:
            said[file, "-"] = "crash"
            continue
        for match in found:
            steps = match["Location"].get("Path") or []
            rule = match["Rule"]["Id"]
            if rule in ("E0000", "E0002") or (match["Level"] == "Error" and not steps):
                said[file, "-"] = rule
            elif match["Level"] == "Error" and "BacktrackWindow" in steps:
                said[file, str(steps[1])] = rule
            elif match["Level"] == "Error":
                said.setdefault((file, "-"), rule)
    return said


def nag():
    """true or false by cluster, as its rule AuroraMySQLBacktrack answers."""
    said = {}
    for path in templates():
        file = str(path.relative_to(SET))
        ran = asked(["node", "benches/peers/nag.js", place, str(path)])
        if ran is None or ran.returncode != 0:
            said[file, "-"] = "cannot include" if ran else "no end"
            continue
        for line in map(json.loads, ran.stdout.splitlines()):
            said[file, line["address"]] = line["answer"]
    return said


def guard():
    rules, said = os.environ["GUARD_RULES"], {}
    for path in templates():
        file = str(path.relative_to(SET))
        ran = asked(["cfn-guard", "validate", "-r", rules, "-d", str(path), "--output-format", "json", "--show-summary", "none", "--structured"])
        try:
            report = json.loads(ran.stdout if ran else "")
        except json.JSONDecodeError:
            said[file, "-"] = "cannot parse" if ran else "no end"
            continue
        for one in report if isinstance(report, list) else [report]:
            said[file, "-"] = one.get("status", "no answer")
    return said


def passes(word):
    """Whether a word of a tool is a pass, a finding, or no answer."""
    if word in ("passed", "true", "PASS", "Compliant", *GOOD):
        return True
    if word in ("failed", "false", "FAIL", "Non-Compliant", *BAD) or (word[0] == "E" and word[1:].isdigit()):
        return False
    return None


def score(rows, said, silent):
    """Right, missed (a pass or silence where there is something), false alarms, and unread files told apart."""
    right = missed = alarms = 0
    for file, address, verdict in rows:
        word = said.get((file, address)) or (said.get((file, "-")) if address != "-" else None) or silent
        answer = passes(word)
        if verdict == "unreadable":
            ok = word not in (silent, "passed", "not asked")
            right, missed = right + ok, missed + (not ok)
        elif verdict == "unknown":
            ok = word == "unknown"
            right, missed, alarms = right + ok, missed + (not ok and answer is not False), alarms + (answer is False)
        elif verdict in BAD:
            right, missed = right + (answer is False), missed + (answer is not False)
        else:
            ok = answer is not False and word != "unknown"
            right, alarms = right + ok, alarms + (not ok)
    return right, missed, alarms


def main():
    rows = truth()
    tools = {"backtrackctl": (ours(), "silent"), "Checkov": (checkov(), "not asked"), "cfn-lint": (cfn_lint(), "silent")}
    if os.path.isdir(f"{place}/node_modules/cdk-nag"):
        tools["cdk-nag"] = (nag(), "not asked")
    if "GUARD_RULES" in os.environ and shutil.which("cfn-guard"):
        tools["cfn-guard"] = (guard(), "not asked")
    lines = ["", f"{len(rows)} answers are expected of {len({row[0] for row in rows})} templates.", "",
             "| tool | right | missed | false alarms |", "| --- | ---: | ---: | ---: |"]
    for name, (said, silent) in tools.items():
        lines.append("| {} | {} | {} | {} |".format(name, *score(rows, said, silent)))
    lines += ["", "| template | cluster | is | " + " | ".join(list(tools)[1:]) + " |",
              "| --- | --- | --- |" + " --- |" * (len(tools) - 1)]
    for file, address, verdict in rows:
        words = [said.get((file, address)) or (said.get((file, "-")) if address != "-" else None) or silent
                 for said, silent in list(tools.values())[1:]]
        lines.append(f"| {file} | {address.replace('-', '') if address == '-' else address} | {verdict} | " + " | ".join(words) + " |")
    path = pathlib.Path(document)
    before, rest = path.read_text(encoding="utf-8").split("<!-- table -->\n", 1)
    after = rest.split("<!-- end -->", 1)[1]
    path.write_text(before + "<!-- table -->\n" + "\n".join(lines) + "\n\n<!-- end -->" + after, encoding="utf-8")
    print("\n".join(lines[:12]))


main()
