# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Attention of ONNX and of onnxruntime's domain against onnxruntime, in float and in int8, and what the int8 core takes."""
import numpy
import pytest

import attention_models as models
from conftest import tinymlc, tinymlc_json

NEVER = numpy.float32(-numpy.inf)


def bools(rng, *shape):
    """A mask that leaves every query its first key."""
    seen = rng.random(shape) < 0.7
    seen[..., 0] = True
    return seen


def masked(rng, *shape):
    return numpy.where(bools(rng, *shape), rng.normal(0, 1, shape), NEVER).astype(numpy.float32)


def lengths(rng, batch, most):
    return rng.integers(2, most + 1, batch).astype(numpy.int32)


def visible(rng, *shape):
    return bools(rng, *shape).astype(numpy.int32)


CASES = {
    "onnx": lambda rng: models.of_onnx(rng),
    "onnx-apart": lambda rng: models.of_onnx(rng, apart=True, scale=0.2),
    "onnx-causal": lambda rng: models.of_onnx(rng, is_causal=1),
    "onnx-cross": lambda rng: models.of_onnx(rng, queries=7, keys=13),
    "onnx-grouped": lambda rng: models.of_onnx(rng, heads=6, kv_heads=2),
    "onnx-softcap": lambda rng: models.of_onnx(rng, softcap=2.0),
    "onnx-bools": lambda rng: models.of_onnx(rng, mask=bools(rng, 12, 12)),
    "onnx-numbers": lambda rng: models.of_onnx(rng, mask=masked(rng, 2, 1, 12, 12)),
    "attention": lambda rng: models.packed(rng),
    "attention-lengths": lambda rng: models.packed(rng, mask=lengths(rng, 2, 10)),
    "attention-keys": lambda rng: models.packed(rng, mask=visible(rng, 2, 10), unidirectional=1),
    "attention-queries": lambda rng: models.packed(rng, mask=visible(rng, 2, 10, 10), bias=models.reals(rng, 1, 2, 10, 10)),
    "multi-head": lambda rng: models.multi_head(rng, bias=True, scale=0.5),
    "multi-head-qkv": lambda rng: models.multi_head(rng, form="qkv"),
    "multi-head-kv": lambda rng: models.multi_head(rng, form="kv", mask=visible(rng, 2, 9)),
    "multi-head-mask": lambda rng: models.multi_head(rng, mask=lengths(rng, 2, 9), added=models.reals(rng, 2, 2, 9, 9)),
    "multi-head-causal": lambda rng: models.multi_head(rng, unidirectional=1),
    "multi-head-past": lambda rng: models.multi_head(rng, past=5),
    "grouped": lambda rng: models.grouped(rng),
    "grouped-packed": lambda rng: models.grouped(rng, packed_heads=True, rotary=True),
    "grouped-window": lambda rng: models.grouped(rng, local_window_size=3, rotary=True, rotary_interleaved=1),
}
# Where masks are numbers of the model, or none are there; a softcap stays float.
INTEGER = [name for name in CASES if name != "onnx-softcap" and "past" not in name and "grouped-" not in name]


def made(name):
    return CASES[name](numpy.random.default_rng(sum(name.encode())))


def expected_of(model, inputs):
    import onnxruntime
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, inputs)


def save_rows(path, rows):
    numpy.savez(path, **{name: numpy.stack([row[name] for row in rows]) for name in rows[0]})
    return path


def run(path, rows, folder, *options, target="host"):
    report = tinymlc_json("run", path, "--target", target, "--input", save_rows(folder / "rows.npz", rows), "-o",
                          folder / "out", *options)
    return [numpy.load(output["file"]) for output in report["outputs"]]


def snr_db(actual, expected):
    return 10 * numpy.log10((expected**2).sum() / ((actual - expected) ** 2).sum())


@pytest.mark.parametrize("name", CASES)
def test_gives_what_onnxruntime_does(name, tmp_path):
    case = made(name)
    model = case.save(tmp_path / "one.onnx")
    for actual, expected in zip(run(tmp_path / "one.onnx", [case.inputs], tmp_path), expected_of(model, case.inputs),
                                strict=True):
        numpy.testing.assert_allclose(actual[0], expected, rtol=0, atol=1e-5 * numpy.abs(expected).max())


def samples(name, count):
    """Several draws of one model's inputs; what is no real stays."""
    case = made(name)
    rng = numpy.random.default_rng(7)
    rows = [{port: models.reals(rng, *array.shape) if array.dtype == numpy.float32 else array
             for port, array in case.inputs.items()} for _ in range(count)]
    return case, rows


@pytest.mark.parametrize("name", INTEGER)
def test_int8_is_near_the_float_operator(name, tmp_path):
    case, rows = samples(name, 8)
    model = case.save(tmp_path / "one.onnx")
    rows_file = save_rows(tmp_path / "calibration.npz", rows)
    actual = run(tmp_path / "one.onnx", rows, tmp_path, "--quantize", "int8", "--calibrate", rows_file)[0]
    expected = numpy.stack([expected_of(model, row)[0] for row in rows])
    text = tinymlc("inspect", tmp_path / "one.onnx", "--after", "select", "--quantize", "int8", "--calibrate", rows_file).stdout
    assert "attention_s8" in text
    # Operands of eight bits alone cost as much.
    assert snr_db(actual, expected) >= 26
