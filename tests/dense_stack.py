# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""A stack of fully connected layers in int8 as ONNX with quantise and dequantise pairs: weights by the megabyte, made
anew wherever one is needed."""
import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper


def write_dense_stack(path, layers=48, width=1024):
    """layers * width * width bytes of weights; 48 of 1024 are 50 MB. An input of [1, width] float in steps of 1/32."""
    rng = numpy.random.default_rng(7)
    weight_scale = numpy.float32(1 / 73.3 / numpy.sqrt(width))  # keeps what layers hand on at about the same size
    initializers = {"step": numpy.float32(1 / 32), "zero": numpy.int8(0), "weight_scale": weight_scale}
    nodes = [helper.make_node("QuantizeLinear", ["x", "step", "zero"], ["q0"])]
    for i in range(layers):
        initializers[f"w{i}"] = rng.integers(-127, 128, (width, width), numpy.int8)
        nodes += [helper.make_node("DequantizeLinear", [f"q{i}", "step", "zero"], [f"d{i}"]),
                  helper.make_node("DequantizeLinear", [f"w{i}", "weight_scale", "zero"], [f"f{i}"]),
                  helper.make_node("MatMul", [f"d{i}", f"f{i}"], [f"m{i}"], name=f"dense{i}"),
                  helper.make_node("QuantizeLinear", [f"m{i}", "step", "zero"], [f"q{i + 1}"])]
    nodes.append(helper.make_node("DequantizeLinear", [f"q{layers}", "step", "zero"], ["y"]))
    ports = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, width]) for name in "xy"]
    graph = helper.make_graph(nodes, "dense_stack", [ports[0]], [ports[1]],
                              [numpy_helper.from_array(numpy.asarray(value), name) for name, value in initializers.items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), path)
    return path


def samples(width=1024):
    return numpy.random.default_rng(8).integers(-90, 91, (1, width)).astype(numpy.float32) / 32
