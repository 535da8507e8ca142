# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes a detector of vibration, 256 frames of three axes to two classes, with two custom operators: make_model.py FILE

A high-pass biquad takes gravity away, the peaks of every 32 frames are what a small network decides from.
"""
import sys

import numpy
from onnx import TensorProto, helper, numpy_helper, save

FRAMES, CHANNELS, WINDOW = 256, 3, 32


def high_pass(frequency, quality=0.7071):
    """Coefficients of the biquad, by the share of the sampling rate: R. Bristow-Johnson's cookbook."""
    omega = 2 * numpy.pi * frequency
    alpha = numpy.sin(omega) / (2 * quality)
    b = numpy.array([1 + numpy.cos(omega), -2 * (1 + numpy.cos(omega)), 1 + numpy.cos(omega)]) / 2
    return b / (1 + alpha), numpy.array([-2 * numpy.cos(omega), 1 - alpha]) / (1 + alpha)


def make():
    features = FRAMES // WINDOW * CHANNELS
    weights = numpy.random.default_rng(1).normal(0, 0.3, (features, 2)).astype(numpy.float32)
    b, a = high_pass(0.02)
    nodes = [
        helper.make_node("Biquad", ["acceleration"], ["filtered"], "filter", domain="com.example", b=b, a=a),
        helper.make_node("Peaks", ["filtered"], ["peak", "energy"], "peaks", domain="com.example", window=WINDOW),
        helper.make_node("Reshape", ["peak", "shape"], ["features"], "flatten"),
        helper.make_node("MatMul", ["features", "weights"], ["logits"], "dense"),
        helper.make_node("Softmax", ["logits"], ["classes"], "softmax"),
    ]
    graph = helper.make_graph(
        nodes, "vibration",
        [helper.make_tensor_value_info("acceleration", TensorProto.FLOAT, [FRAMES, CHANNELS])],
        [helper.make_tensor_value_info("classes", TensorProto.FLOAT, [1, 2]),
         helper.make_tensor_value_info("energy", TensorProto.FLOAT, [FRAMES // WINDOW, CHANNELS])],
        [numpy_helper.from_array(weights, "weights"),
         numpy_helper.from_array(numpy.array([1, features], numpy.int64), "shape")])
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.example", 1)],
                             ir_version=8)


if __name__ == "__main__":
    save(make(), sys.argv[1])
