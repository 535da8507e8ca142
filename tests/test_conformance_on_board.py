# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""ONNX's conformance cases on an emulated board, many in one firmware: those that pass on the host give the stored
outputs there too, or are refused with words."""
import pytest

import board_conformance


@pytest.mark.parametrize("every", [
    pytest.param(40, marks=pytest.mark.long),
    pytest.param(1, marks=pytest.mark.full),
])
def test_cases_that_pass_on_the_host_pass_on_the_board(every, capsys):
    results = board_conformance.run_all(every)
    if not results:
        pytest.skip("neither ../shared nor Debian's libonnx-testdata is there")
    with capsys.disabled():
        print(f"\nconformance {board_conformance.summary(results)}")
    assert {name: result for name, result in results.items() if result.startswith("WRONG")} == {}
    refused = sum(result != board_conformance.RAN for result in results.values())
    assert refused <= len(results) / 10, "more is refused on the board than doubles explain"
