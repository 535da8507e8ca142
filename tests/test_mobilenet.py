# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What networks of the MobileNetV2 family take on Cortex-M7: the figures that are promised, by the default options."""
import subprocess
import sys

import pytest

from conftest import ROOT, shared, tinymlc_json

pytestmark = pytest.mark.long

BOARD = "mps2-an500"


def network(folder, *options):
    """A float one with random weights, and rows to calibrate with beside it."""
    model = folder / "mobilenet.onnx"
    subprocess.run([sys.executable, ROOT / "scripts/mobilenet_v2.py", model, *options], check=True)
    return model


def bench(model, *options):
    return tinymlc_json("bench", model, "--target", BOARD, "--no-cycles", *options)


def quantized(model):
    return "--quantize", "int8", "--calibrate", model.with_suffix(".npz")


@pytest.fixture(scope="module")
def small_network(tmp_path_factory):
    return network(tmp_path_factory.mktemp("small"), "--width", "0.3", "--size", "80")


BYTES_OF_A_CAMERA = "--input-type", "input=int8", "--input-layout", "nhwc"


def test_the_small_one_fits_beside_a_camera(small_network):
    """0.30 at 80x80 with 1000 classes, 8.97 M MACs."""
    report = bench(small_network, *quantized(small_network), *BYTES_OF_A_CAMERA)
    assert report["macs"] == 8_970_112
    assert report["ram_bytes"]["arena"] + report["ram_bytes"]["io"] <= 26_000
    assert report["instructions"] <= 11_000_000


def test_the_small_one_gives_the_same_integers_on_the_board(small_network):
    """In stripes, on implementations that round once, and with weights in scratch where there is room."""
    report = tinymlc_json("verify", small_network, "--target", BOARD, "--oracle", "onnxruntime", "--samples", 1,
                          *quantized(small_network), *BYTES_OF_A_CAMERA)
    assert report["pass"], report


def test_int8_is_faster_than_float(tmp_path):
    """0.5 at 128x128, with ten classes, so that the float one goes into the board's flash."""
    model = network(tmp_path, "--width", "0.5", "--size", "128", "--classes", "10", "--rows", "8")
    assert bench(model, *quantized(model))["instructions"] <= 0.95 * bench(model)["instructions"]


def test_one_that_was_trained():
    """1.0 at 224x224, quantised by its authors."""
    assert bench(shared("models/zoo/mobilenet_v2_224_int8.tflite"))["instructions"] <= 290_000_000
