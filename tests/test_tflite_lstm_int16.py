# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""LSTM of TFLite with int16 activations, int8 weights and an int16 cell, to the last bit of TensorFlow Lite Micro's. LiteRT has
no such layer."""
import numpy
import pytest
from ai_edge_litert import schema_py_generated as schema

from conftest import REFUSED, ROOT, tinymlc, tinymlc_json
from micro import micro_steps
from test_tflite_integer_lstm import Layer as Int8Layer
from tflite_files import Model, litert, ours
from tflite_int16 import to_int16

I8, I16, I32, I64 = numpy.int8, numpy.int16, numpy.int32, numpy.int64
TANH, RELU = schema.ActivationFunctionType.TANH, schema.ActivationFunctionType.RELU
X_SCALE, H_SCALE = 1e-4, 1 / 32768
WEIGHT_SCALES = {"i": 0.005, "f": 0.004, "c": 0.006, "o": 0.0045}


class Layer:
    """A layer of `units` cells, and what may be left out of it or be another way."""

    def __init__(self, seed, inputs=5, units=7, steps=6, batch=1, time_major=True, cell_exponent=-11, cell_clip=0.0, proj_clip=0.0,
                 extreme=False, bias=I64, x_scale=X_SCALE, h_scale=H_SCALE, output_scale=None, weights=1.0, coupled=False,
                 peephole=False, norm=False, outputs=None, activation=TANH, zero_point=0, cell_scale=None, most_bias=4_000_000,
                 one_step=False):
        self.rng, self.extreme = numpy.random.default_rng(seed), extreme
        self.model = Model()
        g = self.graph = self.model.graph()
        projected, outputs = outputs is not None, outputs or units
        lead = (batch,) if one_step else (steps, batch) if time_major else (batch, steps)
        self.shape = (*lead, inputs)
        x = g.input(self.shape, I16, scale=x_scale, zero_point=zero_point)
        gates = [None if coupled and gate == "i" else gate for gate in "ifco"]
        matrices = [self.weights((units, inputs), gate, weights) for gate in gates]
        recurrent = [self.weights((units, outputs), gate, 0.9 * weights) for gate in gates]
        vector = lambda kind, scale, most: g.tensor(data=self.rng.integers(-most, most + 1, units), kind=kind, scale=scale)
        looks = [vector(I16, 2.0 ** -14, 20000) if peephole else -1 for _ in range(3)]
        biases = [vector(bias, x_scale * WEIGHT_SCALES[gate] * weights, most_bias) if gate else -1 for gate in gates]
        projection = [self.weights((outputs, units), "c", 1.0), -1] if projected else [-1, -1]
        states = [g.variable((batch, outputs), I16, scale=h_scale),
                  g.variable((batch, units), I16, scale=cell_scale or 2.0 ** cell_exponent)]
        norms = [vector(I16, 3e-5, 32767) if norm else -1 for _ in range(4)]
        g.outputs = [g.tensor((*lead, outputs), I16, scale=output_scale or h_scale)]
        options = dict(fusedActivationFunction=activation, cellClip=cell_clip, projClip=proj_clip)
        if not one_step:
            options["timeMajor"] = time_major
        g.op("LSTM" if one_step else "UNIDIRECTIONAL_SEQUENCE_LSTM",
             [x, *matrices, *recurrent, *looks, *biases, *projection, *states, *norms], g.outputs, **options)

    def weights(self, shape, gate, factor):
        if gate is None:
            return -1
        data = self.rng.choice([-127, 127], shape) if self.extreme else self.rng.integers(-127, 128, shape)
        return self.graph.tensor(data=data, kind=I8, scale=WEIGHT_SCALES[gate] * factor)

    def sample(self):
        if self.extreme:
            return self.rng.choice([-32768, 32767], self.shape).astype(I16)
        return self.rng.integers(-32768, 32768, self.shape).astype(I16)


def check(layer, folder, target="host", count=3):
    path = layer.model.write(folder / "model.tflite")
    for _ in range(count):
        x = layer.sample()
        (expected,) = micro_steps(path.read_bytes(), [[x]])
        (found,) = ours(path, layer.model, [x], folder, target).values()
        assert len(numpy.unique(expected)) > 1
        numpy.testing.assert_array_equal(found, expected[0])


def of_stream(path, rows, folder):
    numpy.save(folder / "rows.npy", rows)
    tinymlc("run", path, "--stream", "--input", folder / "rows.npy", "-o", folder / "out")
    return numpy.load(next((folder / "out").glob("*.npy")))


@pytest.mark.parametrize("inputs, units", [(1, 1), (5, 7), (3, 4), (8, 16), (13, 3), (40, 33)])
@pytest.mark.parametrize("batch, time_major", [(1, True), (3, True), (3, False)])
def test_of_any_sizes(inputs, units, batch, time_major, tmp_path):
    check(Layer(40, inputs, units, batch=batch, time_major=time_major), tmp_path, count=2)


@pytest.mark.parametrize("steps", [1, 2, 29])
def test_of_any_length(steps, tmp_path):
    check(Layer(41, steps=steps, batch=2), tmp_path)


# Scales beyond those of LiteRT's int8 cells, and those in which products saturate or are rounded twice.
@pytest.mark.parametrize("exponent", [-20, -16, -15, -13, -12, -9, -5, 0])
def test_cells_of_any_scale(exponent, tmp_path):
    check(Layer(42, steps=12, batch=2, cell_exponent=exponent), tmp_path)


@pytest.mark.parametrize("clip", [1e-5, 0.3, 2.5, 1e6])
@pytest.mark.parametrize("proj_clip", [0.0, 0.1])
def test_clips(clip, proj_clip, tmp_path):
    layer = Layer(43, steps=9, cell_clip=clip, proj_clip=proj_clip)
    x = layer.sample()
    path = layer.model.write(tmp_path / "model.tflite")
    (expected,) = micro_steps(path.read_bytes(), [[x]])
    numpy.testing.assert_array_equal(*ours(path, layer.model, [x], tmp_path).values(), expected[0])


@pytest.mark.parametrize("weights", [0.02, 1.0, 30.0])
def test_extremes(weights, tmp_path):
    check(Layer(44, 24, 20, steps=8, batch=2, extreme=True, weights=weights, most_bias=2 ** 31 - 1), tmp_path)


@pytest.mark.parametrize("h_scale", [3e-5, 1e-4, 1 / 2048, 1e-9])
def test_states_of_any_scale(h_scale, tmp_path):
    check(Layer(45, steps=8, h_scale=h_scale), tmp_path)


@pytest.mark.parametrize("seed", range(12))
def test_random_forms(seed, tmp_path):
    rng = numpy.random.default_rng(seed)
    check(Layer(100 + seed, *map(int, rng.integers(1, 24, 2)), steps=int(rng.integers(1, 16)), batch=int(rng.integers(1, 4)),
                time_major=bool(rng.integers(2)), cell_exponent=-int(rng.integers(8, 16)), extreme=bool(rng.integers(2)),
                cell_clip=float(rng.choice([0, 0.5])), x_scale=float(rng.uniform(1e-5, 1e-3)),
                h_scale=float(rng.uniform(2e-5, 1e-4)), weights=float(rng.uniform(0.1, 2))), tmp_path, count=1)


def test_biases_of_32_bits_are_those_of_64(tmp_path):
    """TensorFlow Lite Micro reads such tensors past their ends."""
    wide, narrow = (Layer(46, bias=bias) for bias in (I64, I32))
    x = wide.sample()
    (expected,) = micro_steps(wide.model.write(tmp_path / "wide.tflite").read_bytes(), [[x]])
    path = narrow.model.write(tmp_path / "model.tflite")
    numpy.testing.assert_array_equal(*ours(path, narrow.model, [x], tmp_path).values(), expected[0])


@pytest.mark.parametrize("steps", [1, 4])
def test_keeps_its_state_from_run_to_run(steps, tmp_path):
    layer = Layer(47, 3, 5, steps=steps, batch=1, time_major=False)
    path = layer.model.write(tmp_path / "model.tflite")
    rows = numpy.stack([layer.sample() for _ in range(5)])
    (expected,) = micro_steps(path.read_bytes(), [[row] for row in rows])
    numpy.testing.assert_array_equal(of_stream(path, rows, tmp_path), expected)


def test_is_a_loop_of_the_program(tmp_path):
    layer = Layer(48, steps=12)
    text = tinymlc("inspect", layer.model.write(tmp_path / "model.tflite"), "--after", "select").stdout
    assert "of 12 trips" in text and "lstm_cell_s16" in text


@pytest.mark.long
@pytest.mark.parametrize("form", [{}, {"inputs": 8, "units": 12, "batch": 3, "cell_exponent": -9},
                                  {"batch": 2, "time_major": False, "cell_clip": 0.4, "extreme": True}], ids=str)
def test_on_the_board(form, tmp_path):
    check(Layer(49, **{"inputs": 3, "steps": 5, **form}), tmp_path, "mps2-an500", 1)


def test_of_a_converted_model(tmp_path):
    """A layer of Keras as TensorFlow's converter quantises it, in int16, with a dense layer behind it."""
    path = tmp_path / "model.tflite"
    path.write_bytes(to_int16((ROOT / "tests/keras/int8_lstm_fused.tflite").read_bytes()))
    rows = numpy.random.default_rng(51).integers(-32768, 32768, (4, 1, 7, 5)).astype(I16)
    (expected,) = micro_steps(path.read_bytes(), [[row] for row in rows])
    numpy.testing.assert_array_equal(of_stream(path, rows, tmp_path), expected)
    report = tinymlc_json("verify", path, "--oracle", "litert", "--samples", 5)
    assert report["pass"] and report["oracle"] == "tflite micro"


def test_int8_is_litert_s_and_near_micro_s(tmp_path):
    """TensorFlow Lite Micro computes both types with the functions of int16; docs/recurrent.md says by how much they differ."""
    differences = []
    for seed in range(10):
        layer = Int8Layer(numpy.random.default_rng(seed), 5, 7, steps=8, batch=2)
        x = layer.sample()
        path = layer.model.write(tmp_path / "model.tflite")
        (found,) = ours(path, layer.model, [x], tmp_path).values()
        numpy.testing.assert_array_equal(found, *litert(path, [x]).values())
        layer.graph.operators[0].intermediates = []  # with content, which files of converters have not, they are refused
        (expected,) = micro_steps(layer.model.write(path).read_bytes(), [[x]])
        differences.append(numpy.abs(found.astype(I32) - expected[0]))
    assert numpy.max(differences) == 1 and numpy.mean(differences) < 0.03


REFUSALS = {
    "it has no input gate of its own": dict(coupled=True),
    "it has peepholes": dict(peephole=True),
    "it has layer normalisation": dict(norm=True),
    "it has a projection": dict(outputs=3),
    "it has the activation RELU": dict(activation=RELU),
    "its output has another scale than its state": dict(output_scale=1e-4),
    "not a power of two from 2^-24 to 2^0": dict(cell_scale=0.0007),
    "is beyond 32 bits": dict(bias=I64, most_bias=9_000_000_000),
    "of which TensorFlow Lite Micro computes sequences alone": dict(one_step=True),
    "zero point": dict(zero_point=3),
}


@pytest.mark.parametrize("message", REFUSALS)
def test_what_is_not_supported_is_named(message, tmp_path):
    layer = Layer(50, **REFUSALS[message])
    found = tinymlc("inspect", layer.model.write(tmp_path / "model.tflite"), "--after", "select", code=REFUSED).stderr
    assert message in found and "node '" in found
