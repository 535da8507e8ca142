#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""ResNet-18 and MobileNetV2 at 224 x 224 as ONNX files: the published architectures with random weights, for measuring.

    build/venv/bin/python bench/image_networks.py FOLDER

Writes FOLDER/resnet18.onnx and FOLDER/mobilenet_v2.onnx, batch normalisation folded into the convolutions as exporters do for
inference. Weights keep the variance of what they are given, so that activations stay in range through all layers."""

import pathlib
import sys

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

SIDE = 224
CLASSES = 1000
OPSET = 17


class Network:
    """Nodes that are appended one after the other; a tensor is its name and its channels."""

    def __init__(self, name):
        self.name = name
        self.rng = numpy.random.default_rng(18)
        self.nodes, self.weights = [], []

    def append(self, operator, inputs, **attributes):
        output = f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def constant(self, values):
        name = f"constant_{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(numpy.asarray(values), name))
        return name

    def random(self, shape, deviation):
        return self.constant(self.rng.normal(0, deviation, shape).astype(numpy.float32))

    def convolution(self, tensor, outputs, kernel=1, stride=1, groups=1):
        image, inputs = tensor
        window = inputs // groups * kernel * kernel
        weights = self.random((outputs, inputs // groups, kernel, kernel), (2 / window) ** 0.5)
        pads = [(kernel - 1) // 2] * 4
        operands = [image, weights, self.random((outputs,), 0.1)]
        sides = {"kernel_shape": [kernel] * 2, "strides": [stride] * 2}
        return self.append("Conv", operands, group=groups, pads=pads, **sides), outputs

    def relu(self, tensor):
        return self.append("Relu", [tensor[0]]), tensor[1]

    def relu6(self, tensor):
        bounds = [self.constant(numpy.float32(bound)) for bound in (0, 6)]
        return self.append("Clip", [tensor[0], *bounds]), tensor[1]

    def add(self, a, b):
        return self.append("Add", [a[0], b[0]]), a[1]

    def classify(self, tensor):
        mean = self.append("GlobalAveragePool", [tensor[0]])
        weights = self.random((CLASSES, tensor[1]), tensor[1] ** -0.5)
        return self.append("Gemm", [self.append("Flatten", [mean]), weights, self.random((CLASSES,), 0.1)], transB=1)

    def model(self, output):
        def value(name, shape):
            return helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)

        self.nodes[-1].output[0] = "logits"
        graph = helper.make_graph(
            self.nodes, self.name, [value("image", [1, 3, SIDE, SIDE])], [value("logits", [1, CLASSES])], self.weights
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
        onnx.checker.check_model(model)
        return model


def resnet18():
    """He et al., Deep Residual Learning for Image Recognition, table 1."""
    net = Network("resnet18")
    x = net.relu(net.convolution(("image", 3), 64, kernel=7, stride=2))
    x = net.append("MaxPool", [x[0]], kernel_shape=[3, 3], strides=[2, 2], pads=[1, 1, 1, 1]), x[1]
    for channels in (64, 128, 256, 512):
        for block in range(2):
            stride = 2 if channels > 64 and block == 0 else 1
            shortcut = x if stride == 1 else net.convolution(x, channels, stride=stride)
            x = net.relu(net.convolution(x, channels, kernel=3, stride=stride))
            x = net.relu(net.add(net.convolution(x, channels, kernel=3), shortcut))
    return net.model(net.classify(x))


def mobilenet_v2():
    """Sandler et al., Inverted Residuals and Linear Bottlenecks, table 2."""
    net = Network("mobilenet_v2")
    x = net.relu6(net.convolution(("image", 3), 32, kernel=3, stride=2))
    stages = ((1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1))
    for expansion, channels, blocks, first_stride in stages:
        for block in range(blocks):
            stride = first_stride if block == 0 else 1
            wide = x if expansion == 1 else net.relu6(net.convolution(x, x[1] * expansion))
            wide = net.relu6(net.convolution(wide, wide[1], kernel=3, stride=stride, groups=wide[1]))
            narrow = net.convolution(wide, channels)
            x = net.add(narrow, x) if stride == 1 and x[1] == channels else narrow
    return net.model(net.classify(net.relu6(net.convolution(x, 1280))))


NETWORKS = {"resnet18": resnet18, "mobilenet_v2": mobilenet_v2}


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    for name, make in NETWORKS.items():
        onnx.save(make(), folder / f"{name}.onnx")


if __name__ == "__main__":
    main()
