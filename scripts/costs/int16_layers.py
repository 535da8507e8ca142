# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Layers of int16: see layers.py."""
import numpy as np

from layer_lists import INT16, INT16_STEEP, INT16_WIDE, pools_without_padding

from cases import ACTIVATIONS  # noqa: I001
from products import fully_connected
from single_op import BuiltinOperator, Tensor, options
from windows import Window, convolution


def int16(layers):
    for index, (image, kernel, stride, channels, out_c) in enumerate((
            ([40, 6], [1, 1], [1, 1], 32, 32), ([25, 5], [1, 1], [1, 1], 64, 64), ([24, 24], [1, 1], [1, 1], 8, 16),
            ([6, 6], [1, 1], [1, 1], 96, 128), ([3, 3], [1, 1], [1, 1], 128, 100), ([10, 10], [1, 1], [1, 1], 48, 24),
            ([28, 28], [1, 1], [2, 2], 12, 24), ([16, 16], [3, 3], [1, 1], 16, 16), ([8, 8], [3, 3], [1, 1], 48, 64),
            ([14, 14], [3, 3], [2, 2], 32, 48), ([12, 12], [5, 5], [1, 1], 8, 16), ([20, 8], [3, 1], [1, 1], 16, 16),
            ([10, 10], [3, 3], [1, 1], 12, 19), ([32, 32], [3, 3], [2, 2], 3, 8), ([28, 28], [5, 5], [1, 1], 1, 6),
            ([40, 16], [10, 4], [2, 2], 1, 32), ([18, 18], [3, 3], [1, 1], 4, 20), ([14, 14], [1, 1], [1, 1], 40, 25))):
        window = Window(image, kernel, stride, padding="VALID" if index % 6 == 5 else "SAME")
        activation = list(ACTIVATIONS)[index % 2]
        convolution(layers, window, channels, 1, out_c, INT16, True, activation)
        convolution(layers, window, channels, 1, out_c, INT16_WIDE if index % 2 else INT16_STEEP, True, activation)
    for image, kernel, channels, groups, out_c in (([12, 12], [3, 3], 8, 2, 16), ([8, 8], [3, 3], 16, 4, 16),
                                                   ([10, 10], [1, 1], 24, 3, 24), ([6, 6], [3, 3], 64, 8, 32)):
        convolution(layers, Window(image, kernel, [1, 1]), channels, groups, out_c, INT16, True)
    for index, (image, kernel, stride, channels) in enumerate((
            ([48, 48], [3, 3], [1, 1], 8), ([24, 24], [3, 3], [1, 1], 24), ([12, 12], [3, 3], [1, 1], 64),
            ([25, 7], [3, 3], [1, 1], 32), ([5, 5], [3, 3], [1, 1], 192), ([24, 24], [3, 3], [2, 2], 16),
            ([12, 12], [3, 3], [2, 2], 64), ([6, 6], [3, 3], [2, 2], 128), ([16, 16], [5, 5], [1, 1], 16),
            ([30, 6], [7, 1], [1, 1], 32), ([14, 14], [3, 3], [1, 1], 6), ([10, 10], [3, 3], [1, 1], 10))):
        for layer in (INT16, INT16_STEEP):
            convolution(layers, Window(image, kernel, stride), channels, channels, channels, layer, True,
                        list(ACTIVATIONS)[index % 2], depthwise=True)
    for image, kernel, channels, out_c in (([12, 12], [3, 3], 8, 16), ([8, 8], [3, 3], 4, 16), ([24, 24], [3, 3], 1, 8),
                                           ([20, 12], [8, 5], 1, 8), ([16, 16], [5, 5], 3, 6), ([20, 20], [1, 3], 5, 10)):
        convolution(layers, Window(image, kernel, [1, 1]), channels, channels, out_c, INT16, True, depthwise=True)
    for index, extents in enumerate(((1, 500, 96), (1, 128, 128), (1, 128, 8), (1, 16, 128), (1, 64, 10), (1, 100, 51),
                                     (1, 900, 12), (1, 96, 300), (4, 64, 32), (9, 160, 20), (2, 1200, 9))):
        for layer in (INT16, INT16_WIDE):
            fully_connected(layers, extents, layer, per_channel=False, activation=list(ACTIVATIONS)[index % 2])


def int16_elementwise(layers):
    def tensor(name, shape, scale=5e-4):
        return layers.tensor(name, shape, (scale, 0), np.int16)

    def output(shape, scale=1e-3):
        return layers.output(shape, (scale, 0), np.int16)

    shapes = (([1, 24, 24, 16], [1, 24, 24, 16]), ([1, 6, 6, 64], [1, 6, 6, 64]), ([1, 12, 12, 24], [24]),
              ([1, 10, 10, 32], [1, 1, 1, 32]), ([1, 9, 9, 9], [1, 9, 9, 9]), ([1, 16, 16, 16], [1]), ([1, 7, 5, 3], [1, 7, 5, 3]))
    for name, builtin, fields in (("add", BuiltinOperator.ADD, {"potScaleInt16": False}),
                                  ("sub", BuiltinOperator.SUB, {"potScaleInt16": False}), ("mul", BuiltinOperator.MUL, {})):
        for shape_a, shape_b in shapes:
            layers.add(name, {}, [tensor("a", shape_a), tensor("b", shape_b, 4e-4)], output(shape_a), builtin,
                       options(f"{name.capitalize()}Options", **fields))
    for shape in ([1, 24, 24, 8], [1, 10, 10, 40], [1, 1, 1, 300], [1, 7, 7, 64]):
        for builtin in (BuiltinOperator.LOGISTIC, BuiltinOperator.TANH):
            layers.add("sigmoid", {}, [tensor("x", shape)], output(shape, 1 / 32768), builtin)
        layers.add("relu", {}, [tensor("x", shape)], output(shape), BuiltinOperator.RELU)
        layers.add("exp", {}, [tensor("x", shape, 1e-4)], output(shape, 1e-3), BuiltinOperator.EXP)
        layers.add("hard_swish", {}, [tensor("x", shape)], output(shape), BuiltinOperator.HARD_SWISH)
        layers.add("requantize", {}, [tensor("x", shape)], output(shape), BuiltinOperator.QUANTIZE, options("QuantizeOptions"))
        layers.add("leaky_relu", {}, [tensor("x", shape)], output(shape), BuiltinOperator.LEAKY_RELU,
                   options("LeakyReluOptions", alpha=0.1))


def int16_windows(layers):
    def tensor(name, shape):
        return layers.tensor(name, shape, (5e-4, 0), np.int16)

    def output(shape, scale=5e-4):
        return layers.output(shape, (scale, 0), np.int16)

    pools_without_padding(layers, tensor, output)
    for shape, axes in (([1, 7, 7, 64], [1, 2]), ([1, 12, 4, 32], [1, 2]), ([20, 30], [1])):
        out = [1 if axis in axes else extent for axis, extent in enumerate(shape)]
        layers.add("mean", {}, [tensor("x", shape), Tensor("axes", np.array(axes, np.int32), constant=True)],
                   output(out, 4e-4), BuiltinOperator.MEAN, options("ReducerOptions", keepDims=True))
    for rows, depth in ((1, 11), (1, 3), (1, 20), (4, 30), (1, 100)):
        layers.add("softmax", {}, [tensor("x", [rows, depth])], output([rows, depth], 1 / 32768),
                   BuiltinOperator.SOFTMAX, options("SoftmaxOptions", beta=1.0))
    for rows, inner, columns, transpose in ((16, 24, 16, False), (8, 64, 12, True), (32, 16, 32, False), (20, 10, 30, True)):
        b = tensor("b", [1, *((columns, inner) if transpose else (inner, columns))])
        layers.add("matmul", {}, [tensor("a", [1, rows, inner]), b], output([1, rows, columns], 0.01),
                   BuiltinOperator.BATCH_MATMUL, options("BatchMatMulOptions", adjY=transpose))
