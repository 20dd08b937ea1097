"""What is asked about, with the truth of the suite beside it."""

from typing import NamedTuple


class Row(NamedTuple):
    """One answer that is expected: of a cluster, or of a file that cannot be read."""

    case: str
    address: str
    truth: str


WHOLE = "-"
"""The address of a file as a whole: what is said of it is said of each of its clusters."""
