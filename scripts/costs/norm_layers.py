# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Norms of rows and rotary positions, of floats and in the QDQ form."""
import dataclasses

import numpy as np


def affine(graph, name, step, dtype, zero_point):
    """Names of constants: a scale and a zero point."""
    return [graph.constant(f"{name}_step", np.float32(step)), graph.constant(f"{name}_zero", dtype(zero_point))]


ROWS = ((1, 64), (16, 64), (10, 96), (4, 256), (7, 65), (30, 32), (3, 130), (1, 512), (12, 48))


@dataclasses.dataclass(frozen=True)
class NormLayer:
    """LayerNormalization, or SimplifiedLayerNormalization, of rows; of floats where there is no dtype. The step of the output says
    how large scales are against it."""

    op: str
    rows: int
    depth: int
    dtype: type = None
    step: float = 0.03
    weight_bytes, activation = 0, "none"

    def write(self, graph):
        shape = (self.rows, self.depth)
        x = graph.value(graph.inputs, "x", shape, self.dtype or np.float32)
        constants = [graph.constant("scale", np.linspace(0.5, 1.5, self.depth, dtype=np.float32))]
        if self.op == "LayerNormalization":
            constants.append(graph.constant("bias", np.linspace(-1, 1, self.depth, dtype=np.float32)))
        zero_point = 3 if self.dtype == np.int8 else 0
        if self.dtype:
            x = graph.node("DequantizeLinear", [x, *affine(graph, "x", 0.02, self.dtype, zero_point)], "real")
        y = graph.node(self.op, [x, *constants], self.op)
        if self.dtype:
            y = graph.node("QuantizeLinear", [y, *affine(graph, "y", self.step, self.dtype, zero_point)], "integers")
        graph.value(graph.outputs, y.removeprefix(f"{graph.name}_"), shape, self.dtype or np.float32)


@dataclasses.dataclass(frozen=True)
class RotaryLayer:
    """RotaryEmbedding of heads side by side, of floats or int8."""

    length: int
    heads: int
    size: int
    integer: bool
    interleaved: bool = False
    rotated: int = 0  # of size, 0 for all
    op = "RotaryEmbedding"
    weight_bytes, activation = 0, "none"

    def write(self, graph):
        shape = (1, self.length, self.heads * self.size)
        x = graph.value(graph.inputs, "x", shape, np.int8 if self.integer else np.float32)
        pairs = (self.rotated or self.size) // 2
        turns = np.linspace(0, 3, self.length * pairs, dtype=np.float32).reshape(1, self.length, pairs)
        angles = [graph.constant("cosines", np.cos(turns)), graph.constant("sines", np.sin(turns))]
        both = affine(graph, "x", 0.03, np.int8, 2) if self.integer else []
        if self.integer:
            x = graph.node("DequantizeLinear", [x, *both], "real")
        y = graph.node(self.op, [x, *angles], self.op, num_heads=self.heads, interleaved=int(self.interleaved),
                       rotary_embedding_dim=self.rotated)
        if self.integer:
            y = graph.node("QuantizeLinear", [y, *both], "integers")
        graph.value(graph.outputs, y.removeprefix(f"{graph.name}_"), shape, np.int8 if self.integer else np.float32)


def norm_layers():
    for rows, depth in ROWS:
        for op in ("LayerNormalization", "SimplifiedLayerNormalization"):
            yield NormLayer(op, rows, depth)
            yield NormLayer(op, rows, depth, np.int8)
            yield NormLayer(op, rows, depth, np.int16, step=1 / 8000)
        yield NormLayer("LayerNormalization", rows, depth, np.int8, step=1 / 2000)
    for length, heads, size in ((16, 2, 16), (5, 4, 8), (30, 1, 32), (8, 3, 20), (1, 8, 64)):
        yield from (RotaryLayer(length, heads, size, integer) for integer in (True, False))
        yield from (RotaryLayer(length, heads, size, integer, interleaved=True) for integer in (True, False))
        yield RotaryLayer(length, heads, size, integer=True, rotated=size // 4 * 2)
