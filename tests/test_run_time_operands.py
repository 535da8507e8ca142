# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Operators whose operands (indices, axes, starts, pads, weights, scales) are inputs of the model, against onnxruntime."""
import numpy
import pytest
from onnx import helper, save

from conftest import tinymlc

RNG = numpy.random.default_rng(11)


def reals(*shape):
    return RNG.normal(0, 2, shape).astype(numpy.float32)


def ints(*numbers, dtype=numpy.int64):
    return numpy.array(numbers, dtype)


def indices(low, high, *shape, dtype=numpy.int64):
    return RNG.integers(low, high, shape).astype(dtype)


def distinct(extent, count):
    return RNG.permutation(extent)[:count].astype(numpy.int64)


X = reals(3, 4, 5)
# The operator, its opset, attributes, the arrays of its inputs, and the shapes that the file declares for its outputs.
CASES = [
    ("Gather", 17, {"axis": 1}, [X, indices(-4, 4, 2, 3)], [(3, 2, 3, 5)]),
    ("Gather", 17, {"axis": 2}, [X, indices(-5, 5, 7, dtype=numpy.int32)], [(3, 4, 7)]),
    ("Gather", 17, {}, [indices(-9, 9, 6, 2), ints(-1)], [(1, 2)]),
    ("GatherElements", 17, {"axis": 1}, [X, indices(-4, 4, 2, 3, 5)], [(2, 3, 5)]),
    ("GatherND", 17, {}, [X, indices(-3, 3, 6, 2)], [(6, 5)]),
    ("GatherND", 17, {"batch_dims": 1}, [X, indices(-4, 4, 3, 2, 1)], [(3, 2, 5)]),
    ("ScatterElements", 18, {"axis": 1, "reduction": "add"}, [X, indices(-4, 4, 3, 2, 5), reals(3, 2, 5)], [(3, 4, 5)]),
    ("ScatterElements", 18, {"axis": -1, "reduction": "max"}, [X, indices(-5, 5, 3, 4, 2), reals(3, 4, 2)], [(3, 4, 5)]),
    ("ScatterND", 18, {"reduction": "mul"}, [X, indices(0, 3, 6, 1), reals(6, 4, 5)], [(3, 4, 5)]),
    ("ScatterND", 18, {"reduction": "min"}, [X, indices(-3, 3, 6, 2), reals(6, 5)], [(3, 4, 5)]),
    ("ScatterND", 18, {}, [X, distinct(3, 2)[:, None], reals(2, 4, 5)], [(3, 4, 5)]),
    ("CumSum", 14, {"exclusive": 1}, [X, ints(1)[0]], [(3, 4, 5)]),
    ("CumSum", 14, {"reverse": 1}, [X, ints(-1, dtype=numpy.int32)[0]], [(3, 4, 5)]),
    ("TopK", 11, {"axis": 1}, [X, ints(3)], [(3, 3, 5), (3, 3, 5)]),
    ("TopK", 11, {"largest": 0}, [indices(0, 4, 4, 9, dtype=numpy.int32), ints(5)], [(4, 5), (4, 5)]),
    ("OneHot", 11, {"axis": 1}, [indices(-6, 6, 3, 4), ints(5), reals(2)], [(3, 5, 4)]),
    ("Compress", 11, {"axis": 1}, [X, numpy.array([True, False, False, True])], [(3, 2, 5)]),
    ("NonZero", 13, {}, [numpy.array([[1, 0, 2], [0, 0, 3]], numpy.float32)], [(2, 3)]),
    ("ReverseSequence", 10, {}, [X, ints(3, 1, 2, 0)], [(3, 4, 5)]),
    ("ReverseSequence", 10, {"time_axis": 1, "batch_axis": 0}, [X, ints(4, 1, 2)], [(3, 4, 5)]),
    ("Einsum", 12, {"equation": "bij, jkb -> ki"}, [X, reals(5, 2, 3)], [(2, 4)]),
    ("Einsum", 12, {"equation": "...ij, kj, i -> ...k"}, [X, reals(6, 5), reals(4)], [(3, 6)]),
    ("Einsum", 12, {"equation": "ijji->j"}, [reals(2, 3, 3, 2)], [(3,)]),
    ("Slice", 17, {}, [X, ints(-9, 1), ints(2, 4), ints(0, -1)], [(2, 4, 3)]),
    ("Slice", 17, {}, [X, ints(-1, 4), ints(-9, 0), ints(0, 2), ints(-2, -1)], [(2, 4, 4)]),
    ("Pad", 18, {}, [X, ints(1, 0, 2, 0, 3, 1), reals(1)[0]], [(4, 7, 8)]),
    ("Pad", 18, {"mode": "reflect"}, [X, ints(2, 1), None, ints(-1)], [(3, 4, 8)]),
    ("Pad", 18, {"mode": "edge"}, [X, ints(0, 2, 1, 4, 0, 0)], [(7, 6, 6)]),
    ("Pad", 19, {"mode": "wrap"}, [X, ints(0, 2, 1, 3, 0, 0)], [(6, 6, 6)]),
    ("ReduceMax", 18, {"keepdims": 0}, [reals(4, 4, 5), ints(1)], [(4, 5)]),
    ("ReduceSum", 13, {}, [X, ints(-1, 0)], [(1, 4, 1)]),
    ("Trilu", 14, {}, [X, ints(-1)[0]], [(3, 4, 5)]),
    ("Trilu", 14, {"upper": 0}, [X, ints(2)[0]], [(3, 4, 5)]),
    ("Conv", 17, {"pads": [1, 0, 2, 1], "strides": [2, 1], "dilations": [1, 2], "group": 2},
     [reals(2, 4, 7, 8), reals(6, 2, 3, 2), reals(6)], [(2, 6, 4, 7)]),
    ("Conv", 17, {"auto_pad": "SAME_UPPER"}, [reals(1, 3, 9), reals(2, 3, 4)], [(1, 2, 9)]),
    ("ConvTranspose", 17, {"strides": [2, 3], "pads": [0, 1, 1, 0], "group": 2},
     [reals(1, 4, 3, 4), reals(4, 2, 3, 2), reals(4)], [(1, 4, 6, 10)]),
    ("Resize", 18, {"mode": "linear"}, [reals(1, 2, 4, 5), None, None, ints(1, 2, 7, 3)], [(1, 2, 7, 3)]),
    ("Resize", 18, {"mode": "cubic", "coordinate_transformation_mode": "align_corners"},
     [reals(1, 1, 4, 5), None, None, ints(1, 1, 5, 10)], [(1, 1, 5, 10)]),
    ("BatchNormalization", 15, {}, [X, reals(4), reals(4), reals(4), reals(4) ** 2], [(3, 4, 5)]),
    ("QuantizeLinear", 19, {"axis": 1}, [X, reals(4) ** 2 + 0.01, indices(-9, 9, 4, dtype=numpy.int8)], [(3, 4, 5)]),
    ("QuantizeLinear", 21, {}, [10 * X, numpy.float32(0.01), numpy.uint16(700)], [(3, 4, 5)]),
    ("DequantizeLinear", 19, {}, [indices(0, 256, 3, 4, dtype=numpy.uint8), numpy.float32(0.3), numpy.uint8(128)],
     [(3, 4)]),
]


def save_model(path, op, opset, attributes, arrays, shapes):
    """Writes the model, all of whose operands are inputs, and returns it with its arrays by name."""
    names = [f"x{i}" if array is not None else "" for i, array in enumerate(arrays)]
    fed = {name: numpy.asarray(array) for name, array in zip(names, arrays) if name}
    outputs = [f"y{i}" for i in range(len(shapes))]
    integers = {"TopK": [None, numpy.int64], "NonZero": [numpy.int64]}.get(op, [None])
    first = numpy.asarray(arrays[2] if op in ("OneHot", "QuantizeLinear") else arrays[0]).dtype
    dtypes = [dtype or (numpy.float32 if op == "DequantizeLinear" else first) for dtype in integers]
    typed = lambda name, dtype, shape: helper.make_tensor_value_info(
        name, helper.np_dtype_to_tensor_dtype(numpy.dtype(dtype)), shape)
    graph = helper.make_graph([helper.make_node(op, names, outputs, **attributes)], "one",
                              [typed(name, array.dtype, array.shape) for name, array in fed.items()],
                              [typed(*port) for port in zip(outputs, dtypes, shapes)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9)
    save(model, path)
    return model, fed


def compare(case, target, folder):
    import onnxruntime
    model, fed = save_model(folder / "model.onnx", *case)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    expected = session.run(None, fed)
    arguments = []
    for name, array in fed.items():
        numpy.save(folder / f"{name}.npy", array[None])
        arguments += ["--input", f"{name}={folder / name}.npy"]
    tinymlc("run", folder / "model.onnx", "--target", target, *arguments, "-o", folder / "out")
    for i, array in enumerate(expected):
        ours = numpy.load(folder / f"out/y{i}.npy")[0]
        assert ours.dtype == array.dtype and ours.shape == array.shape
        if array.dtype.kind == "f":
            numpy.testing.assert_allclose(ours, array, rtol=1e-5, atol=1e-5)
        else:
            numpy.testing.assert_array_equal(ours, array)


@pytest.mark.parametrize("index", range(len(CASES)), ids=[f"{case[0]}{i}" for i, case in enumerate(CASES)])
def test_gives_what_onnxruntime_does(index, tmp_path):
    compare(CASES[index], "host", tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("index", [0, 3, 5, 7, 9, 11, 13, 24, 26, 33], ids=lambda i: f"{CASES[i][0]}{i}")
def test_gives_the_same_on_the_board(index, tmp_path):
    compare(CASES[index], "mps2-an500", tmp_path)


@pytest.mark.parametrize("far", [7, -8, 2**31 - 1, -(2**31), 2**63 - 1, -(2**63)])
def test_an_index_outside_is_the_nearest_inside(far, tmp_path):
    x = reals(7, 2)
    model, fed = save_model(tmp_path / "model.onnx", "Gather", 17, {}, [x, ints(far)], [(1, 2)])
    for name, array in fed.items():
        numpy.save(tmp_path / f"{name}.npy", array[None])
    tinymlc("run", tmp_path / "model.onnx", "--target", "host", "--input", f"x0={tmp_path}/x0.npy", "--input",
            f"x1={tmp_path}/x1.npy", "-o", tmp_path / "out")
    assert model is not None
    numpy.testing.assert_array_equal(numpy.load(tmp_path / "out/y0.npy")[0, 0], x[-1 if far > 0 else 0])
