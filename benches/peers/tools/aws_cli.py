"""The AWS CLI, with the question that is asked by hand."""

import json

from answers import Answer, Kind
from asking import ask
from sets import fleet

from . import Said

QUESTION = "DBClusters[].[DBClusterIdentifier, BacktrackWindow > `0`]"
YES, NO = Answer(Kind.PASSES, "yes"), Answer(Kind.FINDS, "no")


def clusters(program, environment):
    answers = {}
    for region in fleet.regions():
        command = [program, "rds", "describe-db-clusters", "--region", region, "--output", "json", "--query", QUESTION]
        ran = ask(command, env=environment)
        if ran is None or ran.returncode != 0:
            raise SystemExit(f"aws came to no end: {ran and ran.stderr}")
        answers.update({(region, name): YES if above else NO for name, above in json.loads(ran.stdout)})
    return Said("AWS CLI", answers, frozenset({"disabled"}))
