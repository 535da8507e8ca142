# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Vibration of a machine on three axes, made up: normal, out of balance, or with a worn bearing. numpy alone.

    build/venv/bin/python examples/vibration/make_data.py FOLDER   # train.npz and test.npz: readings, labels; readings.csv
"""
import pathlib
import sys

import numpy

RATE_HZ, WINDOW = 1000, 256
CLASSES = ["normal", "imbalance", "bearing"]
CHANNELS = ["x", "y", "z"]


def window(kind, rng):
    """[WINDOW, 3] in g: gravity along z, the shaft's rotation and its second harmonic, noise, and the fault."""
    times = numpy.arange(WINDOW) / RATE_HZ
    shaft_hz = rng.uniform(23, 27)
    phase = rng.uniform(0, 2 * numpy.pi)
    data = rng.normal(0, 0.03, (WINDOW, 3)) + [0, 0, 1]
    amplitude = rng.uniform(0.4, 0.8) if kind == 1 else rng.uniform(0.05, 0.12)
    data[:, 0] += amplitude * numpy.sin(2 * numpy.pi * shaft_hz * times + phase)
    data[:, 1] += amplitude * numpy.cos(2 * numpy.pi * shaft_hz * times + phase)
    data[:, 2] += 0.04 * numpy.sin(4 * numpy.pi * shaft_hz * times + phase)
    if kind == 2:  # impacts 3.6 times a revolution, each of which rings at 210 Hz and dies away
        period = 1 / (3.6 * shaft_hz)
        since = (times + rng.uniform(0, period)) % period
        ringing = rng.uniform(0.25, 0.6) * numpy.exp(-since * 120) * numpy.sin(2 * numpy.pi * 210 * since)
        data += ringing[:, None] * [1, 0.7, 0.5]
    return data


def data_set(count, seed):
    rng = numpy.random.default_rng(seed)
    labels = numpy.arange(count) % len(CLASSES)
    return numpy.stack([window(kind, rng) for kind in labels]).astype(numpy.float32), labels


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    for name, count, seed in (("train", 600, 1), ("test", 300, 2)):
        readings, labels = data_set(count, seed)
        numpy.savez(folder / f"{name}.npz", readings=readings, labels=labels)
        numpy.save(folder / f"{name}.npy", readings)
    rows = data_set(3, 3)[0].reshape(-1, 3)
    numpy.savetxt(folder / "readings.csv", rows, "%.5f", ",", header=",".join(CHANNELS), comments="")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
