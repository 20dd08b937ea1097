"""What a tool can say of a cluster or of a file, and what that is worth beside the truth."""

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """What an answer comes to, whatever words the tool has for it."""

    PASSES = "it is in order"
    FINDS = "it is not"
    UNDECIDED = "the tool says that it cannot tell"
    REFUSES = "the file cannot be read"
    FAILED = "the tool came to no end, or broke off"
    SILENT = "nothing is said"
    NOT_ASKED = "the tool has no question for such a file"


class Answer(NamedTuple):
    """A kind, and the tool's own word for it."""

    kind: Kind
    word: str


SILENT = Answer(Kind.SILENT, "—")
NOT_ASKED = Answer(Kind.NOT_ASKED, "not asked")
NO_END = Answer(Kind.FAILED, "no end")


class Outcome(Enum):
    """What an answer is worth; each expected answer is one of these."""

    RIGHT = "right"
    MISSED = "missed"
    FALSE_ALARM = "false alarms"
    GUESSED = "guessed"
    NO_ANSWER = "no answer"
    NOT_ASKED = "not asked"

    @property
    def wrong(self):
        return self in (Outcome.MISSED, Outcome.FALSE_ALARM, Outcome.GUESSED)


FINE = {"ok", "not_applicable"}


def worth(truth, answer, claims):
    """The outcome of an answer; `claims` are the verdicts on which the tool's silence is an answer, too."""
    kind = answer.kind
    if kind is Kind.NOT_ASKED:
        return Outcome.NOT_ASKED
    if kind is Kind.FAILED:
        return Outcome.NO_ANSWER
    if truth == "unreadable":
        return Outcome.RIGHT if kind is Kind.REFUSES else Outcome.MISSED
    if kind is Kind.REFUSES:
        return Outcome.NO_ANSWER
    if kind is Kind.UNDECIDED:
        return Outcome.RIGHT if truth == "unknown" else Outcome.NO_ANSWER
    if kind is Kind.SILENT:
        return of_silence(truth, claims)
    if truth == "unknown":
        return Outcome.GUESSED
    if truth in FINE:
        return Outcome.FALSE_ALARM if kind is Kind.FINDS else Outcome.RIGHT
    return Outcome.RIGHT if kind is Kind.FINDS else Outcome.MISSED


def of_silence(truth, claims):
    if truth in claims:
        return Outcome.MISSED
    return Outcome.RIGHT if truth in FINE else Outcome.NOT_ASKED
