# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Audio front end: one second of 16 kHz mono sound to 49x10 MFCC features.

Pre-emphasis 0.97, Hann window of 480 samples (30 ms, periodic), hop of 320 samples (20 ms), magnitude of a 512-point
FFT, 40 triangular bands from 60 Hz to 7.6 kHz on the HTK mel scale, logarithm, DCT-II, the first 10 coefficients
(Davis and Mermelstein, 1980; window, hop and sizes as in MLPerf Tiny's keyword benchmark).

A clip is scaled by its loudest band, and what lies more than 36 dB below that is floored: the level of a recording and
the faint rests between sounds tell nothing about the word. Each coefficient is then brought to about zero mean and unit
spread with the constants below, measured once over training speech, so that one 8-bit scale serves all ten. Training,
evaluation and the demo all use this file; it needs only numpy.

A network that runs frame by frame hears sound that goes on, of which there is no loudest band: its features
(`streaming=True`) are of the samples as they are, with a floor of its own.
"""

import wave

import numpy as np

SAMPLE_RATE_HZ = 16000
CLIP_SAMPLES = 16000
WINDOW_SAMPLES = 480
HOP_SAMPLES = 320
FFT_POINTS = 512
MEL_BANDS = 40
MEL_LOW_HZ = 60.0
MEL_HIGH_HZ = 7600.0
PRE_EMPHASIS = 0.97
FLOOR = 0.015  # of the loudest band; -36 dB
COEFFICIENTS = 10
FRAMES = 1 + (CLIP_SAMPLES - WINDOW_SAMPLES) // HOP_SAMPLES  # 49
SILENT_PEAK = 1e-6  # a clip whose loudest band is below counts as digital silence
COEFFICIENT_MEAN = np.array([-12.48, -0.76, -0.13, -0.22, -0.15, -0.06, -0.06, 0.01, -0.07, 0.01], np.float32)
COEFFICIENT_STD = np.array([2.85, 1.01, 0.57, 0.54, 0.40, 0.40, 0.32, 0.28, 0.28, 0.24], np.float32)
STREAMING_FLOOR = 0.05
STREAMING_MEAN = np.array([-5.34, -1.12, -0.15, -0.02, -0.26, -0.14, -0.06, -0.11, -0.02, -0.04], np.float32)
STREAMING_STD = np.array([4.41, 1.36, 0.63, 0.55, 0.57, 0.44, 0.39, 0.33, 0.29, 0.24], np.float32)


def _hertz_to_mel(frequency_hz):
    return 1127.0 * np.log1p(np.asarray(frequency_hz) / 700.0)


def _mel_matrix():
    """[FFT bins, mel bands]: triangles that are linear on the mel scale; the DC bin has no weight."""
    bins_mel = _hertz_to_mel(np.arange(FFT_POINTS // 2 + 1) * SAMPLE_RATE_HZ / FFT_POINTS)[:, None]
    edges_mel = np.linspace(_hertz_to_mel(MEL_LOW_HZ), _hertz_to_mel(MEL_HIGH_HZ), MEL_BANDS + 2)
    low, centre, high = edges_mel[:-2], edges_mel[1:-1], edges_mel[2:]
    triangles = np.minimum((bins_mel - low) / (centre - low), (high - bins_mel) / (high - centre))
    triangles = np.maximum(triangles, 0.0)
    triangles[0] = 0.0
    return triangles.astype(np.float32)


def _dct_matrix():
    """[mel bands, coefficients]: DCT-II, orthonormal but for its first column, which is sqrt(2) larger."""
    band = np.arange(MEL_BANDS)[:, None]
    coefficient = np.arange(COEFFICIENTS)[None, :]
    cosines = np.cos(np.pi * coefficient * (2 * band + 1) / (2 * MEL_BANDS))
    return (np.sqrt(2.0 / MEL_BANDS) * cosines).astype(np.float32)


_WINDOW = (0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(WINDOW_SAMPLES) / WINDOW_SAMPLES)).astype(np.float32)
_MEL = _mel_matrix()
_DCT = _dct_matrix()


def at_peak(clips, peak):
    """[N, 16000] sound at any scale to the same with samples of at most `peak`."""
    clips = np.asarray(clips, np.float32)
    return clips * (peak / np.maximum(np.max(np.abs(clips), axis=-1, keepdims=True), 1e-9))


def mel_magnitudes(clips):
    """[N, 16000] sound to [N, 49, 40] mel band magnitudes."""
    emphasised = clips.copy()
    emphasised[..., 1:] -= PRE_EMPHASIS * clips[..., :-1]
    frames = np.lib.stride_tricks.sliding_window_view(emphasised, WINDOW_SAMPLES, axis=-1)[..., ::HOP_SAMPLES, :]
    spectrum = np.abs(np.fft.rfft(frames * _WINDOW, FFT_POINTS, axis=-1)).astype(np.float32)
    return spectrum @ _MEL


def mfcc(clips, streaming=False):
    """[N, 16000] sound to [N, 49, 10] cepstral coefficients, before standardisation."""
    if streaming:
        return np.log10(mel_magnitudes(np.asarray(clips, np.float32)) + STREAMING_FLOOR) @ _DCT
    magnitudes = mel_magnitudes(at_peak(clips, 1.0))
    loudest = np.max(magnitudes, axis=(-2, -1), keepdims=True)
    return np.log10(magnitudes / np.maximum(loudest, SILENT_PEAK) + FLOOR) @ _DCT


def features(clips, streaming=False):
    """[N, 16000] sound to the model's input: [N, 1, 49, 10] float32, each coefficient standardised."""
    mean, spread = (STREAMING_MEAN, STREAMING_STD) if streaming else (COEFFICIENT_MEAN, COEFFICIENT_STD)
    return ((mfcc(clips, streaming) - mean) / spread)[:, None].astype(np.float32)


def read_wav(path):
    """Samples of a 16 kHz mono 16-bit WAV as float32 in [-1, 1), cut or zero-padded at its end to one second."""
    with wave.open(str(path), "rb") as file:
        layout = (file.getframerate(), file.getnchannels(), file.getsampwidth())
        if layout != (SAMPLE_RATE_HZ, 1, 2):
            raise ValueError(f"{path}: want 16000 Hz, 1 channel, 2 bytes a sample; it has {layout}")
        samples = np.frombuffer(file.readframes(CLIP_SAMPLES), "<i2")
    clip = np.zeros(CLIP_SAMPLES, np.float32)
    clip[: samples.size] = samples / 32768.0
    return clip


def write_wav(path, clip):
    """Writes samples in [-1, 1] as 16 kHz mono 16-bit WAV."""
    samples = np.clip(np.rint(np.asarray(clip) * 32767.0), -32768, 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes(samples.tobytes())
