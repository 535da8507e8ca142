#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Makes the demo's WAV files with flite, which training never hears: at least one clip per class, the voices in turn.

  demo_clips.py MODEL.onnx DIR      needs flite, python3-numpy and onnxruntime (PyPI)

The demo shows that the board computes what the model computes, so a wrong answer there has to mean a fault: each clip
is the first draw, with noise 30 dB below the speech, that MODEL gets right. How many draws that took is printed; how
often the model is right is for evaluate.py to say. A file's name is the label, the word where that differs, the voice.
"""

import pathlib
import sys

import numpy as np
import onnxruntime

import augment
from features import CLIP_SAMPLES, features, write_wav
from flite import VOICES, speak
from words import LABELS

UNKNOWN_WORDS = ("house", "seven")
DRAWS = 40


def draw(label, word, voice, rng):
    if label == "silence":
        return 0.1 * augment.noise(rng)
    _, samples = speak(word, rng, (voice,))
    return augment.test_clip(samples, min(samples.size, CLIP_SAMPLES), 30.0, rng)


def first_right(session, label, word, seed):
    """The first clip whose class the model gives more than half of the probability, its voice and its number."""
    voices = ["noise"] if label == "silence" else list(VOICES)
    for attempt in range(DRAWS):
        voice = voices[(seed + attempt) % len(voices)]
        clip = draw(label, word, voice, np.random.default_rng([seed, attempt]))
        clip = 0.8 * clip / np.max(np.abs(clip))
        (probabilities,) = session.run(None, {"features": features(clip[None])})[0]
        if probabilities[LABELS.index(label)] > 0.5:
            return clip, voice, attempt + 1
    raise SystemExit(f"{word}: not recognised in {DRAWS} draws")


def main():
    model, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    words = [(label, label) for label in LABELS[:-1]] + [("unknown", word) for word in UNKNOWN_WORDS]
    for index, (label, word) in enumerate(words):
        clip, voice, draws = first_right(session, label, word, index)
        name = f"{label}_{voice}" if word == label else f"{label}_{word}_{voice}"
        write_wav(folder / f"{name}.wav", clip)
        print(f"{name}: draw {draws}")


if __name__ == "__main__":
    main()
