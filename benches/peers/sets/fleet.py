"""The live clusters of the suite: the file of the fleet, and the truth table of its test."""

import pathlib
import re
import tomllib

from . import Row

FOLDER = pathlib.Path("tests/suite/posture")
FILE = FOLDER / "fleet.toml"
AS_OF = "2026-11-20T12:00:00Z"


def rows():
    truth = (FOLDER / "truth.rs").read_text(encoding="utf-8")
    table = truth.split("const TRUTH", 1)[1].split("];", 1)[0]
    judged = dict(re.findall(r'\("([a-z0-9-]+)",\s+"([a-z_]+)"', table))
    return [Row(cluster.get("region", "us-east-1"), cluster["id"], judged[cluster["id"]]) for cluster in clusters()]


def clusters():
    return tomllib.loads(FILE.read_text(encoding="utf-8"))["cluster"]


def regions():
    return sorted({row.case for row in rows()})


def described():
    """What the file says that each cluster is, by its id; a comment holds until the next one."""
    said, words = {}, ""
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if comment := re.match(r"\[\[cluster\]\] # (.+)", line):
            words = comment[1]
        elif cluster := re.match(r'id = "(.+)"', line):
            said.setdefault(cluster[1], words)
    return said
