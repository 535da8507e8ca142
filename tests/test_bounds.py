# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Outputs of which only a run knows how many elements they have, bounded with --bound, against onnxruntime: what is filled
is the answer, and the count says how much that is."""
import re

import numpy
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper, save

from conftest import REFUSED, tinymlc

RNG = numpy.random.default_rng(5)
FLOAT, INT64, BOOL = TensorProto.FLOAT, TensorProto.INT64, TensorProto.BOOL


def type_of(array):
    return helper.np_dtype_to_tensor_dtype(array.dtype)


def build(path, nodes, arrays, outputs, opset=17, constants=()):
    graph = helper.make_graph(nodes, "bounds", [helper.make_tensor_value_info(name, type_of(array), array.shape)
                                                for name, array in arrays.items()],
                              [helper.make_tensor_value_info(name, kind, None) for name, kind in outputs.items()],
                              [numpy_helper.from_array(array, name) for name, array in constants])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9)
    save(model, path)
    return model


def oracle(model, arrays):
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, arrays)


def ours(folder, arrays, *arguments):
    for name, array in arrays.items():
        numpy.save(folder / f"{name}.npy", array[None])
        arguments += ("--input", f"{name}={folder / name}.npy")
    tinymlc("run", folder / "model.onnx", *arguments, "-o", folder / "out")
    return lambda name: numpy.load(folder / "out" / f"{name}.npy")[0]


def check(found, wanted, count, axis=0, behind=0):
    """The first `count` along the axis are the answer, and all others are `behind`."""
    assert found.dtype == wanted.dtype
    filled, rest = numpy.split(found, [count], axis)
    numpy.testing.assert_allclose(filled, wanted, rtol=1e-6)
    assert (rest == behind).all()


@pytest.mark.parametrize("bound", [3, 6, 100])
def test_non_zero(bound, tmp_path):
    x = RNG.integers(0, 2, (3, 4)).astype(numpy.float32)
    model = build(tmp_path / "model.onnx", [helper.make_node("NonZero", ["x"], ["y"])], {"x": x}, {"y": INT64})
    wanted = oracle(model, {"x": x})[0]
    found = ours(tmp_path, {"x": x}, "--bound", f"y={bound}")
    assert found("y_count") == wanted.shape[1]
    count = min(bound, wanted.shape[1])
    check(found("y"), wanted[:, :count], count, axis=1, behind=-1)


@pytest.mark.parametrize("axis", [None, 0, 1])
def test_compress(axis, tmp_path):
    x, keep = RNG.normal(size=(5, 6)).astype(numpy.float32), numpy.array([1, 0, 0, 1, 1], bool)
    node = helper.make_node("Compress", ["x", "keep"], ["y"], **({} if axis is None else {"axis": axis}))
    model = build(tmp_path / "model.onnx", [node], {"x": x, "keep": keep}, {"y": FLOAT})
    wanted = oracle(model, {"x": x, "keep": keep})[0]
    found = ours(tmp_path, {"x": x, "keep": keep}, "--bound", "y=4")
    assert found("y_count") == 3
    check(found("y"), wanted, 3, axis or 0)


RANGES = [(0, 7, 2), (0, 8, 2), (5, 0, -2), (5, -1, -3), (3, 3, 1), (3, 1, 1), (0, 100, 1)]


@pytest.mark.parametrize("dtype", [numpy.int64, numpy.int32, numpy.float32])
@pytest.mark.parametrize("start, limit, step", RANGES, ids=str)
def test_range(start, limit, step, dtype, tmp_path):
    arrays = {name: numpy.array(value, dtype) for name, value in (("start", start), ("limit", limit), ("step", step))}
    model = build(tmp_path / "model.onnx", [helper.make_node("Range", list(arrays), ["y"])], arrays,
                  {"y": helper.np_dtype_to_tensor_dtype(numpy.dtype(dtype))})
    wanted = oracle(model, arrays)[0]
    found = ours(tmp_path, arrays, "--bound", "y=6")
    count = min(6, len(wanted))
    assert found("y_count") == count
    check(found("y"), wanted[:count], count)


@pytest.mark.parametrize("k", [1, 3, 4])
def test_top_k(k, tmp_path):
    arrays = {"x": RNG.normal(size=(3, 5)).astype(numpy.float32), "k": numpy.array([k])}
    model = build(tmp_path / "model.onnx", [helper.make_node("TopK", ["x", "k"], ["y", "places"], axis=1)], arrays,
                  {"y": FLOAT, "places": INT64})
    values, places = oracle(model, arrays)
    found = ours(tmp_path, arrays, "--bound", "y=4")
    assert found("y_count") == k
    check(found("y"), values, k, axis=1)
    check(found("places"), places, k, axis=1, behind=-1)


@pytest.mark.parametrize("is_sorted", [0, 1])
@pytest.mark.parametrize("axis", [None, 0, 1])
def test_unique(axis, is_sorted, tmp_path):
    x = RNG.integers(0, 3, (6, 2)).astype(numpy.float32)
    attributes = {"sorted": is_sorted} | ({} if axis is None else {"axis": axis})
    names = ["y", "firsts", "inverse", "counts"]
    model = build(tmp_path / "model.onnx", [helper.make_node("Unique", ["x"], names, **attributes)], {"x": x},
                  {"y": FLOAT} | dict.fromkeys(names[1:], INT64))
    values, firsts, inverse, counts = oracle(model, {"x": x})
    found = ours(tmp_path, {"x": x}, "--bound", "y=9")
    count = int(found("y_count"))
    assert count == len(counts)
    check(found("y"), values, count, axis or 0)
    check(found("firsts"), firsts, count, behind=-1)
    check(found("counts"), counts, count)
    numpy.testing.assert_array_equal(found("inverse"), inverse)


def loop_model(path, trips, keep):
    """Sums of x, trip by trip, as long as they are below a limit where `keep` says so."""
    goes_on = helper.make_node("Less", ["after", "limit"], ["goes_on"]) if keep else helper.make_node(
        "Identity", ["before_goes_on"], ["goes_on"])
    body = helper.make_graph(
        [helper.make_node("Add", ["before", "x"], ["after"]), goes_on, helper.make_node("Identity", ["after"], ["each"])],
        "body", [helper.make_tensor_value_info("trip", INT64, []), helper.make_tensor_value_info("before_goes_on", BOOL, []),
                 helper.make_tensor_value_info("before", FLOAT, [])],
        [helper.make_tensor_value_info("goes_on", BOOL, []), helper.make_tensor_value_info("after", FLOAT, []),
         helper.make_tensor_value_info("each", FLOAT, [])])
    node = helper.make_node("Loop", ["trips", "", "x"], ["last", "all"], body=body)
    arrays = {"trips": numpy.array(trips), "x": numpy.array(1.5, numpy.float32)}
    return build(path, [node], arrays, {"last": FLOAT, "all": FLOAT},
                 constants=[("limit", numpy.array(5, numpy.float32))]), arrays


@pytest.mark.parametrize("keep", [False, True])
@pytest.mark.parametrize("trips", [0, 1, 4, 6])
def test_loop(trips, keep, tmp_path):
    model, arrays = loop_model(tmp_path / "model.onnx", trips, keep)
    last, every = oracle(model, arrays)
    found = ours(tmp_path, arrays, "--bound", "trips=6")
    assert found("last") == last
    assert found("all_count") == len(every)
    check(found("all"), every, len(every))


def test_advice_and_names(tmp_path):
    """Without a bound the refusal says which one to give; one of what needs none is refused."""
    x = numpy.zeros(4, numpy.float32)
    build(tmp_path / "model.onnx", [helper.make_node("NonZero", ["x"], ["y"])], {"x": x}, {"y": INT64})
    refusal = tinymlc("inspect", tmp_path / "model.onnx", code=REFUSED).stderr
    assert re.search("--bound y=N", refusal)
    unknown = tinymlc("inspect", tmp_path / "model.onnx", "--bound", "y=2", "--bound", "x=2", code=REFUSED).stderr
    assert "nothing of that name needs a bound" in unknown
    assert "is no bound" in tinymlc("inspect", tmp_path / "model.onnx", "--bound", "y=0", code=REFUSED).stderr


def test_parts_of_a_sequence(tmp_path):
    arrays = {"x": numpy.arange(6, dtype=numpy.float32), "sizes": numpy.array([1, 3, 2])}
    nodes = [helper.make_node("SplitToSequence", ["x", "sizes"], ["parts"]),
             helper.make_node("SequenceAt", ["parts", "one"], ["y"])]
    model = build(tmp_path / "model.onnx", nodes, arrays, {"y": FLOAT}, constants=[("one", numpy.array(1))])
    wanted = oracle(model, arrays)[0]
    assert "--bound parts=N" in tinymlc("inspect", tmp_path / "model.onnx", code=REFUSED).stderr
    check(ours(tmp_path, arrays, "--bound", "parts=4")("y"), wanted, 3)


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.37])
def test_max_roi_pool(scale, tmp_path):
    regions = numpy.concatenate([RNG.integers(0, 2, (6, 1)), RNG.uniform(-2, 14, (6, 4))], 1).astype(numpy.float32)
    arrays = {"x": RNG.normal(size=(2, 3, 9, 7)).astype(numpy.float32), "regions": regions}
    node = helper.make_node("MaxRoiPool", ["x", "regions"], ["y"], pooled_shape=[3, 2], spatial_scale=scale)
    model = build(tmp_path / "model.onnx", [node], arrays, {"y": FLOAT})
    numpy.testing.assert_array_equal(ours(tmp_path, arrays)("y"), oracle(model, arrays)[0])
