"""Checkov: its rule CKV_AWS_326, which reads Terraform alone, and what it says of files that it cannot parse."""

import json
import os

from answers import NO_END, NOT_ASKED, Answer, Kind
from asking import ask, ask_each
from sets import WHOLE, cloudformation, terraform

from . import Said

WORDS = {
    "failed_checks": Answer(Kind.FINDS, "FAILED"),
    "passed_checks": Answer(Kind.PASSES, "PASSED"),
    # Its user told it not to answer.
    "skipped_checks": Answer(Kind.NOT_ASKED, "SKIPPED"),
}
REFUSED = Answer(Kind.REFUSES, "cannot parse")


def reports(place, *words):
    """Its reports; none where it comes to no end. Without its account there is nothing for it to download."""
    command = [f"{place}/venv/bin/checkov", *words, "-c", "CKV_AWS_326", "-o", "json", "--compact", "--skip-download"]
    ran = ask(command, env={**os.environ, "LOG_LEVEL": "CRITICAL"})
    if ran is None:
        return None
    report = json.loads(ran.stdout or "[]")
    return report if isinstance(report, list) else [report]


def results(found, kind):
    return [result for report in found for result in report.get("results", {}).get(kind, [])]


def templates(place):
    def of(files):
        found = reports(place, "-f", *map(str, files), "--framework", "cloudformation")
        if found is None:
            return None
        return {(cloudformation.name(file), WHOLE): REFUSED for file in results(found, "parsing_errors")}

    return Said("Checkov", cloudformation.asked("Checkov, templates", of), silence=NOT_ASKED)


def modules(place):
    """Of an address that it names twice, a finding counts: that is what fails a pipeline."""

    def of(original):
        if not any(path.suffix == ".tf" or path.name == "plan.json" for path in original.rglob("*")):
            return {(original.name, WHOLE): NOT_ASKED}
        case = terraform.with_planned_values(original, place)
        found = reports(place, "-d", str(case), "--framework", "terraform", "terraform_plan")
        if found is None:
            return {(case.name, WHOLE): NO_END}
        answers = {(case.name, os.path.basename(file)): REFUSED for file in results(found, "parsing_errors")}
        if any(case.rglob("*.tf.json")):
            answers[case.name, WHOLE] = NOT_ASKED
        for kind in ("skipped_checks", "passed_checks", "failed_checks"):
            answers.update({(case.name, check["resource"]): WORDS[kind] for check in results(found, kind)})
        return answers

    answers = ask_each("Checkov, Terraform", terraform.cases(), of)
    return Said("Checkov", answers, frozenset({"disabled"}))
