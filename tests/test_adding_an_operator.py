# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Follows docs/adding-an-operator.md to the letter: the files that it shows are written into a clone, nothing else is
changed, and models of their operators compile, run and agree with numpy."""
import os
import re
import subprocess

import numpy
import onnx
import pytest
from conftest import ROOT
from onnx import TensorProto, helper

pytestmark = pytest.mark.full

PAGE = ROOT / "docs/adding-an-operator.md"
TARGETS = ("host", "mps2-an500")


def run(*command, cwd=None):
    done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    """A clone of what is committed, with the page's files, built."""
    files = re.findall(r"```\w+\n(?://|#) (\S+)\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(files) == 4
    clone = tmp_path_factory.mktemp("clone") / "tinymlc"
    run("git", "clone", "--quiet", ROOT, clone)
    for path, text in files:
        assert not (clone / path).exists()
        (clone / path).write_text(text, encoding="utf-8")
    (clone / "build").mkdir()
    (clone / "build/venv").symlink_to(ROOT / "build/venv")
    run("cmake", "--preset", "release", cwd=clone)
    run("cmake", "--build", "--preset", "release", "--target", "tinymlc", f"-j{os.cpu_count()}", cwd=clone)
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
    graph = helper.make_graph([helper.make_node(operator, ["x"], ["y"], **attributes)], "one",
                              [helper.make_tensor_value_info("x", TensorProto.FLOAT, x.shape)],
                              [helper.make_tensor_value_info("y", TensorProto.FLOAT, y.shape)])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)]), tmp_path / "one.onnx")
    numpy.save(tmp_path / "x.npy", x[None])
    run(followed / "build/release/bin/tinymlc", "run", tmp_path / "one.onnx", "--target", target, "--input",
        tmp_path / "x.npy", "--output", tmp_path / "out")
    numpy.testing.assert_allclose(numpy.load(tmp_path / "out/y.npy")[0], y, rtol=1e-6)
