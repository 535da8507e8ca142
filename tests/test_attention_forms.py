# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Transformers as exporters write them (tests/attention: PyTorch's two exporters, TensorFlow's converter and tf2onnx): what
is left of the steps, and whether the numbers are those of onnxruntime and LiteRT."""
import json

import pytest

from conftest import ROOT, tinymlc_json

FOLDER = ROOT / "tests/attention"
# What the models are about; the rest are layers, sums and moves that cost nothing.
COUNTED = ("attention", "layer_norm", "rms_norm", "rotary_embedding", "gelu", "silu", "softmax", "matmul", "transpose",
           "mean", "sqrt", "erf", "sigmoid", "expand", "tile", "where", "logical_not", "concat", "is_nan")

# By model: how many of these are left, by exporter where they differ.
FORMS = json.loads((FOLDER / "forms.json").read_text(encoding="utf-8"))


def counted(name):
    left = tinymlc_json("inspect", FOLDER / name, "--after", "read_planes")["nodes_by_op"]
    return {op: count for op, count in sorted(left.items()) if op in COUNTED}


def test_every_file_is_listed():
    assert sorted(FORMS) == sorted(path.name for path in FOLDER.iterdir() if path.suffix in (".onnx", ".tflite"))


@pytest.mark.parametrize("name", FORMS)
def test_steps_are_one_operator(name):
    assert counted(name) == FORMS[name]


@pytest.mark.parametrize("name", FORMS)
def test_numbers_are_those_of_the_fields_runtimes(name):
    oracle = "litert" if name.endswith(".tflite") else "onnxruntime"
    verdict = tinymlc_json("verify", FOLDER / name, "--oracle", oracle, "--samples", "3")
    assert verdict["pass"], verdict
