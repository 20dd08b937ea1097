"""cfn-lint: it holds a template to the schema of its resources, and has no opinion on whether a cluster should have Backtrack."""

import json

from answers import Answer, Kind
from asking import ask
from sets import WHOLE, cloudformation

from . import Said


def templates(place):
    def of(files):
        ran = ask([f"{place}/venv/bin/cfn-lint", "--format", "json", "--", *map(str, files)])
        # Its own exit codes are sums of 2, 4 and 8; 1 is Python's, of a fault in it, with no word on any of the files.
        if ran is None or ran.returncode == 1:
            return None
        errors = [match for match in json.loads(ran.stdout or "[]") if match["Level"] == "Error"]
        return dict(answer for error in errors for answer in of_error(error))

    return Said("cfn-lint", cloudformation.asked("cfn-lint", of), frozenset({"invalid"}))


def of_error(error):
    """An error is about the file where it has no place in it or a resource has no type, about a cluster where it is about its window.
    Any other error, be it of the same cluster, is about something else."""
    file, rule, steps = cloudformation.name(error["Filename"]), error["Rule"]["Id"], error["Location"].get("Path") or []
    if not steps or rule == "E3001":
        yield (file, WHOLE), Answer(Kind.REFUSES, rule)
    elif "BacktrackWindow" in steps:
        yield (file, steps[1]), Answer(Kind.FINDS, rule)
