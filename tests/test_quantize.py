# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Float models made int8 on 200 calibration rows, against the float model and the published int8 twin on the others."""
import json

import numpy
import pytest

from conftest import shared, tinymlc, tinymlc_json
from test_bit_exact import TFLITE

pytestmark = pytest.mark.long

FLOAT = {"kws": "models/mlperf_tiny/kws_f32.tflite", "ic": "models/mlperf_tiny/ic_resnet8_f32.tflite",
         "vww": "models/mlperf_tiny/vww_f32.tflite"}
LABELS = {"kws": "data/kws_labels_i32.bin", "ic": "data/cifar_labels_i32.bin", "vww": "data/vww_labels_i32.bin"}
# Where int8 has been held on all of them, the others take most of the quick tier's time.
ONE_QUICKLY = ["kws", *(pytest.param(name, marks=pytest.mark.full) for name in FLOAT if name != "kws")]
# The largest has no operator that the others lack, and takes as long as both.
ALL_BUT_THE_LARGEST = ["kws", "ic", pytest.param("vww", marks=pytest.mark.full)]
CALIBRATION_ROWS = 200
# Points of accuracy that may be lost against the published int8 model.
TWIN_MARGIN = {"kws": 0.5, "ic": 1.0, "vww": 1.0}


def real_rows(name):
    if name == "kws":
        features = numpy.fromfile(shared("data/kws_features_i8_1000x490.bin"), numpy.int8).reshape(-1, 49, 10, 1)
        return numpy.float32(0.584703) * (features.astype(numpy.float32) - 83)
    if name == "ic":
        pixels = numpy.fromfile(shared("data/cifar_rgb_u8_400x32x32x3.bin"), numpy.uint8)
        return pixels.reshape(-1, 32, 32, 3).astype(numpy.float32)
    pixels = numpy.fromfile(shared("data/vww_rgb_u8_500x96x96x3.bin"), numpy.uint8)
    return pixels.reshape(-1, 96, 96, 3) / numpy.float32(255)


def split(name):
    """Rows to calibrate with, evenly spread, and the others."""
    count = len(real_rows(name))
    calibration = numpy.arange(0, count, count // CALIBRATION_ROWS)[:CALIBRATION_ROWS]
    return calibration, numpy.setdiff1d(numpy.arange(count), calibration)


def litert_scores(path, rows):
    from ai_edge_litert.interpreter import Interpreter, OpResolverType
    interpreter = Interpreter(str(path), experimental_op_resolver_type=OpResolverType.BUILTIN_WITHOUT_DEFAULT_DELEGATES)
    interpreter.allocate_tensors()
    source, result = interpreter.get_input_details()[0], interpreter.get_output_details()[0]
    scale, zero_point = source["quantization"]
    scores = []
    for row in rows:
        row = row[None]
        if source["dtype"] is numpy.int8:
            row = numpy.clip(numpy.round(row / scale) + zero_point, -128, 127).astype(numpy.int8)
        interpreter.set_tensor(source["index"], row)
        interpreter.invoke()
        scores.append(interpreter.get_tensor(result["index"]).ravel().copy())
    return numpy.array(scores)


def points(scores, labels):
    return 100 * (scores.argmax(axis=1) == labels).mean()


def agreement(name, scheme, folder):
    """Our answers on the rows that were not calibrated with, the float model's, and these rows."""
    rows, (calibration, others) = real_rows(name), split(name)
    numpy.savez(folder / "calibration.npz", input_1=rows[calibration])
    numpy.savez(folder / "others.npz", input_1=rows[others])
    report = tinymlc_json("run", shared(FLOAT[name]), "--target", "host", "--quantize", scheme, "--calibrate",
                          folder / "calibration.npz", "--input", folder / "others.npz", "-o", folder)
    ours = numpy.load(report["outputs"][0]["file"]).reshape(len(others), -1)
    return ours, litert_scores(shared(FLOAT[name]), rows[others]), rows[others]


@pytest.mark.parametrize("name", ALL_BUT_THE_LARGEST)
def test_agrees_with_the_float_model(name, tmp_path):
    ours, wanted, rows = agreement(name, "int8", tmp_path)
    labels = numpy.fromfile(shared(LABELS[name]), numpy.int32)[split(name)[1]]
    twin = litert_scores(shared(TFLITE[name]), rows)
    assert (ours.argmax(axis=1) == wanted.argmax(axis=1)).mean() >= 0.975
    assert points(ours, labels) >= points(twin, labels) - TWIN_MARGIN[name]
    if name == "kws":
        assert points(ours, labels) >= points(wanted, labels) - 1


@pytest.mark.parametrize("name", ONE_QUICKLY)
def test_four_bit_weights_in_groups_agree_with_the_float_model(name, tmp_path):
    ours, wanted, _ = agreement(name, "int4:32", tmp_path)
    assert (ours.argmax(axis=1) == wanted.argmax(axis=1)).mean() >= 0.93


@pytest.mark.parametrize("name", ONE_QUICKLY)
def test_activations_of_sixteen_bits_agree_with_the_float_model(name, tmp_path):
    ours, wanted, _ = agreement(name, "int16x8", tmp_path)
    assert (ours.argmax(axis=1) == wanted.argmax(axis=1)).mean() >= 0.98


def test_four_bit_weights_take_less_flash(tmp_path):
    rows, (calibration, _) = real_rows("ic"), split("ic")
    numpy.savez(tmp_path / "calibration.npz", input_1=rows[calibration[:40]])
    target = ("--target", "mps2-an500", "--optimize", "speed")
    quantized = ("--calibrate", tmp_path / "calibration.npz", "--ranges", "minmax", "--repair", "none")
    int8 = tinymlc_json("bench", shared(TFLITE["ic"]), *target)
    int4 = tinymlc_json("bench", shared(FLOAT["ic"]), *target, "--quantize", "int4:32", *quantized)
    assert int4["flash_bytes"]["weights"] <= 0.62 * int8["flash_bytes"]["weights"]
