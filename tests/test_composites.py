# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Operators that are made of others (src/tmc/frontend/composite) against onnxruntime, or ONNX's reference where that
has no kernel. The table has a line for each."""
import re

import numpy
import pytest
from onnx import helper

from conftest import ROOT, tinymlc
from single_node import save_node

# The operator, its opset, its attributes, and the shape of the input and of further, constant inputs.
ONNX = [
    ("GlobalLpPool", 18, {"p": 1}, (2, 3, 4, 5)),
    ("GroupNormalization", 21, {"num_groups": 2}, (2, 4, 3, 5), (4,), (4,)),
    ("HardSigmoid", 17, {"alpha": 0.5, "beta": 0.25}, (3, 7)),
    ("InstanceNormalization", 17, {"epsilon": 1e-3}, (2, 3, 4, 5), (3,), (3,)),
    ("LayerNormalization", 17, {"axis": 1}, (2, 3, 4), (3, 4)),
    ("LayerNormalization", 17, {}, (2, 3, 4), (4,), (4,)),
    ("LogSoftmax", 12, {}, (3, 4, 2)),
    ("LogSoftmax", 13, {"axis": 1}, (3, 4, 2)),
    ("LpNormalization", 17, {"axis": 1, "p": 1}, (3, 5)),
    ("MeanVarianceNormalization", 13, {"axes": [0, 2]}, (2, 3, 5)),
    ("PRelu", 17, {}, (2, 3, 4), (3, 1)),
    ("RMSNormalization", 23, {"axis": 1}, (2, 3, 4), (3, 4)),
    ("SimplifiedLayerNormalization", 17, {"axis": 1}, (2, 3, 4), (3, 4)),
    ("Swish", 24, {"alpha": 1.5}, (3, 7)),
]
# What onnxruntime, where this was written, has no kernel of; ONNX's own reference computes it.
BY_REFERENCE = {"RMSNormalization", "Swish"}


def expected_of(model, x):
    if model.graph.node[0].op_type in BY_REFERENCE:
        from onnx.reference import ReferenceEvaluator
        return ReferenceEvaluator(model).run(None, {"x": x})[0]
    import onnxruntime
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return session.run(None, {"x": x})[0]


def test_every_composite_is_in_the_table():
    texts = (ROOT / "src/tmc/frontend/composite/graph").glob("*.txt")
    named = {name for path in texts for name in re.findall(r"^onnx (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)}
    assert {op for op, *_ in ONNX} == named


@pytest.mark.parametrize("target", ["host", pytest.param("mps2-an500", marks=pytest.mark.long)])
@pytest.mark.parametrize("op, opset, attributes, shape, constants", [(*line[:4], line[4:]) for line in ONNX],
                         ids=[f"{line[0]}-{line[1]}-{len(line)}" for line in ONNX])
def test_gives_what_others_do(op, opset, attributes, shape, constants, target, tmp_path):
    rng = numpy.random.default_rng(7)
    x = rng.normal(0.5, 2, shape).astype(numpy.float32)
    weights = {f"w{i}": rng.normal(1, 0.5, extents).astype(numpy.float32) for i, extents in enumerate(constants)}
    node = helper.make_node(op, ["x", *weights], ["y"], **attributes)
    model = save_node(tmp_path / "one.onnx", node, shape, weights, opset)
    numpy.save(tmp_path / "x.npy", x[None])
    tinymlc("run", tmp_path / "one.onnx", "--target", target, "--input", tmp_path / "x.npy", "-o", tmp_path / "out")
    numpy.testing.assert_allclose(numpy.load(tmp_path / "out/y.npy")[0], expected_of(model, x), rtol=1e-5, atol=2e-6)
