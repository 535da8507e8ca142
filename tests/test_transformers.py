# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Encoders with random weights (tests/transformers.py): Linformer's attention, and the shapes of BERT and ViT in int8."""
import json

import numpy
import onnx
import pytest

import transformers
from conftest import tinymlc, tinymlc_json

LENGTHS = (64, 128, 256, 512)
KEPT = (16, 32, 64, 128)


def saved(folder, model):
    onnx.save(model, folder / "model.onnx")
    return folder / "model.onnx"


def rows_of(folder, shape, count=4):
    numpy.savez(folder / "rows.npz", x=numpy.random.default_rng(1).standard_normal((count, *shape)).astype(numpy.float32))
    return folder / "rows.npz"


SHARED = ["layer", "heads", "none", "pool", "convolution"]


@pytest.mark.parametrize("shared", SHARED)
@pytest.mark.parametrize("length, kept", [(length, kept) for length in LENGTHS for kept in KEPT if kept < length])
def test_no_array_has_both_lengths(length, kept, shared, tmp_path):
    path = saved(tmp_path, transformers.linformer_layer(length, kept, shared=shared))
    summary = tinymlc_json("inspect", path, "--after", "read_planes")
    assert summary["nodes_by_op"]["attention"] == 1 and "softmax" not in summary["nodes_by_op"]
    graph = json.loads(summary["graph"])
    made = {output for node in graph["nodes"] for output in node["outputs"]}
    sizes = [numpy.prod(value["shape"]) for number, value in enumerate(graph["values"])
             if number in made or value["name"] in made]
    assert sizes and max(sizes) <= length * 64


@pytest.mark.parametrize("shared", SHARED)
def test_linformer_is_near_onnxruntime(shared, tmp_path):
    path = saved(tmp_path, transformers.linformer_layer(64, 16, shared=shared))
    assert tinymlc_json("verify", path, "--oracle", "onnxruntime", "--samples", "3")["pass"]


def as_integers(folder):
    """Options: int8 by the rows in the folder, on a board."""
    return ("--target", "mps2-an500", "--quantize", "int8", "--calibrate", folder / "rows.npz", "--input-type", "int8",
            "--output-type", "int8")


def measured(folder, model, shape):
    folder.mkdir()
    rows_of(folder, shape)
    return tinymlc_json("bench", saved(folder, model), *as_integers(folder), "--per-layer")


@pytest.mark.long
def test_linformer_is_a_fraction_of_full_attention(tmp_path):
    """512 positions of width 64, 4 heads, keys and values of 64 positions, from X through all projections."""
    full = measured(tmp_path / "full", transformers.attention_layer(512), (1, 512, 64))

    def instructions(report, *ops):
        return sum(layer["instructions"] for layer in report["layers"] if layer["op"] in ops)

    def ram(report):
        return report["ram_bytes"]["arena"] + report["ram_bytes"]["io"]

    for shared, share_of_ram in (("layer", 0.45), ("none", 0.6)):
        short = measured(tmp_path / shared, transformers.linformer_layer(512, 64, shared=shared), (1, 512, 64))
        assert instructions(short, "attention", "matmul", "add", "concat") <= 0.24 * instructions(full, "attention")
        assert ram(short) <= share_of_ram * ram(full)


@pytest.mark.long
@pytest.mark.parametrize("name, shape", [("bert", (1, 128, 128)), ("vit", (1, 3, 64, 64))])
def test_what_encoders_cost_is_predicted(name, shape, tmp_path):
    model = getattr(transformers, name)()
    assert 500_000 <= transformers.parameters(model) <= 3_000_000
    report = measured(tmp_path / "board", model, shape)
    cost = tinymlc_json("inspect", tmp_path / "board/model.onnx", "--cost", *as_integers(tmp_path / "board"))
    assert cost["ram_bytes"]["arena"] == report["ram_bytes"]["arena"]
    assert report["predicted_instructions"] == pytest.approx(report["instructions"], rel=0.08)
    assert report["predicted_flash_bytes"] == pytest.approx(report["flash_bytes"]["total"], rel=0.03)
    assert {layer["op"] for layer in report["layers"]} >= {"attention", "layer_norm", "fully_connected"}


@pytest.mark.parametrize("name", ["bert", "vit"])
def test_encoders_are_near_onnxruntime(name, tmp_path):
    path = saved(tmp_path, getattr(transformers, name)())
    left = tinymlc_json("inspect", path, "--after", "read_planes")["nodes_by_op"]
    assert not {"softmax", "matmul", "erf", "expand"} & left.keys()
    assert tinymlc_json("verify", path, "--oracle", "onnxruntime", "--samples", "1")["pass"]


def test_a_mask_that_is_scaled_stays_decomposed(tmp_path):
    """What resembles attention: the scale is taken after the mask."""
    make = transformers.Builder()
    mask = make.constant(numpy.where(numpy.tri(8), 0, -2).astype("f4"))
    scores = make.node("Add", make.node("MatMul", "x", make.node("Transpose", "x", perm=(0, 2, 1))), mask)
    scores = make.node("Mul", scores, make.constant(numpy.float32(0.25)))
    y = make.node("MatMul", make.node("Softmax", scores, axis=-1), "x")
    path = saved(tmp_path, make.model([1, 8, 16], y, [1, 8, 16]))
    assert "attention" not in tinymlc_json("inspect", path, "--after", "read_planes")["nodes_by_op"]
    assert tinymlc("verify", path, "--oracle", "onnxruntime", "--samples", "2").returncode == 0
