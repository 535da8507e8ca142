# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""ONNX's conformance cases: each gives the stored outputs or is refused with words; those that passed once still do."""
import pytest

import conformance
from conftest import SHARED

pytestmark = pytest.mark.sanitized


@pytest.fixture(scope="module")
def results():
    found, count = conformance.run_all()
    if count == 0:
        pytest.skip("neither ../shared nor Debian's libonnx-testdata is there")
    return found, count


def test_nothing_is_wrong(results):
    assert {name: result for name, result in results[0].items() if result.startswith("WRONG")} == {}


def test_what_passed_still_passes(results, capsys):
    found, count = results
    with capsys.disabled():
        print(f"\nconformance: {conformance.summary(found, count)}")
    pinned = {name: kind for name, kind in conformance.passing().items() if name in found}
    if not SHARED.is_dir():  # Debian's copies of some cases are of an opset before 7
        pinned = {name: kind for name, kind in pinned.items() if "opset is " not in found[name]}
    assert len(pinned) > 100
    # What passed only when it was altered may pass as it ships by now.
    worse = {name: found[name] for name, kind in pinned.items() if found[name] not in (conformance.PASS, kind)}
    assert worse == {}


@pytest.mark.full
def test_cases_with_other_operators_are_refused():
    found, _ = conformance.run_all(also_uncovered=True)
    assert {name: result for name, result in found.items() if result.startswith("WRONG")} == {}
