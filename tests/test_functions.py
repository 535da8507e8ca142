# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Functions of elements (src/tmc/function) against onnxruntime, on ordinary and extreme numbers, on the host and the emulated
board. The tables have a line for each: the operator, the attributes that are tried, and the numbers that it is defined for or
the types that it is tried in."""
import json
import re

import numpy
import onnx
import onnxruntime
import pytest
from onnx import helper, numpy_helper

from conftest import ROOT, tinymlc, tinymlc_json

ANY, POSITIVE, NOT_NEGATIVE, ANGLES = (-1e4, 1e4), (1e-30, 1e30), (0, 1e30), (-100, 100)

# Of one real.
FUNCTIONS = [
    ("Abs", {}, ANY),
    ("Acos", {}, (-1, 1)),
    ("Acosh", {}, (1, 1e4)),
    ("Asin", {}, (-1, 1)),
    ("Asinh", {}, ANY),
    ("Atan", {}, ANY),
    ("Atanh", {}, (-0.9, 0.999)),
    ("Ceil", {}, ANY),
    ("Celu", {"alpha": 0.5}, ANY),
    ("Cos", {}, ANGLES),
    ("Cosh", {}, (-80, 80)),
    ("Elu", {"alpha": 1.5}, ANY),
    ("Erf", {}, ANY),
    ("Exp", {}, (-80, 80)),
    ("Floor", {}, ANY),
    ("HardSwish", {}, ANY),
    ("LeakyRelu", {"alpha": 0.25}, ANY),
    ("Log", {}, POSITIVE),
    ("Mish", {}, (-80, 1e4)),
    ("Neg", {}, ANY),
    ("Relu", {}, ANY),
    ("Round", {}, ANY),
    ("Selu", {"alpha": 1.5, "gamma": 1.25}, ANY),
    ("Shrink", {"bias": 0.25, "lambd": 1.5}, ANY),
    ("Sigmoid", {}, ANY),
    ("Sign", {}, ANY),
    ("Sin", {}, ANGLES),
    ("Sinh", {}, (-80, 80)),
    ("Softplus", {}, (-80, 1e4)),
    ("Softsign", {}, ANY),
    ("Sqrt", {}, NOT_NEGATIVE),
    ("Tan", {}, (-1.5, 1.5)),
    ("Tanh", {}, ANY),
    ("ThresholdedRelu", {"alpha": 1.5}, ANY),
]
# Of one element, and of two that broadcast, in types that onnxruntime has too.
REALS, TRUTHS = ["float32"], ["bool"]
INTEGERS = ["int32", "int64"]
NUMBERS = REALS + INTEGERS
TYPED = [
    ("Abs", {}, ["int8", *INTEGERS]),
    ("BitwiseNot", {}, ["int8", "uint8", *INTEGERS]),
    ("IsInf", {"detect_negative": 0}, REALS),
    ("IsNaN", {}, REALS),
    ("Neg", {}, ["int8", *INTEGERS]),
    ("Not", {}, TRUTHS),
    ("Sign", {}, ["int8", "uint16", *INTEGERS]),
]
PAIRS = [
    ("Add", {}, NUMBERS),
    ("And", {}, TRUTHS),
    ("BitShift", {"direction": "LEFT"}, ["uint8", "uint32", "uint64"]),
    ("BitShift", {"direction": "RIGHT"}, ["uint8", "uint32", "uint64"]),
    ("BitwiseAnd", {}, ["int8", "uint16", "int64"]),
    ("BitwiseOr", {}, ["int8", "uint16", "int64"]),
    ("BitwiseXor", {}, ["int8", "uint16", "int64"]),
    ("Div", {}, NUMBERS),
    ("Equal", {}, NUMBERS + TRUTHS),
    ("Greater", {}, NUMBERS),
    ("GreaterOrEqual", {}, NUMBERS),
    ("Less", {}, NUMBERS),
    ("LessOrEqual", {}, NUMBERS),
    ("Max", {}, ["int8", "uint32", *NUMBERS]),
    ("Min", {}, ["int8", "uint32", *NUMBERS]),
    ("Mod", {}, ["int8", "uint16", *INTEGERS]),
    ("Mod", {"fmod": 1}, ["int8", *NUMBERS]),
    ("Mul", {}, NUMBERS),
    ("Or", {}, TRUTHS),
    ("Pow", {}, NUMBERS),
    ("Sub", {}, NUMBERS),
    ("Xor", {}, TRUTHS),
]
# Over axes.
REDUCTIONS = [
    ("ArgMax", {}, ["int8", *REALS]),
    ("ArgMax", {"select_last_index": 1}, REALS),
    ("ArgMin", {}, ["int8", *REALS]),
    ("ArgMin", {"select_last_index": 1}, REALS),
    ("ReduceL1", {}, ["float32", "int32"]),
    ("ReduceL2", {}, REALS),
    ("ReduceLogSum", {}, REALS),
    ("ReduceLogSumExp", {}, REALS),
    ("ReduceMax", {}, ["int8", *NUMBERS]),
    ("ReduceMean", {}, ["float32", "int32"]),
    ("ReduceMin", {}, ["int8", *NUMBERS]),
    ("ReduceProd", {}, NUMBERS),
    ("ReduceSum", {}, NUMBERS),
    ("ReduceSumSquare", {}, ["float32", "int32"]),
]
ELEMENTS = 400
# Of the largest result: sums and products of floats round in another order, or over other parts.
TOLERANCE = 2e-6


def save(folder, node, inputs):
    """A model of the node alone, with its inputs as arrays; their names are a, b, ... or what the node says."""
    ports = [helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape)
             for name, array in inputs.items()]
    graph = helper.make_graph([node], "function", ports, [onnx.ValueInfoProto(name="y")])
    path = folder / "function.onnx"
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9)
    onnx.save(onnx.shape_inference.infer_shapes(model), str(path))
    return path


def results(folder, model, inputs, target):
    """What onnxruntime gives, and what the model gives on the target."""
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    given = []
    for name, array in inputs.items():
        numpy.save(folder / f"{name}.npy", array[None])
        given += ["--input", f"{name}={folder / f'{name}.npy'}"]
    tinymlc("run", model, "--target", target, "-o", folder / "out", *given)
    return session.run(None, dict(inputs))[0], numpy.load(folder / "out/y.npy")[0]


def check(folder, node, inputs, target):
    expected, actual = results(folder, save(folder, node, inputs), inputs, target)
    assert (actual.dtype, actual.shape) == (expected.dtype, expected.shape)
    if expected.dtype != numpy.float32:
        assert numpy.array_equal(actual, expected)
        return
    largest = numpy.max(numpy.abs(expected), initial=1, where=numpy.isfinite(expected))
    close = numpy.isclose(actual, expected, rtol=TOLERANCE, atol=TOLERANCE * largest, equal_nan=True)
    assert close.all(), f"{actual[~close][:5]}, not {expected[~close][:5]}"


def numbers(smallest, largest):
    """Evenly over the range, as evenly over its exponents, halves, and its ends; one sample."""
    rng = numpy.random.default_rng(5)
    sizes = numpy.exp2(rng.uniform(-20, numpy.log2(largest), 100))
    values = numpy.concatenate([rng.uniform(max(smallest, -5), min(largest, 5), 100), sizes, -sizes,
                                numpy.arange(-40, 40) / 2, [smallest, largest, 0.0, 1.0, -1.0]])
    values = values[(values >= smallest) & (values <= largest)].astype(numpy.float32)
    return numpy.resize(values, (1, 1, ELEMENTS))


def any_elements(dtype, shape, seed, least=None):
    """Small ones of every kind, and of floats some that are no numbers or have no end."""
    rng = numpy.random.default_rng(seed)
    if dtype == "bool":
        return rng.integers(0, 2, shape).astype(bool)
    if dtype == "float32":
        return rng.normal(0, 4, shape).astype(dtype)
    low = 0 if dtype.startswith("u") else -9
    return rng.integers(low if least is None else least, 9, shape).astype(dtype)


def operators_of(folder):
    text = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "src/tmc/function" / folder).glob("*.hpp"))
    return set(re.findall(r'kOnnx = "(\w+)"', text))


def test_every_function_is_in_a_table():
    assert {op for op, *_ in FUNCTIONS + TYPED} == operators_of("unary")
    assert {op for op, *_ in PAIRS} - {"BitShift"} == operators_of("binary")
    assert {op for op, *_ in REDUCTIONS} == operators_of("reduction")


def each(table):
    """Its lines with one type each."""
    return [pytest.param(op, attributes, dtype, id="-".join([op, *map(str, attributes.values()), dtype]))
            for op, attributes, dtypes in table for dtype in dtypes]


def over_axes():
    """Those of one axis are not tried over several."""
    several = {"one": ((1,), 1), "two": ((0, 2), 0), "all": ((0, 1, 2), 0)}
    return [pytest.param(*line.values, axes, keep, id=f"{line.id}-{name}") for line in each(REDUCTIONS)
            for name, (axes, keep) in several.items() if name == "one" or not line.id.startswith("Arg")]


both_targets = pytest.mark.parametrize("target", ["host", pytest.param("mps2-an500", marks=pytest.mark.long)])


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
@pytest.mark.parametrize("op, attributes, domain", FUNCTIONS, ids=[op for op, *_ in FUNCTIONS])
def test_gives_what_onnxruntime_does(op, attributes, domain, target, tmp_path):
    x = numbers(*domain)
    model = save(tmp_path, helper.make_node(op, ["x"], ["y"], name="function", **attributes), {"x": x[0]})
    numpy.save(tmp_path / "x.npy", x)
    tinymlc("verify", model, "--target", target, "--oracle", "onnxruntime", "--input", f"x={tmp_path / 'x.npy'}")


@both_targets
@pytest.mark.parametrize("op, attributes, dtype", each(TYPED))
def test_of_other_types(op, attributes, dtype, target, tmp_path):
    x = any_elements(dtype, (5, 7), 1)
    if dtype == "float32":
        x[0, :4] = [numpy.nan, numpy.inf, -numpy.inf, -0.0]
    check(tmp_path, helper.make_node(op, ["x"], ["y"], **attributes), {"x": x}, target)


@both_targets
@pytest.mark.parametrize("op, attributes, dtype", each(PAIRS))
def test_of_pairs(op, attributes, dtype, target, tmp_path):
    a = any_elements(dtype, (3, 4, 5), 1)
    b = any_elements(dtype, (4, 1), 2)
    if op in ("Div", "Mod"):  # onnxruntime traps where we say zero
        b = numpy.where(b == 0, numpy.array(3, dtype), b)
    if op == "Pow":
        a, b = (numpy.abs(a), b) if dtype == "float32" else (a, numpy.abs(b))
    check(tmp_path, helper.make_node(op, ["a", "b"], ["y"], **attributes), {"a": a, "b": b}, target)


@both_targets
@pytest.mark.parametrize("op, attributes, dtype, axes, keep", over_axes())
def test_over_axes(op, attributes, dtype, axes, keep, target, tmp_path):
    x = any_elements(dtype, (3, 4, 5), 1, least=-3)
    if op == "ReduceLogSum":
        x = numpy.abs(x)
    names, given = ["x"], {"keepdims": keep, **attributes}
    if op.startswith("Arg"):
        given["axis"] = axes[0]
    elif op == "ReduceSum":
        names.append("axes")
    else:
        given["axes"] = axes
    node = helper.make_node(op, names, ["y"], **given)
    model = save(tmp_path, node, {"x": x})
    changed = onnx.load(str(model))
    changed.opset_import[0].version = 13 if op == "ReduceSum" else 17
    if op == "ReduceSum":
        changed.graph.initializer.append(numpy_helper.from_array(numpy.int64(axes), "axes"))
        changed = onnx.shape_inference.infer_shapes(changed)
    onnx.save(changed, str(model))
    expected, actual = results(tmp_path, model, {"x": x}, target)
    assert (actual.dtype, actual.shape) == (expected.dtype, expected.shape)
    assert numpy.allclose(actual, expected, rtol=1e-5, atol=1e-5) if dtype == "float32" else numpy.array_equal(actual, expected)


@both_targets
@pytest.mark.parametrize("to", ["float32", "float64", "int8", "int32", "int64", "uint8", "bool"])
@pytest.mark.parametrize("dtype", ["float32", "int8", "int32", "int64", "uint8", "bool"])
def test_casts(dtype, to, target, tmp_path):
    x = any_elements(dtype, (4, 9), 3, least=0)
    if to.startswith("u"):
        x = numpy.abs(x) if dtype != "bool" else x
    node = helper.make_node("Cast", ["x"], ["y"], to=helper.np_dtype_to_tensor_dtype(numpy.dtype(to)))
    check(tmp_path, node, {"x": x}, target)


@both_targets
@pytest.mark.parametrize("dtype", ["float32", "int8", "int64", "bool"])
def test_choices(dtype, target, tmp_path):
    inputs = {"c": any_elements("bool", (4, 1, 5), 1), "a": any_elements(dtype, (3, 1), 2), "b": any_elements(dtype, (5,), 3)}
    if dtype in ("int8", "bool"):  # onnxruntime chooses between other types alone
        expected = numpy.where(*inputs.values())
        model = save(tmp_path, helper.make_node("Where", list(inputs), ["y"]), inputs)
        for name, array in inputs.items():
            numpy.save(tmp_path / f"{name}.npy", array[None])
        tinymlc("run", model, "--target", target, "-o", tmp_path / "out",
                *(part for name in inputs for part in ("--input", f"{name}={tmp_path / f'{name}.npy'}")))
        assert numpy.array_equal(numpy.load(tmp_path / "out/y.npy")[0], expected)
        return
    check(tmp_path, helper.make_node("Where", list(inputs), ["y"]), inputs, target)


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
def test_long_integers_that_fit_are_narrowed(target, tmp_path):
    """Positions counted from a mask, as transformers do: nothing but the model's output is int64 on the way."""
    mask = any_elements("bool", (4, 6), 3)
    constants = {"many": numpy.int64(100000), "offset": numpy.int64([[-7], [0], [9], [2000]]), "axes": numpy.int64([1])}
    nodes = [helper.make_node("Cast", ["m"], ["n"], to=onnx.TensorProto.INT64),
             helper.make_node("Mul", ["n", "many"], ["scaled"]), helper.make_node("Add", ["scaled", "offset"], ["moved"]),
             helper.make_node("ReduceMax", ["moved", "axes"], ["largest"], keepdims=1),
             helper.make_node("Sub", ["moved", "largest"], ["y"])]
    graph = helper.make_graph(nodes, "positions", [helper.make_tensor_value_info("m", onnx.TensorProto.BOOL, mask.shape)],
                              [helper.make_tensor_value_info("y", onnx.TensorProto.INT64, mask.shape)],
                              [numpy_helper.from_array(numpy.asarray(value), name) for name, value in constants.items()])
    model = tmp_path / "positions.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9), model)
    expected, actual = results(tmp_path, model, {"m": mask}, target)
    assert actual.dtype == numpy.int64 and numpy.array_equal(actual, expected)
    program = json.loads(tinymlc_json("inspect", model, "--after", "storage", "--target", target)["program"])
    kernels = [step["body"] for step in program["steps"]]
    assert "mul_i32" in kernels and "mul_i64" not in kernels, kernels
