# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Transformers in int8, keyword networks and front ends of sound give the same integers in this process and on an emulated
board. Many models stand side by side in one, so that they share a firmware; CI runs a few of them."""
import json

import numpy
import onnx
import onnx.compose
import pytest

import board_conformance
import transformers
from conftest import ROOT, tinymlc
from sensors import write
from test_attention_forms import FORMS, sample
from test_keyword_networks import KEYWORDS, features
from test_sound import CLIPS, MFCC, samples_of
from test_transformers import KEPT, LENGTHS

BOARD = "mps2-an500"
ROWS = 4  # of calibration; the first ones run
IN_CI = ["trace_bert_mask.onnx", "trace_linformer_heads.onnx", "trace_module_causal.onnx"]


class Form:
    """A float model under names that no other has, with rows of its inputs."""

    def __init__(self, name, model, seed=3):
        self.name = name
        prefix = name.replace(".", "_") + "_"
        self.model = onnx.compose.add_prefix(model, prefix)
        rng = numpy.random.default_rng(seed)
        self.rows = {}
        for port in model.graph.input:
            shape = [dim.dim_value for dim in port.type.tensor_type.shape.dim]
            dtype = str(onnx.helper.tensor_dtype_to_np_dtype(port.type.tensor_type.elem_type))
            self.rows[prefix + port.name] = numpy.stack([sample(port.name, shape, dtype, rng) for _ in range(ROWS)])


def attention(name):
    return Form(name, onnx.load(ROOT / "tests/attention" / name))


def opset(form):
    return [(each.domain, each.version) for each in form.model.opset_import]


def batches(forms, size):
    """In their order, of the same opsets."""
    found = []
    for form in forms:
        if not found or len(found[-1]) == size or opset(found[-1][0]) != opset(form):
            found.append([])
        found[-1].append(form)
    return found


def outputs(target, model, folder, rows, *options, runs=1):
    numpy.savez(folder / "inputs.npz", **{name: array[:runs] for name, array in rows.items()})
    arguments = ["--target", target, "--input", folder / "inputs.npz", "-o", folder / target, "--json", *options]
    done = tinymlc("run", model, *arguments, timeout_s=3600)
    return {port["name"]: numpy.load(port["file"]) for port in json.loads(done.stdout)["outputs"]}


def check(folder, model, rows, *options, runs=1):
    """How many numbers are the same; none may differ."""
    host, board = (outputs(target, model, folder, rows, *options, runs=runs) for target in ("host", BOARD))
    assert host.keys() == board.keys() and host
    for name, expected in host.items():
        numpy.testing.assert_array_equal(board[name], expected, err_msg=name)
    return sum(array.size for array in host.values())


def check_int8(folder, model, rows):
    numpy.savez(folder / "rows.npz", **rows)
    return check(folder, model, rows, "--quantize", "int8", "--calibrate", folder / "rows.npz")


def check_together(folder, forms):
    onnx.save(board_conformance.side_by_side(forms), folder / "model.onnx")
    return check_int8(folder, folder / "model.onnx", {name: array for form in forms for name, array in form.rows.items()})


def test_some_side_by_side(tmp_path):
    forms = [attention(name) for name in IN_CI]
    for batch in batches(forms, len(forms)):
        assert check_together(tmp_path, batch) > 0


@pytest.mark.full
def test_attention_as_exporters_write_it(tmp_path):
    forms = sorted((attention(name) for name in FORMS if name.endswith(".onnx")), key=opset)
    numbers = sum(check_together(tmp_path, batch) for batch in batches(forms, 8))
    print(f"{len(forms)} models, {numbers} numbers are the same")


@pytest.mark.full
@pytest.mark.parametrize("name", [name for name in FORMS if name.endswith(".tflite")])
def test_attention_of_tensorflow(name, tmp_path):
    from ai_edge_litert.interpreter import Interpreter
    rng = numpy.random.default_rng(3)
    rows = {port["name"]: numpy.stack([sample(port["name"], port["shape"], str(port["dtype"]), rng) for _ in range(ROWS)])
            for port in Interpreter(str(ROOT / "tests/attention" / name)).get_input_details()}
    assert check_int8(tmp_path, ROOT / "tests/attention" / name, rows) > 0


@pytest.mark.full
@pytest.mark.parametrize("shared", ["layer", "heads", "none"])
def test_linformers(shared, tmp_path):
    forms = [Form(f"linformer_{length}_{kept}", transformers.linformer_layer(length, kept, shared=shared))
             for length in LENGTHS for kept in KEPT if kept < length]
    numbers = sum(check_together(tmp_path, batch) for batch in batches(forms, 4))
    print(f"{len(forms)} models, {numbers} numbers are the same")


@pytest.mark.full
@pytest.mark.parametrize("name", ["bert", "vit"])
def test_encoders(name, tmp_path):
    assert check_together(tmp_path, [Form(name, getattr(transformers, name)())]) > 0


@pytest.mark.full
@pytest.mark.parametrize("name", ["keywords.onnx", "attention.onnx", "linformer.onnx"])
def test_keyword_networks(name, tmp_path):
    rows = features.features(numpy.stack([features.read_wav(clip) for clip in CLIPS]))[:, None]
    if name == "keywords.onnx":  # it is int8 in its file
        assert check(tmp_path, KEYWORDS / name, {"features": rows}, runs=4) > 0
        return
    assert check_int8(tmp_path, KEYWORDS / name, {"features": rows}) > 0


FRONT_ENDS = {
    "bands": {},
    "cepstra": MFCC,
    "normalised": {"normalize_bands": True, "floor": 1e-4, "pre_emphasis": -0.5},
    "short": {"fft_points": 256, "window_samples": 256, "hop_samples": 200, "mel_bands": 20, "mel_low_hz": 100, "mel_high_hz": 4000},
    "pcan": {"pcan": {}, "floor": 0.1},
    "long": {"fft_points": 2048, "window_samples": 2048, "hop_samples": 1024, "mel_bands": 64},
}


@pytest.mark.full
@pytest.mark.parametrize("input_type", ["samples", "stream"])
@pytest.mark.parametrize("keys", FRONT_ENDS.values(), ids=FRONT_ENDS)
def test_front_ends(keys, input_type, tmp_path):
    spec = write(tmp_path / "sound.yaml", sound=keys)
    clips = numpy.stack([samples_of(clip) for clip in CLIPS[:3]])
    stream = []
    if input_type == "stream":
        hop = keys.get("hop_samples", 320)
        clips = clips.ravel()[:40 * hop].reshape(-1, hop)
        stream = ["--stream"]
    assert check(tmp_path, spec, {"samples": clips}, "--input-type", input_type, *stream, runs=len(clips)) > 0
