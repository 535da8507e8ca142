# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Every file of tests can be run alone: what it imports at its top is there without what other files leave in the path."""
import ast
import pathlib
import subprocess
import sys

TESTS = pathlib.Path(__file__).parent
WHAT_IS_ABSENT = """
import importlib.util, sys
print([name for name in sys.argv[1:] if importlib.util.find_spec(name) is None])
"""


def imported_at_the_top(path):
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


def test_files_import_what_the_virtual_environment_has():
    imported = {name.split(".")[0] for path in TESTS.glob("*.py") for name in imported_at_the_top(path)}
    # Written beside the tests, or put into the path by the file that imports it.
    own = {path.stem for folder in ("tests", "examples", "scripts") for path in (TESTS.parent / folder).rglob("*.py")}
    own |= {folder.name for part in (TESTS, TESTS.parent / "python") for folder in part.iterdir()}
    assert "numpy" in imported - own
    absent = subprocess.run([sys.executable, "-c", WHAT_IS_ABSENT, *sorted(imported - own)], capture_output=True, text=True,
                            check=True)
    assert absent.stdout.strip() == "[]", "take it by boosters.library, or list it in scripts/requirements.txt"
