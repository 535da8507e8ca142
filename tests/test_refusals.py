# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What is refused: in one message that lists everything at once, with a code, the node and a hint, by `inspect` as by
`compile`. What other tests provoke is held to the same form by conftest.tinymlc."""
import concurrent.futures
import resource
import tempfile

import numpy
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from conftest import REFUSED, SHARED, check_message, shared, tinymlc, tinymlc_json, tinymlc_process


def models():
    folders = [SHARED / "cases", *(SHARED / "models" / name for name in ("zoo", "rnn", "voice", "vision", "gpt2_tiny"))]
    return [path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in (".onnx", ".tflite")]


def problem_with(path):
    """What is wrong about how the model is taken or refused; nothing where all is right."""
    inspected = tinymlc_process("inspect", path)
    with tempfile.TemporaryDirectory() as scratch:
        compiled = tinymlc_process("compile", path, "-o", f"{scratch}/out")
    codes = (inspected.returncode, compiled.returncode)
    if codes == (0, 0):
        return None
    if codes != (REFUSED, REFUSED):
        return f"inspect ends with {codes[0]}, compile with {codes[1]}: {compiled.stderr[:300]}"
    if inspected.stderr != compiled.stderr:
        return f"inspect says\n{inspected.stderr}compile says\n{compiled.stderr}"
    try:
        check_message(inspected.stderr)
    except AssertionError as wrong:
        return str(wrong)
    return None if f"tinymlc: {path}: " in inspected.stderr else f"no file: {inspected.stderr}"


def test_every_model_compiles_or_is_refused_by_inspect_too(capsys):
    shared("models")
    files = models()
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        problems = dict(zip(files, pool.map(problem_with, files)))
    with capsys.disabled():
        print(f"\n{len(files)} models are compiled, or refused by inspect and compile alike")
    assert {str(path): problem for path, problem in problems.items() if problem} == {}


# --- models that are wrong in several ways at once

def save(folder, nodes, inputs, outputs, initializers=(), value_info=()):
    port = lambda name, dtype, shape: helper.make_tensor_value_info(name, dtype, shape)
    graph = helper.make_graph(nodes, "g", [port(*each) for each in inputs], [port(*each) for each in outputs],
                              [numpy_helper.from_array(array, name) for name, array in initializers],
                              value_info=[port(*each) for each in value_info])
    path = folder / "model.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), path)
    return path


FLOAT = TensorProto.FLOAT


def test_operators_attributes_and_operands_are_listed_at_once(tmp_path):
    path = save(tmp_path,
                [helper.make_node("StringSplit", ["x"], ["n"], "find"),
                 helper.make_node("Det", ["x"], ["d"], "determinant"),
                 helper.make_node("Resize", ["x", "", "scales"], ["p"], "resizing", mode="spline"),
                 helper.make_node("Gather", ["x", "ids"], ["g"], "look_up"),
                 helper.make_node("Relu", ["p"], ["r"], "behind"),
                 helper.make_node("Resize", ["r", "", "ones"], ["y"], "resizing_too", mode="lanczos")],
                [("x", FLOAT, [2, 2]), ("ids", TensorProto.INT64, [3])],
                [("y", FLOAT, [4, 4]), ("n", TensorProto.INT64, [2, 1]), ("d", FLOAT, []), ("g", FLOAT, [3, 2])],
                [("scales", numpy.float32([2, 2])), ("ones", numpy.float32([1, 1]))], [("p", FLOAT, [4, 4])])
    for command in (["inspect"], ["compile", "-o", tmp_path / "out"]):
        message = tinymlc(command[0], path, *command[1:], code=REFUSED).stderr
        for part in ("2 operators are not supported", "StringSplit: 'find'", "Det: 'determinant'", "2 nodes are not supported",
                     "'resizing'", "mode 'spline'", "'resizing_too'", "mode 'lanczos'"):
            assert part in message, message
        # What reads a refused node's output is not to be blamed.
        assert "'behind'" not in message


def test_what_the_kernels_refuse_is_listed_with_what_the_import_refuses(tmp_path):
    path = save(tmp_path,
                [helper.make_node("Det", ["x"], ["d"], "determinant"),
                 helper.make_node("MatMul", ["i", "i"], ["s"], "product_of_integers")],
                [("x", FLOAT, [2, 2]), ("i", TensorProto.INT64, [3, 3])], [("d", FLOAT, []), ("s", TensorProto.INT64, [3, 3])])
    message = tinymlc("inspect", path, code=REFUSED).stderr
    assert "determinant" in message and "product_of_integers" in message, message


def test_a_constant_of_a_refused_node_is_not_called_computed(tmp_path):
    path = save(tmp_path,
                [helper.make_node("Unique", ["c"], ["n"], "find"),
                 helper.make_node("Reshape", ["x", "n"], ["y"], "reshape")],
                [("x", FLOAT, [4])], [("y", FLOAT, [1, 4])], [("c", numpy.ones(4, numpy.float32))])
    message = tinymlc("inspect", path, code=REFUSED).stderr
    assert "'find'" in message and "run time" not in message


def test_inspect_prints_what_it_can_before_it_refuses(tmp_path):
    path = save(tmp_path, [helper.make_node("MatMul", ["i", "i"], ["s"], "product_of_integers")],
                [("i", TensorProto.INT64, [3, 3])], [("s", TensorProto.INT64, [3, 3])])
    done = tinymlc("inspect", path, code=REFUSED)
    assert "input  'i': i64 3x3" in done.stdout and "'product_of_integers'" in done.stderr


# --- causes

def test_a_constant_that_is_there_twice_is_taken_with_a_warning(tmp_path):
    weights = numpy.float32([[1, 2], [3, 4]])
    path = save(tmp_path, [helper.make_node("Add", ["x", "w"], ["y"], "add")], [("x", FLOAT, [2, 2])],
                [("y", FLOAT, [2, 2])], [("w", weights), ("w", weights)])
    done = tinymlc("inspect", path)
    assert "warning: the constant 'w' is in the file twice" in done.stderr
    path = save(tmp_path, [helper.make_node("Add", ["x", "w"], ["y"], "add")], [("x", FLOAT, [2, 2])],
                [("y", FLOAT, [2, 2])], [("w", weights), ("w", weights + 1)])
    assert "two constants named 'w' with different values" in tinymlc("inspect", path, code=REFUSED).stderr


@pytest.mark.parametrize("mask", [-numpy.inf, numpy.finfo(numpy.float32).min], ids=["inf", "lowest"])
def test_a_mask_of_infinities_stays_float_when_the_rest_is_quantised(mask, tmp_path):
    generator = numpy.random.default_rng(2)
    causal = numpy.triu(numpy.full((4, 4), mask, numpy.float32), 1)
    weights = generator.normal(size=(8, 8)).astype(numpy.float32)
    path = save(tmp_path,
                [helper.make_node("MatMul", ["x", "w"], ["q"], "q"),
                 helper.make_node("Transpose", ["x"], ["t"], "t", perm=[0, 2, 1]),
                 helper.make_node("MatMul", ["q", "t"], ["s"], "scores"),
                 helper.make_node("Add", ["s", "mask"], ["m"], "masked"),
                 helper.make_node("Softmax", ["m"], ["p"], "softmax", axis=-1),
                 helper.make_node("MatMul", ["p", "x"], ["y"], "y")],
                [("x", FLOAT, [1, 4, 8])], [("y", FLOAT, [1, 4, 8])], [("mask", causal), ("w", weights)])
    rows = generator.normal(size=(64, 1, 4, 8)).astype(numpy.float32)
    numpy.savez(tmp_path / "rows.npz", x=rows)
    results = {}
    for name, arguments in {"float": [], "int8": ["--quantize", "int8", "--calibrate", tmp_path / "rows.npz"]}.items():
        report = tinymlc_json("run", path, "--target", "host", "--input", tmp_path / "rows.npz", "-o", tmp_path / name,
                              *arguments)
        results[name] = numpy.load(report["outputs"][0]["file"])
    difference = numpy.abs(results["int8"] - results["float"])
    largest = numpy.abs(results["float"]).max()
    # The first row sees itself alone: whatever the scores are, what the mask blots out takes no part.
    assert difference[:, :, 0].max() <= 0.02 * largest
    assert difference.mean() <= 0.01 * largest


# --- half precision

def half_network(folder, name="half"):
    generator = numpy.random.default_rng(4)
    half = lambda *shape: generator.normal(scale=0.3, size=shape).astype(numpy.float16)
    nodes = [helper.make_node("Conv", ["x", "w", "b"], ["c"], "conv", pads=[1, 1, 1, 1]),
             helper.make_node("Relu", ["c"], ["r"], "relu"),
             helper.make_node("Cast", ["r"], ["single"], "to_single", to=TensorProto.FLOAT),
             helper.make_node("Sigmoid", ["single"], ["curved"], "sigmoid"),
             helper.make_node("Cast", ["curved"], ["back"], "to_half", to=TensorProto.FLOAT16),
             helper.make_node("Flatten", ["back"], ["f"], "flatten"),
             helper.make_node("Gemm", ["f", "v"], ["y"], "gemm")]
    return save(folder, nodes, [("x", TensorProto.FLOAT16, [1, 3, 6, 6])], [("y", TensorProto.FLOAT16, [1, 5])],
                [("w", half(4, 3, 3, 3)), ("b", half(4)), ("v", half(144, 5))])


def test_half_precision_is_widened_and_keeps_its_weights_half(tmp_path):
    path = half_network(tmp_path)
    summary = tinymlc_json("inspect", path)
    assert [port["dtype"] for port in summary["inputs"] + summary["outputs"]] == ["f32", "f32"]
    # Two bytes an element of what are weights, four of the bias.
    compiled = tinymlc_json("inspect", path, "--after", "read_planes")
    assert compiled["constant_bytes"] == 2 * (4 * 27 + 144 * 5) + 4 * 4
    # onnxruntime runs the widened model; what it gives in half precision is recorded, and compared to that.
    verdict = tinymlc_json("verify", path, "--oracle", "onnxruntime", "--target", "host")
    assert verdict["pass"] and len(verdict["tensors"]) == 1
    image = numpy.random.default_rng(5).uniform(-1, 1, (1, 1, 3, 6, 6)).astype(numpy.float16)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    numpy.savez(tmp_path / "recorded.npz", x=image, y=numpy.stack(session.run(None, {"x": image[0]})))
    tinymlc("verify", path, "--oracle", tmp_path / "recorded.npz", "--target", "host")
    numpy.savez(tmp_path / "image.npz", x=image)
    tinymlc("run", path, "--input", tmp_path / "image.npz", "-o", tmp_path / "out", "--target", "host")


def seconds_to_refuse(path, count):
    """Processor time for a chain of so many nodes with one unknown operator in its middle."""
    nodes = [helper.make_node("Bernoulli" if i == count // 2 else ["Add", "Mul", "Sub", "Max"][i % 4],
                              [f"t{i}"] if i == count // 2 else [f"t{i}", "c"], [f"t{i + 1}"]) for i in range(count)]
    ports = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [4]) for name in ("t0", f"t{count}")]
    types = [helper.make_tensor_value_info(f"t{i}", TensorProto.FLOAT, [4]) for i in range(1, count)]
    graph = helper.make_graph(nodes, "chain", ports[:1], ports[1:], [numpy_helper.from_array(numpy.ones(4, numpy.float32), "c")],
                              value_info=types)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), path)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert "1 operator is not supported" in tinymlc("inspect", path, code=REFUSED).stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime


def test_a_large_graph_is_refused_in_a_time_that_grows_with_it(tmp_path):
    """By the square, it would be sixteen times."""
    small, large = (seconds_to_refuse(tmp_path / "model.onnx", count) for count in (20_000, 80_000))
    assert large < 10 * max(small, 0.05)
