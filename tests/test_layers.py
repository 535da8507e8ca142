# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Layers of many shapes on the emulated boards, as the boards compile them: every kernel implementation that they choose gives the
bits of LiteRT's reference kernels, with its assembly. The layers are those that the cost model is fitted on."""
import sys

import numpy
import pytest

from conftest import EMULATED, ROOT, tinymlc_json

sys.path.insert(0, str(ROOT / "scripts/costs"))

import layers as generated  # noqa: E402
from single_op import build_model  # noqa: E402

pytestmark = pytest.mark.long

GROUPS = ("pointwise", "general", "depthwise", "products", "binaries", "unaries", "pools", "reductions", "moves",
          "long_windows", "long_products")


def has_floats(operator):
    _, inputs, output, _ = operator
    return any(tensor.data.dtype in (numpy.float16, numpy.float32) for tensor in (*inputs, output))


def write_group(group, path):
    """A model of the group's layers side by side, but for those with floats, whose last bits may differ."""
    layers = generated.Layers()
    getattr(generated, group)(layers)
    path.write_bytes(build_model([operator for chain in layers.operators for operator in chain
                                  if not any(has_floats(operator) for operator in chain)]))
    return path


@pytest.mark.parametrize("target", EMULATED)
@pytest.mark.parametrize("group", GROUPS)
def test_layers_have_the_bits_of_litert(group, target, tmp_path):
    model = write_group(group, tmp_path / f"{group}.tflite")
    report = tinymlc_json("verify", model, "--oracle", "litert", "--samples", 2, "--target", target)
    assert report["bit_exact"], report["first_difference"]
    assert report["elements"] > 1000
