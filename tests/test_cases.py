# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The models of ../shared/cases: each is right or refused in one message with a code, and those that were right once still
are. Where ../shared is not there, nothing is tested."""
import random

import pytest

import shared_cases
from conftest import SHARED, shared, tinymlc

BOARD = "mps2-an500"
SEED = 1
AT_LEAST_RIGHT = 121
# The oracle takes most of the time: in the quick tier it looks at a sample of the cases, and at all whose names or shapes
# were a trap for it.
QUICK_VERIFIED, QUICK_ON_BOARD = 24, 3
TRAPS = ("10", "14c", "22", "28b", "41l")

pytestmark = [pytest.mark.long, pytest.mark.skipif(not SHARED.is_dir(), reason="../shared is not there")]


def faults(found):
    return {name: result for name, result in found.items()
            if result.startswith("FAULT")}


# One test, so that two workers do not run the cases twice.
def test_each_is_right_or_refused_and_what_was_right_still_is(capsys):
    names = list(shared_cases.models())
    draw = random.Random(SEED)
    verified = {*draw.sample(names, QUICK_VERIFIED), *(name for name in names if name.startswith(TRAPS))}
    on_board = set(draw.sample(sorted(verified), QUICK_ON_BOARD))
    results = shared_cases.run_all(lambda name: ["host"] * (name in verified) + [BOARD] * (name in on_board))
    right = {name for name, result in results.items() if result == "right"}
    with capsys.disabled():
        print(f"\ncases: {len(right)} right and {len(results) - len(right)} refused of {len(results)}")
    assert faults(results) == {}
    listed = set(shared_cases.RIGHT.read_text(encoding="utf-8").split("\n")) - {""}
    assert listed - right == set()
    assert len(right) >= max(len(listed), AT_LEAST_RIGHT)


@pytest.mark.full
def test_none_is_a_fault_on_host_or_board():
    assert faults(shared_cases.run_all(lambda name: ["host", BOARD])) == {}


def test_files_that_are_no_models_are_refused():
    for path in shared_cases.wrong_files():
        if not path.name.startswith("renamed"):
            with pytest.raises(shared_cases.Refused):
                shared_cases.call("inspect", path)


def test_an_oracle_that_is_wrong_is_found_out():
    folder = shared("cases/23d-inf-output")
    tinymlc("verify", folder / "model.onnx", "--oracle", folder / "wrong_oracle.npz", code=1)
