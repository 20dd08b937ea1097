"""What was answered, as tables between the marks of a document."""

import pathlib
import re
from collections import Counter

from answers import SILENT, Kind, Outcome, worth
from sets import WHOLE

VERDICTS = ("disabled", "invalid", "blocked", "ok", "not_applicable", "unknown", "unreadable")


def answer(said, row):
    """What a tool says of a row: of its address, else of that without the keys of its copies, the worst of them, else of the file."""
    exact = said.answers.get((row.case, row.address))
    if exact:
        return exact
    alike = [answer for (case, address), answer in said.answers.items() if case == row.case and bare(address) == bare(row.address)]
    alike.sort(key=lambda answer: answer.kind is not Kind.FINDS)
    silence = SILENT if row.truth == "unreadable" else said.silence
    return alike[0] if alike else said.answers.get((row.case, WHOLE), silence)


def bare(address):
    return re.sub(r"\[[^\]]*\]", "", address)


def outcome(said, row):
    return worth(row.truth, answer(said, row), said.claims)


def summary(rows, tools):
    """Each tool's outcomes, and how many of each verdict it has right."""
    lines = table(["tool", *(each.value for each in Outcome)], "---:")
    for said in tools:
        counted = Counter(outcome(said, row) for row in rows)
        lines.append(cells(said.tool, *(counted[each] for each in Outcome)))
    lines += ["", *table(["right, of those that are", "all", *(said.tool for said in tools)], "---:")]
    for verdict in VERDICTS:
        alike = [row for row in rows if row.truth == verdict]
        if alike:
            lines.append(cells(f"`{verdict}`", len(alike), *(right(said, alike) for said in tools)))
    return lines


def right(said, rows):
    """How many are right; a dash where the tool answered about none of them."""
    outcomes = [outcome(said, row) for row in rows]
    silent = set(outcomes) <= {Outcome.NOT_ASKED, Outcome.NO_ANSWER}
    return "—" if silent else outcomes.count(Outcome.RIGHT)


def word(said, row):
    """The tool's own word, in bold where it is wrong."""
    own = answer(said, row).word
    return f"**{own}**" if outcome(said, row).wrong else own


def cases(rows, tools, case):
    """Every row with every tool's word."""
    lines = table([case, "cluster", "is", *(said.tool for said in tools)])
    for row in rows:
        address = "" if row.address == WHOLE else f"`{row.address}`"
        lines.append(cells(row.case, address, row.truth, *(word(said, row) for said in tools)))
    return lines


def table(heads, mark="---"):
    """The head of a table; `mark` aligns all columns but the first."""
    return [cells(*heads), cells("---", *[mark] * (len(heads) - 1))]


def cells(*values):
    return f"| {' | '.join(map(str, values))} |"


def write(document, name, lines):
    """Puts lines between `<!-- NAME -->` and the next `<!-- end -->`."""
    path = pathlib.Path(document)
    before, rest = path.read_text(encoding="utf-8").split(f"<!-- {name} -->\n", 1)
    after = rest.split("<!-- end -->", 1)[1]
    content = "\n".join(["", *lines, ""])
    path.write_text(f"{before}<!-- {name} -->\n{content}\n<!-- end -->{after}", encoding="utf-8")
