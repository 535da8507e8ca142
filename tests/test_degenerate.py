# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Models in which nothing is left to compute: they run, here and on a board, and give what onnxruntime gives."""
import numpy
import onnx
import pytest
from onnx import TensorProto, helper

from conftest import tinymlc, tinymlc_json

BOARD = "mps2-an500"
SHAPE = [1, 2, 3, 4]
NUMBERS = numpy.arange(24, dtype=numpy.float32).reshape(SHAPE)


def info(name, shape, dtype=TensorProto.FLOAT):
    return helper.make_tensor_value_info(name, dtype, shape)


def constant(name, values):
    return onnx.numpy_helper.from_array(numpy.asarray(values, numpy.float32), name)


def nothing_but_moves():
    """Identity, Dropout, Flatten, transposes that cancel."""
    nodes = [helper.make_node("Identity", ["x"], ["same"]), helper.make_node("Dropout", ["same"], ["kept"]),
             helper.make_node("Transpose", ["kept"], ["there"], perm=[0, 2, 3, 1]),
             helper.make_node("Transpose", ["there"], ["back"], perm=[0, 3, 1, 2]),
             helper.make_node("Flatten", ["back"], ["y"])]
    return helper.make_graph(nodes, "g", [info("x", SHAPE)], [info("y", [1, 24])])


def input_is_output():
    return helper.make_graph([helper.make_node("Relu", ["x"], ["y"])], "g", [info("x", SHAPE)],
                             [info("x", SHAPE), info("y", SHAPE)])


def only_an_input():
    return helper.make_graph([], "g", [info("x", SHAPE)], [info("x", SHAPE)])


def concat_of_inputs():
    return helper.make_graph([helper.make_node("Concat", ["a", "b"], ["y"], axis=0)], "g",
                             [info("a", SHAPE), info("b", SHAPE)], [info("y", [2, 2, 3, 4])])


def one_tensor_twice():
    nodes = [helper.make_node("Relu", ["x"], ["y"]), helper.make_node("Identity", ["y"], ["z"]),
             helper.make_node("Identity", ["y"], ["w"])]
    return helper.make_graph(nodes, "g", [info("x", SHAPE)], [info(name, SHAPE) for name in "yzw"])


def constant_output():
    nodes = [helper.make_node("Relu", ["x"], ["y"]), helper.make_node("Identity", ["c"], ["z"])]
    return helper.make_graph(nodes, "g", [info("x", SHAPE)], [info("y", SHAPE), info("z", SHAPE)],
                             [constant("c", NUMBERS)])


def no_inputs():
    nodes = [helper.make_node("Relu", ["c"], ["r"]), helper.make_node("Add", ["r", "c"], ["y"])]
    return helper.make_graph(nodes, "g", [], [info("y", SHAPE)], [constant("c", NUMBERS - 12)])


MODELS = [nothing_but_moves, input_is_output, only_an_input, concat_of_inputs, one_tensor_twice, constant_output,
          no_inputs]


def written(graph, path):
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8), path)
    return path


@pytest.fixture(params=MODELS, ids=lambda make: make.__name__)
def model(request, tmp_path):
    return written(request.param(), tmp_path / f"{request.param.__name__}.onnx")


def test_runs_here(model, tmp_path):
    report = tinymlc_json("verify", model, "--oracle", "onnxruntime", "--samples", 3)
    assert report["pass"], report
    assert report["elements"] > 0
    for stripes in ("none", "auto"):
        tinymlc("compile", model, "-o", tmp_path / stripes, "--target", BOARD, "--stream-rows", stripes)
        assert (tmp_path / stripes / "model.hpp").exists()


@pytest.mark.parametrize("make", [nothing_but_moves, no_inputs, constant_output], ids=lambda make: make.__name__)
def test_runs_on_a_board(make, tmp_path):
    model = written(make(), tmp_path / "model_.onnx")
    report = tinymlc_json("verify", model, "--oracle", "onnxruntime", "--target", BOARD, "--samples", 2)
    assert report["pass"], report
    bench = tinymlc_json("bench", model, "--target", BOARD)
    assert bench["instructions"] > 0
