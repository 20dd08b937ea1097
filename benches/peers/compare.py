"""Asks each tool about each set of the suite and writes the tables of the documents. Usage: compare.py PROGRAM PLACE CLIENTS [SET...]"""

import sys

import pages
from account import served
from sets import cloudformation, fleet, terraform
from tools import aws_cli, backtrackctl, cdk_nag, cfn_guard, cfn_lint, checkov, prowler

LINT, CASES, POSTURE = "docs/lint-peers.md", "docs/lint-peers-cases.md", "docs/posture-peers.md"


def templates(program, place):
    tools = [backtrackctl.templates(program), *(tool.templates(place) for tool in (checkov, cfn_lint, cdk_nag, cfn_guard))]
    rows = cloudformation.rows()
    pages.write(LINT, "cloudformation", pages.summary(rows, tools))
    pages.write(CASES, "cloudformation", pages.cases(rows, tools, "template"))


def modules(program, place):
    tools = [backtrackctl.modules(program), checkov.modules(place)]
    rows = terraform.rows()
    pages.write(LINT, "terraform", pages.summary(rows, tools))
    pages.write(CASES, "terraform", pages.cases(rows, tools, "case"))


def clusters(program, place, clients):
    with served(program, f"{clients}/moto_server", place) as (endpoint, environment):
        own, told = backtrackctl.clusters(program, endpoint)
        tools = [own, aws_cli.clusters(f"{clients}/aws", endpoint, environment), prowler.clusters(place, environment)]
    rows = fleet.rows()
    pages.write(POSTURE, "summary", pages.summary(rows, tools))
    pages.write(POSTURE, "clusters", live(rows, tools, told))


def live(rows, tools, told):
    """Every cluster: what it is, and beside each tool's word how far back and whether now, as this program has it."""
    described = fleet.described()
    lines = pages.table(["cluster", "what it is", "is", *(said.tool for said in tools), "within reach", "right now", "warnings"])
    for row in rows:
        line = told[row.address]
        reach = "" if line["actual_s"] is None else f"{line['actual_s']} s"
        now = {True: "yes", False: "no", None: "unknown"}[line["rewindable_now"]]
        words = [pages.word(said, row) for said in tools]
        warnings = ", ".join(f"`{each}`" for each in line["warnings"])
        lines.append(pages.cells(f"`{row.address}`", described[row.address], row.truth, *words, reach, now, warnings))
    return lines


program, place, clients, *chosen = sys.argv[1:]
sets = {
    "templates": lambda: templates(program, place),
    "modules": lambda: modules(program, place),
    "clusters": lambda: clusters(program, place, clients),
}
for name in chosen or sets:
    sets[name]()
