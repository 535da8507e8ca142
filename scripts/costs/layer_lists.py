# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What lists of generated layers are made with: the builders of tests/operators, and quantisations that models have."""
import pathlib
import sys

import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent.parent / "tests/operators"))

from cases import Cases  # noqa: E402
from onnx_layers import QdqLayer  # noqa: E402
from products import Layer  # noqa: E402
from single_op import BuiltinOperator, Tensor, options, outputs_of  # noqa: E402
from windows import Window  # noqa: E402

PLAIN = Layer((0.05, -128), (0.004, 0.008), (0.1, -128), bias_limit=2000)
PERMUTED = [0, 2, 3, 1]  # from nchw to nhwc
CENTRED = Layer((0.05, 3), (0.004, 0.008), (0.1, -5), bias_limit=2000)
STEEP = Layer((0.05, 3), (0.8, 1.6), (0.1, -5), bias_limit=2000)  # multipliers that have no short form
INT16 = Layer((5e-4, 0), (0.004, 0.008), (1e-2, 0), bias_limit=20000, dtype=np.int16)
INT16_WIDE = Layer((5e-4, 0), (0.004, 0.008), (1e-2, 0), bias_limit=2_147_000_000, dtype=np.int16)
INT16_STEEP = Layer((5e-4, 0), (0.8, 1.6), (5e-4, 0), 127, 20000, np.int16)  # multipliers above a half
# Rows, inputs and outputs of fully connected layers as regressions and gestures have them.
SMALL = ((1, 1, 16), (1, 16, 16), (1, 16, 1), (1, 2, 8), (1, 8, 3), (1, 3, 20), (1, 10, 4), (1, 1, 5), (2, 4, 6), (1, 30, 1))


class Layers(Cases):
    """Collects operators where Cases runs them."""

    def __init__(self):
        super().__init__(pathlib.Path(), "layers", 1)
        self.operators = []

    def add(self, op, attributes, inputs, output, builtin, builtin_options=None, litert_inputs=None, before=()):
        """`before`: operators whose outputs are among the inputs; all of them are one entry."""
        inputs = litert_inputs or inputs
        chain = [*before, (builtin, inputs, output, builtin_options)]
        named = {id(tensor): tensor for operator in chain for tensor in [*operator[1], *outputs_of(operator)]}
        for index, tensor in enumerate(named.values()):
            tensor.name = f"layer{len(self.operators)}_{op}_{index}{tensor.name}"
        self.operators.append(chain)

    def tensor(self, name, shape, affine=(0.05, -3), dtype=np.int8):
        return Tensor(name, self.values(shape, dtype), *affine)

    def output(self, shape, affine=(0.1, -4), dtype=np.int8):
        return Tensor("y", np.zeros(shape, dtype), *affine)


class TabledLayers(Layers):
    """Takes int8 layers with a sigmoid behind each, which is a table, and adds them to others."""

    def __init__(self, layers):
        super().__init__()
        self.operators = layers.operators

    def add(self, op, attributes, inputs, output, builtin, builtin_options=None, litert_inputs=None, before=()):
        chain = [*before, (builtin, litert_inputs or inputs, output, builtin_options)]
        share = Tensor("s", np.zeros(output.data.shape, np.int8), 1 / 256, -128)
        super().add(op, {}, [output], share, BuiltinOperator.LOGISTIC, before=chain)


class QdqLayers(Layers):
    """Takes the same layers in ONNX's form; `table`: with a sigmoid behind each."""

    def __init__(self, table=False):
        super().__init__()
        self.table = table

    def add(self, op, attributes, inputs, output, *_, **__):
        self.operators.append(QdqLayer(op, attributes, inputs, output, self.table))


def pools_without_padding(layers, tensor, output):
    """Both pools over tensors that tensor(name, shape) and output(shape) make."""
    for name, builtin in (("average_pool2d", BuiltinOperator.AVERAGE_POOL_2D), ("max_pool2d", BuiltinOperator.MAX_POOL_2D)):
        for image, kernel, stride, channels in (([7, 7], [7, 7], [1, 1], 48), ([24, 24], [2, 2], [2, 2], 16),
                                                ([12, 12], [2, 2], [2, 2], 30), ([16, 16], [4, 4], [4, 4], 32),
                                                ([10, 10], [3, 3], [2, 2], 24), ([20, 4], [20, 4], [1, 1], 64)):
            window = Window(image, kernel, stride, padding="VALID")
            layers.add(name, {}, [tensor("x", [1, *image, channels])], output([1, *window.output(), channels]), builtin,
                       options("Pool2DOptions", filterHeight=kernel[0], filterWidth=kernel[1], **window.options("none")))
