# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Models of strangers, all that lie in the shared folders: near their oracle's outputs, or equal where these are integers."""
import numpy
import pytest

from conftest import SHARED, shared, tinymlc

FOLDERS = ["zoo", "rnn/byte_sb_bidi_lstm", "rnn", "voice"]
ORACLES = {".tflite": "litert", ".onnx": "onnxruntime"}
MODELS = [path for folder in FOLDERS for path in sorted((SHARED / "models" / folder).glob("*")) if path.suffix in ORACLES]
# What a file leaves open, and the oracle that runs it where the usual one does not.
OPTIONS = {
    "silero_vad_16k_op15": ["--shape", "input=1x576", "--shape", "state=2x1x128"],
    "model": ["--shape", "input=1x25"],
    "keyword_scrambled_8bit": None,
}


@pytest.mark.parametrize("target", ["host", pytest.param("mps2-an500", marks=pytest.mark.full)])
@pytest.mark.parametrize("model", MODELS, ids=lambda path: path.stem)
def test_a_model_is_as_its_oracle_has_it(model, target):
    options = OPTIONS.get(model.stem, [])
    if options is None:
        pytest.skip("LiteRT crashes on this file, which test_states.py compares with TFLite Micro")
    tinymlc("verify", model, "--oracle", ORACLES[model.suffix], "--target", target, "--samples", "1", *options)


@pytest.mark.parametrize("target", ["host", pytest.param("mps2-an500", marks=pytest.mark.long)])
def test_sentences_end_where_the_authors_of_the_model_saw_it(target, tmp_path):
    folder = shared("models/rnn/byte_sb_bidi_lstm")
    recorded = numpy.load(folder / "io.npz")
    numpy.savez(tmp_path / "recording.npz", input=recorded["input"][None], output=recorded["Add_26"][None])
    tinymlc("verify", folder / "model.onnx", "--shape", "input=2x58", "--target", target, "--oracle",
            tmp_path / "recording.npz")
