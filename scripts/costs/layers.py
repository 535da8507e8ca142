# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The layers that costs are fitted on: of every operator a spread of shapes as models have them, made with the builders of
tests/operators. None is taken from a model that the fit is judged by. Those of int8 are here."""
import numpy as np

from float_layers import float_product, floats
from int16_layers import int16, int16_elementwise, int16_windows
from layer_lists import CENTRED, INT16, PLAIN, SMALL, STEEP, Layers, QdqLayers, TabledLayers
from onnx_layers import ONNX_LAYERS, is_onnx
from signal_layers import signals

from cases import ACTIVATIONS  # noqa: I001
from products import fully_connected
from single_op import BuiltinOperator, Tensor, options
from windows import Window, convolution


def is_clamped(layer):
    """Whether it has an activation of its own."""
    if is_onnx(layer):
        return layer.activation != "none"
    builtin_options = layer[-1][-1]
    if isinstance(layer[-1][0], str):
        return False
    return bool(builtin_options and getattr(builtin_options[1], "fusedActivationFunction", 0))


def in_turn(index, plain, centred):
    """Quantisation and activation of the layers of a list: most take all values of int8, others what is below a value, or what
    is above one."""
    return ((plain, True, "none"), (plain, True, "relu6"), (plain, True, "none"), (centred, True, "relu"))[index % 4]


def third_clamped(index):
    return "relu6" if index % 3 == 1 else "none"


def pointwise(layers, plain=PLAIN, centred=CENTRED):
    for index, (height, width, channels, out_c) in enumerate((
            (40, 6, 32, 32), (25, 5, 64, 64), (24, 24, 8, 16), (12, 12, 32, 64), (6, 6, 64, 128), (3, 3, 128, 256),
            (3, 3, 256, 256), (32, 32, 8, 8), (10, 10, 48, 24), (5, 7, 20, 30), (48, 48, 8, 16), (14, 14, 96, 16),
            (1, 96, 16, 32), (2, 56, 24, 48), (4, 40, 48, 32), (3, 112, 8, 8), (20, 20, 10, 16), (9, 9, 21, 20), (24, 24, 6, 8),
            (12, 12, 33, 32))):
        convolution(layers, Window([height, width], [1, 1], [1, 1]), channels, 1, out_c, *in_turn(index, plain, centred))
    for image, channels, out_c in ((16, 16, 32), (28, 12, 24)):
        convolution(layers, Window([image, image], [1, 1], [2, 2]), channels, 1, out_c, plain, True)
    convolution(layers, Window([10, 10], [1, 1], [1, 1]), 12, 1, 17, centred, True)


def general(layers, plain=PLAIN, centred=CENTRED):
    for index, (image, kernel, stride, channels, out_c) in enumerate((
            ([24, 24], [3, 3], [1, 1], 16, 16), ([16, 16], [3, 3], [1, 1], 24, 32), ([8, 8], [3, 3], [1, 1], 48, 64),
            ([28, 28], [3, 3], [2, 2], 16, 32), ([14, 14], [3, 3], [2, 2], 32, 48), ([12, 12], [5, 5], [1, 1], 8, 16),
            ([20, 8], [3, 1], [1, 1], 16, 16), ([20, 8], [1, 5], [1, 1], 16, 24), ([16, 16], [3, 3], [1, 1], 8, 8),
            ([10, 10], [3, 3], [1, 1], 12, 19))):
        convolution(layers, Window(image, kernel, stride), channels, 1, out_c, *in_turn(index, plain, centred))
    convolution(layers, Window([18, 18], [3, 3], [1, 1], padding="VALID"), 16, 1, 16, centred, True)
    for index, (image, kernel, stride, channels, out_c) in enumerate((
            ([48, 48], [3, 3], [2, 2], 3, 8), ([64, 64], [3, 3], [2, 2], 1, 8), ([32, 32], [3, 3], [1, 1], 3, 8),
            ([40, 16], [10, 4], [2, 2], 1, 32), ([28, 28], [5, 5], [1, 1], 1, 6), ([50, 40], [8, 4], [2, 2], 1, 16),
            ([32, 32], [3, 3], [2, 2], 3, 24), ([48, 48], [3, 3], [1, 1], 1, 12), ([3, 96], [3, 3], [2, 2], 3, 8),
            # An odd number of inputs, and more weights than are unpacked.
            ([12, 12], [3, 3], [1, 1], 30, 26), ([9, 12], [5, 5], [2, 2], 10, 24), ([14, 14], [3, 3], [1, 1], 18, 24),
            ([8, 16], [5, 3], [1, 1], 7, 40), ([10, 10], [3, 3], [2, 2], 29, 48), ([6, 20], [3, 5], [1, 1], 13, 32))):
        convolution(layers, Window(image, kernel, stride), channels, 1, out_c, *in_turn(index, plain, centred))


def heavy(layers):
    """More weights than are unpacked, so that other implementations than those of `pointwise` and `general` take them."""
    for index, (image, channels, out_c) in enumerate((
            ([6, 6], 96, 96), ([5, 5], 128, 112), ([4, 9], 160, 64), ([3, 3], 256, 48), ([7, 7], 64, 192), ([2, 8], 192, 160),
            ([8, 4], 112, 128), ([10, 3], 80, 130), ([3, 5], 100, 102), ([1, 30], 72, 144), ([4, 4], 130, 90), ([9, 6], 90, 100))):
        convolution(layers, Window(image, [1, 1], [1, 1]), channels, 1, out_c, CENTRED if index % 3 else PLAIN, True)
    for index, (image, kernel, stride, channels, out_c) in enumerate((
            ([6, 6], [3, 3], [1, 1], 48, 48), ([8, 8], [3, 3], [2, 2], 32, 40), ([5, 9], [3, 3], [1, 1], 40, 36),
            ([10, 10], [5, 5], [1, 1], 16, 32), ([12, 4], [3, 1], [1, 1], 64, 56), ([7, 7], [3, 3], [1, 1], 33, 34),
            ([9, 9], [5, 3], [2, 1], 24, 26), ([16, 16], [3, 3], [2, 2], 30, 40), ([14, 3], [1, 5], [1, 1], 40, 48),
            ([4, 4], [3, 3], [1, 1], 64, 96), ([20, 6], [3, 3], [2, 2], 31, 36))):
        convolution(layers, Window(image, kernel, stride), channels, 1, out_c, CENTRED if index % 3 else PLAIN, True)


def uneven(layers, centred=CENTRED):
    """In groups, or with an odd number of channels."""
    for index, (image, kernel, stride, channels, groups, out_c) in enumerate((
            ([12, 12], [3, 3], [1, 1], 8, 2, 16), ([8, 8], [3, 3], [1, 1], 16, 4, 16), ([10, 10], [1, 1], [1, 1], 24, 3, 24),
            ([12, 12], [3, 3], [2, 2], 6, 1, 7), ([14, 14], [1, 1], [1, 1], 40, 1, 25), ([9, 9], [5, 5], [1, 1], 10, 1, 5),
            ([20, 20], [3, 3], [1, 1], 3, 1, 9), ([7, 7], [1, 1], [2, 2], 64, 1, 33), ([16, 4], [7, 1], [1, 1], 12, 1, 11),
            ([6, 6], [3, 3], [1, 1], 64, 8, 32))):
        convolution(layers, Window(image, kernel, stride), channels, groups, out_c, centred, True, third_clamped(index))


def full_range(layers):
    """Weights of -128 above negative ones in neighbouring channels, which do not go into pairs as they stand."""
    for index, (image, kernel, channels, out_c) in enumerate((
            ([25, 5], [1, 1], 64, 64), ([12, 12], [1, 1], 32, 16), ([6, 6], [1, 1], 128, 128), ([20, 8], [1, 1], 16, 32),
            ([10, 10], [3, 3], 16, 16), ([14, 14], [3, 3], 8, 24), ([40, 16], [3, 3], 1, 32), ([24, 24], [3, 3], 3, 8),
            ([30, 8], [5, 3], 4, 12))):
        convolution(layers, Window(image, kernel, [1, 1]), channels, 1, out_c, PLAIN, True, third_clamped(index))
        weights = layers.operators[-1][-1][1][1].data.reshape(out_c, -1)
        for channel in range(out_c):
            weights[channel, channel // 2 % weights.shape[1]] = -1 if channel % 2 == 0 else -128


def round_to_four_bits(layers, group_inputs, most=16):
    """Weights of the last layer that four bits hold: integers within [-7, 7] times a multiplier for each group, up to `most`."""
    weights = layers.operators[-1][-1][1][1].data
    rows = weights.reshape(weights.shape[0], -1)
    rows[:] = rows % 15 - 7
    size = group_inputs or rows.shape[1]
    for at in range(0, rows.shape[1], size):
        rows[:, at:at + size] *= ((np.arange(len(rows)) + at) % most + 1).astype(np.int8)[:, None]


def four_bit(layers, plain=PLAIN, centred=CENTRED):
    for index, (image, kernel, stride, channels, out_c) in enumerate((
            ([40, 6], [1, 1], [1, 1], 32, 32), ([25, 5], [1, 1], [1, 1], 64, 64), ([6, 6], [1, 1], [1, 1], 96, 128),
            ([3, 3], [1, 1], [1, 1], 128, 100), ([10, 10], [1, 1], [1, 1], 48, 24), ([28, 28], [1, 1], [2, 2], 40, 24),
            ([16, 16], [3, 3], [1, 1], 16, 16), ([8, 8], [3, 3], [1, 1], 48, 64), ([14, 14], [3, 3], [2, 2], 32, 48),
            ([12, 12], [5, 5], [1, 1], 8, 16), ([20, 8], [3, 1], [1, 1], 16, 16), ([18, 18], [3, 3], [1, 1], 4, 20),
            ([10, 10], [3, 3], [1, 1], 12, 19), ([28, 28], [5, 5], [1, 1], 1, 6), ([9, 9], [1, 1], [1, 1], 33, 17),
            ([14, 14], [1, 1], [1, 1], 40, 25), ([32, 32], [3, 3], [2, 2], 3, 9), ([8, 8], [3, 3], [1, 1], 31, 11))):
        window = Window(image, kernel, stride, padding="VALID" if index % 4 == 3 else "SAME")
        convolution(layers, window, channels, 1, out_c, centred if index % 2 else plain, True, third_clamped(index))
        round_to_four_bits(layers, (32, 64, None)[index % 3])
    for index, (rows, inner, columns) in enumerate(((1, 500, 96), (1, 128, 128), (1, 128, 8), (1, 64, 10), (1, 100, 51),
                                                    (1, 900, 12), (1, 96, 300), (4, 64, 32), (9, 160, 20))):
        fully_connected(layers, (rows, inner, columns), centred, per_channel=False)
        round_to_four_bits(layers, (32, None, 64)[index % 3])


def four_bit_floats(layers):
    """Hybrid layers whose weights four bits hold."""
    for index, extents in enumerate(((1, 64, 64), (1, 172, 64), (1, 64, 172), (1, 500, 24), (1, 128, 96), (4, 64, 32), (1, 100, 51),
                                     (1, 96, 300), (2, 288, 40), (1, 256, 10), (9, 160, 20), (1, 900, 12), (1, 768, 16))):
        float_product(layers, extents, "relu" if index % 3 == 1 else "none", np.int8)
        round_to_four_bits(layers, (32, 64, None)[index % 3], most=15)


def depthwise_3x3(layers, plain=PLAIN, centred=CENTRED):
    sizes = (([48, 48], 8), ([24, 24], 16), ([24, 24], 24), ([12, 12], 64), ([25, 7], 32), ([6, 6], 128), ([5, 5], 192),
             ([3, 3], 256))
    stripes = (([1, 64], 16), ([2, 96], 8), ([3, 40], 24), ([4, 112], 8), ([4, 48], 32))
    for stride in ([1, 1], [2, 2]):
        for padding, shapes in (("SAME", sizes + stripes), ("VALID", stripes[2:])):
            for index, (image, channels) in enumerate(shapes):
                convolution(layers, Window(image, [3, 3], stride, padding=padding), channels, channels, channels,
                            *in_turn(index, plain, centred), depthwise=True)


def depthwise(layers, plain=PLAIN, centred=CENTRED):
    depthwise_3x3(layers, plain, centred)
    for index, (image, kernel, stride, channels) in enumerate((([16, 16], [5, 5], [1, 1], 16), ([20, 20], [3, 5], [2, 2], 8),
                                            ([30, 6], [7, 1], [1, 1], 32), ([14, 14], [3, 3], [1, 1], 6),
                                            ([12, 12], [3, 3], [2, 2], 10), ([6, 20], [1, 9], [1, 1], 16),
                                            ([48, 48], [5, 5], [2, 2], 8), ([14, 14], [5, 5], [1, 1], 96),
                                            ([7, 7], [5, 5], [1, 1], 64), ([28, 28], [5, 5], [2, 2], 24),
                                            ([40, 10], [3, 1], [1, 1], 24), ([24, 24], [1, 3], [1, 1], 20),
                                            ([60, 1], [9, 1], [1, 1], 48), ([16, 16], [7, 7], [1, 1], 12),
                                            ([32, 32], [4, 4], [2, 2], 5), ([1, 120], [1, 5], [1, 2], 16))):
        convolution(layers, Window(image, kernel, stride), channels, channels, channels, *in_turn(index, plain, centred),
                    depthwise=True)
    # Over the whole image.
    for image, channels in (([7, 7], 64), ([4, 4], 128), ([5, 5], 30), ([6, 3], 96), ([7, 7], 200), ([3, 5], 40)):
        convolution(layers, Window(image, image, [1, 1], padding="VALID"), channels, channels, channels, plain, True,
                    depthwise=True)
    for image, kernel, stride, channels, out_c in (([48, 40], [10, 8], [2, 2], 1, 8), ([32, 32], [3, 3], [2, 2], 1, 8),
                                                   ([16, 16], [3, 3], [1, 1], 4, 8), ([20, 20], [3, 3], [2, 2], 3, 6),
                                                   ([12, 12], [5, 5], [1, 1], 4, 12)):
        convolution(layers, Window(image, kernel, stride), channels, channels, out_c, plain, True, depthwise=True)


# More inputs in a window than the long implementations sum up at once.
PARTS = (([6, 8], [3, 3], 64, 16), ([5, 5], [1, 1], 640, 24), ([4, 9], [5, 5], 48, 8))

FLAT = ((1, 500, 96), (1, 128, 128), (1, 128, 8), (1, 16, 128), (1, 64, 10), (1, 256, 4), (1, 100, 50), (4, 64, 32),
        (1, 900, 12), (1, 96, 600), (1, 1000, 3), (1, 48, 2))


def long_windows(layers):
    """Multipliers of a quarter and more, for which most implementations have long forms beside."""
    for write in (pointwise, general, depthwise):
        write(layers, STEEP, STEEP)
    uneven(layers, STEEP)
    for image, kernel, channels, out_c in PARTS:
        convolution(layers, Window(image, kernel, [1, 1]), channels, 1, out_c, STEEP, True)


def long_products(layers):
    four_bit(layers, STEEP, STEEP)
    for index, extents in enumerate(FLAT):
        fully_connected(layers, extents, STEEP, per_channel=False, activation=third_clamped(index))


def flat(layers):
    for index, extents in enumerate((*SMALL, *FLAT)):
        if extents[0] == 1:
            fully_connected(layers, extents, CENTRED if index % 3 else PLAIN, per_channel=False)


def products(layers):
    for index, extents in enumerate(SMALL):
        for activation in list(ACTIVATIONS)[:2]:
            fully_connected(layers, extents, CENTRED if index % 3 else PLAIN, per_channel=False, activation=activation)
        fully_connected(layers, extents, INT16, per_channel=False, activation=list(ACTIVATIONS)[index % 2])
    for index, extents in enumerate(FLAT):
        fully_connected(layers, extents, CENTRED, per_channel=False, activation=third_clamped(index))
    for index, extents in enumerate(((1, 3000, 6), (2, 2600, 10), (1, 5000, 4), (1, 3500, 17), (1, 4500, 3), (3, 2700, 8),
                                 (1, 4000, 2), (3, 3000, 4), (1, 6000, 3), (2, 2500, 1))):
        # Sums of more than 24 bits.
        fully_connected(layers, extents, CENTRED, per_channel=False, activation=third_clamped(index))
    for rows, inner, columns, transpose in ((16, 24, 16, False), (8, 64, 12, True), (32, 16, 32, False), (20, 10, 30, True),
                                            (64, 16, 60, False), (63, 33, 63, True), (70, 64, 20, False), (30, 128, 30, True),
                                            (1, 64, 64, False), (5, 20, 7, True), (90, 16, 13, False), (12, 100, 100, True),
                                            (3, 48, 9, False), (33, 90, 40, True)):
        a, b = layers.tensor("a", [1, rows, inner]), layers.tensor("b", [1, *((columns, inner) if transpose else (inner, columns))])
        layers.add("matmul", {}, [a, b], layers.output([1, rows, columns]), BuiltinOperator.BATCH_MATMUL,
                   options("BatchMatMulOptions", adjY=transpose))


def binaries(layers):
    shapes = (([1, 24, 24, 16], [1, 24, 24, 16]), ([1, 12, 12, 32], [1, 12, 12, 32]), ([1, 6, 6, 64], [1, 6, 6, 64]),
              ([1, 40, 10, 8], [1, 40, 10, 8]), ([1, 12, 12, 24], [24]), ([1, 10, 10, 32], [1, 1, 1, 32]),
              ([1, 9, 9, 9], [1, 9, 9, 9]), ([1, 16, 16, 16], [1]), ([1, 9, 7, 5], [1]))
    for name, builtin in (("add", BuiltinOperator.ADD), ("sub", BuiltinOperator.SUB), ("mul", BuiltinOperator.MUL)):
        for index, (shape_a, shape_b) in enumerate(shapes):
            layers.add(name, {}, [layers.tensor("a", shape_a, (0.05, -128)), layers.tensor("b", shape_b, (0.04, 3))],
                       layers.output(shape_a, (0.08, -128)), builtin,
                       options(f"{name.capitalize()}Options", fusedActivationFunction=ACTIVATIONS[third_clamped(index)]))
    for shape_a, shape_b in shapes[2::2]:  # a coefficient that only the portable implementation takes
        layers.add("mul", {}, [layers.tensor("a", shape_a), layers.tensor("b", shape_b)], layers.output(shape_a, (0.005, 0)),
                   BuiltinOperator.MUL, options("MulOptions"))


def unaries(layers):
    for shape in ([1, 24, 24, 8], [1, 10, 10, 40], [1, 1, 1, 300], [1, 7, 7, 64]):
        layers.add("sigmoid", {}, [layers.tensor("x", shape)], layers.output(shape, (1 / 256, -128)), BuiltinOperator.LOGISTIC)
        for scale in (0.05, 0.0003):  # the first only the portable implementation takes
            layers.add("requantize", {}, [layers.tensor("x", shape, (scale, 0), np.int16)],
                       layers.output(shape, (0.06, 1)), BuiltinOperator.QUANTIZE, options("QuantizeOptions"))
        layers.add("quantize", {}, [Tensor("x", layers.values(shape, np.float32))], layers.output(shape),
                   BuiltinOperator.QUANTIZE, options("QuantizeOptions"))
        layers.add("dequantize", {}, [layers.tensor("x", shape)], Tensor("y", np.zeros(shape, np.float32)),
                   BuiltinOperator.DEQUANTIZE, options("DequantizeOptions"))


def pools(layers):
    for name, builtin in (("average_pool2d", BuiltinOperator.AVERAGE_POOL_2D), ("max_pool2d", BuiltinOperator.MAX_POOL_2D)):
        for index, (image, kernel, stride, channels) in enumerate((([24, 6], [24, 6], [1, 1], 32), ([7, 7], [7, 7], [1, 1], 48),
                                                ([3, 3], [3, 3], [3, 3], 200), ([24, 24], [2, 2], [2, 2], 16),
                                                ([12, 12], [2, 2], [2, 2], 30), ([16, 16], [4, 4], [4, 4], 32),
                                                ([10, 10], [3, 3], [2, 2], 24), ([20, 4], [20, 4], [1, 1], 64),
                                                ([24, 24], [3, 3], [3, 3], 3), ([16, 16], [2, 2], [2, 2], 1),
                                                ([20, 10], [5, 2], [5, 2], 2), ([14, 14], [2, 2], [2, 2], 40),
                                                ([9, 9], [9, 9], [1, 1], 23), ([28, 28], [4, 4], [4, 4], 6),
                                                ([5, 8], [5, 8], [1, 1], 3), ([2, 2], [2, 2], [1, 1], 31),
                                                ([25, 5], [25, 5], [1, 1], 1), ([12, 12], [3, 3], [2, 2], 7))):
            window = Window(image, kernel, stride, padding="VALID")
            layers.add(name, {}, [layers.tensor("x", [1, *image, channels])],
                       layers.output([1, *window.output(), channels], (0.05, -3)), builtin,
                       options("Pool2DOptions", filterHeight=kernel[0], filterWidth=kernel[1], **window.options(third_clamped(index))))


def reductions(layers):
    for shape, axes in (([1, 7, 7, 64], [1, 2]), ([1, 12, 4, 32], [1, 2]), ([1, 4, 4, 128], [1, 2]), ([20, 30], [1]),
                        ([1, 16, 16, 16], [1, 2])):
        out = [1 if axis in axes else extent for axis, extent in enumerate(shape)]
        layers.add("mean", {}, [layers.tensor("x", shape), Tensor("axes", np.array(axes, np.int32), constant=True)],
                   layers.output(out), BuiltinOperator.MEAN, options("ReducerOptions", keepDims=True))
    for rows, depth in ((1, 11), (1, 3), (1, 20), (4, 30), (1, 100)):
        layers.add("softmax", {}, [layers.tensor("x", [rows, depth])], layers.output([rows, depth], (1 / 256, -128)),
                   BuiltinOperator.SOFTMAX, options("SoftmaxOptions", beta=1.0))
        layers.add("softmax", {}, [layers.tensor("x", [rows, depth])], layers.output([rows, depth], (1 / 65536, -32768), np.int16),
                   BuiltinOperator.SOFTMAX, options("SoftmaxOptions", beta=1.0))
        layers.add("softmax", {}, [Tensor("x", layers.values([rows, depth], np.float32))],
                   Tensor("y", np.zeros([rows, depth], np.float32)), BuiltinOperator.SOFTMAX,
                   options("SoftmaxOptions", beta=1.0))


def moves(layers):
    # Both parts alike, so that one instance copies them.
    for part, axis in (([1, 12, 12, 16], 3), ([1, 12, 12, 5], 3), ([1, 6, 12, 16], 1), ([1, 20, 20, 8], 3),
                       ([1, 9, 40, 3], 2), ([1, 5, 8, 24], 2), ([1, 7, 7, 65], 3), ([1, 16, 16, 33], 3), ([1, 30, 30, 2], 3)):
        shape = [extent * (2 if i == axis else 1) for i, extent in enumerate(part)]
        layers.add("concat", {}, [layers.tensor("a", part), layers.tensor("b", part)], layers.output(shape, (0.05, -3)),
                   BuiltinOperator.CONCATENATION, options("ConcatenationOptions", axis=axis))
    for shape, before, after in (([1, 24, 24, 8], [0, 1, 1, 0], [0, 1, 1, 0]), ([1, 10, 10, 32], [0, 0, 0, 0], [0, 1, 1, 0]),
                                 ([1, 6, 6, 16], [0, 0, 0, 8], [0, 0, 0, 8]), ([1, 8, 8, 3], [0, 2, 2, 0], [0, 2, 2, 0]),
                                 ([1, 32, 32, 16], [0, 0, 0, 0], [0, 1, 1, 0]), ([1, 12, 12, 5], [0, 1, 1, 0], [0, 1, 1, 0]),
                                 ([1, 1, 100, 24], [0, 0, 4, 0], [0, 0, 0, 0]), ([4, 20, 6], [0, 0, 1], [0, 0, 1]),
                                 ([1, 16, 4, 12], [0, 1, 2, 0], [0, 1, 2, 0])):
        counts = Tensor("pads", np.array(list(zip(before, after)), np.int32), constant=True)
        layers.add("pad", {}, [layers.tensor("x", shape), counts],
                   layers.output([sum(parts) for parts in zip(shape, before, after)], (0.05, -3)), BuiltinOperator.PAD,
                   options("PadOptions"))
    for shape, perm in (([24, 36], [1, 0]), ([1, 12, 12, 16], [0, 3, 1, 2]), ([1, 16, 10, 10], [0, 2, 3, 1]), ([6, 20, 8], [1, 0, 2])):
        layers.add("transpose", {}, [layers.tensor("x", shape), Tensor("perm", np.array(perm, np.int32), constant=True)],
                   layers.output([shape[axis] for axis in perm], (0.05, -3)), BuiltinOperator.TRANSPOSE, options("TransposeOptions"))


def all_layers():
    """Chains of TFLite's operators, as build_model takes them, and layers of ONNX."""
    layers, once = Layers(), QdqLayers()
    tabled, tabled_once = TabledLayers(layers), QdqLayers(table=True)
    for write in (pointwise, general, uneven, depthwise, products, binaries, unaries, pools, reductions, moves, floats,
                  full_range, long_windows, long_products, four_bit, four_bit_floats, int16, int16_elementwise, int16_windows, signals):
        write(layers)
    for write in (pointwise, general, depthwise_3x3):
        write(once)
    for write in (pointwise, general, heavy, flat):
        write(tabled)
    for write in (pointwise, general, heavy):
        write(tabled_once)
    return layers.operators + ONNX_LAYERS + once.operators + tabled_once.operators


def busy_layer(convolutions, macs, onnx):
    """A layer of another kernel than those of one implementation, with more MACs than they have together: --optimize balanced
    specialises it and shares the others."""
    layers = QdqLayers() if onnx else Layers()
    if convolutions:
        fully_connected(layers, (macs // (256 * 256) + 1, 256, 256), CENTRED, per_channel=False)
    else:
        convolution(layers, Window([macs // (32 * 64 * 16) + 1, 16], [1, 1], [1, 1]), 32, 1, 64, PLAIN, True)
    return layers.operators[0]
