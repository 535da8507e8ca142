# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Speech of flite, for the test only: its four general voices with other durations and pitches."""

from features import SAMPLE_RATE_HZ
from sounds import resample, run_synthesiser, trim

# Mean pitch in Hz and how much slower than by itself the voice reads: kal16's single words last only 0.1 to 0.2 s.
VOICES = {"kal16": (105.0, 1.8), "awb": (117.0, 1.0), "rms": (95.0, 1.0), "slt": (172.0, 1.0)}


def speak(word, rng, voices=tuple(VOICES)):
    """(voice, samples) of one utterance."""
    voice = str(rng.choice(voices))
    pitch_hz, slower = VOICES[voice]
    stretch = slower * rng.uniform(0.8, 1.3)
    pitch = pitch_hz * rng.uniform(0.85, 1.2)
    settings = [f"duration_stretch={stretch:.3f}", f"int_f0_target_mean={pitch:.1f}"]
    command = ["flite", "-voice", voice, "--setf", settings[0], "--setf", settings[1], "-t", word, "-o"]
    samples, rate = run_synthesiser(command)
    samples = trim(samples)
    return voice, resample(samples, int(samples.size * SAMPLE_RATE_HZ / rate))
