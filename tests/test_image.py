# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Model images: what `compile --emit image` writes is taken in place of the model's file, with the same bits and the same
instructions, and refused where it is damaged or another is asked for."""
import numpy
import pytest

from conftest import ROOT, tinymlc, tinymlc_json

KEYWORDS = ROOT / "examples/keywords/keywords.onnx"


def image_of(model, folder, target="host", *options):
    path = folder / "model.tmci"
    tinymlc("compile", model, "--target", target, "--emit", "image", "-o", path, *options)
    return path


def outputs(model, folder, target="host"):
    rows = folder / "rows.npy"
    numpy.save(rows, numpy.random.default_rng(1).integers(-128, 128, (3, 1, 1, 49, 10)).astype(numpy.float32))
    tinymlc("run", model, "--target", target, "--input", rows, "-o", folder / "out")
    return numpy.load(folder / "out/probabilities.npy")


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
def test_an_image_runs_as_its_model_does(target, tmp_path):
    image = image_of(KEYWORDS, tmp_path, target)
    expected = outputs(KEYWORDS, tmp_path, target)
    assert len(numpy.unique(expected)) > 3
    numpy.testing.assert_array_equal(outputs(image, tmp_path, target), expected)


def test_its_sources_take_the_instructions_of_the_model(tmp_path):
    image = image_of(KEYWORDS, tmp_path, "mps2-an500")
    ours, models = (tinymlc_json("bench", path, "--target", "mps2-an500", *options)
                    for path, options in ((image, ["--as-sources"]), (KEYWORDS, [])))
    assert ours["instructions"] == models["instructions"] and ours["ram_bytes"] == models["ram_bytes"]


def test_the_same_model_gives_the_same_bytes(tmp_path):
    first = image_of(KEYWORDS, tmp_path).read_bytes()
    assert first.startswith(b"tinymlc\x1a") and image_of(KEYWORDS, tmp_path).read_bytes() == first


def test_names_that_only_people_read_can_be_left_out(tmp_path):
    image = image_of(KEYWORDS, tmp_path, "host")
    (tmp_path / "short").mkdir()
    short = image_of(KEYWORDS, tmp_path / "short", "host", "--no-names")
    assert short.stat().st_size < image.stat().st_size - 500
    numpy.testing.assert_array_equal(outputs(short, tmp_path), outputs(KEYWORDS, tmp_path))


def test_a_model_quantised_here_is_integers_in_its_image(tmp_path):
    model = ROOT / "examples/keywords/attention.onnx"
    rows = tmp_path / "rows.npy"
    numpy.save(rows, numpy.random.default_rng(2).normal(size=(8, 1, 1, 49, 10)).astype(numpy.float32))
    image = image_of(model, tmp_path, "mps2-an500", "--quantize", "int8", "--calibrate", rows)
    assert "attention_s8" in tinymlc("inspect", image, "--target", "mps2-an500").stdout


def refused(*arguments):
    return tinymlc(*arguments, code=2).stderr


def test_what_is_no_sound_image_is_refused(tmp_path):
    image = image_of(KEYWORDS, tmp_path)
    content = image.read_bytes()
    assert "another checksum" in refused("inspect", damaged(image, content, 200)) and image.name in refused("inspect", image)
    assert "hash" in refused("inspect", damaged(image, content, len(content) - 40), "--check")
    tinymlc("inspect", image)
    image.write_bytes(content[:len(content) // 2])
    assert "ends too early" in refused("inspect", image)


def damaged(path, content, at):
    path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1:])
    return path


def test_another_target_is_named(tmp_path):
    image = image_of(KEYWORDS, tmp_path, "mps2-an500")
    assert "give --target mps2-an500" in refused("inspect", image)


def test_what_is_compiled_is_not_quantised_any_more(tmp_path):
    image = image_of(KEYWORDS, tmp_path)
    numpy.save(tmp_path / "rows.npy", numpy.zeros((1, 1, 1, 49, 10), numpy.float32))
    text = refused("inspect", image, "--quantize", "int8", "--calibrate", tmp_path / "rows.npy")
    assert "with the model's own file" in text


def test_a_budget_holds_for_images_too(tmp_path):
    tinymlc("compile", KEYWORDS, "--emit", "image", "-o", tmp_path / "model.tmci", "--budget", "ram=1K", code=1)
    assert not (tmp_path / "model.tmci").exists()


def test_nothing_else_is_emitted(tmp_path):
    assert "cpp, image or executor" in refused("compile", KEYWORDS, "--emit", "elf", "-o", tmp_path / "model")
