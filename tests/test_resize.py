# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Images that are resized, against onnxruntime and LiteRT."""
import sys

import numpy
import pytest
from onnx import helper

from conftest import ROOT, tinymlc
from single_node import save_node

sys.path.insert(0, str(ROOT / "tests/operators"))
from single_op import BuiltinOperator, Tensor, build_model, options  # noqa: E402

COORDINATES = ("half_pixel", "align_corners", "asymmetric", "pytorch_half_pixel")
FORMS = ([("linear", coordinates, {}) for coordinates in COORDINATES] + [("cubic", coordinates, {}) for coordinates in COORDINATES] +
         [("nearest", "half_pixel", {}), ("linear", "half_pixel", {"antialias": 1}), ("cubic", "half_pixel", {"antialias": 1}),
          ("cubic", "half_pixel", {"exclude_outside": 1, "cubic_coeff_a": -0.5})])


def verified(model, target, oracle):
    tinymlc("verify", model, "--target", target, "--oracle", oracle, "--samples", 4)


@pytest.mark.parametrize("size", [(9, 13), (3, 4)], ids=["larger", "smaller"])
@pytest.mark.parametrize("mode, coordinates, attributes", FORMS,
                         ids=["-".join([mode, coordinates, *attributes]) for mode, coordinates, attributes in FORMS])
def test_as_onnxruntime_does(mode, coordinates, attributes, size, tmp_path):
    node = helper.make_node("Resize", ["x", "", "", "sizes"], ["y"], mode=mode, coordinate_transformation_mode=coordinates,
                            **attributes)
    save_node(tmp_path / "resize.onnx", node, [1, 2, 6, 7], {"sizes": numpy.int64([1, 2, *size])}, opset=18)
    verified(tmp_path / "resize.onnx", "host", "onnxruntime")


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
@pytest.mark.parametrize("corners, centres", [(False, False), (True, False), (False, True)])
def test_as_litert_does(corners, centres, target, tmp_path):
    x, y = (Tensor(name, numpy.zeros(shape, numpy.float32)) for name, shape in (("x", [1, 6, 7, 3]), ("y", [1, 9, 4, 3])))
    size = Tensor("size", numpy.int32([9, 4]), constant=True)
    model = tmp_path / "resize.tflite"
    model.write_bytes(build_model([(BuiltinOperator.RESIZE_BILINEAR, [x, size], y,
                                    options("ResizeBilinearOptions", alignCorners=corners, halfPixelCenters=centres))]))
    verified(model, target, "litert")
