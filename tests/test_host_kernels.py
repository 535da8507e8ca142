# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What runs in this process on every instruction set: the bits of the portable kernels, which are those of the chip."""
import re

import numpy
import pytest

from conftest import shared, tinymlc, tinymlc_json

MODELS = {"ad": "ad_int8", "kws": "kws_int8", "ic": "ic_resnet8_int8", "vww": "vww_int8"}


def model_file(name):
    return shared(f"models/mlperf_tiny/{MODELS[name]}.tflite")


def instruction_sets(monkeypatch, model, rows):
    """As the refusal of an unknown one lists them."""
    monkeypatch.setenv("TMC_FORCE_ISA", "avx9")
    text = tinymlc("run", model, "--input", rows, code=2).stderr
    monkeypatch.delenv("TMC_FORCE_ISA")
    assert "'avx9'" in text
    return re.search(r"TMC_FORCE_ISA is one of ([\w, ]+)", text)[1].split(", ")


def random_rows(model, folder, count):
    port, = tinymlc_json("inspect", model)["inputs"]
    rows = folder / "rows.npy"
    numpy.save(rows, numpy.random.default_rng(1).integers(-128, 128, (count, *port["shape"])).astype(numpy.int8))
    return rows


@pytest.mark.parametrize("name", MODELS)
def test_every_instruction_set_gives_the_bits_of_the_portable_kernels(name, monkeypatch, tmp_path):
    model = model_file(name)
    rows = random_rows(model, tmp_path, 3)

    def outputs(folder, *options):
        tinymlc("run", model, "--input", rows, "-o", tmp_path / folder, *options)
        return [numpy.load(file) for file in sorted((tmp_path / folder).glob("*.npy"))]

    expected = outputs("portable", "--isa", "portable")
    assert len(numpy.unique(expected[0])) > 1
    names = instruction_sets(monkeypatch, model, rows)
    assert "scalar" in names
    for isa in names:
        monkeypatch.setenv("TMC_FORCE_ISA", isa)
        for ours, theirs in zip(outputs(isa), expected, strict=True):
            numpy.testing.assert_array_equal(ours, theirs, err_msg=isa)
    monkeypatch.delenv("TMC_FORCE_ISA")
    for ours, theirs in zip(outputs("threads", "--threads", 3), expected, strict=True):
        numpy.testing.assert_array_equal(ours, theirs)


def test_images_have_the_fast_kernels_and_sources_have_none(tmp_path):
    image = tmp_path / "kws.tmci"
    tinymlc("compile", model_file("kws"), "--emit", "image", "-o", image)
    assert "highway/conv2d_s8" in tinymlc("inspect", image).stdout
    refusal = tinymlc("compile", image, "-o", tmp_path / "sources", code=2).stderr
    assert "highway/conv2d_s8 is for images" in refusal
    tinymlc("compile", model_file("kws"), "-o", tmp_path / "sources")
    assert "highway" not in "".join(file.read_text() for file in (tmp_path / "sources").rglob("*.?pp"))
