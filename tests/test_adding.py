# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Follows the pages about adding an operator, a kernel's implementation and a board to the letter: the files that they show
are written into a clone, nothing else is changed, and what they add works."""
import json
import os
import re
import subprocess
import sys

import numpy
import pytest
from conftest import ROOT
from onnx import helper
from single_node import save_node

sys.path.insert(0, str(ROOT / "tests/operators"))
from single_op import BuiltinOperator, Tensor, build_model, options  # noqa: E402

pytestmark = pytest.mark.full

PAGES = ("adding-an-operator", "kernels", "adding-a-board")
TARGETS = ("host", "mps2-an500")


def run(*command, cwd=None):
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """A clone of what is committed, with the pages' files, built."""
    text = "".join((ROOT / f"docs/{page}.md").read_text(encoding="utf-8") for page in PAGES)
    files = re.findall(r"```\w*\n(?://|#|/\*) (\S+/\S+)(?: \*/)?\n(.*?)```", text, re.DOTALL)
    assert len(files) == 8
    clone = tmp_path_factory.mktemp("clone") / "tinymlc"
    run("git", "clone", "--quiet", ROOT, clone)
    for path, text in files:
        assert not (clone / path).exists()
        (clone / path).parent.mkdir(exist_ok=True)
        (clone / path).write_text(text, encoding="utf-8")
    (clone / "build").mkdir()
    (clone / "build/venv").symlink_to(ROOT / "build/venv")
    run("cmake", "--preset", "release", cwd=clone)
    run("cmake", "--build", "--preset", "release", "--target", "tinymlc", "kernels_test", f"-j{os.cpu_count()}", cwd=clone)
    return clone


def leaky_half(x):
    return numpy.where(x < 0, x * numpy.float32(0.125), x / 2)


def reduce_cubes(x):
    return (x * x * x).sum(axis=1, keepdims=True)


def swap_halves(x):
    return numpy.concatenate([x[:, 2:], x[:, :2]], axis=1)


def scaled_norm(x):
    return x / numpy.sqrt((x * x).sum(axis=1, keepdims=True)) * 2


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("operator, attributes, expected",
                         [("LeakyHalf", {"slope": 0.125}, leaky_half), ("ReduceCubes", {"axes": [1]}, reduce_cubes),
                          ("SwapHalves", {"axis": 1}, swap_halves),
                          ("ScaledNorm", {"gain": 2.0}, scaled_norm)])
def test_what_the_page_shows_is_all(followed, tmp_path, target, operator, attributes, expected):
    x = numpy.random.default_rng(5).normal(size=(3, 5)).astype(numpy.float32)
    y = expected(x)
    save_node(tmp_path / "one.onnx", helper.make_node(operator, ["x"], ["y"], **attributes), x.shape)
    numpy.save(tmp_path / "x.npy", x[None])
    run(followed / "build/release/bin/tinymlc", "run", tmp_path / "one.onnx", "--target", target, "--input",
        tmp_path / "x.npy", "--output", tmp_path / "out")
    numpy.testing.assert_allclose(numpy.load(tmp_path / "out/y.npy")[0], y, rtol=1e-6)


def test_the_implementation_is_tested_and_taken(followed, tmp_path):
    bin_folder = followed / "build/release/bin"
    run(bin_folder / "kernels_test", "--gtest_filter=LeakyReluS16.*", cwd=followed)
    x = [numpy.zeros((1, 8), numpy.int16), 5e-4, 0]
    model = tmp_path / "leaky.tflite"
    model.write_bytes(build_model([(BuiltinOperator.LEAKY_RELU, [Tensor("x", *x)], Tensor("y", *x),
                                    options("LeakyReluOptions", alpha=0.1))]))
    done = subprocess.run([bin_folder / "tinymlc", "inspect", model, "--after", "storage", "--target", "mps2-an500", "--json"],
                          capture_output=True, text=True, check=True)
    steps = json.loads(json.loads(done.stdout)["program"])["steps"]
    assert [step["body"] for step in steps] == ["leaky_relu_s16_doubled"]


def test_the_board_links_a_model(followed, tmp_path):
    save_node(tmp_path / "one.onnx", helper.make_node("Exp", ["x"], ["y"]), [1, 8])
    done = subprocess.run([followed / "build/release/bin/tinymlc", "bench", tmp_path / "one.onnx", "--target", "stm32f767zi",
                           "--json"], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["flash_bytes"]["code"] > 0
