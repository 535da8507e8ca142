# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Layers of uint8 models, whose weights have zero points: bit for bit LiteRT's, also where int8 does not hold what is left of
the weights without them."""
import sys

import numpy
import pytest

from conftest import ROOT, shared, tinymlc

sys.path.insert(0, str(ROOT / "tests/operators"))
from single_op import BuiltinOperator, Tensor, build, options  # noqa: E402

BOARD = pytest.param("mps2-an500", marks=pytest.mark.long)
WINDOW = {"strideH": 2, "strideW": 1, "padding": 0, "dilationHFactor": 1, "dilationWFactor": 1, "fusedActivationFunction": 1}
# Name: shapes of input, weights and output, and the options.
LAYERS = {
    "conv": (BuiltinOperator.CONV_2D, (1, 6, 5, 3), (7, 3, 2, 3), (1, 3, 5, 7), options("Conv2DOptions", **WINDOW)),
    "depthwise": (BuiltinOperator.DEPTHWISE_CONV_2D, (1, 6, 5, 4), (1, 3, 3, 8), (1, 3, 5, 8),
                  options("DepthwiseConv2DOptions", depthMultiplier=2, **WINDOW)),
    "dense": (BuiltinOperator.FULLY_CONNECTED, (2, 19), (5, 19), (2, 5), options("FullyConnectedOptions")),
}


@pytest.mark.parametrize("target", ["host", BOARD])
@pytest.mark.parametrize("zero_point", [0, 128, 157, 255])
@pytest.mark.parametrize("layer", LAYERS)
def test_they_are_bit_exact_with_litert(layer, zero_point, target, tmp_path):
    builtin, image, kernel, result, layer_options = LAYERS[layer]
    rng = numpy.random.default_rng(zero_point)
    weights = rng.integers(0, 256, kernel).astype(numpy.uint8)
    outputs = result[-1]
    # A scale that most outputs are in the range of.
    output_scale = 0.02 * 0.01 * 100 * numpy.sqrt(weights.size / outputs) / 4 * (1 + abs(zero_point - 128) / 40)
    tensors = [Tensor("x", numpy.zeros(image, numpy.uint8), 0.02, 121), Tensor("w", weights, 0.01, zero_point, constant=True),
               Tensor("b", rng.integers(-9000, 9000, outputs).astype(numpy.int32), 0.0002, constant=True)]
    output = Tensor("y", numpy.zeros(result, numpy.uint8), output_scale, 100)
    (tmp_path / "model.tflite").write_bytes(build(builtin, tensors, output, layer_options))
    tinymlc("verify", tmp_path / "model.tflite", "--oracle", "litert", "--target", target)


def test_a_mobilenet_of_uint8_is_bit_exact_with_litert():
    tinymlc("verify", shared("models/zoo/mbv1_025_128_u8.tflite"), "--oracle", "litert", "--samples", "2")
