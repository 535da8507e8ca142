# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Sequences of ONNX against onnxruntime: built, split, joined, carried through loops, as inputs and as outputs."""
import numpy
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper, save

from conftest import REFUSED, tinymlc

FLOAT = TensorProto.FLOAT


def sequence_info(name):
    return helper.make_tensor_sequence_value_info(name, FLOAT, None)


def model_of(path, nodes, inputs, outputs, constants=()):
    graph = helper.make_graph(nodes, "sequences", inputs, outputs,
                              [numpy_helper.from_array(numpy.array(value), name) for name, value in constants])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    save(model, path)
    return model


def oracle(model, feeds):
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"]).run(None, feeds)


def ours(folder, feeds, *arguments):
    for name, array in feeds.items():
        numpy.save(folder / f"{name}.npy", array[None])
        arguments += ("--input", f"{name}={folder / name}.npy")
    tinymlc("run", folder / "model.onnx", *arguments, "-o", folder / "out")
    return lambda name: numpy.load(folder / "out" / f"{name}.npy")[0]


def reals(*shape):
    return numpy.random.default_rng(len(shape)).normal(size=shape).astype(numpy.float32)


def tensor_info(name, *shape):
    return helper.make_tensor_value_info(name, FLOAT, shape or None)


@pytest.mark.parametrize("axis", [0, 1, -1])
@pytest.mark.parametrize("split", [None, numpy.int64(2), [1, 2, 2], numpy.int32(5)], ids=str)
def test_split_joined_backwards(split, axis, tmp_path):
    extents = [5, 5]
    node = helper.make_node("SplitToSequence", ["x", "split"] if split is not None else ["x"], ["parts"], axis=axis)
    count = 5 if split is None else len(split) if isinstance(split, list) else -(-5 // int(split))
    nodes = [node, helper.make_node("SequenceEmpty", [], ["seq0"])]
    for i in range(count):
        nodes += [helper.make_node("SequenceAt", ["parts", f"at{i}"], [f"part{i}"]),
                  helper.make_node("SequenceInsert", [f"seq{i}", f"part{i}", "front"] if i % 2 else [f"seq{i}", f"part{i}"],
                                   [f"seq{i + 1}"])]
    nodes.append(helper.make_node("ConcatFromSequence", [f"seq{count}"], ["y"], axis=axis))
    constants = [("front", numpy.int64(0)), *((f"at{i}", numpy.int64(i - count)) for i in range(count))]
    if split is not None:
        constants.append(("split", numpy.array(split)))
    model = model_of(tmp_path / "model.onnx", nodes, [tensor_info("x", *extents)], [tensor_info("y")], constants)
    x = reals(*extents)
    numpy.testing.assert_array_equal(ours(tmp_path, {"x": x})("y"), oracle(model, {"x": x})[0])


def test_outputs_and_inputs(tmp_path):
    """A sequence of inputs, one erased and one replaced, is a sequence of outputs; its length is a constant."""
    nodes = [helper.make_node("SequenceErase", ["s", "one"], ["fewer"]), helper.make_node("Neg", ["x"], ["n"]),
             helper.make_node("SequenceInsert", ["fewer", "n", "one"], ["y"]),
             helper.make_node("SequenceLength", ["y"], ["count"])]
    model = model_of(tmp_path / "model.onnx", nodes, [sequence_info("s"), tensor_info("x", 4)],
                     [sequence_info("y"), helper.make_tensor_value_info("count", TensorProto.INT64, [])],
                     [("one", numpy.int64(1))])
    s, x = [reals(2, 3) + i for i in range(3)], reals(4)
    wanted, count = oracle(model, {"s": s, "x": x})
    found = ours(tmp_path, {**{f"s_{i}": s[i] for i in (0, 2)}, "s_1": s[1], "x": x}, "--shape", "s=3x2x3")
    for i, array in enumerate(wanted):
        numpy.testing.assert_array_equal(found(f"y_{i}"), array)
    assert found("count") == count == 3


def test_a_loop_collects(tmp_path):
    body = helper.make_graph(
        [helper.make_node("Identity", ["go"], ["go_on"]), helper.make_node("Cast", ["i"], ["real"], to=FLOAT),
         helper.make_node("Mul", ["x", "real"], ["scaled"]), helper.make_node("SequenceInsert", ["before", "scaled"], ["after"])],
        "body", [helper.make_tensor_value_info("i", TensorProto.INT64, []), helper.make_tensor_value_info("go", TensorProto.BOOL, []),
                 sequence_info("before")],
        [helper.make_tensor_value_info("go_on", TensorProto.BOOL, []), sequence_info("after")])
    nodes = [helper.make_node("SequenceEmpty", [], ["none"]),
             helper.make_node("Loop", ["trips", "true", "none"], ["all"], body=body),
             helper.make_node("ConcatFromSequence", ["all"], ["y"], axis=1, new_axis=1)]
    model = model_of(tmp_path / "model.onnx", nodes, [tensor_info("x", 3)], [tensor_info("y")],
                     [("trips", numpy.int64(4)), ("true", numpy.array(True))])
    x = reals(3)
    numpy.testing.assert_array_equal(ours(tmp_path, {"x": x})("y"), oracle(model, {"x": x})[0])


@pytest.mark.parametrize("nodes, says", [
    ([("SequenceConstruct", ["x", "x"], ["s"], {}), ("SequenceAt", ["s", "at"], ["y"], {})], "('at') is an input"),
    ([("SequenceConstruct", ["x", "x"], ["s"], {}), ("Neg", ["s"], ["y"], {})], "'s' is a sequence"),
    ([("SequenceAt", ["x", "zero"], ["y"], {})], "'x' is no sequence"),
    ([("SequenceConstruct", ["x"], ["s"], {}), ("SequenceAt", ["s", "two"], ["y"], {})], "position is 2 of 1"),
    ([("SequenceEmpty", [], ["s"], {}), ("SequenceErase", ["s"], ["t"], {}), ("SequenceLength", ["t"], ["y"], {})], "empty"),
    ([("SequenceEmpty", [], ["s"], {}), ("ConcatFromSequence", ["s"], ["y"], {"axis": 0})], "has no elements"),
])
def test_what_is_not_known_is_refused(nodes, says, tmp_path):
    model_of(tmp_path / "model.onnx", [helper.make_node(op, ins, outs, **more) for op, ins, outs, more in nodes],
             [tensor_info("x", 4), helper.make_tensor_value_info("at", TensorProto.INT64, [])], [tensor_info("y")],
             [("zero", numpy.int64(0)), ("two", numpy.int64(2))])
    assert says in tinymlc("inspect", tmp_path / "model.onnx", code=REFUSED).stderr


def test_inputs_need_a_length(tmp_path):
    model_of(tmp_path / "model.onnx", [helper.make_node("SequenceLength", ["s"], ["y"])], [sequence_info("s")],
             [helper.make_tensor_value_info("y", TensorProto.INT64, [])])
    assert "--shape s=3x2x4" in tinymlc("inspect", tmp_path / "model.onnx", code=REFUSED).stderr
