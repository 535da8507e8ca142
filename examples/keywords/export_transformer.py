#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes a trained transformer as ONNX, as torch.onnx.export gives it; only the weights are stored as int8.

  export_transformer.py WEIGHTS.pt MODEL.onnx      needs python3-torch, python3-onnx

Input `features` [1, 1, 49, 10], output `probabilities` [1, 12]. The matrices are symmetric int8 per output channel,
each behind a DequantizeLinear: that is a quarter of the file, and the numbers that `tinymlc --quantize int8` takes.
Activations stay float; calibration gives them their scales.
"""

import argparse
import io

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch import nn

from features import COEFFICIENTS, FRAMES
from model import load

OPSET = 17
SMALLEST = 512  # elements; what is smaller stays float


def output_axis(model, name):
    """The axis of a constant along which its consumer's outputs lie, or None where it is no matrix of weights."""
    for node in model.graph.node:
        if name in node.input:
            if node.op_type == "Conv":
                return 0
            if node.op_type == "MatMul":
                return 1 if node.input[1] == name else 0
            if node.op_type == "Gemm":
                return 0 if any(a.name == "transB" and a.i for a in node.attribute) else 1
    return None


def store_as_int8(model):
    """Replaces each matrix by integers, scales and a DequantizeLinear."""
    nodes = []
    for initializer in list(model.graph.initializer):
        value = numpy_helper.to_array(initializer)
        axis = output_axis(model, initializer.name)
        if value.size < SMALLEST or axis is None:
            continue
        others = tuple(a for a in range(value.ndim) if a != axis)
        scale = np.maximum(np.abs(value).max(others, keepdims=True) / 127.0, 1e-8).astype(np.float32)
        integers = np.clip(np.rint(value / scale), -127, 127).astype(np.int8)
        name = initializer.name
        parts = {"q": integers, "scale": scale.ravel(), "zero_point": np.zeros(scale.size, np.int8)}
        model.graph.initializer.remove(initializer)
        for suffix, part in parts.items():
            model.graph.initializer.append(numpy_helper.from_array(part, f"{name}_{suffix}"))
        nodes.append(helper.make_node("DequantizeLinear", [f"{name}_{suffix}" for suffix in parts], [name], axis=axis))
    for node in reversed(nodes):
        model.graph.node.insert(0, node)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("model")
    arguments = parser.parse_args()
    network = nn.Sequential(load(arguments.weights), nn.Softmax(1)).eval()
    stream = io.BytesIO()
    names = {"input_names": ["features"], "output_names": ["probabilities"]}
    torch.onnx.export(network, torch.zeros(1, 1, FRAMES, COEFFICIENTS), stream, opset_version=OPSET, **names)
    model = onnx.load_from_string(stream.getvalue())
    store_as_int8(model)
    onnx.checker.check_model(model)
    onnx.save(model, arguments.model)


if __name__ == "__main__":
    main()
