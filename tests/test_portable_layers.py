# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Layers without a fast implementation are named when a model is compiled."""
import sys

import numpy

from conftest import ROOT, tinymlc

sys.path.insert(0, str(ROOT / "scripts/costs"))

from layers import PLAIN, STEEP, Layers, Window, convolution  # noqa: E402
from single_op import BuiltinOperator, build_model, options  # noqa: E402

BOARD = "mps2-an500"


def compile_text(tmp_path, layers):
    model = tmp_path / "layers.tflite"
    model.write_bytes(build_model([operator for chain in layers.operators for operator in chain]))
    return tinymlc("compile", model, "--target", BOARD, "-o", tmp_path / "out").stdout


def test_compile_names_layers_that_run_portable(tmp_path):
    layers = Layers()
    for rows in (8, 16):
        factors = [layers.tensor(name, shape, (5e-4, 0), numpy.int16) for name, shape in (("a", [1, rows, 24]), ("b", [1, 24, 16]))]
        layers.add("matmul", {}, factors, layers.output([1, rows, 16], (0.01, 0), numpy.int16), BuiltinOperator.BATCH_MATMUL,
                   options("BatchMatMulOptions"))
    text = compile_text(tmp_path, layers)
    lines = [line for line in text.splitlines() if "portable" in line]
    assert len(lines) == 1, text
    assert lines[0].count("portable/matmul_s16") == 2 and "docs/kernels.md" in lines[0]


def test_compile_says_nothing_where_implementations_are_fast(tmp_path):
    layers = Layers()
    for layer in (PLAIN, STEEP):
        convolution(layers, Window([8, 8], [3, 3], [1, 1]), 16, 1, 16, layer, True)
        convolution(layers, Window([8, 8], [3, 3], [1, 1]), 16, 1, 15, layer, True)
        convolution(layers, Window([8, 8], [3, 3], [1, 1]), 16, 16, 16, layer, True, depthwise=True)
        convolution(layers, Window([8, 8], [3, 3], [1, 1]), 4, 4, 8, layer, True, depthwise=True)
    assert "portable" not in compile_text(tmp_path, layers)
