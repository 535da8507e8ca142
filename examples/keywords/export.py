#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Quantises the trained convolutional network to int8 and writes it as ONNX.

  export.py WEIGHTS.pt FEATURES.npz keywords.onnx [--float FLOAT.onnx]      needs python3-torch, python3-onnx
  export.py WEIGHTS.pt FEATURES.npz streaming.onnx --as streaming      the weights in the other convolutional network

Post-training quantisation in QDQ form: batch norms folded; convolution weights symmetric int8 per output channel, the
classifier's per tensor; activations int8 per tensor with a range taken from `FEATURES.npz`, the features that
prepare.py makes; biases int32 at scale input * weight. The float twin has the same nodes without the Q/DQ pairs.
"""

import argparse

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from features import COEFFICIENTS, FRAMES
from model import load

OPSET = 13
CALIBRATION_MAPS = 4000
RANGE_QUANTILE = 0.9999


def observe(convolutions, classifier, maps):
    """(low, high) of the input, of each convolution's rectified output, of the pooled values and of the logits."""
    with torch.no_grad():
        tensors = [torch.from_numpy(maps)]
        for convolution in convolutions:
            tensors.append(torch.relu(convolution(tensors[-1])))
        tensors.append(torch.mean(tensors[-1], (2, 3)))
        tensors.append(classifier(tensors[-1]))
    values = [tensor.numpy().ravel() for tensor in tensors]
    return [(np.quantile(value, 1.0 - RANGE_QUANTILE), np.quantile(value, RANGE_QUANTILE)) for value in values]


def int8_parameters(low, high):
    """Scale and zero point that map [low, high], widened to hold 0, to int8."""
    low, high = min(low, 0.0), max(high, 0.0)
    scale = np.float32((high - low) / 255.0)
    return scale, np.int8(np.clip(np.rint(-128 - low / scale), -128, 127))


class GraphBuilder:
    """Collects nodes and initialisers; with `quantised` false the quantise/dequantise pairs vanish."""

    def __init__(self, quantised):
        self.quantised = quantised
        self.nodes = []
        self.initializers = []

    def node(self, operator, inputs, output, **attributes):
        self.nodes.append(helper.make_node(operator, inputs, [output], f"{operator.lower()}_{output}", **attributes))
        return output

    def constant(self, name, value):
        self.initializers.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    def activation(self, name, scale, zero_point):
        """A quantise/dequantise pair behind `name`."""
        if not self.quantised:
            return name
        grid = [self.constant(f"{name}_scale", scale), self.constant(f"{name}_zero_point", zero_point)]
        self.node("QuantizeLinear", [name, *grid], f"{name}_q")
        return self.node("DequantizeLinear", [f"{name}_q", *grid], f"{name}_dq")

    def stored(self, name, value, scale, dtype):
        """A constant kept as integers, zero point 0, dequantised where it is used; `scale` scalar or per axis 0."""
        if not self.quantised:
            return self.constant(name, value)
        limit = np.iinfo(dtype).max
        columns = np.reshape(scale, (-1,) + (1,) * (value.ndim - 1)) if np.ndim(scale) else scale
        integers = np.clip(np.rint(value / columns), -limit, limit).astype(dtype)
        grid = [self.constant(f"{name}_scale", scale), self.constant(f"{name}_zero_point", np.zeros_like(scale, dtype))]
        axis = {"axis": 0} if np.ndim(scale) else {}
        return self.node("DequantizeLinear", [self.constant(f"{name}_q", integers), *grid], name, **axis)


def weights_and_bias(graph, name, layer, input_scale, per_channel):
    """Dequantised names of a layer's weights and bias."""
    weights, bias = layer.weight.detach().numpy(), layer.bias.detach().numpy()
    peak = np.abs(weights).reshape(len(weights), -1).max(1) if per_channel else np.abs(weights).max()
    scale = np.maximum(peak / 127.0, 1e-8).astype(np.float32)
    bias_scale = (input_scale * scale).astype(np.float32)
    return [
        graph.stored(f"{name}_weights", weights, scale, np.int8),
        graph.stored(f"{name}_bias", bias, bias_scale, np.int32),
    ]


def build(convolutions, classifier, ranges, quantised):
    """The ONNX model: features [1, 1, 49, 10] float to probabilities [1, classes] float."""
    graph = GraphBuilder(quantised)
    grids = [int8_parameters(*limits) for limits in ranges]
    current = graph.activation("features", *grids[0])
    for index, convolution in enumerate(convolutions):
        name = f"conv_{index}"
        constants = weights_and_bias(graph, name, convolution, grids[index][0], per_channel=True)
        graph.node(
            "Conv",
            [current, *constants],
            f"{name}_sum",
            kernel_shape=list(convolution.kernel_size),
            strides=list(convolution.stride),
            pads=list(convolution.padding) * 2,
            dilations=list(convolution.dilation),
            group=convolution.groups,
        )
        graph.node("Relu", [f"{name}_sum"], name)
        current = graph.activation(name, *grids[index + 1])
    graph.node("GlobalAveragePool", [current], "pooled")
    current = graph.activation("pooled", *grids[-2])
    graph.node("Flatten", [current], "flat", axis=1)
    constants = weights_and_bias(graph, "classifier", classifier, grids[-2][0], per_channel=False)
    graph.node("Gemm", ["flat", *constants], "logits", transB=1)
    current = graph.activation("logits", *grids[-1])
    result = "softmax" if quantised else "probabilities"
    graph.node("Softmax", [current], result, axis=1)
    if quantised:
        current = graph.activation(result, np.float32(1.0 / 256.0), np.int8(-128))
        graph.nodes[-1].output[0] = "probabilities"
    return finish(graph, classifier.out_features)


def finish(graph, classes):
    inputs = [helper.make_tensor_value_info("features", TensorProto.FLOAT, [1, 1, FRAMES, COEFFICIENTS])]
    outputs = [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, [1, classes])]
    implementation = helper.make_graph(graph.nodes, "keywords", inputs, outputs, graph.initializers)
    model = helper.make_model(implementation, opset_imports=[helper.make_opsetid("", OPSET)], producer_name="tinymlc keywords")
    model.ir_version = 7
    onnx.checker.check_model(model)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights")
    parser.add_argument("features")
    parser.add_argument("model")
    parser.add_argument("--as", dest="network", choices=("convolution", "streaming"), help="the network that takes the weights")
    parser.add_argument("--float", dest="float_model", help="also write the float twin here")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    network = load(arguments.weights, arguments.network)
    convolutions, classifier = network.folded_convolutions(), network.classifier
    maps = np.load(arguments.features)["maps"]
    maps = maps[:: max(1, len(maps) // CALIBRATION_MAPS)].astype(np.float32)[:, None]
    ranges = observe(convolutions, classifier, maps)
    onnx.save(build(convolutions, classifier, ranges, True), arguments.model)
    if arguments.float_model:
        onnx.save(build(convolutions, classifier, ranges, False), arguments.float_model)


if __name__ == "__main__":
    main()
