# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What the operators of filters.yaml compute, in NumPy and in double: `tinymlc verify` compares the header with it."""
import numpy


def biquad(signal, *, b, a):
    """The difference equation in direct form I, which is another one than the header's."""
    x = signal.astype(numpy.float64)
    y = numpy.zeros_like(x)
    for frame in range(len(x)):
        for delay in range(3):
            if frame >= delay:
                y[frame] += b[delay] * x[frame - delay]
        for delay in (1, 2):
            if frame >= delay:
                y[frame] -= a[delay - 1] * y[frame - delay]
    return y.astype(numpy.float32)


def windows(signal, window):
    count = signal.shape[0] // window
    return signal[: count * window].reshape(count, window, *signal.shape[1:])


def peaks(signal, *, window):
    parts = windows(signal.astype(numpy.float64), window)
    return numpy.abs(parts).max(axis=1), (parts**2).mean(axis=1)


def peaks_int8(signal, *, window, signal_scale, signal_zero_point, peak_scale, peak_zero_point):
    """In float32 as in the header: integers of TFLite models are compared bit for bit, and a rounding is a step."""
    magnitudes = numpy.abs(windows(signal.astype(numpy.int32), window) - signal_zero_point).max(axis=1)
    steps = numpy.floor(magnitudes.astype(numpy.float32) * numpy.float32(signal_scale) / numpy.float32(peak_scale) + numpy.float32(0.5))
    return numpy.minimum(steps + peak_zero_point, 127).astype(numpy.int8)
