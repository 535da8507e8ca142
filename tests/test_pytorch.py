# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Networks as PyTorch exports them, NCHW and with batch norms (tests/pytorch/export.py): what is left of them, and
whether the numbers are onnxruntime's."""
import json

import pytest

from conftest import ROOT, tinymlc, tinymlc_json

FOLDER = ROOT / "tests/pytorch"
SHAPES = {"mobilenet_v2": ["--shape", "image=1x3x24x24"]}

# What the graph holds when everything that can be folded, fused or moved away has been.
NODES = {
    "resnet": {"conv2d": 9, "add": 3, "max_pool2d": 1, "average_pool2d": 1, "reshape": 1, "fully_connected": 1},
    "mobilenet_v2": {"conv2d": 14, "add": 2, "mean": 1, "fully_connected": 1},
}


@pytest.mark.parametrize("name", NODES)
def test_nothing_but_the_network_is_left(name):
    summary = tinymlc_json("inspect", FOLDER / f"{name}.onnx", "--after", "read_planes", *SHAPES.get(name, []))
    assert summary["nodes_by_op"] == NODES[name]


@pytest.mark.parametrize("name", ["resnet", "mobilenet_v2", "mixed"])
def test_no_transpose_is_left(name):
    summary = tinymlc_json("inspect", FOLDER / f"{name}.onnx", "--after", "read_planes", *SHAPES.get(name, []))
    assert "transpose" not in summary["nodes_by_op"]
    assert all(node["op"] != "transpose" for node in json.loads(summary["graph"])["nodes"])


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
@pytest.mark.parametrize("name", ["resnet", "mobilenet_v2", "mixed"])
def test_outputs_are_those_of_onnxruntime(name, target):
    verdict = tinymlc_json("verify", FOLDER / f"{name}.onnx", "--target", target, "--oracle", "onnxruntime",
                           "--samples", "3", *SHAPES.get(name, []))
    assert verdict["pass"]


def test_an_open_batch_is_shown_and_bound():
    model = FOLDER / "mobilenet_v2.onnx"
    refused = tinymlc("inspect", model, code=2)
    for word in ("mobilenet_v2.onnx", "'image'", "[batch, 3, 24, 24]", "--shape image=1x3x24x24", "--shape batch=1"):
        assert word in refused.stderr
    for binding in ("image=2x3x24x24", "batch=2"):
        graph = json.loads(tinymlc_json("inspect", model, "--after", "import", "--shape", binding)["graph"])
        image = next(value for value in graph["values"] if value["name"] == "image")
        assert image["shape"] == [2, 3, 24, 24]
        assert image["symbols"] == ["batch", "", "", ""]


@pytest.mark.parametrize("binding, reason", [("image=1x4x24x24", "the file has [batch, 3, 24, 24]"),
                                             ("image=3x24x24", "the file has [batch, 3, 24, 24]"),
                                             ("batch=1x3", "'batch' is one extent"),
                                             ("picture=1x3x24x24", "'picture'")])
def test_a_binding_that_contradicts_the_file_is_refused(binding, reason):
    refused = tinymlc("inspect", FOLDER / "mobilenet_v2.onnx", "--shape", binding, code=2)
    assert reason in refused.stderr
    assert "hint" in refused.stderr
