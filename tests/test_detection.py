# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Boxes that stand out among those that overlap them, against onnxruntime and LiteRT: the same boxes, on the host and on the
emulated board, of ordinary boxes, of such without an area, and of scores that are alike."""
import numpy
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper

from conftest import tinymlc, tinymlc_json
from many_outputs import BuiltinOperator, by_litert, by_tinymlc, model_of
from single_op import Tensor

TARGETS = pytest.mark.parametrize("target", ["host", "mps2-an500"])


def any_boxes(rng, shape):
    """Corners in any order; some boxes are flat, and some are the same as others."""
    corners = rng.uniform(0, 4, (*shape, 2)) + rng.integers(0, 2, (*shape, 2))
    sizes = rng.uniform(0.5, 2, (*shape, 2)) * (rng.random((*shape, 2)) > 0.05)
    boxes = numpy.concatenate([corners, corners + sizes], axis=-1).astype(numpy.float32)
    boxes[..., 1::7, :] = boxes[..., ::7, :][..., :boxes[..., 1::7, :].shape[-2], :]
    turned = rng.random(shape) < 0.2
    boxes[turned] = boxes[turned][:, [2, 1, 0, 3]]
    return boxes


def any_scores(rng, shape, alike):
    scores = rng.random(shape).astype(numpy.float32)
    return (numpy.floor(scores * 8) / 8).astype(numpy.float32) if alike else scores


# --- ONNX

def onnx_model(path, batch, classes, boxes, centre, rows=None, present=5):
    """With the limits as inputs of the model; `rows`: of the output, where the file says it."""
    port = helper.make_tensor_value_info
    inputs = [port("boxes", TensorProto.FLOAT, [batch, boxes, 4]), port("scores", TensorProto.FLOAT, [batch, classes, boxes]),
              port("limit", TensorProto.INT64, [1]), port("overlap", TensorProto.FLOAT, [1]),
              port("least", TensorProto.FLOAT, [1])][:present]
    node = helper.make_node("NonMaxSuppression", [each.name for each in inputs], ["y"], center_point_box=centre)
    graph = helper.make_graph([node], "one", inputs, [port("y", TensorProto.INT64, [rows, 3])])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=9)
    onnx.save(model, path)
    return model


@TARGETS
@pytest.mark.parametrize("present", [3, 4, 5])
@pytest.mark.parametrize("centre", [0, 1])
def test_as_onnxruntime_does(centre, present, target, tmp_path):
    rng = numpy.random.default_rng(centre * 10 + present)
    shape = (2, 3, 40)
    session = onnxruntime.InferenceSession(onnx_model(tmp_path / "nms.onnx", *shape, centre, present=present).SerializeToString())
    samples = []
    for index in range(12):
        boxes = any_boxes(rng, (2, 40))
        if centre:
            boxes[..., 2:] = numpy.abs(boxes[..., 2:] - boxes[..., :2])
        given = {"boxes": boxes, "scores": any_scores(rng, shape, index % 3 == 0),
                 "limit": numpy.int64([rng.integers(0, 45)]), "overlap": numpy.float32([rng.choice([0, 0.25, 0.5, 1])]),
                 "least": numpy.float32([rng.choice([0, 0.5, -1])])}
        samples.append(dict(list(given.items())[:present]))
    for sample, ours in zip(samples, by_tinymlc(tmp_path / "nms.onnx", samples, tmp_path, target)):
        expected = session.run(None, sample)[0]
        assert ours["y"].shape == (2 * 3 * 40, 3)
        numpy.testing.assert_array_equal(ours["y"][:len(expected)], expected)
        assert (ours["y"][len(expected):] == -1).all()


def test_rows_are_those_that_the_file_declares(tmp_path):
    rng = numpy.random.default_rng(5)
    model = onnx_model(tmp_path / "nms.onnx", 1, 1, 20, 0, rows=4)
    sample = {"boxes": any_boxes(rng, (1, 20)), "scores": any_scores(rng, (1, 1, 20), False), "limit": numpy.int64([20]),
              "overlap": numpy.float32([0.5]), "least": numpy.float32([0])}
    expected = onnxruntime.InferenceSession(model.SerializeToString()).run(None, sample)[0]
    ours = by_tinymlc(tmp_path / "nms.onnx", [sample], tmp_path, "host")[0]["y"]
    assert len(expected) > 4
    numpy.testing.assert_array_equal(ours, expected[:4])


def test_none_to_choose_is_refused(tmp_path):
    onnx_model(tmp_path / "nms.onnx", 1, 1, 20, 0, present=2)
    refused = tinymlc("compile", tmp_path / "nms.onnx", "-o", tmp_path / "out", code=2)
    assert "it chooses no boxes" in refused.stderr


# --- TFLite's

def number(name, value, dtype=numpy.float32, constant=False):
    return Tensor(name, numpy.array(value, dtype), constant=constant)


@TARGETS
@pytest.mark.parametrize("soft", [False, True], ids=["v4", "v5"])
def test_as_litert_does(soft, target, tmp_path):
    rng = numpy.random.default_rng(7)
    zeros = lambda name, shape, dtype: Tensor(name, numpy.zeros(shape, dtype))
    inputs = [zeros("boxes", [50, 4], numpy.float32), zeros("scores", [50], numpy.float32),
              number("most", 20, numpy.int32, constant=True), number("overlap", 0), number("least", 0)]
    outputs = [zeros("places", [20], numpy.int32), zeros("count", [], numpy.int32)]
    if soft:
        inputs.append(number("sigma", 0))
        outputs.insert(1, zeros("chosen", [20], numpy.float32))
    content = model_of(BuiltinOperator.NON_MAX_SUPPRESSION_V5 if soft else BuiltinOperator.NON_MAX_SUPPRESSION_V4, inputs,
                       outputs)
    (tmp_path / "nms.tflite").write_bytes(content)
    samples = []
    for index in range(24):
        sample = {"boxes": any_boxes(rng, (50,)), "scores": any_scores(rng, (50,), index % 3 == 0),
                  "overlap": numpy.float32(rng.choice([0.25, 0.5, 0.9])), "least": numpy.float32(rng.choice([0, 0.4, 2]))}
        if soft:
            sample["sigma"] = numpy.float32(rng.choice([0, 0, 0.25, 0.5]))
        samples.append(sample)
    expected = by_litert(content, samples)
    for ours, theirs in zip(by_tinymlc(tmp_path / "nms.tflite", samples, tmp_path, target), expected):
        assert ours["count"] == theirs["count"]
        numpy.testing.assert_array_equal(ours["places"], theirs["places"])
        if soft:
            numpy.testing.assert_allclose(ours["chosen"], theirs["chosen"], rtol=1e-5)


# --- the detections of single-shot detectors

OPTIONS = {"max_detections": 10, "max_classes_per_detection": 1, "num_classes": 5, "nms_score_threshold": 0.3,
           "nms_iou_threshold": 0.5, "y_scale": 10.0, "x_scale": 10.0, "h_scale": 5.0, "w_scale": 5.0}
FORMS = {
    "fast": {},
    "fast-classes": {"max_classes_per_detection": 3},
    "fast-more-classes-than-there-are": {"max_classes_per_detection": 7},
    "regular": {"use_regular_nms": True, "detections_per_class": 4},
    "regular-default": {"use_regular_nms": True, "max_detections": 30},
    "regular-one": {"use_regular_nms": True, "max_detections": 1},
    "named-fast": {"use_regular_nms": False, "nms_iou_threshold": 1.0},
}
COUNT = 60


def anchors_of(rng):
    return numpy.concatenate([rng.random((COUNT, 2)), rng.uniform(0.1, 0.5, (COUNT, 2))], 1).astype(numpy.float32)


def detector(options, columns, anchors, quantised):
    scale, zero = (0.05, 128) if quantised else (None, 0)
    dtype = numpy.uint8 if quantised else numpy.float32
    rows = options["max_detections"] * options["max_classes_per_detection"]
    zeros = lambda name, shape: Tensor(name, numpy.zeros(shape, numpy.float32))
    if quantised:
        anchors = Tensor("anchors", numpy.clip(anchors * 200 + 3, 0, 255).astype(numpy.uint8), 1 / 200, 3, constant=True)
    else:
        anchors = Tensor("anchors", anchors, constant=True)
    inputs = [Tensor("boxes", numpy.zeros([1, COUNT, 4], dtype), scale, zero),
              Tensor("classes", numpy.zeros([1, COUNT, columns], dtype), 1 / 256 if quantised else None, 0), anchors]
    outputs = [zeros("found", [1, rows, 4]), zeros("kinds", [1, rows]), zeros("scores", [1, rows]), zeros("count", [1])]
    return model_of("TFLite_Detection_PostProcess", inputs, outputs, options)


def predictions(rng, columns, quantised, alike):
    if quantised:
        return {"boxes": rng.integers(0, 256, (1, COUNT, 4), numpy.uint8),
                "classes": rng.integers(0, 256, (1, COUNT, columns), numpy.uint8)}
    return {"boxes": rng.normal(0, 3, (1, COUNT, 4)).astype(numpy.float32),
            "classes": any_scores(rng, (1, COUNT, columns), alike)}


@TARGETS
@pytest.mark.parametrize("quantised", [False, True], ids=["float", "uint8"])
@pytest.mark.parametrize("background", [0, 1])
@pytest.mark.parametrize("form", FORMS)
def test_detections_are_litert_s(form, background, quantised, target, tmp_path):
    rng = numpy.random.default_rng(11)
    options = OPTIONS | FORMS[form]
    columns = options["num_classes"] + background
    content = detector(options, columns, anchors_of(rng), quantised)
    (tmp_path / "detector.tflite").write_bytes(content)
    samples = [predictions(rng, columns, quantised, index % 2 == 0) for index in range(8)]
    expected = by_litert(content, samples)
    for ours, theirs in zip(by_tinymlc(tmp_path / "detector.tflite", samples, tmp_path, target), expected):
        assert ours["count"] == theirs["count"]
        taken, each = int(ours["count"][0]), 1 if options.get("use_regular_nms") else options["max_classes_per_detection"]
        kinds = min(each, options["num_classes"])  # what LiteRT leaves behind those is any number
        for name in ("found", "kinds", "scores"):
            rows = lambda array: array[0, :taken * each].reshape(taken, each, -1)[:, :kinds]
            numpy.testing.assert_array_equal(rows(ours[name]), rows(theirs[name]), err_msg=name)
            rest = ours[name][0, taken * each:]
            numpy.testing.assert_array_equal(rest, numpy.zeros_like(rest))


WRONG = {
    "its option 'num_classes' is 0": {"num_classes": 0},
    "its option 'max_detections' is 2000000000": {"max_detections": 2_000_000_000},
    "its option 'y_scale' is missing or no number": {"y_scale": "ten"},
    "its nms_iou_threshold is 1.5": {"nms_iou_threshold": 1.5},
    "one of its counts is": {"max_detections": 65536, "max_classes_per_detection": 65536},
    "do not fit 9 classes": {"num_classes": 9},
}


@pytest.mark.parametrize("message", WRONG)
def test_what_a_detector_must_not_say_is_refused(message, tmp_path):
    inputs = [Tensor("boxes", numpy.zeros([1, COUNT, 4], numpy.float32)),
              Tensor("classes", numpy.zeros([1, COUNT, 5], numpy.float32)),
              Tensor("anchors", numpy.zeros([COUNT, 4], numpy.float32), constant=True)]
    outputs = [Tensor(name, numpy.zeros([], numpy.float32)) for name in ("found", "kinds", "scores", "count")]
    content = model_of("TFLite_Detection_PostProcess", inputs, outputs, OPTIONS | WRONG[message])
    (tmp_path / "detector.tflite").write_bytes(content)
    assert message in tinymlc("compile", tmp_path / "detector.tflite", "-o", tmp_path / "out", code=2).stderr


# --- by the command line's own comparison

@pytest.mark.parametrize("rows", [None, 3])
def test_verify_pads_what_onnxruntime_chooses(rows, tmp_path):
    port = helper.make_tensor_value_info
    constants = [onnx.numpy_helper.from_array(array, name) for name, array in
                 {"limit": numpy.int64([5]), "overlap": numpy.float32([0.5]), "least": numpy.float32([0.1])}.items()]
    node = helper.make_node("NonMaxSuppression", ["boxes", "scores", "limit", "overlap", "least"], ["y"])
    graph = helper.make_graph([node], "one", [port("boxes", TensorProto.FLOAT, [1, 20, 4]),
                                              port("scores", TensorProto.FLOAT, [1, 2, 20])],
                              [port("y", TensorProto.INT64, [rows, 3])], constants)
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 11)], ir_version=9), tmp_path / "nms.onnx")
    report = tinymlc_json("verify", tmp_path / "nms.onnx", "--oracle", "onnxruntime", "--samples", 8, "--target", "host")
    assert report["pass"] and report["elements"] == 8 * 3 * (rows or 10)


@pytest.mark.parametrize("quantised", [False, True], ids=["float", "uint8"])
def test_verify_knows_what_litert_leaves_behind_detections(quantised, tmp_path):
    options = OPTIONS | {"max_classes_per_detection": 3}
    content = detector(options, 6, anchors_of(numpy.random.default_rng(3)), quantised)
    (tmp_path / "detector.tflite").write_bytes(content)
    report = tinymlc_json("verify", tmp_path / "detector.tflite", "--oracle", "litert", "--samples", 8, "--target", "host")
    assert report["pass"] and report["bit_exact"]
