# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Operators of ONNX that stand between QuantizeLinear and DequantizeLinear work on the integers as such. Where that is the
same as working on what they stand for, onnxruntime agrees; where it is not, the node is refused by name."""
import numpy
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from conftest import tinymlc, tinymlc_json

SHAPE = [1, 3, 4, 4]


def model(path, op, zero_point, inputs=("q",), **attributes):
    constants = {"scale": numpy.float32(0.05), "zero": numpy.int8(zero_point),
                 "pads": numpy.array([0, 0, 1, 1, 0, 0, 1, 1])}
    nodes = [helper.make_node("QuantizeLinear", ["x", "scale", "zero"], ["q"]),
             helper.make_node(op, list(inputs), ["r"], name="between", **attributes),
             helper.make_node("DequantizeLinear", ["r", "scale", "zero"], ["y"])]
    graph = helper.make_graph(nodes, "g", [helper.make_tensor_value_info("x", TensorProto.FLOAT, SHAPE)],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)],
                              [numpy_helper.from_array(numpy.asarray(value), name) for name, value in constants.items()])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8), path)
    return path


@pytest.mark.parametrize("op, zero_point, inputs, attributes", [
    ("Relu", 0, ["q"], {}), ("MaxPool", 5, ["q"], {"kernel_shape": [2, 2]}), ("Pad", 5, ["q", "pads"], {}),
    ("Concat", 5, ["q", "q"], {"axis": 1})])
def test_what_moves_or_chooses_is_right(op, zero_point, inputs, attributes, tmp_path):
    path = model(tmp_path / "m.onnx", op, zero_point, inputs, **attributes)
    report = tinymlc_json("verify", path, "--oracle", "onnxruntime", "--samples", 4)
    assert report["pass"] and report["beyond_one_step"] == 0, report


@pytest.mark.parametrize("op, inputs", [("Erf", ["q"]), ("Relu", ["q"]), ("Add", ["q", "q"]), ("Mul", ["q", "q"])])
def test_what_computes_is_refused_by_name(op, inputs, tmp_path):
    path = model(tmp_path / "m.onnx", op, 5, inputs)
    said = tinymlc("run", path, "--input", path, code=2).stderr
    assert "between" in said and "integers as such" in said and "TMC302" in said
