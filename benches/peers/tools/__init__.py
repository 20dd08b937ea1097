"""Each tool by its ordinary invocation, and its words as answers."""

from typing import NamedTuple

from answers import SILENT, Answer


class Said(NamedTuple):
    """What a tool answered about a set. `claims` are the verdicts that its own rule is about: there, silence is an answer."""

    tool: str
    answers: dict
    claims: frozenset = frozenset()
    silence: Answer = SILENT
