#!/usr/bin/python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes a MobileNetV2 (Sandler et al., 2018) of any width as float ONNX, as torchvision exports it, with random weights.

  mobilenet_v2.py OUT.onnx [--width 0.3] [--size 80] [--classes 1000] [--rows 32] [--seed 1]

Besides OUT.onnx it writes OUT.npz: rows of normalised pictures to calibrate with. Batch norms are in the convolutions, as
PyTorch's exporter leaves them. The weights come from a fixed seed and keep activations in the range of a trained network;
what is measured with them is what the network takes, not what it knows.
"""
import argparse
import pathlib

import numpy
import onnx
from onnx import TensorProto, helper, numpy_helper

# Expansion, channels, repeats, stride of the first.
STAGES = [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
STEM_CHANNELS, LAST_CHANNELS = 32, 1280
# Of ImageNet's pictures, by channel; rows are normalised by them.
MEAN = numpy.array([0.485, 0.456, 0.406], numpy.float32)
DEVIATION = numpy.array([0.229, 0.224, 0.225], numpy.float32)


def divisible_by_8(channels):
    rounded = max(8, int(channels + 4) // 8 * 8)
    return rounded + 8 if rounded < 0.9 * channels else rounded


class Network:
    def __init__(self, seed):
        self.random = numpy.random.default_rng(seed)
        self.nodes, self.constants = [], []

    def constant(self, name, values):
        self.constants.append(numpy_helper.from_array(numpy.asarray(values), name))
        return name

    def node(self, op, inputs, name, **attributes):
        self.nodes.append(helper.make_node(op, inputs, [f"{name}_output_0"], name=name, **attributes))
        return f"{name}_output_0"

    def clip(self, value, name):
        if not any(constant.name == "six" for constant in self.constants):
            self.constant("zero", numpy.float32(0))
            self.constant("six", numpy.float32(6))
        return self.node("Clip", [value, "zero", "six"], f"{name}/Clip")

    def conv(self, value, inputs, outputs, name, kernel=1, stride=1, groups=1, clip=True):
        fan_in = inputs // groups * kernel * kernel
        gain = 2.0 if clip else 1.0
        weights = self.random.normal(0, numpy.sqrt(gain / fan_in), (outputs, inputs // groups, kernel, kernel))
        # What a batch norm leaves behind: gains and shifts that differ from channel to channel.
        weights *= self.random.uniform(0.5, 1.5, (outputs, 1, 1, 1))
        bias = self.random.normal(0.2 if clip else 0, 0.3, outputs)
        value = self.node("Conv", [value, self.constant(f"{name}.weight", weights.astype(numpy.float32)),
                                   self.constant(f"{name}.bias", bias.astype(numpy.float32))], f"{name}/Conv",
                          dilations=[1, 1], group=groups, kernel_shape=[kernel, kernel], pads=[kernel // 2] * 4,
                          strides=[stride, stride])
        return self.clip(value, name) if clip else value

    def block(self, value, inputs, outputs, stride, expansion, name):
        hidden = inputs * expansion
        inner = value if expansion == 1 else self.conv(value, inputs, hidden, f"{name}/expand")
        inner = self.conv(inner, hidden, hidden, f"{name}/depthwise", kernel=3, stride=stride, groups=hidden)
        inner = self.conv(inner, hidden, outputs, f"{name}/project", clip=False)
        return self.node("Add", [value, inner], f"{name}/Add") if stride == 1 and inputs == outputs else inner


def mobilenet_v2(width, size, classes, seed):
    network = Network(seed)
    channels = divisible_by_8(STEM_CHANNELS * width)
    value = network.conv("input", 3, channels, "/features.0", kernel=3, stride=2)
    index = 1
    for expansion, wide, repeats, stride in STAGES:
        for repeat in range(repeats):
            outputs = divisible_by_8(wide * width)
            value = network.block(value, channels, outputs, stride if repeat == 0 else 1, expansion, f"/features.{index}")
            channels, index = outputs, index + 1
    last = divisible_by_8(LAST_CHANNELS * max(1.0, width))
    value = network.conv(value, channels, last, f"/features.{index}")
    value = network.node("GlobalAveragePool", [value], "/GlobalAveragePool")
    value = network.node("Flatten", [value], "/Flatten", axis=1)
    weights = network.random.normal(0, 0.05, (classes, last)).astype(numpy.float32)
    bias = network.random.normal(0, 0.1, classes).astype(numpy.float32)
    network.nodes.append(helper.make_node("Gemm", [value, network.constant("classifier.weight", weights),
                                                   network.constant("classifier.bias", bias)], ["output"],
                                          name="/classifier/Gemm", transB=1))
    graph = helper.make_graph(network.nodes, "main_graph",
                              [helper.make_tensor_value_info("input", TensorProto.FLOAT, [1, 3, size, size])],
                              [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, classes])],
                              network.constants)
    model = helper.make_model(graph, producer_name="tinymlc", ir_version=8, opset_imports=[helper.make_opsetid("", 17)])
    onnx.checker.check_model(model)
    return model


def pictures(rows, size, seed):
    """Smooth random pictures, normalised: [rows, 1, 3, size, size]."""
    random = numpy.random.default_rng(seed)
    coarse = random.uniform(0, 1, (rows, 10, 10, 3))
    fine = coarse.repeat(-(-size // 10), 1).repeat(-(-size // 10), 2)[:, :size, :size]
    pixels = numpy.round(255 * numpy.clip(fine + random.normal(0, 0.05, fine.shape), 0, 1)).astype(numpy.float32)
    return ((pixels / 255 - MEAN) / DEVIATION).transpose(0, 3, 1, 2)[:, None].astype(numpy.float32)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--width", type=float, default=0.3)
    parser.add_argument("--size", type=int, default=80)
    parser.add_argument("--classes", type=int, default=1000)
    parser.add_argument("--rows", type=int, default=32)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    onnx.save(mobilenet_v2(arguments.width, arguments.size, arguments.classes, arguments.seed), arguments.out)
    numpy.savez(arguments.out.with_suffix(".npz"), input=pictures(arguments.rows, arguments.size, arguments.seed))


if __name__ == "__main__":
    main()
