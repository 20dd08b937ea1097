"""Runs other programs, each within a time, several at once, and tells how far it is."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor, as_completed

SECONDS = int(os.environ.get("PATIENCE", "120"))
BATCH = 12


def ask(command, seconds=SECONDS, **more):
    """The finished process, whatever its exit code; none where it comes to no end in time. Then its children end with it."""
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, start_new_session=True, **pipes, **more) as process:
        try:
            out, errors = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None
    return subprocess.CompletedProcess(command, process.returncode, out, errors)


def ask_each(tool, items, question):
    """`question(item)` of every item, each a dictionary of answers: one dictionary of all."""
    return answered(tool, [[item] for item in items], lambda batch: question(batch[0]))


def ask_in_batches(tool, items, question, no_end):
    """`question(items)` of several items in one process. Where that comes to no end (none), each is asked about alone;
    `no_end(item)` is the answer of one that comes to none even so."""

    def of(batch):
        together = question(batch)
        if together is not None:
            return together
        if len(batch) == 1:
            return no_end(batch[0])
        return {key: answer for item in batch for key, answer in of([item]).items()}

    return answered(tool, [items[at : at + BATCH] for at in range(0, len(items), BATCH)], of)


def answered(tool, batches, question):
    """The answers of all batches, as many at once as there are processors."""
    answers, done, total = {}, 0, sum(map(len, batches))
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        asked = {pool.submit(question, batch): len(batch) for batch in batches}
        for finished in as_completed(asked):
            answers.update(finished.result())
            done += asked[finished]
            print(f"{tool}: {done} of {total}", file=sys.stderr, flush=True)
    return answers
