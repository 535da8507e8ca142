# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Functions of every element (src/tmc/function/unary) against onnxruntime, on ordinary and extreme numbers, on the host and the
emulated board. The table has a line for each: the operator, the attributes that are tried, and the numbers that it is defined
for."""
import re

import numpy
import onnx
import pytest
from onnx import TensorProto, helper

from conftest import ROOT, tinymlc

ANY, POSITIVE, NOT_NEGATIVE, ANGLES = (-1e4, 1e4), (1e-30, 1e30), (0, 1e30), (-100, 100)

FUNCTIONS = [
    ("Abs", {}, ANY),
    ("Ceil", {}, ANY),
    ("Celu", {"alpha": 0.5}, ANY),
    ("Cos", {}, ANGLES),
    ("Elu", {"alpha": 1.5}, ANY),
    ("Erf", {}, ANY),
    ("Exp", {}, (-80, 80)),
    ("Floor", {}, ANY),
    ("Log", {}, POSITIVE),
    ("Mish", {}, (-80, 1e4)),
    ("Round", {}, ANY),
    ("Selu", {"alpha": 1.5, "gamma": 1.25}, ANY),
    ("Sigmoid", {}, ANY),
    ("Sign", {}, ANY),
    ("Sin", {}, ANGLES),
    ("Softplus", {}, (-80, 1e4)),
    ("Softsign", {}, ANY),
    ("Sqrt", {}, NOT_NEGATIVE),
    ("Tanh", {}, ANY),
]
ELEMENTS = 400


def write_model(folder, op, attributes):
    ports = [[helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, ELEMENTS])] for name in "xy"]
    graph = helper.make_graph([helper.make_node(op, ["x"], ["y"], name="function", **attributes)], "function", *ports)
    path = folder / "function.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], ir_version=9), str(path))
    return path


def numbers(smallest, largest):
    """Evenly over the range, as evenly over its exponents, halves, and its ends; one sample."""
    rng = numpy.random.default_rng(5)
    sizes = numpy.exp2(rng.uniform(-20, numpy.log2(largest), 100))
    values = numpy.concatenate([rng.uniform(max(smallest, -5), 5, 100), sizes, -sizes, numpy.arange(-40, 40) / 2,
                                [smallest, largest, 0.0, 1.0, -1.0]])
    values = values[(values >= smallest) & (values <= largest)].astype(numpy.float32)
    return numpy.resize(values, (1, 1, ELEMENTS))


def test_every_function_is_in_the_table():
    files = (ROOT / "src/tmc/function/unary").glob("*.hpp")
    operators = {re.search(r'kOnnx = "(\w+)"', path.read_text(encoding="utf-8")).group(1) for path in files}
    assert {op for op, _, _ in FUNCTIONS} == operators


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
@pytest.mark.parametrize("op, attributes, domain", FUNCTIONS, ids=[op for op, _, _ in FUNCTIONS])
def test_gives_what_onnxruntime_does(op, attributes, domain, target, tmp_path):
    model = write_model(tmp_path, op, attributes)
    numpy.save(tmp_path / "x.npy", numbers(*domain))
    tinymlc("verify", model, "--target", target, "--oracle", "onnxruntime", "--input", f"x={tmp_path / 'x.npy'}")
