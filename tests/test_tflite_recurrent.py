# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""LSTM and RNN of TFLite, in one direction and both, against LiteRT: all options that are supported, and what is refused."""
import numpy
import pytest
from ai_edge_litert import schema_py_generated as schema

from tflite_files import Model, compare, litert, ours

INPUTS, UNITS, BATCH, TIME = 5, 4, 2, 6
TANH, RELU = schema.ActivationFunctionType.TANH, schema.ActivationFunctionType.RELU
TOLERANCE = 2e-6


def weights(graph, rng, *shape, scale=0.6):
    return graph.tensor(data=rng.uniform(-scale, scale, shape))


def lstm_weights(graph, rng, coupled=False, peephole=False, extreme=False):
    """Of one direction, as the operators have them: weights and recurrent weights, peepholes, biases, no projection."""
    scale = 60 if extreme else 0.6
    gates = [-1 if coupled and gate == 0 else gate for gate in range(4)]
    of_gates = lambda *shape: [-1 if gate < 0 else weights(graph, rng, *shape, scale=scale) for gate in gates]
    peepholes = [weights(graph, rng, UNITS) if peephole and not (coupled and gate == 0) else -1 for gate in range(3)]
    return [*of_gates(UNITS, INPUTS), *of_gates(UNITS, UNITS), *peepholes, *of_gates(UNITS), -1, -1]


def sequence_model(fill, time_major, outputs=1, width=UNITS):
    """`fill(graph, x, results)` adds the operator."""
    model = Model()
    graph = model.graph()
    lead = (TIME, BATCH) if time_major else (BATCH, TIME)
    x = graph.input((*lead, INPUTS))
    graph.outputs = [graph.tensor((*lead, width)) for _ in range(outputs)]
    fill(graph, x, graph.outputs)
    return model


def signal(seed, time_major, scale=1.0):
    lead = (TIME, BATCH) if time_major else (BATCH, TIME)
    return numpy.random.default_rng(seed).uniform(-scale, scale, (*lead, INPUTS)).astype(numpy.float32)


def states(graph, count):
    return [graph.variable((BATCH, UNITS)) for _ in range(count)]


FORMS = [{}, {"coupled": True}, {"peephole": True}, {"coupled": True, "peephole": True}, {"extreme": True}]


@pytest.mark.parametrize("time_major", [False, True])
@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("cell_clip", [0.0, 0.3])
def test_lstm_of_one_direction(form, time_major, cell_clip, tmp_path):
    def fill(graph, x, results):
        operands = lstm_weights(graph, numpy.random.default_rng(7), **form)
        graph.op("UNIDIRECTIONAL_SEQUENCE_LSTM", [x, *operands, *states(graph, 2), -1, -1, -1, -1], results,
                 fusedActivationFunction=TANH, timeMajor=time_major, cellClip=cell_clip)
    compare(sequence_model(fill, time_major), [signal(1, time_major)], tmp_path, tolerance=TOLERANCE)


def both_directions(time_major, merge, form):
    def fill(graph, x, results):
        rng = numpy.random.default_rng(8)
        operands = [*lstm_weights(graph, rng, **form), *lstm_weights(graph, rng, **form)]
        graph.op("BIDIRECTIONAL_SEQUENCE_LSTM", [x, *operands, *states(graph, 4), *[-1] * 9], results,
                 fusedActivationFunction=TANH, timeMajor=time_major, mergeOutputs=merge)
    return sequence_model(fill, time_major, 1 if merge else 2, 2 * UNITS if merge else UNITS)


@pytest.mark.parametrize("merge, time_major", [(False, False), (False, True), (True, True)])
@pytest.mark.parametrize("form", FORMS, ids=str)
def test_lstm_of_both_directions(form, merge, time_major, tmp_path):
    compare(both_directions(time_major, merge, form), [signal(2, time_major)], tmp_path,
            tolerance=1e-5 if form.get("extreme") else TOLERANCE)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_directions_side_by_side_with_the_batch_first(form, tmp_path):
    """LiteRT gives other numbers every time where it merges such outputs, so it is asked for them apart."""
    x = [signal(2, False)]
    apart = both_directions(False, False, form).write(tmp_path / "apart.tflite")
    expected = numpy.concatenate(list(litert(apart, x).values()), 2)
    model = both_directions(False, True, form)
    (found,) = ours(model.write(tmp_path / "model.tflite"), model, x, tmp_path).values()
    numpy.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-5)


def test_both_directions_on_the_board(tmp_path):
    compare(both_directions(True, True, {}), [signal(2, True)], tmp_path, "mps2-an500", tolerance=1e-5)


def rnn_weights(graph, rng):
    return [weights(graph, rng, UNITS, INPUTS), weights(graph, rng, UNITS, UNITS), weights(graph, rng, UNITS),
            graph.variable((BATCH, UNITS))]


@pytest.mark.parametrize("time_major", [False, True])
@pytest.mark.parametrize("activation", [TANH, RELU])
def test_rnn_of_one_direction(activation, time_major, tmp_path):
    def fill(graph, x, results):
        graph.op("UNIDIRECTIONAL_SEQUENCE_RNN", [x, *rnn_weights(graph, numpy.random.default_rng(9))], results,
                 fusedActivationFunction=activation, timeMajor=time_major)
    compare(sequence_model(fill, time_major), [signal(3, time_major)], tmp_path, tolerance=TOLERANCE)


@pytest.mark.parametrize("merge, time_major", [(False, False), (False, True), (True, True)])
def test_rnn_of_both_directions(merge, time_major, tmp_path):
    def fill(graph, x, results):
        rng = numpy.random.default_rng(10)
        operands = [*rnn_weights(graph, rng), *rnn_weights(graph, rng), -1, -1, -1]
        graph.op("BIDIRECTIONAL_SEQUENCE_RNN", [x, *operands], results, fusedActivationFunction=TANH,
                 timeMajor=time_major, mergeOutputs=merge)
    model = sequence_model(fill, time_major, 1 if merge else 2, 2 * UNITS if merge else UNITS)
    compare(model, [signal(4, time_major)], tmp_path, tolerance=TOLERANCE)


@pytest.mark.parametrize("kind", ["LSTM", "RNN"])
def test_a_single_step(kind, tmp_path):
    model = Model()
    graph = model.graph()
    rng = numpy.random.default_rng(11)
    x = graph.input((BATCH, INPUTS))
    graph.outputs = [graph.tensor((BATCH, UNITS))]
    operands = rnn_weights(graph, rng) if kind == "RNN" else [*lstm_weights(graph, rng), *states(graph, 2)]
    graph.op(kind, [x, *operands], graph.outputs, fusedActivationFunction=TANH)
    compare(model, [signal(5, True)[0]], tmp_path, tolerance=TOLERANCE)
