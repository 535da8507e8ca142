# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""int8 LSTM of TFLite, of one step and of a sequence, in every form that LiteRT's kernel has, to the last bit."""
import itertools

import numpy
import pytest
from ai_edge_litert import schema_py_generated as schema
from ai_edge_litert.interpreter import Interpreter

from conftest import REFUSED, tinymlc
from tflite_files import Model, litert, ours

I8, I16, I32 = numpy.int8, numpy.int16, numpy.int32
TANH = schema.ActivationFunctionType.TANH
X_SCALE, X_ZERO, H_SCALE, H_ZERO = 0.02, 3, 1 / 128, -2
CELL_SCALE = 2.0 ** -11
WEIGHT_SCALES = {"i": 0.005, "f": 0.004, "c": 0.006, "o": 0.0045}


class Layer:
    """The tensors of one LSTM with `units` cells and `outputs` of them projected."""

    def __init__(self, rng, inputs, units, outputs=None, coupled=False, peephole=False, norm=False, steps=None, batch=1,
                 time_major=True, cell_clip=0.0, proj_clip=0.0, extreme=False, bits8=False, hidden_zero=0):
        projected = outputs is not None
        outputs = outputs or units
        self.rng, self.units, self.extreme = rng, units, extreme
        self.model = Model()
        g = self.graph = self.model.graph()
        lead = (batch,) if steps is None else (steps, batch) if time_major else (batch, steps)
        self.shape = (*lead, inputs)
        x = g.input(self.shape, I8, scale=X_SCALE, zero_point=X_ZERO)
        gates = [None if coupled and gate == "i" else gate for gate in "ifco"]
        weights = [self.weights((units, inputs), gate) for gate in gates]
        recurrent = [self.weights((units, outputs), gate, 0.9) for gate in gates]
        looks = [self.vector(I16, 2.0 ** -14, 20000) if peephole and gate else -1 for gate in (gates[0], "f", "o")]
        bias_scale = 2.0 ** -25 if norm else 1e-4
        biases = [self.vector(I32, bias_scale, 2_000_000 if norm else 9000) if gate else -1 for gate in gates]
        projection = [-1, -1]
        if projected:
            projection = [self.weights((outputs, units), "c"), g.tensor(data=rng.integers(-900, 900, outputs), kind=I32,
                                                                       scale=1e-4)]
        states = [g.variable((batch, outputs), I8, scale=H_SCALE, zero_point=H_ZERO),
                  g.variable((batch, units), I16, scale=CELL_SCALE)]
        norms = [self.vector(I16, scale, 32767) if norm and gate else -1
                 for gate, scale in zip(gates, (2.0 ** -15, 3e-5, 4e-5, 3.5e-5))]
        hidden = dict(scale=0.0081, zero_point=hidden_zero) if projected else dict(scale=H_SCALE, zero_point=H_ZERO)
        within = [g.tensor((1,), I16, scale=scale) for scale in (0.003, 0.002, 0.0025, 0.0035)]
        within.append(g.tensor((1,), I8, **hidden))
        if bits8:
            within += [g.tensor((1,), I8, scale=0.01) for _ in range(7)]
        g.outputs = [g.tensor((*lead, outputs), I8, scale=H_SCALE, zero_point=H_ZERO)]
        options = dict(fusedActivationFunction=TANH, cellClip=cell_clip, projClip=proj_clip)
        if steps is not None:
            options["timeMajor"] = time_major
        g.op("LSTM" if steps is None else "UNIDIRECTIONAL_SEQUENCE_LSTM",
             [x, *weights, *recurrent, *looks, *biases, *projection, *states, *norms], g.outputs, within, **options)

    def weights(self, shape, gate, factor=1.0):
        if gate is None:
            return -1
        data = self.rng.choice([-127, 127], shape) if self.extreme else self.rng.integers(-127, 128, shape)
        return self.graph.tensor(data=data, kind=I8, scale=WEIGHT_SCALES[gate] * factor)

    def vector(self, kind, scale, most):
        return self.graph.tensor(data=self.rng.integers(-most, most + 1, self.units), kind=kind, scale=scale)

    def sample(self):
        ends = [-128, 127] if self.extreme else list(range(-128, 128))
        return self.rng.choice(ends, self.shape).astype(I8)


def check(layer, folder, target="host", count=3):
    path = layer.model.write(folder / "model.tflite")
    for _ in range(count):
        x = [layer.sample()]
        (expected,) = litert(path, x).values()
        (found,) = ours(path, layer.model, x, folder, target).values()
        assert len(numpy.unique(expected)) > 1
        numpy.testing.assert_array_equal(found, expected)


FORMS = [dict(zip(("coupled", "peephole", "norm", "outputs"), form))
         for form in itertools.product((False, True), (False, True), (False, True), (None, 7))]


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("batch", [1, 2])
def test_of_one_step(form, batch, tmp_path):
    check(Layer(numpy.random.default_rng(20), 5, 7, batch=batch, **form), tmp_path, count=2)


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("batch, time_major", [(1, True), (2, True), (2, False)])
def test_of_a_sequence(form, batch, time_major, tmp_path):
    check(Layer(numpy.random.default_rng(21), 3, 7, steps=6, batch=batch, time_major=time_major, **form), tmp_path, count=1)


@pytest.mark.parametrize("inputs, units, outputs", [(1, 1, 1), (3, 7, 3), (7, 3, 5), (1, 16, 1)])
@pytest.mark.parametrize("norm", [False, True])
def test_of_any_sizes(inputs, units, outputs, norm, tmp_path):
    rng = numpy.random.default_rng(22)
    check(Layer(rng, inputs, units, outputs=outputs, norm=norm, steps=4, batch=2, hidden_zero=4), tmp_path)


@pytest.mark.parametrize("extreme", [False, True])
@pytest.mark.parametrize("form", [{}, {"coupled": True, "norm": True}, {"peephole": True, "outputs": 7}], ids=str)
def test_clips(form, extreme, tmp_path):
    rng = numpy.random.default_rng(23)
    check(Layer(rng, 5, 7, steps=5, cell_clip=0.4, proj_clip=0.3, extreme=extreme, **form), tmp_path)


def test_peepholes_before_fewer_outputs(tmp_path):
    """LiteRT lets only as many units look as there are outputs."""
    rng = numpy.random.default_rng(24)
    check(Layer(rng, 5, 7, outputs=3, peephole=True, steps=5, batch=2, time_major=False), tmp_path)


@pytest.mark.parametrize("form", [{"coupled": True, "peephole": True, "norm": True, "outputs": 3}, {"outputs": 7}], ids=str)
def test_is_a_loop_of_the_program(form, tmp_path):
    layer = Layer(numpy.random.default_rng(25), 3, 7, steps=12, **form)
    text = tinymlc("inspect", layer.model.write(tmp_path / "model.tflite"), "--after", "select").stdout
    assert "of 12 trips" in text or "of 11 trips" in text or "of 10 trips" in text


@pytest.mark.parametrize("steps", [None, 4])
def test_keeps_its_state_from_run_to_run(steps, tmp_path):
    form = dict(coupled=True, peephole=True, norm=True, outputs=3)
    layer = Layer(numpy.random.default_rng(28), 3, 7, steps=steps, batch=1, **form)
    path = layer.model.write(tmp_path / "model.tflite")
    rows = numpy.stack([layer.sample() for _ in range(5)])
    interpreter = Interpreter(str(path))
    interpreter.allocate_tensors()
    expected = []
    for row in rows:
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], row)
        interpreter.invoke()
        expected.append(interpreter.get_tensor(interpreter.get_output_details()[0]["index"]))
    numpy.save(tmp_path / "rows.npy", rows)
    tinymlc("run", path, "--stream", "--input", tmp_path / "rows.npy", "-o", tmp_path / "out")
    numpy.testing.assert_array_equal(numpy.load(next((tmp_path / "out").glob("*.npy"))), expected)


@pytest.mark.long
def test_on_the_board(tmp_path):
    form = dict(coupled=False, peephole=True, norm=True, outputs=3)
    check(Layer(numpy.random.default_rng(26), 3, 7, steps=4, batch=1, **form), tmp_path, "mps2-an500", 1)


REFUSALS = {
    "sums of its gates are of 8 bits": dict(coupled=True, norm=True, outputs=7, bits8=True),
    "LiteRT reads cells of other batch items": dict(peephole=True, outputs=3, batch=2),
}


@pytest.mark.parametrize("message", REFUSALS)
def test_what_is_not_supported_is_named(message, tmp_path):
    layer = Layer(numpy.random.default_rng(27), 3, 7, steps=3, **REFUSALS[message])
    found = tinymlc("inspect", layer.model.write(tmp_path / "model.tflite"), code=REFUSED).stderr
    assert message in found and "UNIDIRECTIONAL_SEQUENCE_LSTM".lower() in found


def of_both_directions(name, rng):
    """An int8 layer of two directions, with the operands of both but without what is optional."""
    model = Model()
    graph = model.graph()
    x = graph.input((6, 1, 3), I8, scale=X_SCALE)
    weights = lambda *shape: graph.tensor(data=rng.integers(-127, 128, shape), kind=I8, scale=0.01)
    bias = lambda: graph.tensor(data=rng.integers(-900, 900, 4), kind=I32, scale=1e-4)
    state = lambda: graph.variable((1, 4), I8, scale=H_SCALE)
    graph.outputs = [graph.tensor((6, 1, 4), I8, scale=H_SCALE) for _ in range(2)]
    if name == "BIDIRECTIONAL_SEQUENCE_RNN":
        operands = [operand for _ in range(2) for operand in (weights(4, 3), weights(4, 4), bias(), state())] + [-1] * 3
    else:
        one = lambda: [*[weights(4, 3) for _ in range(4)], *[weights(4, 4) for _ in range(4)], -1, -1, -1,
                       *[bias() for _ in range(4)], -1, -1]
        cell = lambda: graph.variable((1, 4), I16, scale=CELL_SCALE)
        operands = [*one(), *one(), state(), cell(), state(), cell(), *[-1] * 9]
    graph.op(name, [x, *operands], graph.outputs, fusedActivationFunction=TANH, timeMajor=True)
    return model


@pytest.mark.parametrize("name", ["BIDIRECTIONAL_SEQUENCE_LSTM", "BIDIRECTIONAL_SEQUENCE_RNN"])
def test_int8_layers_of_both_directions_are_refused_as_litert_does(name, tmp_path):
    path = of_both_directions(name, numpy.random.default_rng(29)).write(tmp_path / "model.tflite")
    with pytest.raises((RuntimeError, ValueError)):
        litert(path, [numpy.zeros((6, 1, 3), I8)])
    found = tinymlc("inspect", path, code=REFUSED).stderr
    assert name.lower() in found and "its input is i8" in found and "keep this layer in float" in found
