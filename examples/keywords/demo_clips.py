#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Makes the demo's WAV files with flite, which training never hears: one clip per class, the voices in turn.

  demo_clips.py DIR      needs flite and python3-numpy

The clips are not chosen by what the model says of them: each is the first draw of its own seed, with noise 30 dB below
the speech. A file's name is the label, the word where that differs, and the voice.
"""

import pathlib
import sys

import numpy as np

import augment
from features import write_wav
from synthesise import FLITE_VOICES, LABELS, flite

UNKNOWN_WORDS = ("house", "seven")


def spoken_clip(word, voice, rng):
    _, samples = flite(word, rng, (voice,))
    return augment.test_clip(samples, samples.size, 30.0, rng)


def main():
    folder = pathlib.Path(sys.argv[1])
    voices = list(FLITE_VOICES)
    words = [(label, label) for label in LABELS[:-2]] + [("unknown", word) for word in UNKNOWN_WORDS]
    for index, (label, word) in enumerate(words):
        voice = voices[index % len(voices)]
        clip = spoken_clip(word, voice, np.random.default_rng([index]))
        name = f"{label}_{voice}" if word == label else f"{label}_{word}_{voice}"
        write_wav(folder / f"{name}.wav", 0.8 * clip / np.max(np.abs(clip)))
    clip = augment.noise(np.random.default_rng([len(words)]))
    write_wav(folder / "silence_noise.wav", 0.1 * clip / np.max(np.abs(clip)))


if __name__ == "__main__":
    main()
