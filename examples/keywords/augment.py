# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Turns trimmed utterances into one-second clips as a microphone might hear them.

Room (reverberation), place in the second, colour (equaliser), noise at a signal-to-noise ratio, and clips that hold
noise only. numpy only; every function draws from the generator that it is given, so a seed fixes the result.
"""

import numpy as np

from features import CLIP_SAMPLES, SAMPLE_RATE_HZ

_BIN_HZ = np.fft.rfftfreq(CLIP_SAMPLES, 1.0 / SAMPLE_RATE_HZ)
_OCTAVES = np.log2(np.maximum(_BIN_HZ, 50.0) / 50.0)


def _filtered(clip, gain):
    return np.fft.irfft(np.fft.rfft(clip) * gain, CLIP_SAMPLES)


def place(speech, length, rng):
    """The utterance somewhere in its second: centred, give or take 200 ms, kept whole where it fits."""
    room = CLIP_SAMPLES - length
    start = int(np.clip(room // 2 + rng.integers(-3200, 3201), 0, room))
    clip = np.zeros(CLIP_SAMPLES)
    clip[start : start + length] = speech[:length]
    return clip


def equalise(clip, rng, strength_db=8.0):
    """A smooth random frequency response: a gain per octave, a low cut and a high cut."""
    gains_db = rng.normal(0.0, strength_db / 2, 9)
    gain = 10.0 ** (np.interp(_OCTAVES, np.arange(9), gains_db) / 20.0)
    low_cut_hz, high_cut_hz = rng.uniform(20.0, 250.0), rng.uniform(3500.0, 12000.0)
    gain *= 1.0 / np.sqrt(1.0 + (low_cut_hz / np.maximum(_BIN_HZ, 1.0)) ** 4)
    gain *= 1.0 / np.sqrt(1.0 + (_BIN_HZ / high_cut_hz) ** 6)
    return _filtered(clip, gain)


def reverberate(clip, rng):
    """A room: the direct path, up to eight early reflections, and a tail that decays by 60 dB in 0.1 to 0.7 s."""
    decay_s = rng.uniform(0.1, 0.7)
    time_s = np.arange(CLIP_SAMPLES) / SAMPLE_RATE_HZ
    response = rng.normal(size=CLIP_SAMPLES) * 10.0 ** (-3.0 * time_s / decay_s)
    response *= rng.uniform(0.1, 0.7) / np.sqrt(np.sum(response**2))
    early = rng.integers(16, 640, rng.integers(0, 9))  # 1 to 40 ms: 0.3 to 14 m further than the direct path
    response[early] += rng.choice([-1.0, 1.0], early.size) * rng.uniform(0.1, 0.6, early.size) * 100.0 / (100.0 + early)
    response[0] = 1.0
    spectrum = np.fft.rfft(clip, 2 * CLIP_SAMPLES) * np.fft.rfft(response, 2 * CLIP_SAMPLES)
    return np.fft.irfft(spectrum)[:CLIP_SAMPLES]


def compress(clip, rng):
    """Lifts what is soft, as fricatives and bursts are: the gain is a power of the envelope over 20 ms."""
    energy = np.cumsum(np.pad(clip**2, (161, 159)))
    envelope = np.sqrt(np.maximum(energy[320:] - energy[:-320], 0.0))
    envelope = envelope / np.max(envelope) + 0.01
    return clip * envelope ** -rng.uniform(0.0, 0.6)


def noise(rng):
    """One second of noise at unit power: coloured hiss, mains hum, or both, steady or swelling, with clicks or not."""
    slope = rng.uniform(0.0, 2.0)
    sound = _filtered(rng.normal(size=CLIP_SAMPLES), 1.0 / np.maximum(_BIN_HZ, 30.0) ** (slope / 2))
    sound /= np.sqrt(np.mean(sound**2))
    if rng.random() < 0.4:
        sound = equalise(sound, rng, 16.0)
        sound /= np.sqrt(np.mean(sound**2))
    time_s = np.arange(CLIP_SAMPLES) / SAMPLE_RATE_HZ
    if rng.random() < 0.25:
        base_hz = rng.choice([50.0, 60.0, rng.uniform(80.0, 400.0)])
        for harmonic in range(1, rng.integers(2, 9)):
            phase = rng.uniform(0.0, 2 * np.pi)
            sound += rng.uniform(0.0, 1.5) / harmonic * np.sin(2 * np.pi * base_hz * harmonic * time_s + phase)
    if rng.random() < 0.3:
        sound *= 1.0 + 0.9 * np.sin(2 * np.pi * (rng.uniform(0.3, 4.0) * time_s + rng.random()))
    if rng.random() < 0.1:
        clicks = rng.integers(0, CLIP_SAMPLES, rng.integers(1, 6))
        sound[clicks] += rng.normal(size=clicks.size) * 20.0
    return sound / np.sqrt(np.mean(sound**2))


def silence(rng):
    """A clip of the class silence: noise, or seldom nothing at all."""
    return np.zeros(CLIP_SAMPLES) if rng.random() < 0.02 else noise(rng)


def babble(crowd, rng):
    """One second of 4 to 12 voices at once, at unit power; `crowd` [N, 16000] is what they say."""
    voices = crowd[rng.integers(0, len(crowd), rng.integers(4, 13))].astype(np.float64)
    sound = sum(rng.uniform(0.3, 1.0) * np.roll(voice, rng.integers(CLIP_SAMPLES)) for voice in voices)
    return sound / np.sqrt(np.mean(sound**2))


def add_noise(clip, ratio_db, rng, crowd=None):
    """Adds noise, or the babble of a crowd, so that the speech, where it sounds, is `ratio_db` above it."""
    active = np.abs(clip) > 0.02 * np.max(np.abs(clip))
    speech_power = np.mean(clip[active] ** 2)
    sound = noise(rng) if crowd is None else babble(crowd, rng)
    return clip + sound * np.sqrt(speech_power) * 10.0 ** (-ratio_db / 20.0)


def training_clip(speech, length, crowd, rng):
    """An utterance with every kind of change, each drawn anew; `crowd` is other speech for babble behind it."""
    clip = place(speech, length, rng)
    if rng.random() < 0.6:
        clip = compress(clip, rng)
    if rng.random() < 0.3:
        clip = reverberate(clip, rng)
    if rng.random() < 0.8:
        clip = equalise(clip, rng)
    if rng.random() < 0.15:
        return clip
    return add_noise(clip, rng.uniform(6.0, 50.0), rng, crowd if rng.random() < 0.2 else None)


def test_clip(speech, length, ratio_db, rng):
    """An utterance at a random place with noise at `ratio_db`, or none where that is None."""
    clip = place(speech, length, rng)
    return clip if ratio_db is None else add_noise(clip, ratio_db, rng)
