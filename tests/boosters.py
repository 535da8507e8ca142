# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What tests of XGBoost's and LightGBM's files share: the libraries, data, and answers of ours to many rows."""
import sys

import numpy
import pytest

from conftest import ROOT, tinymlc

NAN = float("nan")
FEATURES = 6
ROWS, SAMPLES = 1000, 10  # 10,000 rows in all
CATEGORIES = 40


def library(name):
    """A package of scripts/requirements-structured.txt, or the test is skipped."""
    place = str(ROOT / "build/venv/structured")
    if place not in sys.path:
        sys.path.append(place)
    return pytest.importorskip(name, reason=f"{name} is not there: scripts/setup --clients installs it")


def training_rows(rng, count=600, categories=0, missing=0.1):
    """Features of which the first so many are numbers of categories."""
    x = rng.normal(size=(count, FEATURES)).astype(numpy.float32)
    x[:, :categories] = rng.integers(0, CATEGORIES, (count, categories))
    target = numpy.nan_to_num(numpy.sin(x[:, 0] * 3) + x[:, 3] - x[:, 4] * x[:, 5])
    x[rng.random(x.shape) < missing] = NAN
    return x, target


def extreme_rows(rng, thresholds, categories=0):
    """Rows at random, with missing features, thresholds of the model and their neighbours, and the ends of float32."""
    x = rng.normal(size=(ROWS * SAMPLES, FEATURES)).astype(numpy.float32) * 2
    x[:, :categories] = rng.uniform(-2, CATEGORIES + 8, (len(x), categories))
    near = numpy.asarray(thresholds, numpy.float32)
    ends = numpy.float32([0, -0.0, 1e-45, -1e-45, 1e-35, -1e-35, 1.5e-35, 3.4e38, -3.4e38, 1e30, -1, -0.5, 1])
    pool = numpy.concatenate([near, numpy.nextafter(near, numpy.float32(9e9)),
                              numpy.nextafter(near, numpy.float32(-9e9)), ends])
    chosen = rng.random(x.shape) < 0.3
    x[chosen] = rng.choice(pool, chosen.sum())
    whole = rng.random(x.shape) < 0.5
    whole[:, categories:] = False
    x[whole] = numpy.trunc(x[whole])
    x[rng.random(x.shape) < 0.1] = NAN
    return x


def ours(folder, model, x):
    """What `run` makes of many rows."""
    numpy.save(folder / "x.npy", x.reshape(SAMPLES, ROWS, FEATURES))
    tinymlc("run", folder / model, "--shape", f"rows={ROWS}", "--input", folder / "x.npy", "-o", folder / "out")
    found = numpy.load(folder / "out" / "prediction.npy")
    return found.reshape(SAMPLES * ROWS, *found.shape[2:])
