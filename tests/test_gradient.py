# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Gradient of ai.onnx.preview.training, which onnxruntime does not have, against differences of the function in double."""
import numpy
import pytest
from onnx import TensorProto, helper, save

from conftest import REFUSED, tinymlc

RNG = numpy.random.default_rng(8)


def op(name, inputs, output):
    return helper.make_node(name, inputs, [output])


def sigmoid(x):
    return 1 / (1 + numpy.exp(-x))


# The nodes from inputs a, b to y, and the same in numpy.
CASES = {
    "broadcast": ([op("Add", ["a", "b"], "s"), op("Mul", ["s", "a"], "y")], lambda a, b: (a + b) * a, [(3, 4), (4,)]),
    "quotient": ([op("Sub", ["a", "b"], "d"), op("Exp", ["b"], "e"), op("Div", ["d", "e"], "y")],
                 lambda a, b: (a - b) / numpy.exp(b), [(2, 1), (2, 3)]),
    "layer": ([op("MatMul", ["a", "b"], "m"), op("Sigmoid", ["m"], "s"), op("Tanh", ["m"], "t"), op("Mul", ["s", "t"], "y")],
              lambda a, b: sigmoid(a @ b) * numpy.tanh(a @ b), [(2, 3), (3, 4)]),
    "functions": ([op("Abs", ["a"], "p"), op("Sqrt", ["p"], "r"), op("Log", ["p"], "l"), op("Sin", ["b"], "i"),
                   op("Cos", ["b"], "c"), op("Mul", ["r", "i"], "u"), op("Mul", ["l", "c"], "v"), op("Relu", ["u"], "w"),
                   op("Neg", ["v"], "n"), op("Reciprocal", ["p"], "q"), op("Add", ["w", "n"], "x"), op("Add", ["x", "q"], "y")],
                  lambda a, b: numpy.maximum(numpy.sqrt(abs(a)) * numpy.sin(b), 0) - numpy.log(abs(a)) * numpy.cos(b) + 1 / abs(a),
                  [(5,), (5,)]),
}


def differences(function, values, which):
    """Of the sum of all elements, by each element of one of the values."""
    step, result = 1e-6, numpy.zeros_like(values[which])
    for at in numpy.ndindex(result.shape):
        ends = []
        for sign in (1, -1):
            moved = [value.copy() for value in values]
            moved[which][at] += sign * step
            ends.append(function(*moved).sum())
        result[at] = (ends[0] - ends[1]) / (2 * step)
    return result


def build(path, nodes, shapes, of):
    gradient = helper.make_node("Gradient", ["a", "b"], ["da", "db"], domain="ai.onnx.preview.training", xs=["a", "b"], y=of)
    ports = [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in zip("ab", shapes)]
    outputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in (of, "da", "db")]
    graph = helper.make_graph([*nodes, gradient], "gradient", ports, outputs)
    save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 12), helper.make_opsetid("ai.onnx.preview.training", 1)],
                           ir_version=7), path)


@pytest.mark.parametrize("case", CASES)
def test_against_differences(case, tmp_path):
    nodes, function, shapes = CASES[case]
    values = [RNG.uniform(0.3, 2, shape) * RNG.choice([-1, 1], shape) for shape in shapes]
    build(tmp_path / "model.onnx", nodes, shapes, "y")
    arguments = []
    for name, value in zip("ab", values):
        numpy.save(tmp_path / f"{name}.npy", value.astype(numpy.float32)[None])
        arguments += ["--input", f"{name}={tmp_path / name}.npy"]
    tinymlc("run", tmp_path / "model.onnx", *arguments, "-o", tmp_path / "out")
    for which, name in enumerate(("da", "db")):
        found = numpy.load(tmp_path / "out" / f"{name}.npy")[0]
        numpy.testing.assert_allclose(found, differences(function, values, which), rtol=2e-4, atol=2e-5, err_msg=name)


def test_what_is_not_known_is_refused(tmp_path):
    build(tmp_path / "model.onnx", [op("Add", ["a", "b"], "s"), op("Erf", ["s"], "y")], [(3,), (3,)], "y")
    assert "the derivative of Erf" in tinymlc("inspect", tmp_path / "model.onnx", code=REFUSED).stderr
