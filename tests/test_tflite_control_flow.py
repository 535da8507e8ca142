# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""IF, WHILE and DYNAMIC_UPDATE_SLICE of TFLite against LiteRT."""
import numpy
import pytest

from conftest import REFUSED, tinymlc, tinymlc_process
from tflite_files import BOOL, F32, I32, Model, compare

def branches(condition):
    """`condition`: None where it is an input."""
    model = Model()
    main = model.graph()
    chosen = main.input((1,), BOOL) if condition is None else main.tensor(kind=BOOL, data=[condition])
    x = main.input((3,))
    y = main.tensor((3,))
    main.op("IF", [chosen, x], [y], thenSubgraphIndex=1, elseSubgraphIndex=2)
    main.outputs = [y]
    for name in ("ADD", "MUL"):
        graph = model.graph()
        x = graph.input((3,))
        graph.outputs = [graph.op(name, [x, x], [graph.tensor((3,))])]
    return model


@pytest.mark.parametrize("condition", [True, False])
def test_a_known_condition_chooses_a_branch(condition, tmp_path):
    compare(branches(condition), [F32([1, -2, 3])], tmp_path)
    text = tinymlc("inspect", tmp_path / "model.tflite", "--after", "import").stdout
    assert ("mul(" in text) != condition


@pytest.mark.parametrize("condition", [True, False])
def test_a_computed_condition_takes_from_both_branches(condition, tmp_path):
    compare(branches(None), [numpy.array([condition]), F32([1, -2, 3])], tmp_path)


def loop(limit, bounded=True):
    """Doubles a vector as long as a counter is below five and, where there is a limit, its largest element below that."""
    model = Model()
    main, condition, body = model.graph(), model.graph(), model.graph()
    states = [main.tensor(kind=I32, data=0), main.input((3,))]
    results = [main.tensor((), I32), main.tensor((3,))]
    main.op("WHILE", states, results, condSubgraphIndex=1, bodySubgraphIndex=2)
    main.outputs = results
    i, s = condition.input((), I32), condition.input((3,))
    goes_on = condition.op("LESS", [i, condition.tensor(kind=I32, data=5)], [condition.tensor((), BOOL)])
    if limit is not None:
        most = condition.op("REDUCE_MAX", [s, condition.tensor(kind=I32, data=[0])], [condition.tensor()], keepDims=False)
        small = condition.op("LESS", [most, condition.tensor(kind=F32, data=limit)], [condition.tensor((), BOOL)])
        goes_on = condition.op("LOGICAL_AND", [goes_on, small], [condition.tensor((), BOOL)]) if bounded else small
    condition.outputs = [goes_on]
    i, s = body.input((), I32), body.input((3,))
    body.outputs = [body.op("ADD", [i, body.tensor(kind=I32, data=1)], [body.tensor((), I32)]),
                    body.op("ADD", [s, s], [body.tensor((3,))])]
    return model


@pytest.mark.parametrize("limit", [None, 0.5, 7, 1000])
def test_a_loop_ends_when_its_condition_says(limit, tmp_path):
    compare(loop(limit), [F32([1, -2, 0.5])], tmp_path)


def test_a_loop_without_a_bound_is_refused(tmp_path):
    done = tinymlc_process("inspect", loop(7, bounded=False).write(tmp_path / "model.tflite"))
    assert done.returncode == REFUSED and "while:t" in done.stderr and "nobody knows how often" in done.stderr


@pytest.mark.parametrize("begins", [(1, 0, 2), (0, 0, 0), (9, -4, 1), (2, 1, 3)])
def test_a_part_is_replaced(begins, tmp_path):
    model = Model()
    main = model.graph()
    x, u = main.input((4, 2, 5)), main.input((2, 1, 2))
    y = main.tensor((4, 2, 5))
    main.op("DYNAMIC_UPDATE_SLICE", [x, u, main.tensor(kind=I32, data=begins)], [y])
    main.outputs = [y]
    rng = numpy.random.default_rng(1)
    compare(model, [rng.normal(0, 1, shape).astype(F32) for shape in ((4, 2, 5), (2, 1, 2))], tmp_path)


@pytest.mark.parametrize("bad", [0, 9])
def test_a_graph_that_is_not_there_is_refused(bad, tmp_path):
    model = loop(None)
    model.model.subgraphs.pop()
    model.model.subgraphs[0].operators[0].builtinOptions.bodySubgraphIndex = bad
    done = tinymlc_process("inspect", model.write(tmp_path / "model.tflite"))
    assert done.returncode == REFUSED and f"it runs graph {bad}, which is not there" in done.stderr
