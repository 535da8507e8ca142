# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Cases of operators on int16 activations, whose zero points are 0. Files are named int16_*."""

import numpy as np

from cases import ACTIVATIONS, cases_of
from products import MATMULS, matmul
from shapes import MEANS, mean
from single_op import BuiltinOperator, Tensor, options
from windows import pool

# Scales (of x, of y): the same, a large ratio, a small one, one that underflows to zero, and halves.
RATIOS = ((0.001, 0.001), (0.01, 1e-4), (1e-4, 0.01), (1e-13, 1.0), (0.25, 0.5))


def spread(cases, count):
    """Both ends, what is near zero, and the rest at random."""
    x = cases.values([count], np.int16)
    x[:7] = (-32768, -32767, -1, 0, 1, 32766, 32767)
    return x


def clamps(folder):
    with cases_of(folder, "int16_relu", 61) as cases:
        random = [(cases.scale(1e-5, 1e-3), cases.scale(1e-5, 1e-3)) for _ in range(3)]
        for x_scale, y_scale in (*RATIOS, *random):
            for op, builtin in (("relu", BuiltinOperator.RELU), ("clip", BuiltinOperator.RELU6)):
                cases.add(op, {}, [Tensor("x", spread(cases, 40), x_scale)],
                          Tensor("y", np.zeros(40, np.int16), y_scale), builtin)


def binary(folder, name, builtin, seed, scales, extremes, fields):
    shapes = [([20], [20]), ([3, 1, 5], [1, 4, 5]), ([2, 3, 2, 5], [5]), ([1], [17]), ([2, 3, 2, 5], [1])]
    with cases_of(folder, f"int16_{name}", seed) as cases:

        def add(shape_a, shape_b, activation, a, b, y):
            output = Tensor("y", np.zeros(np.broadcast_shapes(shape_a, shape_b), np.int16), y)
            inputs = [Tensor("a", cases.values(shape_a, np.int16), a), Tensor("b", cases.values(shape_b, np.int16), b)]
            cases.add(name, {"activation": activation}, inputs, output, builtin,
                      options(f"{name.capitalize()}Options", fusedActivationFunction=ACTIVATIONS[activation], **fields))

        for index, (shape_a, shape_b) in enumerate(shapes * 2):
            activation = list(ACTIVATIONS)[(index + index // 5) % 4]
            add(shape_a, shape_b, activation, *(cases.scale(low, high) for low, high in scales))
        for extreme in extremes:
            add([24], [24], "none", *extreme)


def products(folder):
    extremes = ((0.3, 0.3, 20.0), (1e-6, 1e-6, 1.0), (1.0, 0.5, 1e-4), (0.5, 0.5, 0.5), (0.25, 0.5, 4096.0))
    binary(folder, "mul", BuiltinOperator.MUL, 71, [(1e-5, 1e-3), (1e-5, 1e-3), (1e-5, 1e-1)], extremes, {})


def sums(folder):
    extremes = ((0.3, 0.3, 0.6), (0.5, 0.5, 1.0), (1.0, 1e-4, 1.0), (1e-5, 2e-5, 2.0), (0.125, 0.25, 0.25))
    for name, builtin, seed in (("add", BuiltinOperator.ADD, 62), ("sub", BuiltinOperator.SUB, 63)):
        # With potScaleInt16 LiteRT adds tensors whose scales are powers of two by shifts, for LSTM cells.
        binary(folder, name, builtin, seed, [(1e-5, 1e-3)] * 3, extremes, {"potScaleInt16": False})


def pools(folder):
    for name, builtin, seed in (("average_pool2d", BuiltinOperator.AVERAGE_POOL_2D, 64),
                                ("max_pool2d", BuiltinOperator.MAX_POOL_2D, 65)):
        with cases_of(folder, f"int16_{name}", seed) as cases:
            for index in range(10):
                pool(cases, name, builtin, index, np.int16)


def means(folder):
    with cases_of(folder, "int16_mean", 66) as cases:
        for index, (shape, axes) in enumerate(MEANS * 2):
            x = cases.scale(1e-5, 1e-3)
            y = x if index % 3 == 0 else cases.scale(1e-5, 1e-3)
            mean(cases, shape, axes, bool(index % 2), (x, 0), (y, 0), np.int16)
        for x, y in RATIOS:
            mean(cases, [1, 2, 2, 4], [1, 2], True, (x, 0), (y, 0), np.int16)
            mean(cases, [6, 4], [1], False, (x, 0), (y, 0), np.int16)


def softmaxes(folder):
    with cases_of(folder, "int16_softmax", 67) as cases:
        for index in range(12):
            beta = 1.0 if index % 3 else float(np.float32(cases.rng.uniform(0.2, 3)))
            depth = cases.integer(1, 40) if index % 6 else 160
            x = Tensor("x", cases.values([2, depth], np.int16), cases.scale(1e-6, 1e-2))
            cases.add("softmax", {"beta": beta}, [x], Tensor("y", np.zeros([2, depth], np.int16), 1 / 32768),
                      BuiltinOperator.SOFTMAX, options("SoftmaxOptions", beta=beta))
        power_of_two = np.array([[32767] * 8 + [-32768] * 47], np.int16)  # the exponentials add up to 2^18 - 1
        for x, scale in ((spread(cases, 16).reshape(1, 16), 1e-9), (spread(cases, 16).reshape(1, 16), 5e-4),
                         (spread(cases, 16).reshape(1, 16), 1.0), (power_of_two, 1e-3)):
            cases.add("softmax", {}, [Tensor("x", x, scale)], Tensor("y", np.zeros(x.shape, np.int16), 1 / 32768),
                      BuiltinOperator.SOFTMAX, options("SoftmaxOptions", beta=1.0))


def sigmoids(folder):
    # LiteRT's exact powers of two, scales that reach every entry of its table, very small and large ones.
    scales = (1 / 4096, 1 / 2048, 1 / 8192, 1e-9, 5e-4, 3e-3, 1.5, 2.6)
    for name, builtin, seed in (("sigmoid", BuiltinOperator.LOGISTIC, 68), ("tanh", BuiltinOperator.TANH, 69)):
        with cases_of(folder, f"int16_{name}", seed) as cases:
            for scale in (*scales, *(cases.scale(1e-5, 1e-2) for _ in range(4))):
                cases.add(name, {}, [Tensor("x", spread(cases, 500), scale)],
                          Tensor("y", np.zeros(500, np.int16), 1 / 32768), builtin)


def leaky_relus(folder):
    with cases_of(folder, "int16_leaky_relu", 70) as cases:
        alphas = (0.1, 0.0, -0.3, 1.0, 1.7, 1e-6, 0.01)
        random = [(cases.scale(1e-5, 1e-3), cases.scale(1e-5, 1e-3)) for _ in range(5)]
        for index, (x_scale, y_scale) in enumerate((*RATIOS, *random)):
            alpha = float(np.float32(alphas[index % len(alphas)]))
            cases.add("leaky_relu", {"alpha": alpha}, [Tensor("x", spread(cases, 60), x_scale)],
                      Tensor("y", np.zeros(60, np.int16), y_scale), BuiltinOperator.LEAKY_RELU,
                      options("LeakyReluOptions", alpha=alpha))


def exponentials(folder):
    """The table of 513 points that any function of one real has."""
    with cases_of(folder, "int16_exp", 73) as cases:
        scales = ((1e-4, 1e-3), (1e-5, 1e-4), (3e-4, 0.5), (2e-4, 1e-4), (1e-9, 1.0))
        for x, y in (*scales, *((cases.scale(1e-5, 3e-4), cases.scale(1e-5, 1e-1)) for _ in range(3))):
            cases.add("exp", {}, [Tensor("x", spread(cases, 500), x)], Tensor("y", np.zeros(500, np.int16), y),
                      BuiltinOperator.EXP)


def matmuls(folder):
    with cases_of(folder, "int16_matmul", 72) as cases:
        for form in MATMULS:
            for transpose in (False, True):
                scales = [(cases.scale(1e-5, 1e-3), 0) for _ in range(2)]
                matmul(cases, form, transpose, (*scales, (cases.scale(1e-4, 1e-1), 0)), np.int16)
        for index, scales in enumerate(((0.05, 0.02, 200.0), (1.0, 0.5, 0.01), (0.25, 0.5, 4096.0), (1e-3, 1e-3, 1.0))):
            matmul(cases, ([5, 6], [6, 5]), bool(index % 2), [(scale, 0) for scale in scales], np.int16)


def write(folder):
    clamps(folder)
    sums(folder)
    products(folder)
    pools(folder)
    means(folder)
    softmaxes(folder)
    sigmoids(folder)
    leaky_relus(folder)
    exponentials(folder)
    matmuls(folder)
