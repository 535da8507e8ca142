# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The cases that operators_test.cpp runs are what tests/operators/generate.py writes with the pinned LiteRT."""
import subprocess
import sys

from conftest import ROOT

CASES = ROOT / "tests/operators"


def test_cases_are_as_generated(tmp_path):
    subprocess.run([sys.executable, CASES / "generate.py", tmp_path], check=True, timeout=120)
    kept = {path.name: path.read_text() for path in CASES.glob("*.cases")}
    assert {path.name: path.read_text() for path in tmp_path.glob("*.cases")} == kept
