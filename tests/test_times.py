# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""scripts/times: what it reads, and that a total over its budget is a failure."""
import importlib.machinery
import importlib.util
import sys

import pytest

from conftest import ROOT


@pytest.fixture(scope="module")
def times():
    sys.path.insert(0, str(ROOT / "scripts"))  # it imports its neighbour
    loader = importlib.machinery.SourceFileLoader("times", str(ROOT / "scripts/times"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("times", loader))
    loader.exec_module(module)
    return module


def test_over_budget_by_more_than_a_quarter_is_told(times):
    budgets = {"objects of tinymlc, release": {"total": 100, "slowest": 10}}
    assert not times.over_budget({"objects of tinymlc, release": {"total": 125, "slowest": 12.5}}, budgets)
    told = times.over_budget({"objects of tinymlc, release": {"total": 126, "slowest": 13}}, budgets)
    assert len(told) == 2 and "total 126" in told[0]


def test_cpu_seconds_of_tests(times, tmp_path):
    results = tmp_path / "results.xml"
    results.write_text(
        '<testsuite><testcase classname="a" name="b"><properties><property name="cpu_seconds" value="1.5"/></properties>'
        '</testcase><testcase classname="c" name="d"/></testsuite>')
    assert times.tests_of(results) == {"a.b": 1.5}


def test_every_budget_can_be_measured(times):
    for name, budget in times.json.loads(times.BUDGETS.read_text()).items():
        assert name.startswith(("objects of ", "tests, ")) and set(budget) == {"total", "slowest"}
