# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Pools that say where their maxima are, what puts them back, norms under windows, and images that are cropped or turned,
against onnxruntime or, where that has no kernel, ONNX's own reference."""
import numpy
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from conftest import tinymlc
from many_outputs import by_tinymlc

TARGETS = pytest.mark.parametrize("target", ["host", pytest.param("mps2-an500", marks=pytest.mark.full)])


def saved(path, node, inputs, opset, constants=None):
    """A model of that node; inputs are arrays of a sample, and outputs all that it names."""
    ports = [helper.make_tensor_value_info(name, helper.np_dtype_to_tensor_dtype(array.dtype), array.shape)
             for name, array in inputs.items()]
    outputs = [helper.make_tensor_value_info(name, TensorProto.INT64 if name == "places" else TensorProto.FLOAT, None)
               for name in node.output]
    stored = [numpy_helper.from_array(array, name) for name, array in (constants or {}).items()]
    graph = helper.make_graph([node], "one", ports, outputs, stored)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", opset)], ir_version=9)
    onnx.save(model, path)
    return model


def by_onnxruntime(model, sample):
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    return dict(zip([output.name for output in session.get_outputs()], session.run(None, sample)))


def by_reference(model, sample):
    from onnx.reference import ReferenceEvaluator
    return dict(zip([output.name for output in model.graph.output], ReferenceEvaluator(model).run(None, sample)))


def check(model, samples, folder, target, oracle, **tolerance):
    for sample, ours in zip(samples, by_tinymlc(folder / "one.onnx", samples, folder, target)):
        for name, expected in oracle(model, sample).items():
            numpy.testing.assert_allclose(ours[name], expected, **tolerance)


WINDOWS = [((2, 3, 9), {"kernel_shape": [3], "strides": [2]}),
           ((1, 2, 6, 7), {"kernel_shape": [2, 3], "pads": [1, 0, 0, 2], "strides": [1, 2]}),
           ((1, 2, 7, 7), {"kernel_shape": [3, 3], "auto_pad": "SAME_UPPER"}),
           ((1, 2, 8, 8), {"kernel_shape": [2, 2], "dilations": [2, 3]}),
           ((1, 2, 4, 5, 6), {"kernel_shape": [2, 2, 3]})]


@TARGETS
@pytest.mark.parametrize("p", [1, 2, 3])
def test_norms_under_windows(p, target, tmp_path):
    rng = numpy.random.default_rng(p)
    for shape, attributes in WINDOWS:
        samples = [{"x": rng.normal(0, size, shape).astype(numpy.float32)} for size in (1, 100, 1e-3)]
        model = saved(tmp_path / "one.onnx", helper.make_node("LpPool", ["x"], ["y"], p=p, **attributes), samples[0], 18)
        check(model, samples, tmp_path, target, by_onnxruntime, rtol=2e-5, atol=1e-6)


@TARGETS
@pytest.mark.parametrize("order", [0, 1])
def test_maxima_with_their_places(order, target, tmp_path):
    """Many elements are alike, as behind a relu: the first of them is it."""
    rng = numpy.random.default_rng(4)
    for shape, attributes in WINDOWS:
        if order == 1 and len(shape) != 4:
            continue
        samples = [{"x": numpy.maximum(rng.integers(-3, 4, shape), low).astype(numpy.float32)} for low in (0, -9)]
        node = helper.make_node("MaxPool", ["x"], ["y", "places"], storage_order=order, **attributes)
        check(saved(tmp_path / "one.onnx", node, samples[0], 12), samples, tmp_path, target, by_onnxruntime, rtol=0)


@TARGETS
@pytest.mark.parametrize("size", [None, [2, 3, 8, 10], [2, 3, 9, 12]], ids=["as-it-was", "stated", "larger"])
def test_maxima_are_put_back(size, target, tmp_path):
    rng = numpy.random.default_rng(5)
    samples = []
    for _ in range(3):
        places = numpy.array([numpy.sort(rng.choice(480, 120, replace=False))]).reshape(2, 3, 4, 5)
        samples.append({"x": rng.normal(0, 1, (2, 3, 4, 5)).astype(numpy.float32), "places": places.astype(numpy.int64)})
    constants = {} if size is None else {"size": numpy.int64(size)}
    node = helper.make_node("MaxUnpool", ["x", "places", *constants], ["y"], kernel_shape=[2, 2], strides=[2, 2])
    model = saved(tmp_path / "one.onnx", node, samples[0], 11, constants)
    check(model, samples, tmp_path, target, by_reference, rtol=0)


@pytest.mark.parametrize("shape, axes", [([4, 7, 5], None), ([3, 9], [0, 2]), ([1, 1], [-1, 1]), ([10], [1])])
def test_centres_are_cropped_and_padded(shape, axes, tmp_path):
    sample = {"x": numpy.random.default_rng(6).normal(0, 1, (5, 6, 7)).astype(numpy.float32)}
    attributes = {} if axes is None else {"axes": axes}
    node = helper.make_node("CenterCropPad", ["x", "shape"], ["y"], **attributes)
    model = saved(tmp_path / "one.onnx", node, sample, 18, {"shape": numpy.int64(shape)})
    check(model, [sample], tmp_path, "host", by_reference, rtol=0)


@TARGETS
@pytest.mark.parametrize("corners", [0, 1])
@pytest.mark.parametrize("size", [[2, 3, 4, 5], [2, 3, 4, 5, 6]], ids=["image", "volume"])
def test_grids_are_turned(size, corners, target, tmp_path):
    axes = len(size) - 2
    samples = [{"x": numpy.random.default_rng(7).normal(0, 1, (2, axes, axes + 1)).astype(numpy.float32)}]
    node = helper.make_node("AffineGrid", ["x", "size"], ["y"], align_corners=corners)
    model = saved(tmp_path / "one.onnx", node, samples[0], 20, {"size": numpy.int64(size)})
    check(model, samples, tmp_path, target, by_reference, rtol=1e-5, atol=1e-6)


def test_indices_outside_stay_inside(tmp_path):
    sample = {"x": numpy.ones((1, 1, 2, 2), numpy.float32), "places": numpy.int64([[[[-9, 99], [2**40, 3]]]])}
    node = helper.make_node("MaxUnpool", ["x", "places"], ["y"], kernel_shape=[2, 2], strides=[2, 2])
    saved(tmp_path / "one.onnx", node, sample, 11)
    assert by_tinymlc(tmp_path / "one.onnx", [sample], tmp_path, "host")[0]["y"].sum() <= 4


def test_windows_of_many_taps_with_places_are_refused(tmp_path):
    sample = {"x": numpy.ones((1, 1, 20, 20), numpy.float32)}
    node = helper.make_node("MaxPool", ["x"], ["y", "places"], kernel_shape=[20, 20])
    saved(tmp_path / "one.onnx", node, sample, 12)
    refused = tinymlc("compile", tmp_path / "one.onnx", "-o", tmp_path / "out", code=2)
    assert "its window has 400 taps, at most 256" in refused.stderr


COLUMNS = [((5,), (3,), {"pads": [1, 1], "strides": [2]}), ((5, 6), (2, 3), {}),
           ((5, 7), (2, 2), {"strides": [2, 3], "dilations": [2, 1], "pads": [1, 0, 0, 2]}), ((3, 4, 5), (2, 1, 3), {})]


@pytest.mark.parametrize("image, block, attributes", COLUMNS)
def test_columns_become_images(image, block, attributes, tmp_path):
    pads, one = attributes.get("pads", [0] * 2 * len(image)), [1] * len(image)
    places = [(extent + pads[i] + pads[i + len(image)] - attributes.get("dilations", one)[i] * (size - 1) - 1)
              // attributes.get("strides", one)[i] + 1 for i, (extent, size) in enumerate(zip(image, block))]
    shape = (2, 3 * int(numpy.prod(block)), int(numpy.prod(places)))
    sample = {"x": numpy.random.default_rng(8).normal(0, 1, shape).astype(numpy.float32)}
    node = helper.make_node("Col2Im", ["x", "image", "block"], ["y"], **attributes)
    constants = {"image": numpy.int64(image), "block": numpy.int64(block)}
    model = saved(tmp_path / "one.onnx", node, sample, 18, constants)
    check(model, [sample], tmp_path, "host", by_onnxruntime, rtol=1e-5, atol=1e-5)


VOLUMES = [{}, {"strides": [2, 1, 3], "pads": [1, 0, 1, 0, 1, 0]}, {"strides": [2, 2, 2], "output_padding": [1, 0, 1]},
           {"dilations": [1, 2, 1]}, {"group": 2}, {"auto_pad": "SAME_UPPER", "strides": [1, 2, 2]}]


@TARGETS
@pytest.mark.parametrize("attributes", VOLUMES, ids=range(len(VOLUMES)))
def test_transposed_convolutions_over_volumes(attributes, target, tmp_path):
    rng = numpy.random.default_rng(9)
    sample = {"x": rng.normal(0, 1, (2, 4, 3, 2, 4)).astype(numpy.float32)}
    weights = rng.normal(0, 1, (4, 3, 2, 3, 2)).astype(numpy.float32)
    bias = rng.normal(0, 1, 3 * attributes.get("group", 1)).astype(numpy.float32)
    node = helper.make_node("ConvTranspose", ["x", "w", "b"], ["y"], **attributes)
    model = saved(tmp_path / "one.onnx", node, sample, 11, {"w": weights, "b": bias})
    check(model, [sample], tmp_path, target, by_onnxruntime, rtol=1e-4, atol=1e-4)
