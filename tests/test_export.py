# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Models written as QDQ ONNX: onnx's checker takes them, we read them back to the same integers, and onnxruntime gives the
same but for the order of roundings."""
import collections

import numpy
import onnx
import onnxruntime
import pytest

from conftest import ROOT, shared, tinymlc, tinymlc_json
from test_bit_exact import TFLITE
from test_quantize import FLOAT, real_rows, split

OWN = ["resnet", "mixed"]
SCORED_ROWS = 400
# Plain ranges: what is tested here does not depend on how they are found.
QUANTIZE = ["--ranges", "minmax", "--repair", "none"]
# Where the model itself sees two outputs as equally likely, or nearly so, a single step decides.
ARGMAX_AGREEMENT = 0.995


def own_rows(count):
    generator = numpy.random.default_rng(7)
    return generator.uniform(-1, 1, (count, 1, 3, 24, 24)).astype(numpy.float32)


def quantized(name, folder, scheme="int8"):
    """(float model, arguments that quantise it, rows with a batch of 1, the file that was exported)"""
    if name in OWN:
        model, rows, source = ROOT / f"tests/pytorch/{name}.onnx", own_rows(64), "image"
        calibration = rows[:, 0]
    else:
        model, all_rows, source = shared(FLOAT[name]), real_rows(name), "input_1"
        calibration = all_rows[split(name)[0]]
        rows = all_rows[:SCORED_ROWS, None]
    numpy.savez(folder / "calibration.npz", **{source: calibration})
    arguments = ["--quantize", scheme, *QUANTIZE, "--calibrate", folder / "calibration.npz"]
    exported = folder / "exported.onnx"
    tinymlc("quantize", model, *arguments, "--export", exported)
    onnx.checker.check_model(onnx.load(exported), full_check=True)
    return model, arguments, {source: rows}, exported


def outputs_of(model, inputs, folder, *arguments):
    numpy.savez(folder / "inputs.npz", **inputs)
    report = tinymlc_json("run", model, "--target", "host", "--input", folder / "inputs.npz", "-o", folder, *arguments)
    return numpy.load(report["outputs"][0]["file"])


@pytest.mark.parametrize("scheme", ["int8", "int16x8"])
@pytest.mark.parametrize("name", [*FLOAT, *OWN])
def test_reads_back_and_runs_elsewhere(name, scheme, tmp_path):
    model, arguments, rows, exported = quantized(name, tmp_path, scheme)
    ours = outputs_of(model, rows, tmp_path, *arguments)
    assert (outputs_of(exported, rows, tmp_path) == ours).all()

    session = onnxruntime.InferenceSession(exported, providers=["CPUExecutionProvider"])
    (source, values), = rows.items()
    theirs = numpy.concatenate([session.run(None, {source: row})[0] for row in values])
    agreement = (ours.reshape(theirs.shape).argmax(axis=-1) == theirs.argmax(axis=-1)).mean()
    # Networks of random weights prefer nothing.
    assert name in OWN or agreement >= ARGMAX_AGREEMENT

    numpy.savez(tmp_path / "few.npz", **{source: values[:10]})
    verdict = tinymlc_json("verify", exported, "--oracle", "onnxruntime", "--input", tmp_path / "few.npz")
    assert verdict["pass"] and verdict["max_steps"] <= 2
    assert verdict["beyond_one_step"] <= 1e-3 * verdict["elements"]
    assert len(verdict["tensors"]) >= 12


@pytest.mark.parametrize("name", TFLITE)
def test_integer_models_of_tflite_are_written_too(name, tmp_path):
    exported = tmp_path / "exported.onnx"
    tinymlc("export", shared(TFLITE[name]), "-o", exported)
    model = onnx.load(exported)
    onnx.checker.check_model(model, full_check=True)
    operators = collections.Counter(node.op_type for node in model.graph.node)
    # Before the first layer, and where an image is flattened.
    assert operators["Transpose"] <= 2
    summary = tinymlc_json("inspect", shared(TFLITE[name]))
    generator = numpy.random.default_rng(3)
    port = summary["inputs"][0]
    rows = {port["name"]: generator.integers(-128, 128, (5, *port["shape"])).astype(numpy.int8)}
    assert (outputs_of(exported, rows, tmp_path) == outputs_of(shared(TFLITE[name]), rows, tmp_path)).all()


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    folder = tmp_path / "there"
    folder.mkdir()
    (folder / "taken.onnx").mkdir()
    for target in (folder / "taken.onnx", tmp_path / "absent" / "model.onnx"):
        refused = tinymlc("export", ROOT / "tests/pytorch/resnet.onnx", "-o", target, code=2)
        assert str(target) in refused.stderr
    assert [path.name for path in folder.iterdir()] == ["taken.onnx"]
