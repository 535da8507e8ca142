# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""A model on several threads of this process: the same bits whatever their number."""
import numpy
import onnx
import pytest

import transformers
from conftest import REFUSED, example_model, tinymlc

MODELS = {"linformer": lambda: transformers.linformer_layer(256, 64, shared="heads"),
          "full": lambda: transformers.attention_layer(128),
          "bert": transformers.bert, "vit": transformers.vit}


def check(name, threads, folder):
    model = MODELS[name]()
    onnx.save(model, folder / "model.onnx")
    shape = [dim.dim_value for dim in model.graph.input[0].type.tensor_type.shape.dim]
    numpy.savez(folder / "rows.npz", x=numpy.random.default_rng(1).standard_normal((2, *shape)).astype(numpy.float32))
    for form in ([], ["--quantize", "int8", "--calibrate", folder / "rows.npz"]):
        expected = None
        for count in threads:
            arguments = ["--input", folder / "rows.npz", "--threads", count, "-o", folder / "out"]
            tinymlc("run", folder / "model.onnx", *form, *arguments)
            outputs = numpy.load(folder / "out/y.npy")
            expected = outputs if expected is None else expected
            numpy.testing.assert_array_equal(outputs, expected, f"{form} on {count} threads")


def test_a_linformer_has_the_same_bits(tmp_path):
    check("linformer", (1, 3), tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("name", MODELS)
def test_encoders_have_the_same_bits(name, tmp_path):
    check(name, (1, 2, 3, 7), tmp_path)


def test_threads_are_of_this_process(tmp_path):
    numpy.save(tmp_path / "x.npy", numpy.zeros((1, 1, 49, 10), numpy.float32))
    message = tinymlc("run", example_model(), "--input", tmp_path / "x.npy", "--target", "mps2-an500", "--threads", 2,
                      code=REFUSED).stderr
    assert "mps2-an500" in message and "--threads" in message
