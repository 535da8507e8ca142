# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Arrays have the shape of the input, or are refused with the likely mistake named: as many elements are not enough."""
import numpy
import pytest

from conftest import ROOT, shared, tinymlc, tinymlc_json

MODEL = ROOT / "tests/pytorch/resnet.onnx"  # takes [1, 3, 24, 24]
RIGHT = [((1, 3, 24, 24), 1), ((4, 1, 3, 24, 24), 4), ((4, 3, 24, 24), 4)]
WRONG = [((1, 24, 24, 3), "moveaxis(array, -1, -3)"), ((4, 24, 24, 3), "moveaxis(array, -1, -3)"),
         ((4, 1, 24, 24, 3), "moveaxis(array, -1, -3)"), ((3, 24, 24), "array[None]"), ((1728,), "[1, 1, 3, 24, 24]"),
         ((4, 1728), "[1, 1, 3, 24, 24]"), ((2, 2, 3, 24, 24), "[1, 1, 3, 24, 24]"),
         ((1, 3, 24, 48), "[1, 1, 3, 24, 24]")]


def rows(shape, folder, name="rows.npz"):
    values = numpy.random.default_rng(1).uniform(-1, 1, shape).astype(numpy.float32)
    if name.endswith(".npy"):
        numpy.save(folder / name, values)
    else:
        numpy.savez(folder / name, image=values)
    return folder / name


@pytest.mark.parametrize("shape, samples", RIGHT)
def test_run_takes_samples_of_the_inputs_shape(shape, samples, tmp_path):
    assert tinymlc_json("run", MODEL, "--input", rows(shape, tmp_path))["samples"] == samples


@pytest.mark.parametrize("name", ["rows.npz", "rows.npy"])
@pytest.mark.parametrize("shape, hint", WRONG)
def test_another_shape_is_refused_everywhere(shape, hint, name, tmp_path):
    path = rows(shape, tmp_path, name)
    for arguments in (["run", MODEL, "--input", path], ["quantize", MODEL, "--calibrate", path],
                      ["run", MODEL, "--input", path, "--input", path]):
        refused = tinymlc(*arguments, code=2).stderr
        assert "[1, 3, 24, 24]" in refused and hint in refused and "TMC201" in refused


def test_shapes_that_a_file_works_out_are_known():
    """SHAPE, STRIDED_SLICE and PACK give what RESHAPE reads, of a batch that is open."""
    model = shared("models/zoo/ultraface_slim320.tflite")
    tinymlc("verify", model, "--oracle", "litert", "--samples", 2)
