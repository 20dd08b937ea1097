"""cdk-nag: its rule AwsSolutions-RDS14, asked of a template that is included into an application of CDK; and what CDK itself says of it."""

import json

from answers import Answer, Kind
from asking import ask
from sets import cloudformation

from . import Said

WORDS = {
    "Compliant": Kind.PASSES,
    "Non-Compliant": Kind.FINDS,
    # Its user told it not to answer.
    "suppressed": Kind.NOT_ASKED,
    "validation failure": Kind.UNDECIDED,
    "cannot include": Kind.REFUSES,
    # CDK: there are no resources.
    "F0001": Kind.REFUSES,
}


def templates(place):
    def of(files):
        ran = ask(["node", "benches/peers/nag.js", place, *map(str, files)])
        if ran is None:
            return None
        return dict(map(of_line, ran.stdout.splitlines()))

    return Said("cdk-nag", cloudformation.asked("cdk-nag", of), frozenset({"disabled"}))


def of_line(line):
    """A word that is not in the list is a rule of CDK's validation that a window breaks."""
    told = json.loads(line)
    answer = Answer(WORDS.get(told["word"], Kind.FINDS), told["word"])
    return (cloudformation.name(told["file"]), told["address"]), answer
