# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Cases of operators that map element by element."""

import numpy as np

from cases import ACTIVATIONS, cases_of, every_int8
from single_op import BuiltinOperator, Tensor, options

SHARES = (1 / 256, -128)  # the output quantisation that LiteRT asks of logistic
# Quantisations (of x, of y) at the ends of the range: large multipliers, small ones, and one that underflows to zero;
# the same on both sides; and halves, which must be rounded.
EXTREMES = (((0.4, -128), (0.01, -128)), ((0.5, 3), (1e-4, 0)), ((0.01, 0), (0.4, 127)), ((1e-10, -128), (1.0, 127)),
            ((0.05, -128), (0.05, -128)), ((0.25, 3), (0.5, -3)))
RANDOM_CASES = 2


def binary(folder, name, builtin, seed, extremes):
    shapes = [([20], [20]), ([3, 1, 5], [1, 4, 5]), ([2, 3, 2, 5], [5]), ([1], [17]), ([2, 1, 3, 1], [1, 2, 1, 5]),
              ([2, 3, 2, 5], [1])]
    with cases_of(folder, name, seed) as cases:
        lowest = 0.01 if name != "mul" else 0.001

        def add(shape_a, shape_b, activation, a, b, y):
            output = Tensor("y", np.zeros(np.broadcast_shapes(shape_a, shape_b), np.int8), *y)
            inputs = [Tensor("a", cases.values(shape_a), *a), Tensor("b", cases.values(shape_b), *b)]
            cases.add(name, {"activation": activation}, inputs, output, builtin,
                      options(f"{name.capitalize()}Options", fusedActivationFunction=ACTIVATIONS[activation]))

        for index, (shape_a, shape_b) in enumerate(shapes * 2):
            activation = list(ACTIVATIONS)[(index + index // 6) % 4]
            add(shape_a, shape_b, activation, cases.affine(), cases.affine(), cases.affine(lowest, 0.5))
        for a, b, y in extremes:
            add([24], [24], "none", a, b, y)


def binaries(folder):
    sums = (((0.3, -128), (0.3, 127), (0.6, 0)), ((1.0, 127), (1e-4, -128), (0.01, 127)),
            ((1e-5, -128), (2e-5, -128), (2.0, -128)), ((0.5, 1), (0.5, -1), (1.0, 0)))
    products = (((0.3, -128), (0.3, 127), (20.0, 0)), ((1e-6, 127), (1e-6, -128), (1.0, 127)),
                ((1.0, -128), (0.5, -128), (1e-4, -128)), ((0.5, 1), (0.5, -1), (16.0, 0)))
    binary(folder, "add", BuiltinOperator.ADD, 31, sums)
    binary(folder, "sub", BuiltinOperator.SUB, 32, sums)
    binary(folder, "mul", BuiltinOperator.MUL, 33, products)


def unary(folder, name, builtin, seed, op=None, attributes=({},), options_of=None, y_affine=None, extremes=EXTREMES):
    """Every int8 value with quantisations at the limits and at random, `attributes` in turn."""
    with cases_of(folder, name, seed) as cases:
        random = [(cases.affine(0.005, 0.3), cases.affine(0.005, 0.3)) for _ in range(RANDOM_CASES)]
        for index, (x, y) in enumerate([*extremes, *random]):
            these = attributes[index % len(attributes)]
            cases.add(op or name, these, [Tensor("x", every_int8(), *x)],
                      Tensor("y", np.zeros(256, np.int8), *(y_affine or y)), builtin,
                      options_of(these) if options_of else None)


def unaries(folder):
    steep = (((1e-4, -128), None), ((1.0, 127), None), ((1.0, -128), None), ((40.0, 127), None))
    unary(folder, "sigmoid", BuiltinOperator.LOGISTIC, 1, y_affine=SHARES, extremes=steep)
    # Where the result is beyond 2^31 steps the reference's conversion is undefined.
    growing = (((0.02, -128), (0.6, -128)), ((0.05, 3), (4.0, -100)), ((0.05, 127), (0.004, -128)), ((0.1, 127), (0.01, 0)))
    unary(folder, "exp", BuiltinOperator.EXP, 35, extremes=growing)
    unary(folder, "tanh", BuiltinOperator.TANH, 2, y_affine=(1 / 128, 0), extremes=steep)
    unary(folder, "relu", BuiltinOperator.RELU, 3)
    unary(folder, "relu6", BuiltinOperator.RELU6, 4, op="clip")
    unary(folder, "relu_n1_to_1", BuiltinOperator.RELU_N1_TO_1, 5, op="clip", attributes=({"min": -1.0, "max": 1.0},))
    alphas = tuple({"alpha": float(np.float32(alpha))} for alpha in (0.1, 0.0, -0.3, 1.0, 1.7, 1e-6, 0.01))
    unary(folder, "leaky_relu", BuiltinOperator.LEAKY_RELU, 6, attributes=alphas,
          options_of=lambda these: options("LeakyReluOptions", alpha=these["alpha"]))
    # LiteRT's kernel is for input scales below 128 output scales.
    unary(folder, "hard_swish", BuiltinOperator.HARD_SWISH, 7,
          extremes=(((0.5, 0), (0.005, 127)), ((0.04, 127), (0.005, 0)), ((0.04, -128), (0.04, -128)),
                    ((1e-3, 127), (0.5, -128)), ((0.05, 0), (0.02, -128))))
    unary(folder, "requantize", BuiltinOperator.QUANTIZE, 8)
    unary(folder, "gelu", BuiltinOperator.GELU, 9, attributes=({}, {"by_tanh": True}),
          options_of=lambda these: options("GeluOptions", approximate="by_tanh" in these))


def zero_point_of(cases, dtype):
    return 0 if dtype == np.int16 else int(cases.values([], dtype))


def conversions(folder):
    with cases_of(folder, "quantize", 21) as cases:
        for dtype, name in ((np.int8, "i8"), (np.uint8, "u8"), (np.int16, "i16")):
            for scale in (0.5, cases.scale(), 1e-6):
                ties = np.arange(-12, 12, dtype=np.float32) * np.float32(scale / 2)
                x = np.concatenate([ties, cases.rng.normal(0, 200 * scale, 12).astype(np.float32),
                                    np.array([-1000, -0.0, 1000], np.float32)])
                cases.add("quantize", {"dtype": name}, [Tensor("x", x)],
                          Tensor("y", np.zeros(x.shape, dtype), scale, zero_point_of(cases, dtype)),
                          BuiltinOperator.QUANTIZE, options("QuantizeOptions"))

    with cases_of(folder, "dequantize", 22) as cases:
        for dtype in (np.int8, np.uint8, np.int16):
            x = Tensor("x", cases.values([64], dtype), cases.scale(), zero_point_of(cases, dtype))
            cases.add("dequantize", {}, [x], Tensor("y", np.zeros(64, np.float32)), BuiltinOperator.DEQUANTIZE,
                      options("DequantizeOptions"))

    with cases_of(folder, "requantize_types", 23) as cases:
        for source, target, name in ((np.int8, np.uint8, "u8"), (np.uint8, np.int8, "i8"), (np.int16, np.int8, "i8"),
                                     (np.int16, np.int16, "i16")):
            for index in range(3):
                x_scale = cases.scale()
                y_scale = x_scale if index == 0 else cases.scale()
                cases.add("requantize", {"dtype": name},
                          [Tensor("x", cases.values([60], source), x_scale, zero_point_of(cases, source))],
                          Tensor("y", np.zeros(60, target), y_scale, zero_point_of(cases, target)),
                          BuiltinOperator.QUANTIZE, options("QuantizeOptions"))


def write(folder):
    binaries(folder)
    unaries(folder)
    conversions(folder)
