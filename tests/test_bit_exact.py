# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The same integers as LiteRT's reference kernels, and within a step of onnxruntime, on the host and on the board."""
import numpy
import pytest

from conftest import EMULATED, example_model, shared, tinymlc_json

pytestmark = pytest.mark.long

TFLITE = {
    "kws": "models/mlperf_tiny/kws_int8.tflite",
    "ic": "models/mlperf_tiny/ic_resnet8_int8.tflite",
    "vww": "models/mlperf_tiny/vww_int8.tflite",
    "ad": "models/mlperf_tiny/ad_int8.tflite",
    "person_detect": "models/vision/person_detect.tflite",
    "micro_speech": "models/voice/micro_speech_quantized.tflite",
}
QDQ = {"kws_qdq": "models/mlperf_tiny/kws_qdq.onnx", "ad_qdq": "models/mlperf_tiny/ad_qdq.onnx"}
OPTIMIZE = ("speed", "balanced", "size")


@pytest.mark.parametrize("name", TFLITE)
def test_host_agrees_with_litert_on_random_input(name):
    report = tinymlc_json("verify", shared(TFLITE[name]), "--oracle", "litert", "--samples", 100, "--target", "host")
    assert report["bit_exact"] and report["pass"], report["first_difference"]
    assert report["samples"] == 100
    assert report["intermediates_compared"] > 2


@pytest.mark.parametrize("target", EMULATED)
@pytest.mark.parametrize("name", TFLITE)
def test_board_agrees_with_litert_on_random_input(name, target):
    report = tinymlc_json("verify", shared(TFLITE[name]), "--oracle", "litert", "--samples", 5, "--target", target)
    assert report["bit_exact"] and report["pass"], report["first_difference"]


def test_board_agrees_without_hand_written_loops():
    settings = (shared(TFLITE["kws"]), "--target", "mps2-an500", "--optimize", "speed")
    report = tinymlc_json("verify", *settings, "--no-asm", "--oracle", "litert", "--samples", 1)
    assert report["bit_exact"], report["first_difference"]
    slower = tinymlc_json("bench", *settings, "--no-asm", "--no-cycles")
    assert slower["instructions"] > 2 * tinymlc_json("bench", *settings, "--no-cycles")["instructions"]


@pytest.mark.full
@pytest.mark.parametrize("target", EMULATED)
@pytest.mark.parametrize("optimize", OPTIMIZE)
@pytest.mark.parametrize("name", TFLITE)
def test_board_agrees_in_every_setting(name, optimize, target):
    report = tinymlc_json("verify", shared(TFLITE[name]), "--oracle", "litert", "--samples", 5, "--target", target,
                          "--optimize", optimize)
    assert report["bit_exact"], report["first_difference"]


def real_input(name):
    """A few rows of real data in the model's own quantisation."""
    if name == "kws":
        rows = numpy.fromfile(shared("data/kws_features_i8_1000x490.bin"), numpy.int8).reshape(-1, 1, 49, 10, 1)
    elif name == "ic":
        raw = numpy.fromfile(shared("data/cifar_rgb_u8_400x32x32x3.bin"), numpy.uint8)
        rows = (raw.astype(numpy.int16) - 128).astype(numpy.int8).reshape(-1, 1, 32, 32, 3)
    else:
        raw = numpy.fromfile(shared("data/vww_rgb_u8_500x96x96x3.bin"), numpy.uint8)
        rows = (raw.astype(numpy.int16) - 128).astype(numpy.int8).reshape(-1, 1, 96, 96, 3)
    return rows


def input_name(model):
    report = tinymlc_json("inspect", model)
    return report["inputs"][0]["name"]


@pytest.mark.parametrize("target,count", [("host", 50), ("mps2-an500", 3)])
@pytest.mark.parametrize("name", ["kws", "ic", "vww"])
def test_agrees_with_litert_on_real_input(name, target, count, tmp_path):
    model = shared(TFLITE[name])
    numpy.save(tmp_path / "in.npy", real_input(name)[:count])
    report = tinymlc_json("verify", model, "--oracle", "litert", "--target", target, "--input",
                          f"{input_name(model)}={tmp_path / 'in.npy'}")
    assert report["bit_exact"] and report["samples"] == count, report["first_difference"]


@pytest.mark.parametrize("target,samples", [("host", 100), ("mps2-an500", 5)])
@pytest.mark.parametrize("name", QDQ)
def test_qdq_is_within_a_step_of_onnxruntime(name, target, samples):
    report = tinymlc_json("verify", shared(QDQ[name]), "--oracle", "onnxruntime", "--samples", samples, "--target", target)
    assert report["pass"], report
    assert report["beyond_one_step"] <= 0.001 * report["elements"]
    assert report["max_steps"] <= 2


def test_example_agrees_with_onnxruntime():
    report = tinymlc_json("verify", example_model(), "--oracle", "onnxruntime", "--samples", 50, "--target", "host")
    assert report["pass"], report


@pytest.mark.parametrize("options", [[], ["--pin-weights", "PSRAM=12K"], ["--pin-weights", "SRAM=1M"]])
def test_example_computes_the_same_on_host_and_board(options, tmp_path):
    features = numpy.random.default_rng(1).normal(size=(3, *input_shape(example_model()))).astype(numpy.float32)
    numpy.save(tmp_path / "in.npy", features)
    name = input_name(example_model())
    outputs = {}
    for target in ("host", "mps2-an500"):
        report = tinymlc_json("run", example_model(), "--target", target, "--input", f"{name}={tmp_path / 'in.npy'}", "-o",
                              tmp_path / target, *(options if target != "host" else []))
        outputs[target] = numpy.load(report["outputs"][0]["file"])
    assert outputs["host"].dtype == outputs["mps2-an500"].dtype
    numpy.testing.assert_allclose(outputs["host"], outputs["mps2-an500"], rtol=0, atol=1e-6)


def input_shape(model):
    return tinymlc_json("inspect", model)["inputs"][0]["shape"]
