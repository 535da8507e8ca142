# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""If, Loop, Scan and functions of the model against onnxruntime."""
import numpy
import pytest
from onnx import AttributeProto, TensorProto, helper, numpy_helper, save

from conftest import shared, tinymlc, tinymlc_process


def port(name, dtype=TensorProto.FLOAT, shape=None):
    return helper.make_tensor_value_info(name, dtype, shape)


def constant(name, value, dtype=numpy.int64):
    return numpy_helper.from_array(numpy.array(value, dtype), name)


def body(nodes, inputs, outputs, constants=()):
    return helper.make_graph(nodes, "body", inputs, outputs, list(constants))


def model_of(nodes, inputs, outputs, constants=(), functions=()):
    imports = [helper.make_opsetid("", 17)] + [helper.make_opsetid("mine", 1)] * bool(functions)
    return helper.make_model(helper.make_graph(nodes, "flow", inputs, outputs, list(constants)), opset_imports=imports,
                             functions=list(functions), ir_version=9)


def compare(model, arrays, folder, tolerance=1e-6):
    import onnxruntime
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [output.name for output in model.graph.output]
    save(model, folder / "model.onnx")
    arguments = []
    for name, array in arrays.items():
        numpy.save(folder / f"{name}.npy", array[None])
        arguments += ["--input", f"{name}={folder / name}.npy"]
    tinymlc("run", folder / "model.onnx", *arguments, "-o", folder / "out")
    for name, expected in zip(names, session.run(names, arrays)):
        numpy.testing.assert_allclose(numpy.load(folder / f"out/{name}.npy")[0], expected, rtol=tolerance, atol=tolerance)


def branches():
    inner = helper.make_node("If", ["c"], ["r"],
                             then_branch=body([helper.make_node("Exp", ["x"], ["r"])], [], [port("r")]),
                             else_branch=body([helper.make_node("Abs", ["x"], ["r"])], [], [port("r")]))
    return {"then_branch": body([helper.make_node("Mul", ["x", "two"], ["r"])], [], [port("r")]),
            "else_branch": body([inner], [], [port("r")])}


@pytest.mark.parametrize("length", [2, 3])
def test_a_condition_on_a_shape_chooses_a_branch(length, tmp_path):
    nodes = [helper.make_node("Size", ["x"], ["n"]), helper.make_node("Equal", ["n", "three"], ["c"]),
             helper.make_node("If", ["c"], ["y"], **branches())]
    model = model_of(nodes, [port("x", shape=[length])], [port("y")], [constant("three", 3), constant("two", 2, "f")])
    compare(model, {"x": numpy.linspace(-1, 1, length, dtype=numpy.float32)}, tmp_path)


@pytest.mark.parametrize("chosen", [False, True])
def test_a_computed_condition_takes_from_both_branches(chosen, tmp_path):
    model = model_of([helper.make_node("If", ["c"], ["y"], **branches())],
                     [port("x", shape=[3]), port("c", TensorProto.BOOL, [])], [port("y")], [constant("two", 2, "f")])
    compare(model, {"x": numpy.float32([-1, 0, 2]), "c": numpy.array(chosen)}, tmp_path)


def loop(condition_nodes, scans):
    """Adds x to a state, and doubles the number of the trip where `scans` asks for it."""
    nodes = [helper.make_node("Add", ["s", "x"], ["next"]), *condition_nodes]
    outputs = [port("goes_on", TensorProto.BOOL, []), port("next")]
    if scans:
        nodes.append(helper.make_node("Mul", ["next", "next"], ["square"]))
        outputs.append(port("square"))
    return body(nodes, [port("trip", TensorProto.INT64, []), port("before", TensorProto.BOOL, []), port("s", shape=[2])],
                outputs)


def test_a_loop_runs_as_often_as_it_says(tmp_path):
    graph = loop([helper.make_node("Identity", ["before"], ["goes_on"])], scans=True)
    model = model_of([helper.make_node("Loop", ["m", "", "x"], ["last", "all"], body=graph)], [port("x", shape=[2])],
                     [port("last"), port("all")], [constant("m", 4)])
    compare(model, {"x": numpy.float32([1, -3])}, tmp_path)


def test_a_loop_ends_by_a_condition_that_is_known(tmp_path):
    graph = loop([helper.make_node("Less", ["trip", "three"], ["goes_on"])], scans=True)
    model = model_of([helper.make_node("Loop", ["", "", "x"], ["last", "all"], body=graph)], [port("x", shape=[2])],
                     [port("last"), port("all")], [constant("three", 3)])
    compare(model, {"x": numpy.float32([1, -3])}, tmp_path)


@pytest.mark.parametrize("first", [0.5, 3, 100])
def test_a_loop_ends_by_a_condition_that_is_computed(first, tmp_path):
    graph = loop([helper.make_node("ReduceSum", ["next"], ["sum"], keepdims=0),
                  helper.make_node("Less", ["sum", "limit"], ["goes_on"])], scans=False)
    model = model_of([helper.make_node("Loop", ["m", "", "x"], ["last"], body=graph)], [port("x", shape=[2])],
                     [port("last")], [constant("m", 6), constant("limit", 10, "f")])
    compare(model, {"x": numpy.float32([first, 1])}, tmp_path)


def test_what_nobody_knows_the_extent_of_is_refused(tmp_path):
    graph = loop([helper.make_node("ReduceSum", ["next"], ["sum"], keepdims=0),
                  helper.make_node("Less", ["sum", "limit"], ["goes_on"])], scans=True)
    save(model_of([helper.make_node("Loop", ["m", "", "x"], ["last", "all"], body=graph)], [port("x", shape=[2])],
                  [port("all")], [constant("m", 6), constant("limit", 10, "f")]), tmp_path / "model.onnx")
    done = tinymlc_process("inspect", tmp_path / "model.onnx")
    assert done.returncode == 2 and "is known at run time alone" in done.stderr


@pytest.mark.parametrize("options", [{}, {"scan_input_directions": [1, 0]}, {"scan_output_directions": [1]},
                                     {"scan_input_axes": [1, -1]}, {"scan_output_axes": [-1]}], ids=str)
def test_a_scan_reads_and_writes_sequences(options, tmp_path):
    nodes = [helper.make_node("Add", ["s", "a"], ["sum"]), helper.make_node("Mul", ["sum", "b"], ["product"]),
             helper.make_node("Identity", ["sum"], ["next"])]
    graph = body(nodes, [port("s", shape=[3]), port("a", shape=[3]), port("b", shape=[3])], [port("next"), port("product")])
    model = model_of([helper.make_node("Scan", ["s0", "x", "z"], ["last", "all"], body=graph, num_scan_inputs=2, **options)],
                     [port("s0", shape=[3]), port("x", shape=[3, 3]), port("z", shape=[3, 3])], [port("last"), port("all")])
    rng = numpy.random.default_rng(1)
    compare(model, {name: rng.normal(size=shape).astype(numpy.float32) for name, shape in
                    {"s0": 3, "x": (3, 3), "z": (3, 3)}.items()}, tmp_path)


def test_functions_of_the_model_are_expanded(tmp_path):
    leaky = helper.make_node("LeakyRelu", ["shifted"], ["out"])
    leaky.attribute.append(AttributeProto(name="alpha", ref_attr_name="slope", type=AttributeProto.FLOAT))
    function = helper.make_function("mine", "Bend", ["v", "shift"], ["out"],
                                    [helper.make_node("Add", ["v", "shift"], ["shifted"]), leaky],
                                    [helper.make_opsetid("", 17)], ["slope"])
    nodes = [helper.make_node("Bend", ["x", "one"], ["t"], domain="mine", slope=0.5),
             helper.make_node("Bend", ["t", "one"], ["y"], domain="mine", slope=0.25)]
    model = model_of(nodes, [port("x", shape=[4])], [port("y")], [constant("one", 1, "f")], [function])
    compare(model, {"x": numpy.float32([-4, -2, 0, 3])}, tmp_path)


def test_a_function_that_calls_itself_is_refused(tmp_path):
    function = helper.make_function("mine", "Again", ["v"], ["out"],
                                    [helper.make_node("Again", ["v"], ["out"], domain="mine")],
                                    [helper.make_opsetid("", 17), helper.make_opsetid("mine", 1)])
    save(model_of([helper.make_node("Again", ["x"], ["y"], domain="mine")], [port("x", shape=[4])], [port("y")], (),
                  [function]), tmp_path / "model.onnx")
    done = tinymlc_process("inspect", tmp_path / "model.onnx")
    assert done.returncode == 2 and "deep in one another" in done.stderr, done.stderr


def test_silero_finds_speech_as_onnxruntime_does(tmp_path):
    import onnxruntime
    path = shared("models/voice/silero_vad_16k_op15.onnx")
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    rng = numpy.random.default_rng(2)
    frame = rng.normal(0, 0.1, (1, 512)).astype(numpy.float32)
    state = rng.normal(0, 0.5, (2, 1, 128)).astype(numpy.float32)
    arguments = ["--shape", "input=1x512", "--shape", "state=2x1x128"]
    arrays = {"input": frame, "state": state, "sr": numpy.array(16000)}
    for name, array in arrays.items():
        numpy.save(tmp_path / f"{name}.npy", array[None])
        arguments += ["--input", f"{name}={tmp_path / name}.npy"]
    tinymlc("run", path, *arguments, "-o", tmp_path / "out")
    for name, expected in zip(["output", "stateN"], session.run(["output", "stateN"], arrays)):
        ours = numpy.load(tmp_path / f"out/{name}.npy")[0]
        numpy.testing.assert_allclose(ours, expected, atol=1e-4 * numpy.abs(expected).max())
