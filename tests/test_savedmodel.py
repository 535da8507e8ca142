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

# Of models.py.
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
    rows = numpy.concatenate([numpy.load(given), numpy.ones((2, 6), numpy.float32)])
    numpy.save(tmp_path / given.name, rows[None])
    out, = run(models / "dense/model", [tmp_path / given.name], tmp_path / "out", "--shape", f"{given.stem}=3x6").values()
    expected, = (models / "dense" / "out").iterdir()
    numpy.testing.assert_allclose(out.reshape(3, 3)[:1], numpy.load(expected), rtol=0, atol=TOLERANCE)
    numpy.testing.assert_array_equal(out.reshape(3, 3)[1], out.reshape(3, 3)[2])


def test_verify(models):
    report = tinymlc_json("verify", models / "control/model", "--oracle", "tensorflow", "--samples", "4", "--target", "host")
    assert report["oracle"] == "tensorflow"


def test_small(tmp_path):
    """What TensorFlow has computed with the model that is part of the repository."""
    (tmp_path / "x").mkdir()
    shutil.copy(FOLDER / "small_x.npy", tmp_path / "x.npy")
    x = batched(tmp_path / "x.npy", tmp_path / "x")
    scores = run(FOLDER / "small", [x], tmp_path / "out")["scores"]
    numpy.testing.assert_allclose(scores.reshape(1, 4), numpy.load(FOLDER / "small_scores.npy"), rtol=0, atol=TOLERANCE)


def test_small_generates_code(tmp_path):
    """A folder has a name for the generated code, with a slash behind it too."""
    tinymlc("compile", f"{FOLDER / 'small'}/", "--target", "mps2-an500", "-o", tmp_path / "out")
    assert "small" in (tmp_path / "out/model.h").read_text(encoding="utf-8")


@pytest.mark.parametrize("lost", ["variables/variables.index", "variables/variables.data-00000-of-00001"])
def test_missing_files(lost, tmp_path):
    folder = shutil.copytree(FOLDER / "small", tmp_path / "model")
    (folder / lost).unlink()
    assert pathlib.Path(lost).name in tinymlc("inspect", folder, code=REFUSED).stderr


def test_damaged_variables(tmp_path):
    folder = shutil.copytree(FOLDER / "small", tmp_path / "model")
    data = folder / "variables/variables.data-00000-of-00001"
    content = bytearray(data.read_bytes())
    content[5] ^= 16
    data.write_bytes(content)
    assert "checksum" in tinymlc("inspect", folder, code=REFUSED).stderr
