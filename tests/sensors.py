# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What tests of sensors' readings share: the YAML, readings, and answers of ours to many windows."""
import csv

import numpy
import yaml

from conftest import tinymlc

RATE, WINDOW, CHANNELS = 100.0, 128, ["x", "y", "z"]


def sensor(features, steps=(), **more):
    return {"channels": CHANNELS, "sample_rate_hz": RATE, "window_samples": WINDOW, "steps": list(steps),
            "features": list(features), **more}


def write(path, **parts):
    path.write_text(yaml.safe_dump(parts, sort_keys=False))
    return path


def readings(count=6, window=WINDOW, channels=len(CHANNELS), seed=0):
    """Windows of tones in noise, each channel with an offset of its own; the second one is silent."""
    rng = numpy.random.default_rng(seed)
    times = numpy.arange(window)[:, None] / RATE
    tones = sum(numpy.sin(2 * numpy.pi * hertz * times + rng.uniform(0, 6, channels)) * rng.uniform(0.2, 2, channels)
                for hertz in (3.1, 12.5, 21.0))
    data = tones + rng.normal(0, 0.3, (count, window, channels)) + rng.uniform(-10, 10, channels)
    data[1] = 0
    return data.astype(numpy.float32)


def run(spec, data, *options, model=None, target="host"):
    """The outputs by their names."""
    folder = spec.parent
    numpy.save(folder / "in.npy", data)
    arguments = ["--preprocess", spec] if model else []
    out = folder / f"out-{target}"
    tinymlc("run", model or spec, *arguments, "--input", folder / "in.npy", "-o", out, "--target", target, *options)
    return {path.stem: numpy.load(path) for path in out.glob("*.npy")}


def names(spec, data):
    """Of the features, as a table of the outputs has them."""
    numpy.save(spec.parent / "in.npy", data)
    tinymlc("run", spec, "--input", spec.parent / "in.npy", "-o", spec.parent / "rows.csv")
    with open(spec.parent / "rows.csv", encoding="utf-8") as file:
        return next(csv.reader(file))
