# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Transformers as exporters write them (tests/attention: PyTorch's two exporters, TensorFlow's converter and tf2onnx): what
is left of the steps, and whether the numbers are those of onnxruntime and LiteRT."""
import json

import numpy
import pytest

from conftest import ROOT, tinymlc, tinymlc_json

FOLDER = ROOT / "tests/attention"
# What the models are about; the rest are layers, sums and moves that cost nothing.
COUNTED = ("attention", "layer_norm", "rms_norm", "rotary_embedding", "gelu", "silu", "softmax", "matmul", "transpose",
           "mean", "sqrt", "erf", "tanh", "sigmoid", "expand", "tile", "where", "logical_not", "concat", "is_nan")
# By model: how many of these are left.
FORMS = json.loads((FOLDER / "forms.json").read_text(encoding="utf-8"))
TOLERANCE = 1e-5  # of the largest output


def test_every_file_is_listed():
    assert sorted(FORMS) == sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".onnx", ".tflite"))


@pytest.mark.parametrize("name", FORMS)
def test_steps_are_one_operator(name):
    left = tinymlc_json("inspect", FOLDER / name, "--after", "read_planes")["nodes_by_op"]
    assert {op: count for op, count in sorted(left.items()) if op in COUNTED} == FORMS[name]


def sample(name, shape, dtype, rng):
    """Of a mask some of each; every row sees a key."""
    if "bool" in dtype:
        hidden = rng.random(shape) < 0.4
        hidden[..., 0] = False
        return hidden if name == "padding" else ~hidden
    x = rng.standard_normal(shape).astype(numpy.float32)
    if name == "mask" and len(shape) == 2:  # of ones and zeros, as BERT's
        x = (x > 0).astype(numpy.float32)
        x[..., 0] = 1
    return x


def by_onnxruntime(path, rng):
    import onnxruntime
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    inputs = {port.name: sample(port.name, port.shape, port.type, rng) for port in session.get_inputs()}
    return inputs, {port.name: array for port, array in zip(session.get_outputs(), session.run(None, inputs))}


def by_litert(path, rng):
    from ai_edge_litert.interpreter import Interpreter
    interpreter = Interpreter(str(path))
    interpreter.allocate_tensors()
    inputs = {}
    for port in interpreter.get_input_details():
        inputs[port["name"]] = sample(port["name"], port["shape"], str(port["dtype"]), rng)
        interpreter.set_tensor(port["index"], inputs[port["name"]])
    interpreter.invoke()
    return inputs, {port["name"]: interpreter.get_tensor(port["index"]) for port in interpreter.get_output_details()}


@pytest.mark.parametrize("target", ["host", pytest.param("mps2-an500", marks=pytest.mark.full)])
@pytest.mark.parametrize("name", FORMS)
def test_numbers_are_those_of_the_fields_runtimes(name, target, tmp_path):
    oracle = by_litert if name.endswith(".tflite") else by_onnxruntime
    inputs, expected = oracle(FOLDER / name, numpy.random.default_rng(3))
    arguments = []
    for number, (port, array) in enumerate(inputs.items()):
        numpy.save(tmp_path / f"{number}.npy", array[None])
        arguments += ["--input", f"{port}={tmp_path}/{number}.npy"]
    done = tinymlc("run", FOLDER / name, "--target", target, *arguments, "-o", tmp_path / "out", "--json")
    files = {port["name"]: port["file"] for port in json.loads(done.stdout)["outputs"]}
    assert files.keys() == expected.keys()
    for port, wanted in expected.items():
        got = numpy.load(files[port])[0]
        assert numpy.abs(got - wanted).max() <= TOLERANCE * numpy.abs(wanted).max()
