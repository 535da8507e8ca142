# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The transformers of the keyword example: they answer as onnxruntime does, and in int8 hear the same words."""
import sys

import numpy
import onnxruntime
import pytest

from conftest import ROOT, tinymlc, tinymlc_json

KEYWORDS = ROOT / "examples/keywords"

sys.path.insert(0, str(KEYWORDS))
import features  # noqa: E402

NETWORKS = ["attention.onnx", "linformer.onnx"]


@pytest.fixture(scope="module")
def maps(tmp_path_factory):
    """A file with the features of the example's recordings, and these features."""
    clips = [features.read_wav(path) for path in sorted((KEYWORDS / "wav").glob("*.wav"))]
    rows = features.features(numpy.stack(clips))
    path = tmp_path_factory.mktemp("maps") / "features.npz"
    numpy.savez(path, features=rows[:, None])
    return path, rows


def answers(network, path, folder, *options):
    tinymlc("run", KEYWORDS / network, "--input", path, "-o", folder, *options)
    return numpy.load(folder / "probabilities.npy").reshape(-1, 12)


@pytest.mark.parametrize("network", NETWORKS)
def test_transformers_answer_as_onnxruntime(network, maps, tmp_path):
    path, rows = maps
    settings = onnxruntime.SessionOptions()  # optimised, it rounds the inputs of layers with int8 weights
    settings.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    session = onnxruntime.InferenceSession(KEYWORDS / network, settings, providers=["CPUExecutionProvider"])
    expected = numpy.array([session.run(None, {"features": row[None]})[0].ravel() for row in rows])
    assert numpy.abs(answers(network, path, tmp_path) - expected).max() <= 1e-5
    calibrated = ("--quantize", "int8", "--calibrate", path)
    quantised = answers(network, path, tmp_path, *calibrated)
    sure = expected.max(axis=1) > 0.6
    assert sure.sum() >= 6 and (quantised.argmax(axis=1) == expected.argmax(axis=1))[sure].all()


@pytest.mark.parametrize("network", NETWORKS)
def test_transformers_fit_their_budget(network, maps):
    options = ("--quantize", "int8", "--calibrate", maps[0], "--target", "mps2-an500", "--no-cycles")
    report = tinymlc_json("bench", KEYWORDS / network, *options)
    assert report["flash_bytes"]["total"] <= 150_000 and report["ram_bytes"]["total"] <= 64 * 1024
