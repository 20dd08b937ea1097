"""The templates of the suite, and their table."""

import pathlib

from answers import NO_END
from asking import ask_in_batches

from . import WHOLE, Row

FOLDER = pathlib.Path("tests/suite/lint/cloudformation")


def rows():
    lines = FOLDER.with_suffix(".tsv").read_text(encoding="utf-8").splitlines()[1:]
    return [Row(*line.split("\t")[:3]) for line in lines]


def asked(tool, question):
    """The answers of a tool to `question(files)` about every template."""
    files = sorted(path for path in FOLDER.rglob("*") if path.is_file())
    return ask_in_batches(tool, files, question, lambda file: {(name(file), WHOLE): NO_END})


def name(path):
    """What the table calls a template: its path within the folder."""
    return str(pathlib.Path(path).relative_to(FOLDER))
