# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Recurrent layers with all their options against onnxruntime, on the host and on the board."""
import pathlib
import re

import numpy
import pytest
from onnx import TensorProto, helper, numpy_helper, save

from conftest import shared, tinymlc

GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}
FUNCTIONS = ["Sigmoid", "Tanh", "Relu", "Affine", "LeakyRelu", "ThresholdedRelu", "ScaledTanh", "HardSigmoid", "Elu",
             "Softsign", "Softplus"]
FUNCTION_COUNTS = {"LSTM": 3, "GRU": 2, "RNN": 1}
# The layer, time steps, batch, inputs, hidden units, and attributes.
CASES = [
    ("LSTM", 5, 1, 3, 4, {}),
    ("LSTM", 1, 2, 3, 5, {"direction": "reverse"}),
    ("LSTM", 6, 3, 5, 3, {"direction": "bidirectional", "clip": 0.6}),
    ("LSTM", 4, 2, 8, 8, {"input_forget": 1}),
    ("LSTM", 7, 1, 4, 16, {"direction": "bidirectional"}),
    ("GRU", 5, 1, 3, 4, {}),
    ("GRU", 4, 3, 5, 3, {"linear_before_reset": 1, "direction": "bidirectional"}),
    ("GRU", 9, 1, 4, 8, {"linear_before_reset": 1, "clip": 0.4}),
    ("GRU", 3, 2, 4, 5, {"direction": "reverse"}),
    ("RNN", 5, 1, 3, 4, {}),
    ("RNN", 4, 2, 3, 5, {"direction": "bidirectional", "clip": 0.5}),
    ("RNN", 4, 2, 3, 5, {"direction": "reverse"}),
]
CASES += [("LSTM", 3, 1, 4, 4, {"activations": ["Sigmoid", name, "Tanh"], "activation_alpha": [0.3],
                             "activation_beta": [0.2]}) for name in FUNCTIONS]
CASES += [("RNN", 3, 1, 4, 4, {"activations": [name], "activation_alpha": [0.3], "activation_beta": [0.2]})
          for name in ("Affine", "LeakyRelu", "ThresholdedRelu", "ScaledTanh", "HardSigmoid", "Elu")]


def build(layer, time, batch, inputs, hidden, attributes, rng, path, weights_are_inputs=False):
    """Writes a model of the layer with bias, states before the first step and, of LSTM, peepholes; returns it with the
    arrays of its inputs."""
    directions = 2 if attributes.get("direction") == "bidirectional" else 1
    gates = GATES[layer]
    weights = {"w": (directions, gates * hidden, inputs), "r": (directions, gates * hidden, hidden),
               "b": (directions, 2 * gates * hidden)}
    states = {"h0": (directions, batch, hidden)}
    outputs = ["y", "y_h"]
    names = ["x", "w", "r", "b", "", "h0"]
    if layer == "LSTM":
        states["c0"] = (directions, batch, hidden)
        weights["p"] = (directions, 3 * hidden)
        outputs.append("y_c")
        names += ["c0", "p"]
    arrays = {name: rng.normal(0, 0.5, shape).astype(numpy.float32) for name, shape in {**weights, **states}.items()}
    arrays["x"] = rng.normal(0, 1, (time, batch, inputs)).astype(numpy.float32)
    fed = ["x", *states, *(weights if weights_are_inputs else [])]
    graph = helper.make_graph(
        [helper.make_node(layer, names, outputs, hidden_size=hidden, **attributes)], "recurrent",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, arrays[name].shape) for name in fed],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        [numpy_helper.from_array(arrays[name], name) for name in weights if name not in fed])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    save(model, path)
    return model, {name: arrays[name] for name in fed}


def compare(model, arrays, target, folder):
    import onnxruntime
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [port.name for port in model.graph.output]
    arguments = []
    for name, array in arrays.items():
        numpy.save(folder / f"{name}.npy", array[None])
        arguments += ["--input", f"{name}={folder / name}.npy"]
    tinymlc("run", folder / "model.onnx", "--target", target, *arguments, "-o", folder / "out")
    for name, expected in zip(names, session.run(names, arrays)):
        ours = numpy.load(folder / f"out/{name}.npy")[0]
        numpy.testing.assert_allclose(ours, expected, rtol=1e-5, atol=1e-5, err_msg=name)


@pytest.mark.parametrize("index", range(len(CASES)))
def test_gives_what_onnxruntime_does(index, tmp_path):
    rng = numpy.random.default_rng(index)
    model, arrays = build(*CASES[index], rng, tmp_path / "model.onnx")
    compare(model, arrays, "host", tmp_path)


@pytest.mark.parametrize("layer", GATES)
def test_weights_may_be_inputs(layer, tmp_path):
    rng = numpy.random.default_rng(3)
    model, arrays = build(layer, 3, 2, 4, 3, {}, rng, tmp_path / "model.onnx", weights_are_inputs=True)
    compare(model, arrays, "host", tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("index", [2, 4, 6, 10])
def test_gives_the_same_on_the_board(index, tmp_path):
    rng = numpy.random.default_rng(index)
    model, arrays = build(*CASES[index], rng, tmp_path / "model.onnx")
    compare(model, arrays, "mps2-an500", tmp_path)


@pytest.mark.parametrize("layer", ["GRU", "RNN"])
def test_frame_by_frame_gives_the_bits_of_the_sequence(layer, tmp_path):
    rng = numpy.random.default_rng(5)
    _, arrays = build(layer, 6, 1, 4, 32, {}, rng, tmp_path / "model.onnx")

    def run(x, state, path):
        numpy.save(tmp_path / "x.npy", x[None])
        numpy.save(tmp_path / "h0.npy", state[None])
        tinymlc("run", path, "--target", "host", "--input", f"x={tmp_path}/x.npy", "--input", f"h0={tmp_path}/h0.npy",
                "-o", tmp_path / "out")
        return numpy.load(tmp_path / "out/y.npy")[0], numpy.load(tmp_path / "out/y_h.npy")[0]

    whole, _ = run(arrays["x"], arrays["h0"], tmp_path / "model.onnx")
    build(layer, 1, 1, 4, 32, {}, numpy.random.default_rng(5), tmp_path / "frame.onnx")
    state = arrays["h0"]
    for step in range(6):
        output, state = run(arrays["x"][step:step + 1], state, tmp_path / "frame.onnx")
        numpy.testing.assert_array_equal(output[0], whole[step])


@pytest.mark.parametrize("target", ["host", pytest.param("mps2-an500", marks=pytest.mark.long)])
@pytest.mark.parametrize("model", ["rnn/mnist_lstm_int8", "zoo/dtln_tflm"])
def test_integer_layers_are_bit_exact_with_litert(model, target):
    tinymlc("verify", shared(f"models/{model}.tflite"), "--oracle", "litert", "--target", target)


def test_the_digits_of_pictures_are_recognised(tmp_path):
    from PIL import Image
    pictures = sorted(pathlib.Path(shared("data/mnist_lstm_png")).glob("sample*.png"))
    digits = numpy.array([numpy.array(Image.open(path).convert("L")) for path in pictures])
    numpy.save(tmp_path / "x.npy", (digits.reshape(-1, 1, 28, 28).astype(numpy.int16) - 128).astype(numpy.int8))
    model = shared("models/rnn/mnist_lstm_int8.tflite")
    found = tinymlc("run", model, "--input", tmp_path / "x.npy", "-o", tmp_path / "out")
    scores = numpy.load(next((tmp_path / "out").glob("*.npy"))).reshape(len(pictures), 10)
    expected = [int(re.search(r"\d", path.stem).group()) for path in pictures]
    assert list(scores.argmax(1)) == expected, found
