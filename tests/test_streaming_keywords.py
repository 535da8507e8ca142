# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The streaming network of the keyword example, stepped frame by frame and from raw samples: the bits of the whole
window at a fraction of its instructions."""
import subprocess
import sys

import numpy
import onnxruntime
import pytest

from conftest import REFUSED, ROOT, TINYMLC, tinymlc, tinymlc_json

KEYWORDS = ROOT / "examples/keywords"
MODEL, SPEC = KEYWORDS / "streaming.onnx", KEYWORDS / "streaming.yaml"
LABELS = (KEYWORDS / "labels.txt").read_text(encoding="utf-8").split()
STEP = ("--stream-axis", 2)
SOUND = ("--preprocess", SPEC, "--input-type", "stream")

sys.path.insert(0, str(KEYWORDS))
import features  # noqa: E402


@pytest.fixture(scope="module")
def sound():
    """Several words one after the other, whole hops of them."""
    clips = [features.read_wav(path) for path in sorted((KEYWORDS / "wav").glob("*.wav"))[:3]]
    return numpy.concatenate(clips)[: 100 * features.HOP_SAMPLES]


def run(folder, array, *options):
    numpy.save(folder / "input.npy", array)
    tinymlc("run", *options, "--input", folder / "input.npy", "-o", folder)
    return numpy.load(folder / "probabilities.npy").reshape(len(array), -1)


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
def test_steps_have_the_bits_of_the_whole_window(target, sound, tmp_path):
    frames = features.features(numpy.concatenate([sound, sound])[: 16000 + 19 * features.HOP_SAMPLES][None], True)[0]
    windows = numpy.stack([frames[:, i : i + 49] for i in range(frames.shape[1] - 48)])[:, None]
    whole = run(tmp_path, windows, MODEL)
    steps = run(tmp_path, frames.transpose(1, 0, 2)[:, None, :, None], MODEL, *STEP, "--stream", "--target", target)
    assert len(whole) == 20 and steps[48:].tobytes() == whole.tobytes()


def test_raw_samples_stream_hop_by_hop(sound, tmp_path):
    hops = numpy.round(sound * 32768).astype(numpy.int16).reshape(-1, features.HOP_SAMPLES)
    whole = run(tmp_path, hops, MODEL, *SOUND, "--stream")
    steps = run(tmp_path, hops, MODEL, *SOUND, *STEP, "--stream")
    assert steps[48:].tobytes() == whole[48:].tobytes() and len(numpy.unique(whole.argmax(axis=1))) > 1


def test_features_that_depend_on_the_loudest_band_are_refused():
    options = ("--preprocess", KEYWORDS / "preprocess.yaml", "--input-type", "stream", *STEP, "--after", "border")
    assert "normalize_bands" in tinymlc("inspect", MODEL, *options, code=REFUSED).stderr


def test_a_step_costs_a_fraction_of_the_window():
    options = ("--target", "mps2-an500", "--no-cycles")
    whole, step = (tinymlc_json("bench", MODEL, *options, *more)["instructions"] for more in ((), STEP))
    assert step <= 0.06 * whole


def test_the_front_end_is_the_one_that_the_network_was_trained_with(sound, tmp_path):
    clip = numpy.round(sound[:16000] * 32768).astype(numpy.int16)
    numpy.save(tmp_path / "clip.npy", clip[None])
    tinymlc("run", SPEC, "--input-type", "samples", "--input", tmp_path / "clip.npy", "-o", tmp_path)
    made = numpy.load(tmp_path / "features.npy").reshape(49, 10)
    expected = features.features(clip[None] / 32768, True)[0, 0]
    assert numpy.abs(made - expected).max() < 0.05


@pytest.mark.long
def test_the_demo_hears_hop_by_hop_what_onnxruntime_hears_in_the_whole_recording():
    clips = sorted((KEYWORDS / "wav").glob("*.wav"))
    maps = features.features(numpy.stack([features.read_wav(path) for path in clips]), True)
    session = onnxruntime.InferenceSession(MODEL, providers=["CPUExecutionProvider"])
    expected = numpy.array([session.run(None, {"features": one[None]})[0].ravel() for one in maps])
    command = [sys.executable, KEYWORDS / "demo.py", "--stream", "--target", "host", "--tinymlc", TINYMLC]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    for path, probabilities in zip(clips, expected):
        line = next(line for line in lines if line.startswith(path.name))
        _, word, share, *_ = line.split()
        assert abs(float(share.rstrip("%")) / 100 - probabilities[LABELS.index(word)]) < 0.25, line
