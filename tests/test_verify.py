# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""verify cannot be fooled: whatever is wrong in one element of the answer is found, be it infinite or no number. And it
does not fail what is right: models that are quantised here, names and shapes of any kind, operators of a new version."""
import numpy
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from conftest import EMULATED, ROOT, example_model, shared, tinymlc, tinymlc_json

SAMPLES = 3


def save_model(path, nodes, inputs, outputs, constants=()):
    """Inputs and outputs by name, as the shape of a float32 tensor."""
    ports = [[helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in kind.items()]
             for kind in (inputs, outputs)]
    graph = helper.make_graph(nodes, "g", *ports, [numpy_helper.from_array(array, name) for name, array in constants])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))
    return path


def float_model(folder):
    """Half of its outputs are infinite, or no number."""
    extremes = numpy.array([0, numpy.inf, -numpy.inf, numpy.nan, 0, 1, -1, -3.4e38], numpy.float32)
    nodes = [helper.make_node("Mul", ["x", "two"], ["plain"]), helper.make_node("Add", ["plain", "e"], ["y"])]
    constants = [("two", numpy.float32([2])), ("e", extremes)]
    return save_model(folder / "float.onnx", nodes, {"x": [1, 8]}, {"plain": [1, 8], "y": [1, 8]}, constants)


def record(model, folder, output_names=None):
    """Random inputs and the answer to them, as a recording that verify takes."""
    graph = onnx.load(model).graph
    generator = numpy.random.default_rng(3)
    inputs = {port.name: generator.uniform(-1, 1, [SAMPLES, *(dim.dim_value for dim in port.type.tensor_type.shape.dim)])
              .astype(numpy.float32) for port in graph.input}
    numpy.savez(folder / "inputs.npz", **inputs)
    report = tinymlc_json("run", model, "--input", folder / "inputs.npz", "-o", folder)
    return inputs | {entry["name"]: numpy.load(entry["file"]) for entry in report["outputs"]}


def verdict(model, arrays, folder, code):
    numpy.savez(folder / "recording.npz", **arrays)
    return tinymlc_json("verify", model, "--oracle", folder / "recording.npz", code=code)


WRONG_VALUES = [numpy.inf, -numpy.inf, numpy.nan, 3.4e38, 1e31, 7.0, 1e-3]


@pytest.mark.parametrize("element", range(8))
def test_one_wrong_element_is_found_whatever_it_is(element, tmp_path):
    model = float_model(tmp_path)
    arrays = record(model, tmp_path)
    assert verdict(model, arrays, tmp_path, 0)["pass"]
    for wrong in WRONG_VALUES:
        for output in ("plain", "y"):
            changed = arrays[output].copy()
            right = changed[1, 0, element]
            changed[1, 0, element] = right + wrong if wrong == 1e-3 else wrong
            same = changed[1, 0, element] == right or (numpy.isnan(changed[1, 0, element]) and numpy.isnan(right))
            report = verdict(model, arrays | {output: changed}, tmp_path, 0 if same else 1)
            if not same:
                assert report["first_difference"]["tensor"] == output
                assert (report["first_difference"]["sample"], report["first_difference"]["element"]) == (1, element)


def test_a_wrong_step_of_integers_is_found(tmp_path):
    model = example_model()
    arrays = record(model, tmp_path)
    (name,) = set(arrays) - {port.name for port in onnx.load(model).graph.input}
    assert verdict(model, arrays, tmp_path, 0)["pass"]
    for wrong in (numpy.inf, -numpy.inf, numpy.nan, 1.0):
        changed = arrays[name].copy()
        changed.flat[-1] += wrong
        assert not verdict(model, arrays | {name: changed}, tmp_path, 1)["pass"]


def test_an_answer_without_samples_to_compare_is_no_pass(tmp_path):
    model = float_model(tmp_path)
    arrays = record(model, tmp_path)
    refused = tinymlc("verify", model, "--oracle", tmp_path / "none.npz", code=2)
    assert "none.npz" in refused.stderr
    numpy.savez(tmp_path / "part.npz", x=arrays["x"], y=arrays["y"])
    assert "'plain'" in tinymlc("verify", model, "--oracle", tmp_path / "part.npz", code=2).stderr


@pytest.mark.parametrize("shape", [[4, 3], [7], []])
def test_a_missing_sample_axis_is_named(shape, tmp_path):
    model = save_model(tmp_path / "m.onnx", [helper.make_node("Relu", ["x"], ["y"])], {"x": shape}, {"y": shape})
    array = numpy.ones(shape, numpy.float32)
    numpy.savez(tmp_path / "one.npz", x=array)
    refused = tinymlc("verify", model, "--oracle", "onnxruntime", "--input", tmp_path / "one.npz", code=2)
    assert "no sample axis: axis 0" in refused.stderr and "TMC200" in refused.stderr
    numpy.savez(tmp_path / "oracle.npz", x=array[None], y=array)
    refused = tinymlc("verify", model, "--oracle", tmp_path / "oracle.npz", code=2)
    assert "'y' has no sample axis: axis 0" in refused.stderr
    numpy.savez(tmp_path / "stacked.npz", x=array[None])
    assert tinymlc_json("verify", model, "--oracle", "onnxruntime", "--input", tmp_path / "stacked.npz")["pass"]


@pytest.mark.parametrize("scheme", ["int8", "int16x8"])
@pytest.mark.parametrize("target", ["host", *EMULATED[:1]])
def test_a_model_that_is_quantised_here_is_judged_as_one(scheme, target, tmp_path):
    model = ROOT / "tests/pytorch/resnet.onnx"
    rows = numpy.random.default_rng(5).uniform(-1, 1, (32, 1, 3, 24, 24)).astype(numpy.float32)
    numpy.savez(tmp_path / "rows.npz", image=rows)
    arguments = ["--quantize", scheme, "--calibrate", tmp_path / "rows.npz", "--ranges", "minmax", "--repair", "none"]
    report = tinymlc_json("verify", model, *arguments, "--oracle", "onnxruntime", "--samples", 4, "--target", target)
    assert report["pass"] and report["by_operator"] and report["max_steps"] <= 1
    assert len(report["tensors"]) > 8
    refused = tinymlc("verify", model, *arguments, "--oracle", "litert", code=2)
    assert "--oracle onnxruntime" in refused.stderr


def test_an_operator_of_a_new_version_is_asked_of_the_newest_litert():
    model = shared("cases/14c-tflite-uint8-in-float-out-perchannel-fc/model.tflite")
    report = tinymlc_json("verify", model, "--oracle", "litert", "--samples", 200)
    assert report["pass"] and report["max_steps"] <= 1 and report["elements"] > 1000
    assert report["oracle"] == "newest litert"


def test_an_oracle_that_refuses_says_what_and_not_that_the_set_up_is_wrong(tmp_path):
    model = float_model(tmp_path)
    refused = tinymlc("verify", model, "--oracle", "litert", code=2)
    assert "TMC402" in refused.stderr and "scripts/setup" not in refused.stderr


def test_a_missing_oracle_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setenv("TINYMLC_PYTHON", "/usr/bin/python3")
    refused = tinymlc("verify", float_model(tmp_path), "--oracle", "litert", code=2)
    assert "TMC401" in refused.stderr and "scripts/setup" in refused.stderr


def test_what_the_oracle_cannot_tell_itself_is_no_fault(tmp_path):
    """Images of one colour each, whose mean comes out rounded, normalised by a deviation of nothing but epsilon."""
    channels = [numpy.float32([1.5, -2.0, 0.7]), numpy.float32([1.1, 2.0, -3.0])]
    node = helper.make_node("InstanceNormalization", ["x", "scale", "bias"], ["y"], epsilon=1e-5)
    shape = {"x": [1, 3, 5, 6]}
    model = save_model(tmp_path / "norm.onnx", [node], shape, {"y": shape["x"]}, zip(("scale", "bias"), channels))
    colours = numpy.random.default_rng(5).uniform(-1, 1, [20, 1, 3, 1, 1]).astype(numpy.float32)
    numpy.savez(tmp_path / "inputs.npz", x=numpy.broadcast_to(colours, [20, 1, 3, 5, 6]))
    report = tinymlc_json("verify", model, "--oracle", "onnxruntime", "--input", tmp_path / "inputs.npz")
    assert report["pass"] and report["max_abs_diff"] > 1e-5 and report["oracle_moves"] > 1e-5


def test_random_indices_are_such_of_the_table(tmp_path):
    """onnxruntime refuses others."""
    nodes = [helper.make_node("Reshape", ["ids", "flat"], ["list"]), helper.make_node("Gather", ["table", "list"], ["y"])]
    table = numpy.arange(20, dtype=numpy.float32).reshape(10, 2)
    constants = [numpy_helper.from_array(numpy.int64([-1]), "flat"), numpy_helper.from_array(table, "table")]
    ids = helper.make_tensor_value_info("ids", TensorProto.INT64, [2, 3])
    y = helper.make_tensor_value_info("y", TensorProto.FLOAT, [6, 2])
    model = helper.make_model(helper.make_graph(nodes, "g", [ids], [y], constants),
                              opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, tmp_path / "lookup.onnx")
    assert tinymlc_json("verify", tmp_path / "lookup.onnx", "--oracle", "onnxruntime")["bit_exact"]
