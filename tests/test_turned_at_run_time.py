# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Rotary positions that are given when the model runs: their angles are computed in the graph, or looked up."""
import numpy
import onnx
import pytest

import transformers
from conftest import tinymlc, tinymlc_json
from test_normalization import expected_of

LENGTH = 24


def inputs_of(seed):
    rng = numpy.random.default_rng(seed)
    return {"x": rng.standard_normal((1, LENGTH, 64)).astype("f4"),
            "positions": rng.permutation(4 * LENGTH)[None, :LENGTH].astype("i8")}


def saved(folder, how):
    model = transformers.turned_layer(LENGTH, how=how)
    onnx.save(model, folder / "model.onnx")
    return model, folder / "model.onnx"


def run(path, inputs, *options):
    numpy.savez(path.parent / "in.npz", **{name: array[None] for name, array in inputs.items()})
    tinymlc("run", path, "--input", path.parent / "in.npz", "-o", path.parent / "out", *options)
    return numpy.load(path.parent / "out/y.npy")[0]


@pytest.mark.parametrize("how", ["computed", "looked up"])
def test_positions_of_run_time_are_one_operator(how, tmp_path):
    model, path = saved(tmp_path, how)
    left = tinymlc_json("inspect", path, "--after", "read_planes")["nodes_by_op"]
    assert left["rotary_embedding"] == 2 and left["attention"] == 1
    # What is left of moves are the frequencies.
    assert not {"neg", "softmax"} & left.keys() and left.get("transpose", 0) <= (how == "computed"), left
    inputs = inputs_of(3)
    wanted = expected_of(model, inputs)["y"]
    assert numpy.abs(run(path, inputs) - wanted).max() <= 1e-5 * numpy.abs(wanted).max()


@pytest.mark.parametrize("how", ["computed", "looked up"])
def test_they_turn_int8(how, tmp_path):
    model, path = saved(tmp_path, how)
    rows = [inputs_of(seed) for seed in range(16)]
    numpy.savez(tmp_path / "rows.npz", **{name: numpy.stack([row[name] for row in rows]) for name in rows[0]})
    quantized = ("--quantize", "int8", "--calibrate", tmp_path / "rows.npz")
    text = tinymlc("inspect", path, *quantized, "--after", "select").stdout
    assert text.count("rotary_embedding_s8") >= 2 and "rotary_embedding_f32" not in text
    inputs = inputs_of(99)
    wanted, got = expected_of(model, inputs)["y"], run(path, inputs, *quantized)
    assert 10 * numpy.log10((wanted**2).sum() / ((wanted - got)**2).sum()) >= 20
