"""The plans, states and modules of the suite, and their table."""

import json
import pathlib
import shutil

from . import Row

FOLDER = pathlib.Path("tests/fixtures/lint/terraform")


def rows():
    lines = (FOLDER / "truth.txt").read_text(encoding="utf-8").splitlines()
    cells = [line.split(" | ")[:3] for line in lines if not line.startswith("#")]
    return [Row(*row) for row in cells if row[2] != "none"]


def cases():
    return sorted(path for path in FOLDER.iterdir() if path.is_dir())


def with_planned_values(case, place):
    """A copy of a case whose plan says its values twice, as Terraform writes it: the suite's plans leave out the second time,
    which is the one that others read."""
    copy = pathlib.Path(place, "terraform", case.name)
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(case, copy)
    plan = copy / "plan.json"
    try:
        content = json.loads(plan.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return copy
    if content.get("planned_values") == {"root_module": {}}:
        content["planned_values"] = {"root_module": planned(content.get("resource_changes", []))}
        plan.write_text(json.dumps(content, indent=2), encoding="utf-8")
    return copy


def planned(changes):
    """The tree of modules that a plan's changes lead to."""
    root = {}
    for change in changes:
        values = change["change"].get("after")
        if change.get("mode") != "managed" or values is None:
            continue
        kept = {key: change[key] for key in ("address", "mode", "type", "name", "index", "provider_name") if key in change}
        module = within(root, change.get("module_address", ""))
        module.setdefault("resources", []).append({**kept, "schema_version": 1, "values": values})
    return root


def within(root, address):
    """The module of an address, made where it is not there; its callers lie around it."""
    if not address:
        return root
    caller = root
    steps = address.split(".module.")
    for end in range(1, len(steps) + 1):
        own = ".module.".join(steps[:end])
        called = caller.setdefault("child_modules", [])
        module = next((each for each in called if each["address"] == own), None)
        if module is None:
            module = {"address": own}
            called.append(module)
        caller = module
    return caller
