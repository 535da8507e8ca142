# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Images read at places that are computed (GridSample, RoiAlign), against onnxruntime on the host and on the board: places
inside, at the edges, far outside, and in the middle between pixels."""
import itertools

import numpy
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from conftest import tinymlc
from many_outputs import by_tinymlc

TARGETS = pytest.mark.parametrize("target", ["host", pytest.param("mps2-an500", marks=pytest.mark.full)])


def saved(path, node, inputs, opset):
    """A model of that node over inputs that are arrays of a sample."""
    ports = [helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape)
             for name, array in inputs.items()]
    graph = helper.make_graph([node], "one", ports, [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9)
    onnx.save(model, path)
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def check(node, samples, opset, folder, target):
    session = saved(folder / "one.onnx", node, samples[0], opset)
    for sample, ours in zip(samples, by_tinymlc(folder / "one.onnx", samples, folder, target)):
        expected = session.run(None, sample)[0]
        numpy.testing.assert_allclose(ours["y"], expected, rtol=1e-4, atol=2e-5)


MODES = [(16, "bilinear"), (16, "nearest"), (16, "bicubic"), (20, "linear"), (20, "nearest"), (22, "cubic")]


def any_grid(rng, shape):
    """Within, outside, on the edges, and in sixteenths, between which pixels' middles lie."""
    grid = rng.uniform(-1.3, 1.3, shape)
    grid = numpy.where(rng.random(shape) < 0.2, rng.integers(-24, 24, shape) / 16, grid)
    return numpy.where(rng.random(shape) < 0.05, rng.choice([-30.0, 17.5, 1.0, -1.0], shape), grid).astype(numpy.float32)


@TARGETS
@pytest.mark.parametrize("opset, mode", MODES, ids=[f"{mode}-{opset}" for opset, mode in MODES])
def test_images_are_read_as_onnxruntime_does(opset, mode, target, tmp_path):
    rng = numpy.random.default_rng(opset)
    for padding, corners in itertools.product(["zeros", "border", "reflection"], [0, 1]):
        node = helper.make_node("GridSample", ["x", "grid"], ["y"], mode=mode, padding_mode=padding, align_corners=corners)
        samples = [{"x": rng.normal(0, 2, (2, 3, 5, 7)).astype(numpy.float32), "grid": any_grid(rng, (2, 6, 4, 2))}
                   for _ in range(3)]
        check(node, samples, opset, tmp_path, target)


@TARGETS
@pytest.mark.parametrize("mode", ["linear", "nearest"])
def test_volumes_are_read_as_onnxruntime_does(mode, target, tmp_path):
    rng = numpy.random.default_rng(3)
    for padding, corners in itertools.product(["zeros", "border", "reflection"], [0, 1]):
        node = helper.make_node("GridSample", ["x", "grid"], ["y"], mode=mode, padding_mode=padding, align_corners=corners)
        samples = [{"x": rng.normal(0, 2, (1, 2, 3, 5, 4)).astype(numpy.float32), "grid": any_grid(rng, (1, 2, 3, 4, 3))}
                   for _ in range(3)]
        check(node, samples, 20, tmp_path, target)


def test_cubic_volumes_are_refused(tmp_path):
    node = helper.make_node("GridSample", ["x", "grid"], ["y"], mode="cubic")
    ports = [helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 1, 3, 3, 3]),
             helper.make_tensor_value_info("grid", TensorProto.FLOAT, [1, 2, 2, 2, 3])]
    graph = helper.make_graph([node], "one", ports, [helper.make_tensor_value_info("y", TensorProto.FLOAT, None)])
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=9), tmp_path / "one.onnx")
    refused = tinymlc("compile", tmp_path / "one.onnx", "-o", tmp_path / "out", code=2)
    assert "cubic weights are defined of images alone" in refused.stderr


def any_regions(rng, count):
    """Of any size, some of them beyond the image, some turned inside out, and some empty."""
    begins = rng.uniform(-8, 40, (count, 2))
    sizes = rng.uniform(-2, 40, (count, 2)) * (rng.random((count, 1)) > 0.1)
    return numpy.concatenate([begins, begins + sizes], 1).astype(numpy.float32)


@TARGETS
@pytest.mark.parametrize("opset, coordinates", [(10, None), (16, None), (16, "output_half_pixel"), (16, "half_pixel")])
@pytest.mark.parametrize("mode", ["avg", "max"])
def test_regions_are_aligned_as_onnxruntime_does(mode, opset, coordinates, target, tmp_path):
    rng = numpy.random.default_rng(opset)
    for ratio in (0, 1, 2):
        attributes = {"mode": mode, "output_height": 3, "output_width": 4, "sampling_ratio": ratio, "spatial_scale": 0.25}
        if coordinates:
            attributes["coordinate_transformation_mode"] = coordinates
        node = helper.make_node("RoiAlign", ["x", "regions", "items"], ["y"], **attributes)
        samples = [{"x": rng.normal(0, 2, (2, 3, 9, 8)).astype(numpy.float32), "regions": any_regions(rng, 7),
                    "items": rng.integers(0, 2, 7)} for _ in range(4)]
        check(node, samples, opset, tmp_path, target)
