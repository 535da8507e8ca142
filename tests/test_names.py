# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Names are the model's and its owner's: of tensors, outputs and files, whatever they are. None fails, collides, or means
something to us."""
import json
import random
import shutil
import subprocess

import numpy
import pytest
from onnx import helper

from conftest import EMULATED, example_model, tinymlc, tinymlc_json
from test_verify import save_model

# What import, passes and quantising append to names that they make theirs from.
INVENTED = ["", "_nhwc", "_nhwc_2", "_to_nchw", "_product", "_factor", "_addend", "_i8", "_2", "_permuted", "_quantized",
            "_dequantized", "_transposed", "_int16", "_relu"]
# Equal as files, or special in files, numpy's archives and its arguments, Python, C, or the command line.
HOSTILE = ["a/b", "a:b", "a_b", "A_B", "a b", "../x", "/abs", ".", "..", "-", "con", "file", "args", "kwds", "allow_pickle",
           "arr_0", "x.npy", "x", "oracle", "samples", "tensor0", "name0", "class", "int", "0", "1.5e3", "a=b", "a,b", "é",
           "模型", "\t", "\n", "\"'\\", "%s{}", "*/", "serving_default_x:0", "l" * 300, "l" * 301, "NUL", "nhwc"]


def image_chain(path, names, seed):
    """Layers whose tensors have these names, each an output too."""
    generator = numpy.random.default_rng(seed)
    nodes, constants, outputs, at = [], [], {}, "input"
    for index, name in enumerate(names):
        weights = f"w{index}"
        kind = ["Conv", "Relu", "Add"][index % 3]
        shape = (2, 2, 1, 1) if kind == "Conv" else (1, 2, 1, 1)
        if kind != "Relu":
            constants.append((weights, generator.uniform(-1, 1, shape).astype(numpy.float32)))
        nodes.append(helper.make_node(kind, [at] if kind == "Relu" else [at, weights], [name]))
        outputs[name] = [1, 2, 3, 3]
        at = name
    return save_model(path, nodes, {"input": [1, 2, 3, 3]}, outputs, constants)


def check_outputs(model, outputs, folder, shape):
    """Every output has its name, a file of its own, and the oracle's values."""
    numpy.save(folder / "in.npy", numpy.random.default_rng(1).uniform(-1, 1, (2, *shape)).astype(numpy.float32))
    report = tinymlc_json("run", model, "--input", folder / "in.npy", "-o", folder / "out")
    assert {entry["name"] for entry in report["outputs"]} == set(outputs)
    files = [entry["file"] for entry in report["outputs"]]
    assert len({file.lower() for file in files}) == len(outputs)
    assert all(numpy.load(file).shape == (2, *outputs[entry["name"]]) for file, entry in zip(files, report["outputs"]))
    verdict = tinymlc_json("verify", model, "--oracle", "onnxruntime", "--samples", 2)
    assert verdict["pass"] and set(verdict["tensors"]) == set(outputs)


@pytest.mark.parametrize("seed", range(4))
def test_names_of_the_model_win_over_those_we_invent(seed, tmp_path):
    names = [base + suffix for base in ("y", "input") for suffix in INVENTED if base + suffix != "input"]
    random.Random(seed).shuffle(names)
    model = image_chain(tmp_path / "m.onnx", names, seed)
    check_outputs(model, {name: [1, 2, 3, 3] for name in names}, tmp_path, [1, 2, 3, 3])


@pytest.mark.parametrize("rank", [2, 4])
def test_hostile_names_of_outputs_are_only_names(rank, tmp_path):
    shape = [1, 2, 3, 3][-rank:]
    nodes = [helper.make_node("Add", ["in put", "one"], [name]) for name in HOSTILE]
    model = save_model(tmp_path / "m.onnx", nodes, {"in put": shape}, {name: shape for name in HOSTILE},
                       [("one", numpy.float32([1]))])
    check_outputs(model, {name: shape for name in HOSTILE}, tmp_path, shape)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_of_inputs_are_only_names(name, tmp_path):
    model = save_model(tmp_path / "m.onnx", [helper.make_node("Relu", [name], ["out put"])], {name: [1, 3]},
                       {"out put": [1, 3]})
    assert tinymlc_json("verify", model, "--oracle", "onnxruntime", "--samples", 4)["pass"]


def test_an_array_alone_is_for_an_input_alone(tmp_path):
    model = save_model(tmp_path / "m.onnx", [helper.make_node("Relu", ["x"], ["y"])], {"x": [1, 3]}, {"y": [1, 3]})
    numpy.savez(tmp_path / "in.npz", **{"": numpy.ones((5, 1, 3), numpy.float32)})
    assert tinymlc_json("run", model, "--input", tmp_path / "in.npz")["samples"] == 5
    verdict = tinymlc_json("verify", model, "--oracle", "onnxruntime", "--input", tmp_path / "in.npz")
    assert verdict["pass"] and verdict["samples"] == 5


def gemm_chain(path):
    """The Gemm imports as a product and a sum; the names are those that import would like for the parts."""
    weights = numpy.eye(4, dtype=numpy.float32)
    nodes = [helper.make_node("Gemm", ["x", "w", "c"], ["y"], alpha=0.5, beta=2.0),
             *(helper.make_node("Relu", ["y"], ["y" + suffix]) for suffix in INVENTED[1:])]
    outputs = {"y" + suffix: [1, 4] for suffix in INVENTED}
    return save_model(path, nodes, {"x": [1, 4]}, outputs, [("w", weights), ("c", numpy.ones(4, numpy.float32))]), outputs


def test_parts_of_an_operator_do_not_take_names_of_outputs(tmp_path):
    model, outputs = gemm_chain(tmp_path / "m.onnx")
    check_outputs(model, outputs, tmp_path, [1, 4])


# --- files

FILES = ["kws (1)", "class", "main", "std", "tmc", "modèle", "模型", "123", "2d-model (v1.0) final", "__x", "a__b", "-x",
         "UPPER", "int8_t", "exp", "time", "y0", "linux", "double_t", "N" * 200, "a.b.c", "'", "$(x)", "index"]
# What a program around the model may include; a namespace of a name that these declare would not compile.
HEADERS = ["bits/stdc++.h", "unistd.h", "fcntl.h", "strings.h", "sys/types.h", "sys/stat.h", "sys/socket.h"]


@pytest.fixture(scope="module")
def small_model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("small")
    return save_model(folder / "m.onnx", [helper.make_node("Relu", ["x"], ["y"])], {"x": [1, 3]}, {"y": [1, 3]})


def test_any_file_name_gives_code_that_compiles(small_model, tmp_path):
    includes = [f"#include <{header}>" for header in HEADERS]
    named = set()
    for index, name in enumerate(FILES):
        model = tmp_path / f"{name}.onnx"
        shutil.copy(small_model, model)
        told = tinymlc("compile", model, "-o", tmp_path / str(index)).stdout
        code = json.loads((tmp_path / str(index) / "manifest.json").read_text())["model"]
        named.add(code)
        includes.append(f'#include "{index}/model.hpp"')
        assert code != name and f"'{code}'" in told and f"'{name}'" in told and "--name" in told
    source = tmp_path / "all.cpp"
    source.write_text("\n".join(includes) + "\nint main() {}\n")
    assert len(named) > 20
    done = subprocess.run(["g++", "-std=c++17", "-fsyntax-only", source], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[:2000]


def test_name_sets_the_name(small_model, tmp_path):
    told = tinymlc("compile", small_model, "-o", tmp_path / "code", "--name", "wake_word").stdout
    assert "--name" not in told
    assert "wake_word_run(" in (tmp_path / "code/model.h").read_text()
    for wrong in ("class", "Wake-Word", "exp", "1a"):
        refused = tinymlc("compile", small_model, "-o", tmp_path / "none", "--name", wrong, code=2)
        assert "TMC200" in refused.stderr and "--name " in refused.stderr
    assert "named" not in tinymlc("compile", example_model(), "-o", tmp_path / "own").stdout


@pytest.mark.parametrize("target", EMULATED[:1])
def test_a_file_name_that_is_no_identifier_runs_on_a_board(small_model, target, tmp_path):
    model = tmp_path / "kws (1).onnx"
    shutil.copy(small_model, model)
    assert tinymlc_json("bench", model, "--target", target, "--no-cycles")["instructions"] > 0
