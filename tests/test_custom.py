# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Operators of the user's own, `--custom`: the example and smaller models, on the host and on the emulated board, right
where the header is, and found out where it is not."""
import shutil
import subprocess
import sys

import numpy
import onnx
import pytest
from ai_edge_litert import schema_py_generated as schema
from flatbuffers import Builder, flexbuffers
from onnx import TensorProto, helper, numpy_helper

from conftest import ROOT, tinymlc, tinymlc_json

EXAMPLE = ROOT / "examples/custom"
BOARD = ("--target", "mps2-an500")


@pytest.fixture(scope="module")
def vibration(tmp_path_factory):
    path = tmp_path_factory.mktemp("custom") / "vibration.onnx"
    subprocess.run([sys.executable, EXAMPLE / "make_model.py", path], check=True)
    return path


def custom(folder=EXAMPLE):
    return ("--custom", folder / "filters.yaml")


def verify(model, *options, oracle="onnxruntime", code=0):
    return tinymlc_json("verify", model, "--oracle", oracle, "--samples", 4, *options, code=code)


@pytest.fixture
def copy(tmp_path):
    """The example's folder, to be spoilt."""
    return shutil.copytree(EXAMPLE, tmp_path / "copy")


def spoil(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("target", [(), BOARD, (*BOARD, "--optimize", "size"), (*BOARD, "--optimize", "speed")])
def test_the_example_is_right(vibration, target):
    report = verify(vibration, *custom(), *target)
    assert report["pass"] and report["elements"] > 0
    assert set(report["tensors"]) == {"classes", "energy"}


def test_the_example_runs_and_is_counted(vibration, tmp_path):
    signal = numpy.random.default_rng(3).normal(0, 1, (256, 3)).astype(numpy.float32)
    numpy.save(tmp_path / "in.npy", signal)
    answers = []
    for target in ((), BOARD):
        tinymlc("run", vibration, *custom(), *target, "--input", tmp_path / "in.npy", "-o", tmp_path / "out")
        answers.append({path.stem: numpy.load(path) for path in (tmp_path / "out").glob("*.npy")})
    assert len(answers[0]) == 2
    for name, array in answers[0].items():
        numpy.testing.assert_allclose(answers[1][name], array, rtol=1e-5)
    counted = tinymlc_json("bench", vibration, *custom(), *BOARD)
    predicted = tinymlc_json("inspect", vibration, *custom(), *BOARD, "--cost")
    assert counted and predicted
    assert "custom/biquad" in tinymlc("inspect", vibration, *custom(), "--after", "select").stdout


def test_the_folder_holds_all_that_it_needs(vibration, tmp_path):
    folder = tmp_path / "model"
    tinymlc("compile", vibration, *custom(), *BOARD, "-o", folder)
    assert (folder / "custom/filters.hpp").read_bytes() == (EXAMPLE / "filters.hpp").read_bytes()
    main = '#include "model.hpp"\nstatic vibration::Arena arena;\nint main() { vibration::Model(arena).run(); }\n'
    (folder.parent / "main.cpp").write_text(main, encoding="utf-8")
    sources = [folder.parent / "main.cpp", folder / "model.cpp", folder / "weights.cpp"]
    subprocess.run(["c++", "-std=c++17", "-Wall", "-Werror", f"-I{folder}", *sources, "-o", tmp_path / "main"], check=True)
    subprocess.run([tmp_path / "main"], check=True)


@pytest.mark.parametrize("target", [(), BOARD])
def test_a_wrong_header_is_found_out(vibration, copy, target):
    spoil(copy / "filters.hpp", "s[0] = p.b1 * x - p.a1 * y + s[1];", "s[0] = p.b1 * x + p.a1 * y + s[1];")
    report = verify(vibration, *custom(copy), *target, code=1)
    assert not report["pass"]
    assert report["first_difference"]["node"] == "filter"


def test_a_wrong_oracle_is_found_out_too(vibration, copy):
    spoil(copy / "oracle.py", "(parts**2).mean(axis=1)", "(parts**2).sum(axis=1)")
    assert not verify(vibration, *custom(copy), code=1)["pass"]


def refusal(model, folder, *options, command="compile"):
    more = ("-o", folder / "out") if command == "compile" else ()
    return tinymlc(command, model, *custom(folder), *options, *more, code=2).stderr


def test_errors_of_the_users_files_name_them(vibration, copy):
    spoil(copy / "oracle.py", "return y.astype(numpy.float32)", "return y[1:]")
    said = refusal(vibration, copy, "--oracle", "onnxruntime", command="verify")
    assert "biquad gives float64 [255, 3], the description says float32 [256, 3]" in said
    spoil(copy / "oracle.py", "return y[1:]", "return y")
    spoil(copy / "filters.yaml", "[frames // window, channels]", "[frames // (window - 32), channels]")
    assert "divides 256 by zero" in refusal(vibration, copy)
    spoil(copy / "filters.yaml", "[frames // (window - 32), channels]", "[frames // window, channels]")
    spoil(copy / "filters.hpp", "float* energy, int32_t windows, int32_t window,", "float* energy, int32_t windows,")
    said = refusal(vibration, copy, "--oracle", "onnxruntime", command="verify")
    assert "copy/filters.hpp: " in said and "arguments that its description lists" in said
    spoil(copy / "oracle.py", "def peaks(", "def summits(")
    assert "has no function 'peaks'" in refusal(vibration, copy, "--oracle", "onnxruntime", command="verify")


def test_all_that_is_wrong_with_a_description_is_said_at_once(vibration, copy):
    for old, new in (("dtype: f32, shape: [frames, channels]", "dtype: f33, shape: [frames, channels]"),
                     ("header: filters.hpp", "header: ../filters.hpp"), ("in_place: signal", "in_place: nothing"),
                     ("scratch: 8 * channels", "scratch: 8 * chanels"), ("oracle.py:biquad", "nowhere.py:biquad")):
        spoil(copy / "filters.yaml", old, new)
    said = refusal(vibration, copy)
    for part in ("filters.yaml", "operators[0]", "'f33'", "'header'", "'in_place'", "'chanels'", "nowhere.py"):
        assert part in said, said


def test_what_no_description_fits_is_refused_with_the_reasons(vibration, copy):
    spoil(copy / "filters.yaml", "{name: a, type: float, count: 2}", "{name: a, type: float, count: 3}")
    said = refusal(vibration, copy)
    assert "'filter'" in said and "its attribute 'a' is" in said
    spoil(copy / "filters.yaml", "com.example:Biquad", "com.example:Biquads")
    assert "com.example:Biquad" in refusal(vibration, copy)


def test_without_an_oracle_verify_says_so(vibration, copy):
    spoil(copy / "filters.yaml", "    oracle: oracle.py:biquad\n", "")
    assert "biquad" in refusal(vibration, copy, "--oracle", "onnxruntime", command="verify")


def network(nodes, inputs, outputs, constants):
    graph = helper.make_graph(nodes, "small", [helper.make_tensor_value_info(*port) for port in inputs],
                              [helper.make_tensor_value_info(*port) for port in outputs],
                              [numpy_helper.from_array(array, name) for name, array in constants.items()])
    return helper.make_model(graph, ir_version=8,
                             opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("com.example", 1)])


@pytest.mark.parametrize("target", [(), BOARD])
def test_integers_of_onnx_carry_their_scales(tmp_path, target):
    constants = {"scale": numpy.float32(0.02), "zero": numpy.int8(-7), "peak_scale": numpy.float32(0.03),
                 "peak_zero": numpy.int8(-100)}
    nodes = [helper.make_node("QuantizeLinear", ["x", "scale", "zero"], ["q"]),
             helper.make_node("Peaks", ["q"], ["p"], "peaks", domain="com.example", window=4),
             helper.make_node("DequantizeLinear", ["p", "peak_scale", "peak_zero"], ["y"])]
    onnx.save(network(nodes, [("x", TensorProto.FLOAT, [16, 5])], [("y", TensorProto.FLOAT, [4, 5])], constants),
              tmp_path / "small.onnx")
    report = verify(tmp_path / "small.onnx", *custom(), *target)
    assert report["pass"]
    wrong = shutil.copytree(EXAMPLE, tmp_path / "copy")
    spoil(wrong / "filters.hpp", "first[frame * channels] - input_zero_point;", "first[frame * channels];")
    assert not verify(tmp_path / "small.onnx", *custom(wrong), *target, code=1)["pass"]


@pytest.fixture(scope="module")
def convolutions(tmp_path_factory):
    """A custom operator between layers whose layout we change: it meets the file's own."""
    path = tmp_path_factory.mktemp("layers") / "layers.onnx"
    random = numpy.random.default_rng(7)
    constants = {"w1": random.normal(0, 0.3, (6, 2, 3, 3)).astype(numpy.float32),
                 "w2": random.normal(0, 0.3, (4, 6, 3, 3)).astype(numpy.float32)}
    nodes = [helper.make_node("Conv", ["image", "w1"], ["c1"], "first", pads=[1, 1, 1, 1]),
             helper.make_node("Relu", ["c1"], ["r1"]),
             helper.make_node("Halves", ["r1"], ["h"], "halves", domain="com.example"),
             helper.make_node("Conv", ["h", "w2"], ["c2"], "second")]
    onnx.save(network(nodes, [("image", TensorProto.FLOAT, [1, 2, 12, 12])], [("c2", TensorProto.FLOAT, [1, 4, 4, 10])],
                      constants), path)
    (path.parent / "halves.hpp").write_text(
        "inline void halves(const float* x, float* y, int c, int h, int w) {\n"
        "  for (int i = 0; i < c * h * w; ++i) if (i / w % 2 == 0) y[(i / w / 2) * w + i % w] = x[i] / 2;\n}\n")
    (path.parent / "oracle.py").write_text("def halves(x):\n    return x[:, :, ::2] / 2\n")
    (path.parent / "filters.yaml").write_text("""operators:
  - name: halves
    onnx: com.example:Halves
    inputs: [{name: x, dtype: f32, shape: [1, c, h, w]}]
    outputs: [{name: y, dtype: f32, shape: [1, c, (h + 1) // 2, w]}]
    header: halves.hpp
    function: halves
    arguments: [x, y, c, h, w]
    in_place: x
    oracle: oracle.py:halves
""")
    return path


@pytest.mark.parametrize("target", [(), BOARD])
def test_layouts_are_those_of_the_file(convolutions, target):
    assert verify(convolutions, *custom(convolutions.parent), *target)["pass"]


def test_quantising_leaves_it_in_float(convolutions, tmp_path):
    numpy.savez(tmp_path / "rows.npz", image=numpy.random.default_rng(9).normal(0, 1, (20, 1, 2, 12, 12)).astype(numpy.float32))
    options = (*custom(convolutions.parent), "--quantize", "int8", "--calibrate", tmp_path / "rows.npz")
    report = verify(convolutions, *options)
    assert report["pass"] and report["by_operator"]
    exported = tmp_path / "quantized.onnx"
    tinymlc("quantize", convolutions, *custom(convolutions.parent), "--calibrate", tmp_path / "rows.npz", "--repair", "none",
            "--export", exported)
    assert "Halves" in [node.op_type for node in onnx.load(exported).graph.node]
    assert verify(exported, *custom(convolutions.parent))["pass"]


def test_the_export_holds_the_node(vibration, tmp_path):
    exported = tmp_path / "exported.onnx"
    tinymlc("export", vibration, *custom(), "-o", exported)
    assert verify(exported, *custom())["pass"]


def tflite_model(dtype, operators, tensors):
    """tensors: name -> (shape, scale, zero point); operators: (builtin code or custom name, inputs, outputs, options)."""
    model, graph = schema.ModelT(), schema.SubGraphT()
    model.version, model.buffers, model.operatorCodes, model.subgraphs = 3, [schema.BufferT()], [], [graph]
    names = list(tensors)
    graph.tensors, graph.operators = [], []
    for name, (shape, scale, zero_point) in tensors.items():
        tensor = schema.TensorT()
        tensor.name, tensor.shape, tensor.buffer, tensor.type = name, shape, 0, dtype
        if scale:
            tensor.quantization = schema.QuantizationParametersT()
            tensor.quantization.scale, tensor.quantization.zeroPoint = [scale], [zero_point]
        graph.tensors.append(tensor)
    for kind, inputs, outputs, options in operators:
        code, operator = schema.OperatorCodeT(), schema.OperatorT()
        code.version = 1
        code.builtinCode = schema.BuiltinOperator.CUSTOM if isinstance(kind, str) else kind
        code.deprecatedBuiltinCode = code.builtinCode
        code.customCode = kind if isinstance(kind, str) else None
        operator.opcodeIndex = len(model.operatorCodes)
        model.operatorCodes.append(code)
        operator.inputs, operator.outputs = [names.index(name) for name in inputs], [names.index(name) for name in outputs]
        if options is not None:
            operator.customOptions = list(flexbuffers.Dumps(options))
        graph.operators.append(operator)
    graph.inputs, graph.outputs = [0], [len(names) - 1]
    builder = Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


@pytest.mark.parametrize("target", [(), BOARD])
@pytest.mark.parametrize("kind", ["float", "int8"])
def test_tflite_custom_operators(tmp_path, kind, target):
    scales = ((0.02, 3), (0.02, 3), (0.04, -128), (1 / 256, -128)) if kind == "int8" else ((0, 0),) * 4
    shapes = ([16, 5], [16, 5], [4, 5], [4, 5])
    tensors = {name: (shape, *scale) for name, shape, scale in zip(("x", "a", "p", "y"), shapes, scales)}
    builtin = schema.BuiltinOperator
    operators = [(builtin.RELU, ["x"], ["a"], None), ("Peaks", ["a"], ["p"], {"window": 4}),
                 (builtin.LOGISTIC, ["p"], ["y"], None)]
    if kind == "float":
        operators = [(builtin.RELU, ["x"], ["a"], None),
                     ("Biquad", ["a"], ["p"], {"a": [-0.5, 0.25], "b": [1.0, 0.5, 0.25]}),
                     (builtin.LOGISTIC, ["p"], ["y"], None)]
        tensors = {name: ([16, 5], 0, 0) for name in ("x", "a", "p", "y")}
    dtype = schema.TensorType.FLOAT32 if kind == "float" else schema.TensorType.INT8
    (tmp_path / "small.tflite").write_bytes(tflite_model(dtype, operators, tensors))
    report = verify(tmp_path / "small.tflite", *custom(), *target, oracle="litert")
    assert report["pass"] and report["elements"] > 0
    wrong = shutil.copytree(EXAMPLE, tmp_path / "copy")
    spoil(wrong / "filters.hpp", "if (magnitude > largest) largest = magnitude;", "if (magnitude > largest) largest = magnitude + 3;")
    spoil(wrong / "filters.hpp", "p.b0 * x + s[0]", "p.b0 * x")
    assert not verify(tmp_path / "small.tflite", *custom(wrong), *target, oracle="litert", code=1)["pass"]


@pytest.mark.parametrize("target", [(), BOARD])
def test_states_go_through_it(tmp_path, target):
    (tmp_path / "sum.hpp").write_text(
        "inline void sum(const float* x, const float* s, float* y, float* t, int n) {\n"
        "  for (int i = 0; i < n; ++i) {\n    t[i] = s[i] + x[i];\n    y[i] = 2 * t[i];\n  }\n}\n")
    (tmp_path / "filters.yaml").write_text("""operators:
  - name: sum
    onnx: Accumulate
    inputs: [{name: x, dtype: f32, shape: [n]}, {name: s, dtype: f32, shape: [n]}]
    outputs: [{name: y, dtype: f32, shape: [n]}, {name: t, dtype: f32, shape: [n]}]
    header: sum.hpp
    function: sum
""")
    ports = {name: (name, TensorProto.FLOAT, [3]) for name in "xsyt"}
    model = tmp_path / "sum.onnx"
    onnx.save(network([helper.make_node("Accumulate", ["x", "s"], ["y", "t"])], [ports["x"], ports["s"]],
                      [ports["y"], ports["t"]], {}), model)
    numpy.save(tmp_path / "x.npy", numpy.ones((4, 3), numpy.float32))
    assert "--name" in refusal(model, tmp_path)  # a function and a namespace of one name
    tinymlc("run", model, "--name", "total", *custom(tmp_path), *target, "--state", "s=t", "--stream", "--input",
            tmp_path / "x.npy", "-o", tmp_path / "out")
    assert numpy.load(tmp_path / "out/y.npy")[:, 0].tolist() == [2, 4, 6, 8]
