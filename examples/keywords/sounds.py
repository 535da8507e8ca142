# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What every synthesiser's speech goes through: reading, trimming, another rate."""

import subprocess
import tempfile
import wave

import numpy as np

from features import SAMPLE_RATE_HZ


def resample(samples, length):
    """Band-limited resampling to `length` samples through the Fourier domain."""
    spectrum = np.fft.rfft(samples)
    bins = length // 2 + 1
    resized = np.zeros(bins, complex)
    kept = min(bins, spectrum.size)
    resized[:kept] = spectrum[:kept]
    return np.fft.irfft(resized, length) * (length / samples.size)


def trim(samples, threshold=0.01):
    """Cuts what is quieter than `threshold` of the peak at both ends."""
    loud = np.flatnonzero(np.abs(samples) > threshold * np.max(np.abs(samples)))
    return samples[loud[0] : loud[-1] + 1]


def read_speech(path):
    """The samples of a WAV of any rate as floats, and the rate."""
    with wave.open(str(path), "rb") as sound:
        samples = np.frombuffer(sound.readframes(sound.getnframes()), "<i2").astype(np.float64)
        return samples, sound.getframerate()


def run_synthesiser(command):
    """The samples and rate of the WAV that `command` with a file name appended writes."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        subprocess.run([*command, file.name], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return read_speech(file.name)
