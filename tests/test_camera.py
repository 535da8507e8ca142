# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What a camera or a microphone delivers as the model's input: the same answers as the file's model gives for the reals
that the preprocessing makes of it."""
import numpy
import onnx
import PIL.Image
import pytest
from onnx import TensorProto, helper, numpy_helper

from conftest import tinymlc, tinymlc_json
from test_border import SIZE, placed, small_network

MEAN = numpy.array([123.675, 116.28, 103.53])
DEVIATION = numpy.array([58.395, 57.12, 57.375])
SCALE, OFFSET = 1 / DEVIATION, -MEAN / DEVIATION
SPEC = "image:\n  layout: nchw\n  scale: [{}]\n  offset: [{}]\n"
ROWS = 6


def affine(channels):
    """What a model of torchvision takes for these channels, [rows, height, width, 3]."""
    reals = channels.astype(numpy.float32) * SCALE.astype(numpy.float32) + OFFSET.astype(numpy.float32)
    return reals.astype(numpy.float32).transpose(0, 3, 1, 2)[:, None]


def of_rgb565(words):
    """[rows, height, width] of 16 bits to red, green, blue."""
    red, green, blue = words >> 11, words >> 5 & 63, words & 31
    return numpy.stack([red << 3 | red >> 2, green << 2 | green >> 4, blue << 3 | blue >> 2], -1)


def of_yuyv(data):
    """[rows, height, width, 2] to red, green, blue: BT.601, full range."""
    y = data[..., 0].astype(int)
    pairs = data.reshape(*data.shape[:2], -1, 4).astype(int)
    u, v = (numpy.repeat(pairs[..., i] - 128, 2, axis=2) for i in (1, 3))
    parts = [91881 * v, -22553 * u - 46802 * v, 116130 * u]
    return numpy.stack([numpy.clip(y + ((part + 32768) >> 16), 0, 255) for part in parts], -1)


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    folder = tmp_path_factory.mktemp("camera")
    onnx.save(small_network(), folder / "small.onnx")
    pixels = numpy.random.default_rng(5).integers(0, 256, (ROWS, SIZE, SIZE, 3))
    numpy.savez(folder / "rows.npz", image=affine(pixels))
    tinymlc("quantize", folder / "small.onnx", "--calibrate", folder / "rows.npz", "--repair", "none", "--export",
            folder / "qdq.onnx")
    (folder / "spec.yaml").write_text(SPEC.format(", ".join(map(str, SCALE)), ", ".join(map(str, OFFSET))))
    return folder


def run(folder, data, *options, model="qdq.onnx"):
    numpy.save(folder / "in.npy", data)
    tinymlc("run", folder / model, "--input", folder / "in.npy", "-o", folder / "out", *options)
    return numpy.load(next((folder / "out").glob("*.npy")))


def camera(folder, kind, *more):
    return ["--preprocess", folder / "spec.yaml", "--input-type", f"image={kind}", *more]


def deliveries():
    """What arrives, and the channels that it stands for."""
    random = numpy.random.default_rng(6)
    pixels = random.integers(0, 256, (ROWS, SIZE, SIZE, 3))
    yuyv = random.integers(0, 256, (ROWS, SIZE, SIZE, 2)).astype(numpy.uint8)
    words = random.integers(0, 1 << 16, (ROWS, SIZE, SIZE))
    low_first = numpy.stack([words & 255, words >> 8], -1).astype(numpy.uint8)
    return {"pixels": (pixels.astype(numpy.uint8), pixels), "rgb565": (low_first, of_rgb565(words)),
            "rgb565_swapped": (low_first[..., ::-1], of_rgb565(words)), "yuyv": (yuyv, of_yuyv(yuyv)),
            "uyvy": (yuyv.reshape(ROWS, SIZE, SIZE, 2)[..., ::-1], of_yuyv(yuyv))}


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
@pytest.mark.parametrize("kind", deliveries())
def test_buffer_of_the_camera_is_the_input(model, kind, target):
    data, channels = deliveries()[kind]
    expected = run(model, affine(channels))
    actual = run(model, data[:, None].copy(), *camera(model, kind, "--target", target))
    numpy.testing.assert_array_equal(actual, expected)


@pytest.mark.parametrize("kind", ["pixels", "rgb565", "yuyv"])
def test_nothing_is_float_and_rows_are_unpacked_as_they_are_needed(model, kind):
    options = camera(model, kind, "--output-type", "int8", "--target", "mps2-an500")
    whole = placed(model / "qdq.onnx", "--stream-rows", "none", *options)
    assert not [step["body"] for step in whole["steps"] if "f32" in step["body"] or "strided_copy" in step["body"]]
    if kind == "pixels":  # these are looked up in place
        return
    stripes = placed(model / "qdq.onnx", "--stream-rows", "min", *options)
    assert stripes["regions"][0]["used_bytes"] < whole["regions"][0]["used_bytes"]
    assert sum("pixels_s8" in step["body"] for step in stripes["steps"]) > 1


@pytest.mark.parametrize("kind", ["pixels", "rgb565", "yuyv"])
def test_stripes_give_the_same(model, kind):
    data, channels = deliveries()[kind]
    actual = run(model, data[:, None].copy(), *camera(model, kind, "--target", "mps2-an500", "--stream-rows", "min"))
    numpy.testing.assert_array_equal(actual, run(model, affine(channels)))


@pytest.mark.parametrize("kind", ["pixels", "rgb565_swapped", "uyvy"])
def test_oracle_is_asked_about_the_reals(model, kind):
    report = tinymlc_json("verify", model / "qdq.onnx", "--oracle", "onnxruntime", *camera(model, kind))
    assert report["pass"] and report["samples"] == 10


def test_picture_gives_what_its_reals_give(model):
    pixels = numpy.random.default_rng(7).integers(0, 256, (SIZE, SIZE, 3)).astype(numpy.uint8)
    PIL.Image.fromarray(pixels).save(model / "picture.png")
    answers = []
    for options in (["--preprocess", model / "spec.yaml"], camera(model, "pixels")):
        tinymlc("run", model / "qdq.onnx", "--input", model / "picture.png", "-o", model / "of_picture", *options)
        answers.append(numpy.load(model / "of_picture/scores.npy"))
    numpy.testing.assert_array_equal(*answers)


def test_header_says_what_the_input_is(model):
    tinymlc("compile", model / "qdq.onnx", "-o", model / "sources", *camera(model, "rgb565"))
    header = (model / "sources/model.hpp").read_text()
    assert 'kInput0PixelFormat = "rgb565"' in header and "kInput0PixelScale" not in header
    assert f'kDType = "u8"' in header and f"kShape[] = {{1, {SIZE}, {SIZE}, 2}}" in header


def test_float_model_takes_pixels_too(model):
    pixels = deliveries()["pixels"][1]
    expected = run(model, affine(pixels), model="small.onnx")
    actual = run(model, pixels.astype(numpy.uint8)[:, None], *camera(model, "pixels"), model="small.onnx")
    numpy.testing.assert_allclose(actual, expected, rtol=1e-4, atol=1e-5)


def sound_model(folder):
    """A dense layer over 64 samples."""
    random = numpy.random.default_rng(8)
    constants = [numpy_helper.from_array(random.normal(0, 0.3, shape).astype(numpy.float32), name)
                 for name, shape in {"w": (64, 8), "b": (8,)}.items()]
    graph = helper.make_graph([helper.make_node("Gemm", ["clip", "w", "b"], ["scores"])], "sound",
                              [helper.make_tensor_value_info("clip", TensorProto.FLOAT, [1, 64])],
                              [helper.make_tensor_value_info("scores", TensorProto.FLOAT, [1, 8])], constants)
    onnx.save(helper.make_model(graph, ir_version=8, opset_imports=[helper.make_opsetid("", 17)]), folder / "sound.onnx")
    numpy.savez(folder / "clips.npz", clip=random.uniform(-1, 1, (16, 1, 64)).astype(numpy.float32))


@pytest.mark.parametrize("numbers", ["int8", "int16x8"])
def test_samples_of_a_sound_are_the_input(numbers, tmp_path):
    sound_model(tmp_path)
    (tmp_path / "spec.yaml").write_text("sound:\n  features: samples\n  samples: 64\n")
    quantized = ["--quantize", numbers, "--calibrate", tmp_path / "clips.npz", "--repair", "none", "--ranges", "minmax"]
    samples = numpy.random.default_rng(9).integers(-32768, 32768, (5, 1, 64)).astype(numpy.int16)
    expected = run(tmp_path, (samples / 32768).astype(numpy.float32), *quantized, model="sound.onnx")
    actual = run(tmp_path, samples, *quantized, "--preprocess", tmp_path / "spec.yaml", "--input-type", "samples",
                 model="sound.onnx")
    step = 2 / 255 if numbers == "int8" else 2 / 65535  # of the input: ties may go to the other side
    assert numpy.abs(actual - expected).max() <= step * 64 * 0.3
    assert actual.std() > 0.1


@pytest.mark.parametrize("spec, kind, message", [
    ("labels: [a]\n", "pixels", "nothing says how"),
    ("sound: {}\n", "samples", "it has 3072 elements"),
    ("sound:\n  features: samples\n  normalize_peak: true\n", "samples", "loudest"),
    ("image:\n  color: gray\n  layout: nchw\n", "pixels", "channels"),
])
def test_what_cannot_be_folded_is_refused(model, spec, kind, message, tmp_path):
    (tmp_path / "spec.yaml").write_text(spec)
    done = tinymlc("compile", model / "qdq.onnx", "-o", tmp_path / "unused", "--preprocess", tmp_path / "spec.yaml",
                   "--input-type", kind, code=2)
    assert message in done.stderr
