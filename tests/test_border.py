# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Inputs and outputs as the hardware has them: the same answers as the file's model gives, in other types and orders."""
import json

import numpy
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from conftest import shared, tinymlc, tinymlc_json

SIZE = 32
AS_HARDWARE = ["--input-type", "image=int8", "--input-layout", "image=nhwc", "--output-type", "scores=int8"]


def small_network():
    """Two convolutions and a dense layer on [1, 3, 32, 32], float."""
    random = numpy.random.default_rng(3)
    weights = {"w1": (8, 3, 3, 3), "b1": (8,), "w2": (8, 1, 3, 3), "b2": (8,), "w3": (8, 10), "b3": (10,)}
    constants = [numpy_helper.from_array(random.normal(0, 0.4, shape).astype(numpy.float32), name)
                 for name, shape in weights.items()]
    nodes = [helper.make_node("Conv", ["image", "w1", "b1"], ["c1"], pads=[1] * 4, strides=[2, 2]),
             helper.make_node("Relu", ["c1"], ["r1"]),
             helper.make_node("Conv", ["r1", "w2", "b2"], ["c2"], group=8, pads=[1] * 4),
             helper.make_node("Relu", ["c2"], ["r2"]),
             helper.make_node("GlobalAveragePool", ["r2"], ["pooled"]),
             helper.make_node("Flatten", ["pooled"], ["flat"]),
             helper.make_node("Gemm", ["flat", "w3", "b3"], ["scores"])]
    graph = helper.make_graph(nodes, "small", [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, SIZE, SIZE])],
                              [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 10])], constants)
    return helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)])


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A float model, rows for it, and what `quantize` makes of it as QDQ ONNX."""
    folder = tmp_path_factory.mktemp("border")
    onnx.save(small_network(), folder / "small.onnx")
    rows = numpy.random.default_rng(4).uniform(-1, 1, (12, 1, 3, SIZE, SIZE)).astype(numpy.float32)
    numpy.savez(folder / "rows.npz", image=rows)
    numpy.save(folder / "rows.npy", rows)
    tinymlc("quantize", folder / "small.onnx", "--calibrate", folder / "rows.npz", "--repair", "none", "--export",
            folder / "qdq.onnx")
    return folder


def placed(model, *options):
    """The program, with kernels and addresses."""
    return json.loads(tinymlc_json("inspect", model, "--after", "storage", *options)["program"])


def run(folder, model, rows, *options):
    numpy.save(folder / "in.npy", rows)
    tinymlc("run", folder / model, "--input", f"image={folder / 'in.npy'}", "-o", folder / "out", *options)
    return numpy.load(folder / "out/scores.npy")


def port(folder, model, which, *options):
    report = tinymlc_json("inspect", folder / model, "--after", "border", *options)
    return report[which][0]


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
@pytest.mark.parametrize("dtype", ["int8", "uint8", "int16"])
def test_integers_give_what_their_reals_give(model, dtype, target):
    options = ["--input-type", f"image={dtype}", "--input-layout", "nhwc", "--output-type", dtype]
    image = port(model, "qdq.onnx", "inputs", *options)
    scores = port(model, "qdq.onnx", "outputs", *options)
    assert image["shape"] == [1, SIZE, SIZE, 3]
    assert image["dtype"] == scores["dtype"] == {"int8": "i8", "uint8": "u8", "int16": "i16"}[dtype]
    rows = numpy.load(model / "rows.npy")
    limits = numpy.iinfo(dtype)
    integers = numpy.clip(numpy.round(rows / numpy.float32(image["scale"])) + image["zero_point"], limits.min, limits.max)
    if dtype == "int16":  # the bytes' range, which the model saturates to
        integers = numpy.clip(integers, -127, 127)
    reals = (numpy.float32(image["scale"]) * (integers - image["zero_point"])).astype(numpy.float32)
    expected = run(model, "qdq.onnx", reals)
    actual = run(model, "qdq.onnx", integers.transpose(0, 1, 3, 4, 2).astype(dtype), *options, "--target", target)
    numpy.testing.assert_array_equal(numpy.float32(scores["scale"]) * (actual - numpy.float32(scores["zero_point"])), expected)


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
def test_oracle_agrees_with_the_hardwares_ports(model, target):
    report = tinymlc_json("verify", model / "qdq.onnx", "--oracle", "onnxruntime", "--target", target, *AS_HARDWARE)
    assert report["pass"] and report["tensors"] and report["max_steps"] <= 1


def test_integer_input_takes_a_quarter_of_the_memory(model):
    """No float tensor, no copy in another order: the first step reads the input."""
    arena = {}
    for name, options in {"file": [], "hardware": AS_HARDWARE}.items():
        program = placed(model / "qdq.onnx", *options)
        arena[name] = program["regions"][0]["used_bytes"]
        kernels = [step["body"] for step in program["steps"]]
        moved = [kernel for kernel in kernels if "strided_copy" in kernel or "quantize" in kernel]
        assert bool(moved) == (name == "file"), kernels
    assert arena["hardware"] * 2 < arena["file"]


def test_quantising_goes_by_the_files_ports(model):
    """Calibration rows are the file's; the program's input is the hardware's."""
    options = ["--quantize", "int8", "--calibrate", model / "rows.npz", "--repair", "none", "--ranges", "minmax"]
    image = port(model, "small.onnx", "inputs", *options, *AS_HARDWARE)
    assert (image["dtype"], image["shape"]) == ("i8", [1, SIZE, SIZE, 3])
    report = tinymlc_json("bench", model / "small.onnx", "--target", "mps2-an500", "--no-cycles", *options, *AS_HARDWARE)
    assert report["instructions"] > 0


@pytest.mark.parametrize("options", [["--input-type", "uint8"], ["--input-type", "float32", "--output-type", "float32"],
                                     ["--input-type", "int16", "--output-type", "uint8"]])
def test_tflite_ports_change_without_a_bit_of_difference(options):
    report = tinymlc_json("verify", shared("models/mlperf_tiny/kws_int8.tflite"), "--oracle", "litert", *options)
    assert report["pass"] and report["bit_exact"]


def test_layout_that_the_file_has_already_changes_nothing():
    model = shared("models/mlperf_tiny/vww_int8.tflite")
    plain = tinymlc_json("inspect", model, "--after", "border")
    assert tinymlc_json("inspect", model, "--after", "border", "--input-layout", "nhwc") == plain
    assert plain["inputs"][0]["shape"] == [1, 96, 96, 3]


@pytest.mark.parametrize("options, message", [
    (["--input-type", "imag=int8"], "has no input"),
    (["--input-type", "int4"], "does not know the type"),
    (["--input-layout", "nchw"], "does not know"),
    (["--input-type", "int8", "--output-type", "int8"], "in float"),
])
def test_refusals_say_why(model, options, message):
    done = tinymlc("compile", model / "small.onnx", "-o", model / "unused", *options, code=2)
    assert message in done.stderr
