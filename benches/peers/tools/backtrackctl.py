"""This program, as it was built."""

import json
import os

from answers import Answer, Kind
from asking import ask, ask_each
from sets import WHOLE, cloudformation, fleet, terraform

from . import Said

KINDS = {
    "ok": Kind.PASSES,
    "not_applicable": Kind.PASSES,
    "disabled": Kind.FINDS,
    "invalid": Kind.FINDS,
    "blocked": Kind.FINDS,
    "unknown": Kind.UNDECIDED,
    "unreadable": Kind.REFUSES,
}
CLAIMS = frozenset(KINDS)


def answer(word):
    return Answer(KINDS[word], word)


def lines(command):
    return map(json.loads, ask(command).stdout.splitlines())


def templates(program):
    answers = {}
    for line in lines([program, "lint", str(cloudformation.FOLDER), "--output", "json"]):
        file = os.path.relpath(line["file"], cloudformation.FOLDER)
        answers[file, line.get("address", WHOLE)] = answer(line.get("verdict", "unreadable"))
    return Said("backtrackctl", answers, CLAIMS)


def modules(program):
    def of(case):
        answers = {}
        for line in lines([program, "lint", str(case), "--output", "json"]):
            address = line.get("address") or os.path.basename(line["file"])
            answers[case.name, address] = answer(line.get("verdict", "unreadable"))
        return answers

    return Said("backtrackctl", ask_each("backtrackctl", terraform.cases(), of), CLAIMS)


def clusters(program, endpoint):
    """And the whole line of each cluster by its id."""
    command = [program, "posture", "--lab", endpoint, "--regions", ",".join(fleet.regions()), "--as-of", fleet.AS_OF, "--output", "json"]
    told = {line["cluster"]: line for line in lines(command) if line["kind"] == "cluster"}
    answers = {(line["region"], name): answer(line["verdict"]) for name, line in told.items()}
    return Said("backtrackctl", answers, CLAIMS), told
