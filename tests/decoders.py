# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What tests of decoders share: logits of a model that runs step by step, and packages that write its files."""
import sys

import numpy
import pytest

from conftest import ROOT, tinymlc


def steps(model, tokens, places, folder, *options, block=1):
    """Logits of all tokens, which the model reads one after the other or in blocks."""
    numpy.savez(folder / "steps.npz", tokens=tokens.reshape(-1, block).astype(numpy.int32), cache=places)
    extra = ["--block", block] if block > 1 else []
    tinymlc("run", model, "--stream", "--input", folder / "steps.npz", *extra, *options, "-o", folder / "out")
    return numpy.load(folder / "out/logits.npy").reshape(len(tokens), -1)


def any_tokens(vocabulary, count, seed=5):
    return numpy.random.default_rng(seed).integers(0, vocabulary, count)


def library(name):
    """A package of scripts/requirements-decoders.txt, or the test is skipped."""
    place = str(ROOT / "build/venv/decoders")
    if place not in sys.path:
        sys.path.append(place)
    return pytest.importorskip(name, reason=f"{name} is not there: scripts/setup --clients installs it")
