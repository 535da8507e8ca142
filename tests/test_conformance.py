# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""ONNX's conformance cases: each gives the stored outputs or is refused with words; those that passed once still do."""
import pytest

import conformance
from conftest import SHARED


def wrong(found):
    return {name: result for name, result in found.items() if result.startswith("WRONG")}


# One test, so that two workers do not run the cases twice.
@pytest.mark.long
def test_nothing_is_wrong_and_what_passed_still_passes(capsys):
    found, count = conformance.run_all()
    if count == 0:
        pytest.skip("neither ../shared nor Debian's libonnx-testdata is there")
    with capsys.disabled():
        print(f"\nconformance: {conformance.summary(found, count)}")
    assert wrong(found) == {}
    pinned = {name: kind for name, kind in conformance.passing().items() if name in found}
    if not SHARED.is_dir():  # Debian's copies of some cases are of an opset before 7
        pinned = {name: kind for name, kind in pinned.items() if "opset is " not in found[name]}
    assert len(pinned) > 100
    # What passed only when it was altered may pass as it ships by now.
    worse = {name: found[name] for name, kind in pinned.items() if found[name] not in (conformance.PASS, kind)}
    assert worse == {}


@pytest.mark.sample
@pytest.mark.sanitized
def test_nothing_is_wrong_with_one_of_each_set_of_operators():
    cases = conformance.one_of_each_kind()
    if not cases:
        pytest.skip("neither ../shared nor Debian's libonnx-testdata is there")
    found = conformance.run_cases(cases)
    assert wrong(found) == {}
    assert sum(result.startswith("refused") for result in found.values()) < len(found) / 2


@pytest.mark.full
def test_cases_with_other_operators_are_refused():
    found, _ = conformance.run_all(also_uncovered=True)
    assert wrong(found) == {}
