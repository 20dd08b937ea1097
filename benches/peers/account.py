"""An account to ask about: the lab plays RDS and STS, moto_server everything else."""

import contextlib
import json
import os
import re
import subprocess
import threading

from sets import fleet


@contextlib.contextmanager
def served(program, moto_server, home):
    """The lab's address, and an environment in which other programs find both of them and nothing of this machine's account."""
    with contextlib.ExitStack() as stack:
        lab = started(stack, [program, "lab", "serve", "--fleet", str(fleet.FILE)], None)
        endpoint = json.loads(lab.stdout.readline())["endpoint"]
        moto = started(stack, [moto_server, "-H", "127.0.0.1", "-p", "0"], subprocess.STDOUT, {**os.environ, "PYTHONUNBUFFERED": "1"})
        yield endpoint, {
            "PATH": os.environ["PATH"],
            "HOME": os.path.abspath(home),
            "AWS_ACCESS_KEY_ID": "AKID",
            "AWS_SECRET_ACCESS_KEY": "SECRET",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": announced(moto),
            "AWS_ENDPOINT_URL_RDS": endpoint,
            "AWS_ENDPOINT_URL_STS": endpoint,
        }


def started(stack, command, errors, environment=None):
    """A server that ends with the stack."""
    out = {"stdout": subprocess.PIPE, "stderr": errors, "text": True}
    process = stack.enter_context(subprocess.Popen(command, env=environment, **out))
    stack.callback(process.terminate)
    return process


def announced(moto):
    """The address that moto's server tells, on a free port. What it says afterwards is read, so that its pipe never fills."""
    for line in moto.stdout:
        if found := re.search(r"Running on (http://127\S+)", line):
            threading.Thread(target=moto.stdout.read, daemon=True).start()
            return found[1]
    raise SystemExit("moto_server told no address")
