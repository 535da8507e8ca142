# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Cases of matrix products, and the weights and quantisations that convolutions share with them."""

import copy
import dataclasses

import numpy as np

from cases import ACTIVATIONS, cases_of
from single_op import BuiltinOperator, Tensor, options

@dataclasses.dataclass
class Layer:
    """Quantisation and size of what a layer with weights works on."""

    x: tuple  # scale and zero point
    weight_scales: tuple  # lowest and highest
    y: tuple
    weight_limit: int = 127
    bias_limit: int = 20000
    dtype: type = np.int8  # of x and y; int16 has zero points of 0


# The ends of the range.
EXTREMES = (
    # Zero points at their limits.
    Layer((0.05, -128), (0.01, 0.02), (0.2, 127)),
    Layer((0.05, 127), (0.01, 0.02), (0.2, -128)),
    # Multipliers above one: small sums are spread, large ones saturate.
    Layer((0.5, 0), (0.3, 0.5), (0.12, 0), 1, 20),
    Layer((1.0, 127), (0.5, 1.0), (1e-3, 127)),
    # Multipliers near 2^-24 for sums near 2^31, and below 2^-31, which underflow to zero.
    Layer((1e-4, 127), (2e-4, 4e-4), (0.5, 0), 127, 2_000_000_000),
    Layer((1e-6, -128), (1e-6, 1e-5), (1.0, -128), 127, 2_000_000_000),
    # Halves, which must be rounded.
    Layer((0.25, 1), (0.5, 0.5), (64.0, 2)))


# The same for int16: large sums, multipliers above one whose results wrap, biases near 2^31, multipliers that underflow,
# halves, and weights of -128.
INT16_EXTREMES = (
    Layer((1e-3, 0), (0.01, 0.02), (0.2, 0), 128, 20000, np.int16),
    Layer((0.5, 0), (0.3, 0.5), (0.12, 0), 1, 20, np.int16),
    Layer((1.0, 0), (0.5, 1.0), (1e-3, 0), 127, 20000, np.int16),
    Layer((1e-4, 0), (2e-4, 4e-4), (1e-3, 0), 127, 2_000_000_000, np.int16),
    Layer((1e-6, 0), (1e-6, 1e-5), (1.0, 0), 127, 2_000_000_000, np.int16),
    Layer((0.25, 0), (0.5, 0.5), (64.0, 0), 127, 20000, np.int16))


def int16_layer(cases):
    return Layer((cases.scale(1e-4, 1e-3), 0), (0.001, 0.02), (cases.scale(3e-4, 3e-3), 0), 127, 3_000_000, np.int16)


def weights_of(cases, shape, per_channel, layer):
    """Along axis 0 the outputs."""
    limits = -layer.weight_limit, min(layer.weight_limit, 127)
    data = cases.rng.integers(limits[0], limits[1] + 1, shape).astype(np.int8)
    scales = [cases.scale(*layer.weight_scales) for _ in range(shape[0] if per_channel else 1)]
    return Tensor("w", data, scales, 0, axis=0, constant=True)


def bias_of(cases, x, w, limit):
    data = cases.rng.integers(-limit, limit + 1, w.data.shape[0]).astype(np.int32)
    return Tensor("b", data, np.float32(x.scale) * np.float32(w.scale), 0, axis=0, constant=True)


def of_litert(bias, layer):
    """A bias as LiteRT takes it: of 64 bits for int16 activations."""
    wide = copy.copy(bias)
    wide.data = bias.data.astype(np.int64 if layer.dtype == np.int16 else np.int32)
    return wide


def fully_connected(cases, extents, layer, per_channel, activation="none", bias=True):
    rows, inner, columns = extents
    x = Tensor("x", cases.values([rows, inner], layer.dtype), *layer.x)
    w = weights_of(cases, [columns, inner], per_channel, layer)
    biases = [bias_of(cases, x, w, layer.bias_limit)] if bias else []
    y = Tensor("y", np.zeros([rows, columns], layer.dtype), *layer.y)
    cases.add("fully_connected", {"activation": activation}, [x, w, *biases], y,
              BuiltinOperator.FULLY_CONNECTED,
              options("FullyConnectedOptions", fusedActivationFunction=ACTIVATIONS[activation], keepNumDims=True),
              litert_inputs=[x, w, *(of_litert(b, layer) for b in biases)])


def fully_connecteds(folder):
    with cases_of(folder, "fully_connected", 15) as cases:
        for index in range(10):
            layer = Layer(cases.affine(0.01, 0.1), (0.001, 0.02), cases.affine(0.005, 0.3))
            extents = [cases.integer(1, 4), cases.integer(1, 18), cases.integer(1, 18)]
            fully_connected(cases, extents, layer, index % 2, list(ACTIVATIONS)[index % 4], bias=index % 5 != 4)
        for index, layer in enumerate(EXTREMES):
            fully_connected(cases, [3, 7, 6], layer, per_channel=index % 2)

    with cases_of(folder, "int16_fully_connected", 51) as cases:
        for index in range(10):
            extents = [cases.integer(1, 4), cases.integer(1, 18), cases.integer(1, 18)]
            fully_connected(cases, extents, int16_layer(cases), index % 2, list(ACTIVATIONS)[index % 4],
                            bias=index % 5 != 4)
        for index, layer in enumerate(INT16_EXTREMES):
            fully_connected(cases, [3, 7, 6], layer, per_channel=index % 2)


MATMULS = [([3, 5], [5, 4]), ([2, 3, 5], [2, 5, 4]), ([2, 1, 3, 5], [1, 3, 5, 4]), ([2, 3, 5], [5, 4])]


def matmul(cases, shapes, transpose, quantisations, dtype=np.int8):
    (shape_a, shape_b), (a_affine, b_affine, y_affine) = shapes, quantisations
    shape = [*np.broadcast_shapes(shape_a[:-2], shape_b[:-2]), shape_a[-2], shape_b[-1]]
    b = cases.values([*shape_b[:-2], *(shape_b[:-3:-1] if transpose else shape_b[-2:])], dtype)
    cases.add("matmul", {"transpose_b": transpose},
              [Tensor("a", cases.values(shape_a, dtype), *a_affine), Tensor("b", b, *b_affine)],
              Tensor("y", np.zeros(shape, dtype), *y_affine), BuiltinOperator.BATCH_MATMUL,
              options("BatchMatMulOptions", adjY=transpose))


def matmuls(folder):
    extremes = (((0.05, -128), (0.02, 127), (0.2, 127)), ((0.05, 127), (0.02, 127), (0.2, -128)),
                ((1.0, -128), (0.5, -128), (0.01, -128)), ((0.25, 1), (0.5, 2), (64.0, 0)),
                ((1e-6, 127), (1e-6, -128), (1.0, 127)))
    with cases_of(folder, "matmul", 17) as cases:
        for form in MATMULS:
            for transpose in (False, True):
                matmul(cases, form, transpose, (cases.affine(), cases.affine(), cases.affine(0.1, 3)))
        for index, quantisations in enumerate(extremes):
            matmul(cases, ([5, 6], [6, 5]), bool(index % 2), quantisations)


def write(folder):
    fully_connecteds(folder)
    matmuls(folder)
