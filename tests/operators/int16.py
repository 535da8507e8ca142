# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Cases of operators on int16 activations, whose zero points are 0. Files are named int16_*."""

import numpy as np

from cases import cases_of
from single_op import BuiltinOperator, Tensor

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


def write(folder):
    clamps(folder)
