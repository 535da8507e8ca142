# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""SavedModels of TensorFlow: the small one of tests/savedmodel against numpy, and those that tests/savedmodel/models.py makes
against TensorFlow, where `scripts/setup --tensorflow` has installed it."""
import os
import pathlib
import shutil
import subprocess
import sys

import numpy
import pytest

from conftest import REFUSED, ROOT, tinymlc, tinymlc_json

FOLDER = ROOT / "tests/savedmodel"
PACKAGES = ROOT / "build/venv/tensorflow"
TOLERANCE = 1e-5  # of the largest element

NAMES = ["control", "convolutions", "dense", "encoder", "functional", "lists", "lstm", "mathematics", "mobilenet", "moves",
         "pictures", "resizing", "rnn", "sequence", "subclassed"]


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    if not (PACKAGES / "tensorflow").is_dir():
        pytest.skip("TensorFlow is not there: scripts/setup --tensorflow installs it")
    out = tmp_path_factory.mktemp("savedmodels")
    environment = {**os.environ, "PYTHONPATH": str(PACKAGES)}
    subprocess.run([sys.executable, FOLDER / "models.py", out], check=True, env=environment)
    return out


def run(model, inputs, out, *options):
    arguments = [argument for path in inputs for argument in ("--input", f"{path.stem}={path}")]
    report = tinymlc_json("run", model, "--target", "host", *arguments, "-o", out, *options)
    return {output["name"]: numpy.load(output["file"]) for output in report["outputs"]}


def batched(path, folder):
    """The array as a batch of one for `run`, which takes a row for each run."""
    array = numpy.load(path)
    folder.mkdir(exist_ok=True)
    numpy.save(folder / path.name, array[None])
    return folder / path.name


def expect_same(folder, tmp_path):
    inputs = [batched(path, tmp_path / "in") for path in sorted((folder / "in").iterdir())]
    outputs = run(folder / "model", inputs, tmp_path / "out")
    expected = {path.stem: numpy.load(path) for path in (folder / "out").iterdir()}
    assert set(outputs) == set(expected)
    for name, theirs in expected.items():
        ours = outputs[name].reshape(theirs.shape)
        scale = max(1, numpy.abs(theirs.astype(float)).max())
        numpy.testing.assert_allclose(ours, theirs, rtol=0, atol=TOLERANCE * scale, err_msg=name)
        assert numpy.issubdtype(theirs.dtype, numpy.floating) or numpy.array_equal(ours, theirs)


@pytest.mark.parametrize("name", NAMES)
def test_as_tensorflow(name, models, tmp_path):
    expect_same(models / name, tmp_path)


def test_batch(models, tmp_path):
    """The open extent of a batch is what --shape says."""
    given, = (models / "dense" / "in").iterdir()
    rows = numpy.random.default_rng(0).normal(0, 1, (1, 3, 6)).astype(numpy.float32)
    numpy.save(tmp_path / given.name, rows)
    out, = run(models / "dense/model", [tmp_path / given.name], tmp_path / "out", "--shape", f"{given.stem}=3x6").values()
    single, = run(models / "dense/model", [tmp_path / given.name], tmp_path / "ones", "--shape", "x=3x6").values() \
        if given.stem == "x" else (out,)
    assert out.reshape(3, 3).shape == single.reshape(3, 3).shape
    numpy.testing.assert_allclose(out.reshape(3, 3).sum(axis=1), 1, atol=1e-6)
