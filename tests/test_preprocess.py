# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Pictures and sounds as inputs: the same features as the tools that models are trained with, and answers in words."""
import pathlib
import subprocess
import sys

import numpy
import PIL.Image
import pytest

from conftest import ROOT, example_model, shared, tinymlc, tinymlc_json

KEYWORDS = ROOT / "examples/keywords"
SPEC = KEYWORDS / "preprocess.yaml"

sys.path.insert(0, str(KEYWORDS))
import features  # noqa: E402


def classes(model, spec, *files, target="host"):
    arguments = [part for file in files for part in ("--input", file)]
    return tinymlc_json("run", model, "--preprocess", spec, "--target", target, *arguments)["classes"]


def recording(word):
    """The example's recording of a word; the rest of its name is the voice."""
    (clip,) = (KEYWORDS / "wav").glob(f"{word}_*.wav")
    return clip


def test_example_recordings_are_named():
    files = sorted((KEYWORDS / "wav").glob("*.wav"))
    answers = classes(example_model(), SPEC, *files)
    assert [sample[0]["label"] for sample in answers] == [file.stem.split("_")[0] for file in files]
    for sample in answers:
        assert sample[0]["confidence"] == max(one["confidence"] for one in sample) and len(sample) == 3
    printed = tinymlc("run", example_model(), "--preprocess", SPEC, "--input", files[0], "--top", 2).stdout
    assert files[0].name in printed and answers[0][0]["label"] in printed


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
def test_recording_and_its_features_give_the_same_answer(target, tmp_path):
    clip = recording("stop")
    numpy.save(tmp_path / "clip.npy", features.features(features.read_wav(clip)[None]))
    by_array = classes(example_model(), SPEC, f"features={tmp_path / 'clip.npy'}", target=target)
    assert classes(example_model(), SPEC, clip, target=target) == by_array


@pytest.mark.parametrize("stereo", [False, True])
def test_random_sound_has_the_features_of_the_example(stereo, tmp_path):
    clip = numpy.clip(numpy.random.default_rng(1).normal(0, 0.2, 16000), -1, 1).astype(numpy.float32)
    path = tmp_path / "clip.wav"
    features.write_wav(path, clip)
    if stereo:
        import wave
        with wave.open(str(path), "rb") as file:
            mono = numpy.frombuffer(file.readframes(16000), "<i2")
        with wave.open(str(path), "wb") as file:
            file.setparams((2, 2, 16000, 0, "NONE", ""))
            file.writeframes(numpy.repeat(mono, 2).tobytes())
    else:
        clip = features.read_wav(path)
    numpy.save(tmp_path / "clip.npy", features.features(clip[None]))
    tinymlc("run", example_model(), "--preprocess", SPEC, "--input", path, "-o", tmp_path / "of_sound")
    tinymlc("run", example_model(), "--input", tmp_path / "clip.npy", "-o", tmp_path / "of_array")
    numpy.testing.assert_allclose(numpy.load(tmp_path / "of_sound/probabilities.npy"),
                                  numpy.load(tmp_path / "of_array/probabilities.npy"), atol=1 / 256 + 1e-6)


def vww_rows(count):
    pixels = numpy.fromfile(shared("data/vww_rgb_u8_500x96x96x3.bin"), numpy.uint8).reshape(500, 96, 96, 3)[:count]
    return pixels, numpy.fromfile(shared("data/vww_labels_i32.bin"), numpy.int32)[:count]


def vww_spec(folder, implementation="image: {}"):
    path = folder / "vww.yaml"
    path.write_text(f"labels: [nobody, person]\n{implementation}\n")
    return path


def test_pictures_of_the_visual_wake_words_are_read_bit_for_bit(tmp_path):
    pixels, labels = vww_rows(20)
    model = shared("models/mlperf_tiny/vww_int8.tflite")
    files = []
    for index, image in enumerate(pixels):
        files.append(tmp_path / f"{index}.png")
        PIL.Image.fromarray(image).save(files[-1])
    arguments = [part for file in files for part in ("--input", file)]
    tinymlc("run", model, "--preprocess", vww_spec(tmp_path), *arguments, "-o", tmp_path / "of_pictures")
    numpy.save(tmp_path / "rows.npy", (pixels.astype(numpy.int16) - 128).astype(numpy.int8))
    tinymlc("run", model, "--input", tmp_path / "rows.npy", "-o", tmp_path / "of_rows")
    assert (tmp_path / "of_pictures/Identity_int8.npy").read_bytes() == (tmp_path / "of_rows/Identity_int8.npy").read_bytes()
    named = classes(model, vww_spec(tmp_path), *files)
    right = sum(sample[0]["label"] == ("nobody", "person")[label] for sample, label in zip(named, labels))
    assert right >= 15
    as_elements = vww_spec(tmp_path, "image: {scale: 1, offset: -128, units: element}")
    assert classes(model, as_elements, *files) == named


def test_a_float_model_takes_the_same_pictures(tmp_path):
    pixels, _ = vww_rows(3)
    model = shared("models/mlperf_tiny/vww_f32.tflite")
    PIL.Image.fromarray(pixels[2]).save(tmp_path / "a.png")
    numpy.save(tmp_path / "a.npy", (pixels[2:3] / 255).astype(numpy.float32))
    spec = vww_spec(tmp_path)
    of_picture = classes(model, spec, tmp_path / "a.png")[0]
    of_array = classes(model, spec, tmp_path / "a.npy")[0]
    assert [one["label"] for one in of_picture] == [one["label"] for one in of_array]
    assert of_picture[0]["confidence"] == pytest.approx(of_array[0]["confidence"], abs=1e-5)


@pytest.mark.parametrize("form", ["png", "jpg", "gray.png", "palette.png"])
def test_person_is_detected(form, tmp_path):
    model = shared("models/vision/person_detect.tflite")
    spec = tmp_path / "person.yaml"
    spec.write_text("labels: [nobody, person]\nimage: {color: gray, scale: 1, offset: -128, units: element}\n")
    for name, answer in (("person", "person"), ("no_person", "nobody")):
        # The bitmaps hold the model's int8 elements as bytes: a pixel is 128 more.
        image = PIL.Image.fromarray(numpy.asarray(PIL.Image.open(shared(f"data/{name}.bmp"))) ^ 0x80)
        if form == "palette.png":
            image = image.convert("P")
        image = image.convert("L") if form == "gray.png" else image if form == "palette.png" else image.convert("RGB")
        path = tmp_path / f"{name}.{form}"
        image.save(path)
        assert classes(model, spec, path)[0][0]["label"] == answer


def test_pictures_of_other_sizes_are_scaled_as_pillow_does(tmp_path):
    pixels, _ = vww_rows(4)
    model = shared("models/mlperf_tiny/vww_f32.tflite")
    for index, size in enumerate([(96, 96), (200, 150), (50, 70), (96, 300)]):
        image = PIL.Image.fromarray(pixels[index]).resize(size, PIL.Image.Resampling.BICUBIC)
        image.save(tmp_path / "a.png")
        scaled = numpy.asarray(image.resize((96, 96), PIL.Image.Resampling.BILINEAR), numpy.float32) / 255
        numpy.save(tmp_path / "a.npy", scaled[None])
        of_picture, of_array = (classes(model, vww_spec(tmp_path), tmp_path / name)[0] for name in ("a.png", "a.npy"))
        confidence = {one["label"]: one["confidence"] for one in of_array}
        for one in of_picture:
            assert one["confidence"] == pytest.approx(confidence[one["label"]], abs=0.01), size


def test_generated_header_carries_labels_and_constants(tmp_path):
    tinymlc("compile", example_model(), "--target", "host", "--preprocess", SPEC, "-o", tmp_path / "model")
    (tmp_path / "main.cpp").write_text("""
#include "model.hpp"
#include <cstdio>
int main() {
  static_assert(keywords::kInput0SampleRateHz == 16000 && keywords::kInput0MelBands == 40);
  for (const char* label : keywords::kLabels) std::printf("%s ", label);
  std::printf("%g %g", keywords::kInput0FeatureMean[0], keywords::kInput0FeatureDeviation[9]);
}
""")
    subprocess.run(["g++", "-std=c++17", "-Wall", "-Wextra", "-Werror", "-I", tmp_path / "model", tmp_path / "main.cpp", "-o",
                    tmp_path / "main"], check=True)
    told = subprocess.run([tmp_path / "main"], check=True, capture_output=True, text=True).stdout
    assert told == " ".join((KEYWORDS / "labels.txt").read_text().split()) + " -12.48 0.24"


def refused(*arguments, words):
    done = tinymlc("run", *arguments, code=2)
    for word in words:
        assert word in done.stderr, done.stderr


def test_what_does_not_fit_is_refused(tmp_path):
    clip = recording("go")
    image = tmp_path / "a.png"
    PIL.Image.new("RGB", (8, 8)).save(image)
    refused(example_model(), "--input", clip, words=[clip.name, "--preprocess"])
    refused(example_model(), "--preprocess", SPEC, "--input", image, words=["a.png", "'image'"])
    spec = tmp_path / "spec.yaml"
    spec.write_text("labels: [a, b]\n" + SPEC.read_text().replace("labels_file: labels.txt", ""))
    refused(example_model(), "--preprocess", spec, "--input", clip, words=["2 labels", "12 elements"])
    spec.write_text("sound: {sample_rate_hz: 8000}")
    refused(example_model(), "--preprocess", spec, "--input", clip, words=["16000", "8000"])
    spec.write_text("sound: {mel_bands: 3}")
    refused(example_model(), "--preprocess", spec, "--input", clip, words=["490", "147"])
    spec.write_text("sound: {mel_bans: 3}")
    refused(example_model(), "--preprocess", spec, "--input", clip, words=["spec.yaml", "mel_bans", "TMC300"])
    broken = tmp_path / "broken.wav"
    broken.write_bytes(clip.read_bytes()[:30])
    refused(example_model(), "--preprocess", SPEC, "--input", broken, words=["broken.wav"])


def test_truncated_pictures_are_refused(tmp_path):
    model = shared("models/mlperf_tiny/vww_int8.tflite")
    whole = tmp_path / "whole.jpg"
    PIL.Image.fromarray(vww_rows(1)[0][0]).save(whole)
    for name, size in (("half.jpg", whole.stat().st_size // 2), ("head.jpg", 20), ("empty.jpg", 0)):
        path = tmp_path / name
        path.write_bytes(whole.read_bytes()[:size])
        refused(model, "--preprocess", vww_spec(tmp_path), "--input", path, words=[name, "TMC300"])


def test_documentation_says_the_defaults(tmp_path):
    """The file of docs/preprocessing.md is one, and its values are those that hold without it."""
    text = pathlib.Path(ROOT / "docs/preprocessing.md").read_text().split("## The file")[1].split("\nAll keys")[0]
    lines = [line[4:] for line in text.splitlines() if line.startswith("    ")]
    implementation = "\n".join(line for line in lines if not line.startswith("labels"))
    spec = tmp_path / "spec.yaml"
    clip = recording("go")
    outputs = []
    for part in (implementation.replace("mel_bands: 40", "mel_bands: 10"), "sound: {mel_bands: 10}"):
        spec.write_text(part)
        tinymlc("run", example_model(), "--preprocess", spec, "--input", clip, "-o", tmp_path / "out")
        outputs.append((tmp_path / "out/probabilities.npy").read_bytes())
    assert outputs[0] == outputs[1]
