# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Transformers in int8 against float, end to end, on rows that were not calibrated with: what smoothing gives where
channels of norms stand out or heads have different ranges."""
import numpy
import onnx
import pytest

import transformers
from conftest import tinymlc_json

SMALL = {"length": 16, "width": 32, "heads": 4, "layers": 2, "hidden": 64}


def rows(path, shape, count, seed):
    numpy.savez(path, x=numpy.random.default_rng(seed).standard_normal((count, *shape)).astype(numpy.float32))
    return path


def quantized(model, shape, folder, *options):
    onnx.save(model, folder / "model.onnx")
    return tinymlc_json("quantize", folder / "model.onnx", "--quantize", "int8", "--calibrate",
                        rows(folder / "calibration.npz", shape, 32, 1), "--score", rows(folder / "others.npz", shape, 16, 2),
                        *options)


def snr_db(model, shape, folder, *options):
    report = quantized(model, shape, folder, *options)
    assert all(layer["integer"] for layer in report["layers"])
    return report["score"]["snr_db"]


def planted(name):
    planter = transformers.Planter(transformers.bert(**SMALL))
    if name in ("outliers", "both"):
        planter.outliers()
    if name in ("heads", "both"):
        planter.uneven_heads(SMALL["heads"])
    return planter.model


@pytest.mark.parametrize("name", ["plain", "outliers", "heads", "both"])
def test_int8_is_near_float_whatever_stands_out(name, tmp_path):
    assert snr_db(planted(name), (1, 16, 32), tmp_path) >= 20


@pytest.mark.parametrize("name, gain_db", [("outliers", 6), ("heads", 3), ("both", 6)])
def test_smoothing_is_what_does_it(name, gain_db, tmp_path):
    report = quantized(planted(name), (1, 16, 32), tmp_path)
    smoothing = next(repair for repair in report["repairs"] if repair["name"] == "smoothing")
    assert smoothing["outcome"] == "kept"
    assert smoothing["snr_after_db"] >= smoothing["snr_before_db"] + gain_db


def test_planting_changes_nothing_in_float(tmp_path):
    import onnxruntime
    x = numpy.random.default_rng(3).standard_normal((1, 16, 32)).astype(numpy.float32)
    plain, changed = (onnxruntime.InferenceSession(planted(name).SerializeToString()).run(None, {"x": x})[0]
                      for name in ("plain", "both"))
    numpy.testing.assert_allclose(changed, plain, rtol=0, atol=1e-4 * numpy.abs(plain).max())
