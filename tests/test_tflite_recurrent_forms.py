# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Float LSTM and RNN of TFLite with projections, layer normalisation and weights of int8, against LiteRT."""
import itertools

import numpy
import pytest
from ai_edge_litert import schema_py_generated as schema

from conftest import REFUSED, tinymlc
from tflite_files import Model, compare, litert, ours

TANH, RELU = schema.ActivationFunctionType.TANH, schema.ActivationFunctionType.RELU
RELU6, N1_TO_1 = schema.ActivationFunctionType.RELU6, schema.ActivationFunctionType.RELU_N1_TO_1
TOLERANCE = 4e-6


class Layer:
    """A model with one recurrent operator of `units` cells, of which `outputs` are projected."""

    def __init__(self, seed, inputs=5, units=7, outputs=None, coupled=False, peephole=False, norm=False, int8=False,
                 bias=True, steps=6, batch=2, time_major=True, scale=1.0, **options):
        self.rng, self.int8 = numpy.random.default_rng(seed), int8
        self.inputs, self.units, self.outputs = inputs, units, outputs or units
        self.is_projected, self.coupled, self.peephole, self.norm, self.bias = outputs is not None, coupled, peephole, norm, bias
        self.batch, self.scale, self.options = batch, scale, options
        self.lead = (batch,) if steps is None else (steps, batch) if time_major else (batch, steps)
        self.major = {} if steps is None else {"timeMajor": time_major}
        self.model = Model()
        self.graph = self.model.graph()
        self.x = self.graph.input((*self.lead, inputs))

    def reals(self, *shape, most=0.8):
        return self.graph.tensor(data=self.rng.uniform(-most, most, shape))

    def weights(self, *shape):
        if not self.int8:
            return self.reals(*shape)
        return self.graph.tensor(data=self.rng.integers(-127, 128, shape), kind=numpy.int8,
                                 scale=float(self.rng.uniform(0.004, 0.008)))

    def gates(self, make):
        return [-1 if self.coupled and gate == 0 else make() for gate in range(4)]

    def direction(self):
        """Its weights, and its states."""
        units, outputs = self.units, self.outputs
        looks = [self.weights(units) if self.peephole and not (self.coupled and gate == 0) else -1 for gate in range(3)]
        operands = [*self.gates(lambda: self.weights(units, self.inputs)), *self.gates(lambda: self.weights(units, outputs)),
                    *looks, *self.gates(lambda: self.reals(units))]
        projection = [self.weights(outputs, units), self.reals(outputs) if self.bias else -1] if self.is_projected else [-1, -1]
        return operands + projection, [self.graph.variable((self.batch, outputs)), self.graph.variable((self.batch, units))]

    def lstm(self):
        operands, states = self.direction()
        norms = self.gates(lambda: self.reals(self.units, most=1.5)) if self.norm else [-1] * 4
        name = "UNIDIRECTIONAL_SEQUENCE_LSTM" if self.major else "LSTM"
        return self.finish(name, [self.x, *operands, *states, *norms], 1)

    def lstm_of_both(self):
        forward, backward = self.direction(), self.direction()
        inputs = [self.x, *forward[0], *backward[0], *forward[1], *backward[1], *[-1] * 9]
        return self.finish("BIDIRECTIONAL_SEQUENCE_LSTM", inputs, 2)

    def rnn_operands(self):
        return [self.weights(self.units, self.inputs), self.weights(self.units, self.units), self.reals(self.units),
                self.graph.variable((self.batch, self.units))]

    def rnn(self):
        return self.finish("UNIDIRECTIONAL_SEQUENCE_RNN" if self.major else "RNN", [self.x, *self.rnn_operands()], 1)

    def rnn_of_both(self):
        inputs = [self.x, *self.rnn_operands(), *self.rnn_operands(), -1, -1, -1]
        return self.finish("BIDIRECTIONAL_SEQUENCE_RNN", inputs, 2)

    def finish(self, name, inputs, outputs):
        self.graph.outputs = [self.graph.tensor((*self.lead, self.outputs)) for _ in range(outputs)]
        options = {"fusedActivationFunction": TANH, **self.major, **self.options}
        self.graph.op(name, inputs, self.graph.outputs, **options)
        return self

    def check(self, folder, target="host", tolerance=TOLERANCE):
        x = self.rng.uniform(-self.scale, self.scale, (*self.lead, self.inputs)).astype(numpy.float32)
        compare(self.model, [x], folder, target, tolerance)


FORMS = [dict(zip(("coupled", "peephole", "norm", "outputs"), form))
         for form in itertools.product((False, True), (False, True), (False, True), (None, 3))]


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("int8", [False, True])
def test_lstm_of_one_direction(form, int8, tmp_path):
    Layer(1, int8=int8, time_major=False, **form).lstm().check(tmp_path, tolerance=2e-5)


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("int8", [False, True])
def test_lstm_of_one_step(form, int8, tmp_path):
    Layer(2, int8=int8, steps=None, **form).lstm().check(tmp_path)


@pytest.mark.parametrize("time_major", [False, True])
@pytest.mark.parametrize("form", [form for form in FORMS if not form["norm"]], ids=str)
@pytest.mark.parametrize("int8", [False, True])
def test_lstm_of_both_directions(form, int8, time_major, tmp_path):
    Layer(3, int8=int8, time_major=time_major, **form).lstm_of_both().check(tmp_path, tolerance=2e-5)


@pytest.mark.parametrize("inputs, units, outputs, batch", [(1, 1, 1, 1), (3, 7, 1, 2), (7, 3, 5, 1)])
@pytest.mark.parametrize("int8", [False, True])
def test_any_sizes_and_clips(inputs, units, outputs, batch, int8, tmp_path):
    layer = Layer(4, inputs, units, outputs, int8=int8, batch=batch, bias=False, scale=30, cellClip=0.5, projClip=0.4)
    layer.lstm().check(tmp_path, tolerance=2e-5)


@pytest.mark.parametrize("activation", [RELU, RELU6, N1_TO_1])
@pytest.mark.parametrize("norm", [False, True])
def test_functions(activation, norm, tmp_path):
    layer = Layer(5, norm=norm, fusedActivationFunction=activation).lstm()
    layer.check(tmp_path, tolerance=2e-5)


@pytest.mark.parametrize("steps, time_major", [(None, True), (6, True), (6, False)])
@pytest.mark.parametrize("activation", [TANH, RELU6])
def test_rnn_with_int8_weights(steps, time_major, activation, tmp_path):
    Layer(6, int8=True, steps=steps, time_major=time_major, fusedActivationFunction=activation).rnn().check(tmp_path)


@pytest.mark.parametrize("batch", [1, 2])
def test_rnn_of_both_directions_with_int8_weights(batch, tmp_path):
    Layer(7, int8=True, time_major=False, batch=batch).rnn_of_both().check(tmp_path)


@pytest.mark.parametrize("kind", ["lstm", "lstm_of_both", "rnn"])
def test_asymmetric_inputs(kind, tmp_path):
    getattr(Layer(8, int8=True, outputs=None if kind == "rnn" else 3, asymmetricQuantizeInputs=True), kind)().check(
        tmp_path, tolerance=2e-5)


def basic_lstm(inputs, units, batch, variables):
    """Of the basic kind: all gates in one matrix, and what lies between among the outputs."""
    rng = numpy.random.default_rng(12)
    model = Model()
    graph = model.graph()
    x = graph.input((batch, inputs))
    states = [(graph.variable if variables else graph.input)((batch, units)) for _ in range(2)]
    operands = [graph.tensor(data=rng.uniform(-0.8, 0.8, shape)) for shape in ((4 * units, inputs + units), (4 * units,))]
    graph.outputs = [graph.tensor((batch, width)) for width in (units, units, inputs + units, 4 * units)]
    graph.op("LSTM", [x, states[0], *operands, states[1]], graph.outputs, kernelType=schema.LSTMKernelType.BASIC,
             fusedActivationFunction=TANH)
    return model, [rng.uniform(-2, 2, (batch, width)).astype(numpy.float32) for width in (inputs, units, units)]


@pytest.mark.parametrize("inputs, units, batch", [(1, 1, 1), (3, 7, 2), (7, 3, 1)])
@pytest.mark.parametrize("variables", [False, True])
def test_basic_lstm(inputs, units, batch, variables, tmp_path):
    model, arrays = basic_lstm(inputs, units, batch, variables)
    compare(model, arrays[:1] if variables else arrays, tmp_path, tolerance=TOLERANCE)


def quantised_basic_lstm(rng, inputs, units, batch, weights_zero=129, extreme=False, scale=1 / 128):
    model = Model()
    graph = model.graph()
    bytes_of = dict(kind=numpy.uint8, scale=scale, zero_point=128)
    cells = dict(kind=numpy.int16, scale=2.0 ** -11)
    x, state = graph.input((batch, inputs), **bytes_of), graph.input((batch, units), **bytes_of)
    cell = graph.input((batch, units), **cells)
    weights = rng.choice([1, 255], (4 * units, inputs + units)) if extreme else rng.integers(1, 256, (4 * units, inputs + units))
    weights = graph.tensor(data=weights, kind=numpy.uint8, scale=0.006, zero_point=weights_zero)
    bias = graph.tensor(data=rng.integers(-9000, 9000, 4 * units), kind=numpy.int32, scale=0.006 / 128)
    graph.outputs = [graph.tensor((batch, units), **bytes_of), graph.tensor((batch, units), **cells),
                     graph.tensor((batch, inputs + units), **bytes_of),
                     graph.tensor((batch, 4 * units), kind=numpy.int16, scale=2.0 ** -12)]
    graph.op("LSTM", [x, state, weights, bias, cell], graph.outputs, kernelType=schema.LSTMKernelType.BASIC,
             fusedActivationFunction=TANH)
    arrays = [rng.integers(0, 256, (batch, width)).astype(numpy.uint8) for width in (inputs, units)]
    return model, [*arrays, rng.integers(-32768, 32768, (batch, units)).astype(numpy.int16)]


def check_quantised_basic_lstm(inputs, units, batch, weights_zero, extreme, folder, target="host"):
    """LiteRT's kernel for this host rounds ties of the gates' sums upward, where its reference rounds them away from zero; where
    it has the same sums, cells and outputs have its bits."""
    model, arrays = quantised_basic_lstm(numpy.random.default_rng(13), inputs, units, batch, weights_zero, extreme)
    path = model.write(folder / "model.tflite")
    found = list(ours(path, model, arrays, folder, target).values())
    names = [model.model.subgraphs[0].tensors[index].name.decode() for index in model.model.subgraphs[0].outputs]
    expected = [litert(path, arrays)[name] for name in names]
    numpy.testing.assert_array_equal(found[2], expected[2])
    assert numpy.abs(found[3].astype(int) - expected[3]).max() <= 1
    same = (found[3] == expected[3]).reshape(batch, 4, units).all(1)
    assert same.any() or same.size < 4  # of few units all may have a tie
    for ours_of, theirs in zip(found[:2], expected[:2]):
        numpy.testing.assert_array_equal(ours_of[same], theirs[same])
        assert numpy.abs(ours_of.astype(int) - theirs).max() <= 3


@pytest.mark.parametrize("inputs, units, batch", [(1, 1, 1), (3, 7, 2), (7, 3, 1), (40, 16, 1)])
@pytest.mark.parametrize("weights_zero", [128, 100, 160, 1])
@pytest.mark.parametrize("extreme", [False, True])
def test_quantised_basic_lstm(inputs, units, batch, weights_zero, extreme, tmp_path):
    check_quantised_basic_lstm(inputs, units, batch, weights_zero, extreme, tmp_path)


@pytest.mark.long
def test_quantised_basic_lstm_on_the_board(tmp_path):
    check_quantised_basic_lstm(3, 7, 2, 100, False, tmp_path, "mps2-an500")


def test_a_basic_lstm_of_other_scales_is_refused(tmp_path):
    model, _ = quantised_basic_lstm(numpy.random.default_rng(15), 3, 4, 1, scale=1 / 64)
    found = tinymlc("inspect", model.write(tmp_path / "model.tflite"), code=REFUSED).stderr
    assert "not uint8 in steps of 1 / 128" in found and "UNIDIRECTIONAL_SEQUENCE_LSTM" in found


@pytest.mark.parametrize("int8", [False, True])
def test_is_a_loop_of_the_program(int8, tmp_path):
    layer = Layer(9, int8=int8, outputs=3, norm=True, peephole=True, steps=12).lstm()
    text = tinymlc("inspect", layer.model.write(tmp_path / "model.tflite"), "--after", "select").stdout
    assert any(f"of {trips} trips" in text for trips in (10, 11, 12))


@pytest.mark.long
@pytest.mark.parametrize("int8", [False, True])
def test_on_the_board(int8, tmp_path):
    layer = Layer(10, int8=int8, outputs=3, norm=True, peephole=True, batch=1).lstm()
    layer.check(tmp_path, "mps2-an500", tolerance=2e-5)


REFUSALS = {
    "2001 steps": lambda: Layer(11, steps=2_001, batch=1, outputs=3).lstm(),
    "LiteRT runs through such a sequence once for each": lambda: Layer(11, int8=True).rnn_of_both(),
}


@pytest.mark.parametrize("message", REFUSALS)
def test_what_is_not_supported_is_named(message, tmp_path):
    path = REFUSALS[message]().model.write(tmp_path / "model.tflite")
    assert message in tinymlc("inspect", path, code=REFUSED).stderr
