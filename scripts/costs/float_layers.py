# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Layers of floats: see layers.py."""
import numpy as np

from layer_lists import PERMUTED, SMALL, pools_without_padding

from cases import ACTIVATIONS  # noqa: I001
from single_op import BuiltinOperator, Tensor, options
from windows import Window


def float_weights(layers, shape, dtype):
    """The weights, and the operators before them: float16 ones are dequantised."""
    if dtype == np.int8:
        return Tensor("w", layers.values(shape, dtype), 0.01, constant=True), []
    if dtype == np.float32:
        return Tensor("w", layers.values(shape, dtype), constant=True), []
    halves = Tensor("h", layers.values(shape, np.float32).astype(np.float16), constant=True)
    weights = Tensor("w", halves.data.astype(np.float32))
    return weights, [(BuiltinOperator.DEQUANTIZE, [halves], weights, options("DequantizeOptions"))]


def float_convolution(layers, window, channels, out_c, activation="relu", depthwise=False, dtype=np.float32, planar=False):
    """With int8 weights where `dtype` says so: a hybrid layer. `planar`: the image is nchw."""
    weights, before = float_weights(layers, [1, *window.kernel, out_c] if depthwise else [out_c, *window.kernel, channels],
                                    dtype)
    inputs = [Tensor("x", layers.values([1, *window.image, channels], np.float32)), weights,
              Tensor("b", layers.values([out_c], np.float32), constant=True)]
    if planar:
        planes = Tensor("p", layers.values([1, channels, *window.image], np.float32))
        perm = Tensor("perm", np.array(PERMUTED, np.int32), constant=True)
        before.append((BuiltinOperator.TRANSPOSE, [planes, perm], inputs[0], options("TransposeOptions")))
    common = dict(dilationHFactor=1, dilationWFactor=1, **window.options(activation))
    output = Tensor("y", np.zeros([1, *window.output(), out_c], np.float32))
    if depthwise:
        layers.add("conv2d", {}, inputs, output, BuiltinOperator.DEPTHWISE_CONV_2D,
                   options("DepthwiseConv2DOptions", depthMultiplier=out_c // channels, **common), before=before)
    else:
        layers.add("conv2d", {}, inputs, output, BuiltinOperator.CONV_2D, options("Conv2DOptions", **common), before=before)


FLOAT_CONVOLUTIONS = (
    ([24, 24], [1, 1], [1, 1], 8, 16), ([12, 12], [1, 1], [1, 1], 32, 64), ([6, 6], [1, 1], [1, 1], 64, 128),
    ([25, 5], [1, 1], [1, 1], 48, 64), ([3, 3], [1, 1], [1, 1], 128, 100), ([28, 28], [1, 1], [2, 2], 12, 24),
    ([16, 16], [3, 3], [1, 1], 16, 16), ([8, 8], [3, 3], [1, 1], 48, 64), ([14, 14], [3, 3], [2, 2], 32, 48),
    ([10, 10], [3, 3], [1, 1], 12, 19), ([48, 48], [3, 3], [2, 2], 3, 8), ([28, 28], [5, 5], [1, 1], 1, 6),
    ([40, 16], [10, 4], [2, 2], 1, 32), ([20, 8], [3, 1], [1, 1], 16, 16), ([32, 32], [3, 3], [1, 1], 3, 16))


def floats(layers):
    for index, (image, kernel, stride, channels, out_c) in enumerate(FLOAT_CONVOLUTIONS):
        window = Window(image, kernel, stride, padding="VALID" if index % 5 == 4 else "SAME")
        float_convolution(layers, window, channels, out_c, list(ACTIVATIONS)[index % 2])
        float_convolution(layers, window, channels, out_c, dtype=np.int8 if index % 2 == 0 else np.float16)
    for image, kernel, stride, channels in (
            ([48, 48], [3, 3], [1, 1], 8), ([24, 24], [3, 3], [1, 1], 24), ([12, 12], [3, 3], [1, 1], 64),
            ([25, 7], [3, 3], [1, 1], 32), ([5, 5], [3, 3], [1, 1], 192), ([24, 24], [3, 3], [2, 2], 16),
            ([12, 12], [3, 3], [2, 2], 64), ([6, 6], [3, 3], [2, 2], 128), ([16, 16], [5, 5], [1, 1], 16),
            ([30, 6], [7, 1], [1, 1], 32), ([14, 14], [3, 3], [1, 1], 6), ([3, 3], [3, 3], [1, 1], 256),
            ([10, 10], [3, 3], [1, 1], 10), ([25, 4], [3, 3], [1, 1], 16), ([12, 5], [3, 3], [1, 1], 48),
            ([40, 4], [3, 3], [1, 1], 24), ([9, 8], [3, 3], [1, 1], 40), ([16, 5], [3, 3], [1, 1], 64),
            ([30, 8], [3, 3], [1, 1], 8), ([20, 5], [3, 3], [1, 1], 20), ([12, 8], [3, 3], [1, 1], 64),
            ([12, 12], [5, 5], [1, 1], 7)):
        float_convolution(layers, Window(image, kernel, stride), channels, channels, "none" if channels == 64 else "relu",
                          depthwise=True)
    for index, (image, kernel, stride, channels, out_c) in enumerate((
            ([48, 48], [3, 3], [2, 2], 3, 8), ([28, 28], [5, 5], [1, 1], 1, 6), ([40, 16], [10, 4], [2, 2], 2, 32),
            ([20, 8], [3, 1], [1, 1], 4, 16), ([32, 32], [3, 3], [1, 1], 3, 16), ([24, 24], [1, 1], [1, 1], 4, 10),
            ([18, 18], [7, 7], [2, 2], 3, 12), ([30, 30], [3, 3], [1, 1], 2, 24))):
        window = Window(image, kernel, stride, padding="VALID" if index % 3 == 2 else "SAME")
        for dtype in (np.float32, np.float16) if index % 2 else (np.float32,):
            float_convolution(layers, window, channels, out_c, list(ACTIVATIONS)[index % 2], dtype=dtype, planar=True)
    for index, (rows, inner, columns) in enumerate((
            (1, 500, 96), (1, 128, 128), (1, 128, 8), (1, 16, 128), (1, 64, 10), (1, 90, 50), (4, 64, 32), (1, 96, 600),
            (1, 48, 2), (9, 30, 20), *SMALL)):
        float_product(layers, (rows, inner, columns), list(ACTIVATIONS)[(index + 1) % 2], np.float32)
        if index % 2:
            float_product(layers, (rows, inner, columns), list(ACTIVATIONS)[index // 2 % 2], np.float16)
        float_product(layers, (rows, inner, columns), "relu", np.int8, asymmetric=index % 3 == 2)
    float_elementwise(layers)


def float_product(layers, extents, activation, dtype, asymmetric=False):
    rows, inner, columns = extents
    weights, before = float_weights(layers, [columns, inner], dtype)
    inputs = [Tensor("x", layers.values([rows, inner], np.float32)), weights,
              Tensor("b", layers.values([columns], np.float32), constant=True)]
    layers.add("fully_connected", {}, inputs, Tensor("y", np.zeros([rows, columns], np.float32)),
               BuiltinOperator.FULLY_CONNECTED,
               options("FullyConnectedOptions", keepNumDims=True, fusedActivationFunction=ACTIVATIONS[activation],
                       asymmetricQuantizeInputs=asymmetric), before=before)


def float_elementwise(layers):
    def tensor(name, shape):
        return Tensor(name, layers.values(shape, np.float32))

    def output(shape):
        return Tensor("y", np.zeros(shape, np.float32))

    for shape_a, shape_b in (([1, 24, 24, 16], [1, 24, 24, 16]), ([1, 6, 6, 64], [1, 6, 6, 64]), ([1, 12, 12, 24], [24])):
        for name, builtin in (("add", BuiltinOperator.ADD), ("sub", BuiltinOperator.SUB), ("mul", BuiltinOperator.MUL),
                              ("div", BuiltinOperator.DIV)):
            layers.add(name, {}, [tensor("a", shape_a), tensor("b", shape_b)], output(shape_a), builtin,
                       options(f"{name.capitalize()}Options", fusedActivationFunction=ACTIVATIONS["relu"]))
    for shape_a, shape_b in (([1, 24, 24, 8], [1, 24, 24, 8]), ([1, 300], [1, 1]), ([40, 7], [7]), ([9, 30, 2], [9, 1, 2])):
        layers.add("floor_div", {}, [tensor("a", shape_a), tensor("b", shape_b)], output(shape_a), BuiltinOperator.FLOOR_DIV,
                   options("FloorDivOptions"))
        layers.add("not_equal", {}, [tensor("a", shape_a), tensor("b", shape_b)], Tensor("y", np.zeros(shape_a, np.bool_)),
                   BuiltinOperator.NOT_EQUAL, options("NotEqualOptions"))
    for shape in ([1, 24, 24, 8], [1, 1, 1, 300], [1, 5, 9, 7]):
        for name, builtin in (("relu", BuiltinOperator.RELU), ("hard_swish", BuiltinOperator.HARD_SWISH)):
            layers.add(name, {}, [tensor("x", shape)], output(shape), builtin)
        layers.add("leaky_relu", {}, [tensor("x", shape)], output(shape), BuiltinOperator.LEAKY_RELU,
                   options("LeakyReluOptions", alpha=0.1))
        for approximate in (False, True):
            layers.add("gelu", {}, [tensor("x", shape)], output(shape), BuiltinOperator.GELU,
                       options("GeluOptions", approximate=approximate))
    pools_without_padding(layers, tensor, output)
    for shape, axes in (([1, 7, 7, 64], [1, 2]), ([1, 12, 4, 32], [1, 2]), ([20, 30], [1])):
        out = [1 if axis in axes else extent for axis, extent in enumerate(shape)]
        layers.add("mean", {}, [tensor("x", shape), Tensor("axes", np.array(axes, np.int32), constant=True)], output(out),
                   BuiltinOperator.MEAN, options("ReducerOptions", keepDims=True))
    for rows, inner, columns, transpose in ((16, 24, 16, False), (8, 64, 12, True), (32, 16, 32, False), (20, 10, 30, True)):
        b = tensor("b", [1, *((columns, inner) if transpose else (inner, columns))])
        layers.add("matmul", {}, [tensor("a", [1, rows, inner]), b], output([1, rows, columns]), BuiltinOperator.BATCH_MATMUL,
                   options("BatchMatMulOptions", adjY=transpose))
