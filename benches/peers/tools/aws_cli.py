"""The AWS CLI, with the question that is asked by hand."""

import json

from answers import Answer, Kind
from asking import ask
from sets import fleet

from . import Said

QUESTION = "DBClusters[].[DBClusterIdentifier, BacktrackWindow > `0`]"
YES, NO = Answer(Kind.PASSES, "yes"), Answer(Kind.FINDS, "no")


def clusters(program, endpoint, environment):
    answers = {}
    for region in fleet.regions():
        command = [program, "rds", "describe-db-clusters", "--endpoint-url", endpoint, "--region", region]
        ran = ask([*command, "--output", "json", "--query", QUESTION], env=environment)
        if ran is None or ran.returncode != 0:
            raise SystemExit(f"aws came to no end: {ran and ran.stderr}")
        answers.update({(region, name): YES if above else NO for name, above in json.loads(ran.stdout)})
    return Said("AWS CLI", answers, frozenset({"disabled"}))
