# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Channels that carry nothing go: from a trained network, from float models, after quantising, from QDQ graphs."""
import numpy
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from conftest import shared, tinymlc, tinymlc_json

VWW = "models/mlperf_tiny/vww_int8.tflite"
CHANNELS = 16
DEAD = 9  # of them, without weights; the bias of one is positive


def weights_of(name, random, *shape, dead=0):
    weights = random.normal(0, 0.5, shape).astype(numpy.float32)
    weights[:dead] = 0
    return numpy_helper.from_array(weights, name)


def network():
    """Two convolutions with a depthwise one in between, and a sum of classes; half of the channels are dead."""
    random = numpy.random.default_rng(7)
    bias = numpy.full(CHANNELS, -0.5, numpy.float32)
    bias[0] = 0.25
    tensors = [weights_of("w1", random, CHANNELS, 3, 3, 3, dead=DEAD), numpy_helper.from_array(bias, "b1"),
               weights_of("w2", random, CHANNELS, 1, 3, 3), weights_of("w3", random, 8, CHANNELS, 1, 1),
               weights_of("w4", random, 4, 8)]
    nodes = [helper.make_node("Conv", ["image", "w1", "b1"], ["c1"], pads=[1] * 4),
             helper.make_node("Relu", ["c1"], ["r1"]),
             helper.make_node("Conv", ["r1", "w2"], ["c2"], group=CHANNELS),
             helper.make_node("Relu", ["c2"], ["r2"]),
             helper.make_node("Conv", ["r2", "w3"], ["c3"]),
             helper.make_node("GlobalAveragePool", ["c3"], ["pooled"]),
             helper.make_node("Flatten", ["pooled"], ["flat"]),
             helper.make_node("Gemm", ["flat", "w4"], ["scores"], transB=1)]
    return nodes, tensors


def save(path, nodes, tensors):
    graph = helper.make_graph(nodes, "dead", [helper.make_tensor_value_info("image", TensorProto.FLOAT, [1, 3, 10, 10])],
                              [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 4])], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return path


@pytest.fixture
def float_model(tmp_path):
    return save(tmp_path / "dead.onnx", *network())


@pytest.fixture
def qdq_model(tmp_path):
    """The same with quantise/dequantise pairs at every tensor and weight."""
    nodes, tensors = network()
    scale = {"image": 0.03, "r1": 0.03, "r2": 0.05, "c3": 0.1, "pooled": 0.1, "scores": 0.1}
    zero = {"r1": -128, "r2": -128}
    quantized = []
    def pair(source, output, step, point):
        tensors.append(numpy_helper.from_array(numpy.float32(step), output + "_scale"))
        tensors.append(numpy_helper.from_array(numpy.int8(point), output + "_zero"))
        parameters = [output + "_scale", output + "_zero"]
        quantized.append(helper.make_node("QuantizeLinear", [source, *parameters], [output + "_q"]))
        quantized.append(helper.make_node("DequantizeLinear", [output + "_q", *parameters], [output]))
    for tensor in [tensor.name for tensor in tensors if tensor.name.startswith("w")]:
        pair(tensor, tensor + "_real", 0.015, 0)
    pair("image", "image_real", scale["image"], 0)
    for node in nodes:
        node.input[0] += "_real" if node.input[0] in scale else ""
        if len(node.input) > 1:
            node.input[1] += "_real"
        quantized.append(node)
        output = node.output[0]
        if output in scale and output != "scores":
            pair(output, output + "_real", scale[output], zero.get(output, 0))
    output = quantized[-1].output
    output[0] = "logits"
    pair("logits", "scores", scale["scores"], 0)
    bias = next(tensor for tensor in tensors if tensor.name == "b1")
    steps = numpy.round(numpy_helper.to_array(bias) / (scale["image"] * 0.015)) * (scale["image"] * 0.015)
    bias.CopyFrom(numpy_helper.from_array(steps.astype(numpy.float32), "b1"))
    return save(tmp_path / "dead_qdq.onnx", quantized, tensors)


def removed(model, *arguments):
    return tinymlc_json("inspect", model, "--after", "select", *arguments)["removed"]


def test_a_trained_network_keeps_every_answer():
    report = tinymlc_json("verify", shared(VWW), "--oracle", "litert", "--samples", 20)
    assert report["bit_exact"], report["first_difference"]
    assert report["intermediates_compared"] >= 29  # all, most of them in the channels that are left
    went = removed(shared(VWW), "--target", "mps2-an500", "--optimize", "speed")
    assert went["channels"] > 1500 and went["weights"] > 170_000 and went["macs"] > 3_500_000


def test_a_trained_network_costs_what_is_live():
    bench = tinymlc_json("bench", shared(VWW), "--target", "mps2-an500", "--optimize", "speed", "--no-cycles")
    assert bench["instructions"] <= 4_900_000
    assert bench["flash_bytes"]["total"] <= 75_000
    assert bench["ram_bytes"]["arena"] <= 28_128


def test_float_models_lose_them_too(float_model):
    assert removed(float_model)["channels"] >= 2 * DEAD
    report = tinymlc_json("verify", float_model, "--oracle", "onnxruntime", "--samples", 20)
    assert report["pass"], report["first_difference"]


def test_and_stay_small_when_they_are_quantised(float_model, tmp_path):
    numpy.save(tmp_path / "rows.npy", numpy.random.default_rng(3).normal(0, 1, (16, 3, 10, 10)).astype(numpy.float32))
    assert removed(float_model, "--quantize", "int8", "--calibrate", tmp_path / "rows.npy")["channels"] >= 2 * DEAD


def test_what_is_calibrated_does_not_depend_on_the_target(float_model, tmp_path):
    numpy.save(tmp_path / "rows.npy", numpy.random.default_rng(3).normal(0, 1, (16, 3, 10, 10)).astype(numpy.float32))
    options = ("--quantize", "int8", "--calibrate", tmp_path / "rows.npy", "--after", "quantize", "--json")
    graphs = {tinymlc("inspect", float_model, *options, "--target", target, "--optimize", aim).stdout
              for target in ("host", "mps2-an500", "mps3-an547") for aim in ("speed", "size")}
    assert len(graphs) == 1


def test_qdq_graphs_lose_them_as_integers(qdq_model):
    # All dead channels but the one that padding differs from: nothing pads behind it.
    assert removed(qdq_model)["channels"] >= 2 * DEAD
    report = tinymlc_json("verify", qdq_model, "--oracle", "onnxruntime", "--samples", 20)
    assert report["pass"], report["first_difference"]


def test_inspect_says_what_went(float_model):
    said = tinymlc("inspect", float_model, "--after", "remove_channels")
    assert "channels that carry nothing went" in said.stderr
    assert "channels that carry nothing went" not in said.stdout
