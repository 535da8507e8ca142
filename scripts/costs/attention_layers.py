# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What transformers are made of besides norms (norm_layers.py): attention, products of activations, softmax along any axis, and SiLU."""
import dataclasses

import numpy as np

from norm_layers import affine


@dataclasses.dataclass(frozen=True)
class AttentionLayer:
    """onnxruntime's MultiHeadAttention of heads side by side, or with a softcap ONNX's Attention; `bias`: with a constant that is
    added to the scores."""

    queries: int
    keys: int
    heads: int
    size: int
    integer: bool
    causal: bool = False
    bias: bool = False
    softcap: float = 0
    op = "MultiHeadAttention"
    weight_bytes, activation = 0, "none"

    def write(self, graph):
        dtype, width = np.int8 if self.integer else np.float32, self.heads * self.size
        names = []
        for name, length in (("q", self.queries), ("k", self.keys), ("v", self.keys)):
            names.append(graph.value(graph.inputs, name, (1, length, width), dtype))
            if self.integer:
                names[-1] = graph.node("DequantizeLinear", [names[-1], *affine(graph, name, 0.03, dtype, 2)], f"{name}_real")
        if self.bias:
            steps = np.arange(self.queries * self.keys, dtype=np.float32).reshape(1, 1, self.queries, self.keys) % 5
            names += [graph.constant("added", steps)] if self.softcap else ["", "", graph.constant("added", steps)]
        if self.softcap:
            y = graph.node("Attention", names, self.op, q_num_heads=self.heads, kv_num_heads=self.heads, is_causal=int(self.causal),
                           softcap=self.softcap)
        else:
            y = graph.node(self.op, names, self.op, domain="com.microsoft", num_heads=self.heads, unidirectional=int(self.causal))
        if self.integer:
            y = graph.node("QuantizeLinear", [y, *affine(graph, "y", 0.02, dtype, -1)], "integers")
        graph.value(graph.outputs, y.removeprefix(f"{graph.name}_"), (1, self.queries, width), dtype)


@dataclasses.dataclass(frozen=True)
class ProductLayer:
    """A product of two int8 activations."""

    rows: int
    inner: int
    columns: int
    op = "MatMul"
    weight_bytes, activation = 0, "none"

    def write(self, graph):
        operands = []
        for name, shape in (("a", (1, self.rows, self.inner)), ("b", (1, self.inner, self.columns))):
            value = graph.value(graph.inputs, name, shape, np.int8)
            operands.append(graph.node("DequantizeLinear", [value, *affine(graph, name, 0.03, np.int8, 2)], f"{name}_real"))
        y = graph.node(self.op, operands, self.op)
        y = graph.node("QuantizeLinear", [y, *affine(graph, "y", 0.1, np.int8, -1)], "integers")
        graph.value(graph.outputs, y.removeprefix(f"{graph.name}_"), (1, self.rows, self.columns), np.int8)


@dataclasses.dataclass(frozen=True)
class SoftmaxLayer:
    """Softmax along an axis of a shape, of integers."""

    shape: tuple
    axis: int
    dtype: type
    op = "Softmax"
    weight_bytes, activation = 0, "none"

    def write(self, graph):
        step, zero = (1 / 256, -128) if self.dtype == np.int8 else (1 / 32768, 0)
        x = graph.value(graph.inputs, "x", self.shape, self.dtype)
        x = graph.node("DequantizeLinear", [x, *affine(graph, "x", 8 * step, self.dtype, 0)], "real")
        y = graph.node(self.op, [x], self.op, axis=self.axis)
        y = graph.node("QuantizeLinear", [y, *affine(graph, "y", step, self.dtype, zero)], "integers")
        graph.value(graph.outputs, y.removeprefix(f"{graph.name}_"), self.shape, self.dtype)


@dataclasses.dataclass(frozen=True)
class SiluLayer:
    """x * sigmoid(x) of floats, as exporters write it."""

    shape: tuple
    op = "Silu"
    weight_bytes, activation = 0, "none"

    def write(self, graph):
        x = graph.value(graph.inputs, "x", self.shape, np.float32)
        y = graph.node("Mul", [x, graph.node("Sigmoid", [x], "share")], self.op)
        graph.value(graph.outputs, y.removeprefix(f"{graph.name}_"), self.shape, np.float32)


def attention_layers():
    for index, (queries, keys, heads, size) in enumerate((
            (16, 16, 1, 16), (64, 64, 4, 16), (32, 32, 2, 32), (10, 50, 2, 8), (48, 48, 1, 64), (6, 64, 4, 16), (40, 20, 3, 12),
            (64, 64, 8, 8), (1, 64, 4, 16), (33, 65, 2, 24), (24, 96, 1, 32), (100, 100, 2, 16), (12, 30, 4, 6), (3, 128, 2, 20))):
        yield AttentionLayer(queries, keys, heads, size, integer=True)
        if index % 2 == 0:
            yield AttentionLayer(queries, keys, heads, size, integer=False)
    for queries, heads, size in ((64, 4, 16), (32, 2, 32), (48, 1, 64), (96, 2, 8), (20, 3, 12)):
        yield AttentionLayer(queries, queries, heads, size, integer=True, causal=True)
        yield AttentionLayer(queries, queries, heads, size, integer=True, bias=True)
        yield AttentionLayer(queries, queries, heads, size, integer=False, causal=True)
        yield AttentionLayer(queries, queries, heads, size, integer=True, causal=heads == 2, bias=heads == 1, softcap=5.0)
    for queries, keys, heads, size in ((16, 16, 1, 16), (64, 64, 4, 16), (10, 50, 2, 8), (12, 30, 4, 6), (1, 64, 4, 16),
                                       (33, 65, 2, 24), (3, 128, 2, 20), (100, 100, 2, 16)):
        yield AttentionLayer(queries, keys, heads, size, integer=True, softcap=5.0)
    yield from (ProductLayer(*extents) for extents in ((20, 32, 24), (7, 50, 11), (64, 16, 64), (40, 100, 6), (9, 9, 90), (2, 70, 40)))
    for shape in ((1, 64, 32), (4, 16, 10), (1, 10, 7), (2, 100, 4), (1, 30, 33), (3, 12, 64), (1, 200, 5), (8, 8, 9), (1, 7, 2),
                  (1, 50, 3), (6, 20, 8)):
        yield from (SoftmaxLayer(shape, 1, dtype) for dtype in (np.int8, np.int16))
    for shape in ((1, 256), (16, 64), (5, 33), (64, 16), (2, 500), (30, 10), (7, 101), (1, 37)):
        yield from (SoftmaxLayer(shape, 1, dtype) for dtype in (np.int8, np.int16))
    yield from (SiluLayer(shape) for shape in ((1, 24, 24, 8), (1, 300), (1, 7), (16, 40)))
