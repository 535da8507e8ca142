# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Casts to ONNX's element types that are narrower than ours, against the conversions of ml_dtypes, which onnx brings."""
import numpy
import pytest
from onnx import TensorProto, helper, save

from conftest import tinymlc

# By the type: its name in ml_dtypes and its greatest number; beyond it, casts are held to onnx's conformance suite.
REALS = {"FLOAT8E4M3FN": ("float8_e4m3fn", 448), "FLOAT8E4M3FNUZ": ("float8_e4m3fnuz", 240),
         "FLOAT8E5M2": ("float8_e5m2", 57344), "FLOAT8E5M2FNUZ": ("float8_e5m2fnuz", 57344),
         "FLOAT4E2M1": ("float4_e2m1fn", 6)}
INTEGERS = {"INT4": ("int4", 4), "UINT4": ("uint4", 4)}


def run_cast(to, x, folder):
    """The array after a cast to the type and one back to float32."""
    if not hasattr(TensorProto, to):
        pytest.skip("this onnx is older than the type")
    graph = helper.make_graph([helper.make_node("Cast", ["x"], ["narrow"], to=getattr(TensorProto, to)),
                               helper.make_node("Cast", ["narrow"], ["y"], to=TensorProto.FLOAT)], "cast",
                              [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 23)], ir_version=11), folder / "model.onnx")
    numpy.save(folder / "x.npy", x[None])
    tinymlc("run", folder / "model.onnx", "--target", "host", "--input", folder / "x.npy", "-o", folder / "out")
    return numpy.load(folder / "out/y.npy")[0]


@pytest.mark.parametrize("to", REALS)
def test_reals_are_rounded_to_the_nearest(to, tmp_path):
    ml_dtypes = pytest.importorskip("ml_dtypes")
    name, greatest = REALS[to]
    dtype = getattr(ml_dtypes, name)
    rng = numpy.random.default_rng(3)
    bits = numpy.arange(2 ** (8 if "8" in name[:6] else 4), dtype=numpy.uint8)
    numbers = bits.view(dtype).astype(numpy.float32)
    numbers = numpy.sort(numbers[numpy.isfinite(numbers)])
    halves = (numbers[1:] + numbers[:-1]) / 2  # those that are as near to two
    some = rng.uniform(-greatest, greatest, 500) * 2.0 ** rng.integers(-20, 1, 500)
    x = numpy.concatenate([numbers, halves, some]).astype(numpy.float32)
    numpy.testing.assert_array_equal(run_cast(to, x, tmp_path), x.astype(dtype).astype(numpy.float32))


@pytest.mark.parametrize("to", INTEGERS)
def test_integers_keep_their_lowest_bits(to, tmp_path):
    name, bits = INTEGERS[to]
    x = numpy.arange(-300, 300).astype(numpy.float32) + numpy.float32(0.25)
    kept = numpy.trunc(x).astype(numpy.int64) % 2 ** bits
    if not name.startswith("u"):
        kept = numpy.where(kept >= 2 ** (bits - 1), kept - 2 ** bits, kept)
    numpy.testing.assert_array_equal(run_cast(to, x, tmp_path), kept.astype(numpy.float32))
