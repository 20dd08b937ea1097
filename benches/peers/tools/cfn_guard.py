"""cfn-guard with Control Tower's rule CT.RDS.PR.6, or with the file of rules that GUARD_RULES names."""

import json
import os
import platform
import re

from answers import Answer, Kind
from asking import ask
from sets import WHOLE, cloudformation

from . import Said

PACKAGE = "node_modules/@cdklabs/cdk-validator-cfnguard"
RULE = "rules/control-tower/cfn-guard/rds/ct-rds-pr-6.guard"
FAIL = Answer(Kind.FINDS, "FAIL")
REFUSED = Answer(Kind.REFUSES, "cannot parse")


def templates(place):
    rules = os.environ.get("GUARD_RULES", f"{place}/{PACKAGE}/{RULE}")
    words = ["-r", rules, "--output-format", "json", "--show-summary", "none", "--structured"]

    def of(files):
        answers = {}
        # One that it cannot parse ends it, so that each is asked about alone; it takes some hundredths of a second.
        for path in files:
            file = cloudformation.name(path)
            ran = ask([program(place), "validate", *words, "-d", str(path)])
            if ran is None:
                return None
            if ran.stdout.strip():
                answers.update({(file, cluster): FAIL for report in json.loads(ran.stdout) for cluster in failing(report)})
            else:
                answers[file, WHOLE] = REFUSED
        return answers

    return Said("cfn-guard", cloudformation.asked("cfn-guard", of), frozenset({"disabled"}))


def program(place):
    """The one of the package for this machine."""
    system = "macos" if platform.system() == "Darwin" else "ubuntu"
    machine = "aarch64" if platform.machine() in ("arm64", "aarch64") else "x86_64"
    return f"{place}/{PACKAGE}/bin/{system}/{machine}/cfn-guard"


def failing(report):
    """It names what fails, by a path; of the others it tells only that the file passes or is skipped."""
    return set(re.findall(r'"/Resources/([^/"]+)', json.dumps(report["not_compliant"])))
