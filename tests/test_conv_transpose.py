# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Transposed convolutions against onnxruntime and LiteRT."""
import sys

import numpy
import pytest
from onnx import helper

from conftest import ROOT, tinymlc
from single_node import save_node

sys.path.insert(0, str(ROOT / "tests/operators"))
from single_op import BuiltinOperator, Tensor, build_model, options  # noqa: E402

# Input, weights [inputs, outputs / groups, ...], attributes.
FORMS = {
    "plain": ((1, 3, 5, 4), (3, 2, 3, 3), {}),
    "stride": ((1, 3, 5, 4), (3, 2, 3, 2), {"strides": [2, 3]}),
    "pads": ((1, 2, 5, 6), (2, 4, 3, 3), {"strides": [2, 2], "pads": [1, 0, 1, 2], "output_padding": [1, 0]}),
    "all_of_the_window": ((1, 2, 6, 6), (2, 3, 2, 2), {"strides": [2, 2], "pads": [1, 1, 1, 1]}),
    "more_than_the_window": ((1, 2, 6, 6), (2, 3, 1, 1), {"strides": [2, 2], "pads": [1, 1, 1, 1]}),
    "dilation": ((1, 2, 5, 6), (2, 3, 3, 2), {"dilations": [2, 3], "strides": [2, 1]}),
    "groups": ((1, 6, 4, 5), (6, 2, 3, 3), {"group": 3, "strides": [2, 2], "pads": [1, 1, 1, 1]}),
    "depthwise": ((1, 4, 4, 5), (4, 1, 3, 3), {"group": 4, "strides": [2, 2]}),
    "same_upper": ((1, 2, 5, 5), (2, 3, 4, 3), {"strides": [2, 2], "auto_pad": "SAME_UPPER"}),
    "same_lower": ((1, 2, 5, 5), (2, 3, 4, 3), {"strides": [2, 2], "auto_pad": "SAME_LOWER"}),
    "output_shape": ((1, 2, 5, 5), (2, 3, 3, 3), {"strides": [2, 2], "output_shape": [10, 12]}),
    "line": ((1, 3, 9), (3, 2, 4), {"strides": [3], "pads": [1, 2]}),
}


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
@pytest.mark.parametrize("form", FORMS)
def test_as_onnxruntime_does(form, target, tmp_path):
    shape, kernel, attributes = FORMS[form]
    rng = numpy.random.default_rng(9)
    outputs = kernel[1] * attributes.get("group", 1)
    weights = {"w": rng.normal(0, 1, kernel).astype(numpy.float32), "b": rng.normal(0, 1, outputs).astype(numpy.float32)}
    save_node(tmp_path / "one.onnx", helper.make_node("ConvTranspose", ["x", "w", "b"], ["y"], **attributes), shape, weights)
    tinymlc("verify", tmp_path / "one.onnx", "--target", target, "--oracle", "onnxruntime", "--samples", 3)


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
@pytest.mark.parametrize("dtype", ["float32", "int8", "int16"])
@pytest.mark.parametrize("padding, result", [(0, (10, 8)), (1, (11, 9)), (1, (12, 9))], ids=["same", "valid", "longer"])
def test_as_litert_does(padding, result, dtype, target, tmp_path):
    rng = numpy.random.default_rng(3)
    kernel, outputs = (3, 2), 5
    if dtype != "float32":
        is_byte = dtype == "int8"
        weights = Tensor("w", rng.integers(-127, 128, (outputs, *kernel, 4)).astype(numpy.int8), rng.uniform(0.01, 0.02, outputs),
                         axis=0, constant=True)
        image = Tensor("x", numpy.zeros((1, 5, 4, 4), dtype), *((0.05, 3) if is_byte else (5e-4, 0)))
        bias = Tensor("b", rng.integers(-500, 500, outputs).astype(numpy.int32 if is_byte else numpy.int64),
                      weights.scale * image.scale, axis=0, constant=True)
        output = Tensor("y", numpy.zeros((1, *result, outputs), dtype), *((0.1, -4) if is_byte else (1e-3, 0)))
    else:
        weights = Tensor("w", rng.normal(0, 1, (outputs, *kernel, 4)).astype(numpy.float32), constant=True)
        bias = Tensor("b", rng.normal(0, 1, outputs).astype(numpy.float32), constant=True)
        image = Tensor("x", numpy.zeros((1, 5, 4, 4), numpy.float32))
        output = Tensor("y", numpy.zeros((1, *result, outputs), numpy.float32))
    shape = Tensor("shape", numpy.int32([1, *result, outputs]), constant=True)
    model = tmp_path / "transposed.tflite"
    model.write_bytes(build_model([(BuiltinOperator.TRANSPOSE_CONV, [shape, weights, image, bias], output,
                                    options("TransposeConvOptions", padding=padding, strideH=2, strideW=2))]))
    tinymlc("verify", model, "--target", target, "--oracle", "litert", "--samples", 5)
