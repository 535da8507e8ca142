# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What people calibrate with: pictures, sounds and arrays, good and bad; labels, and the frontier of mixed precision."""
import numpy
import PIL.Image
import pytest

from conftest import ROOT, tinymlc, tinymlc_json

MODEL = ROOT / "tests/pytorch/resnet.onnx"  # takes [1, 3, 24, 24]
SPEC = """image:
  color: rgb
  layout: nchw
  scale: 0.00784313725490196
  offset: -1
"""
ROWS = 40


def pictures(count=ROWS):
    return numpy.random.default_rng(3).integers(0, 256, (count, 24, 24, 3), numpy.uint8)


def as_rows(pixels):
    return (pixels * 0.00784313725490196 - 1).astype(numpy.float32).transpose(0, 3, 1, 2)


def save_pictures(folder, pixels):
    folder.mkdir()
    for index, picture in enumerate(pixels):
        PIL.Image.fromarray(picture).save(folder / f"{index:03}.png")
    (folder.parent / "spec.yaml").write_text(SPEC)
    return "--calibrate", folder, "--preprocess", folder.parent / "spec.yaml"


def save_rows(path, rows):
    numpy.save(path, rows)
    return "--calibrate", path


def quantize(*options):
    return tinymlc_json("quantize", MODEL, "--repair", "none", "--ranges", "minmax", *options)


def refused(*options):
    return tinymlc("quantize", MODEL, *options, code=2).stderr


def test_pictures_calibrate_as_their_arrays_do(tmp_path):
    by_picture = quantize(*save_pictures(tmp_path / "pictures", pictures()))
    by_array = quantize(*save_rows(tmp_path / "rows.npy", as_rows(pictures())))
    assert by_picture == by_array
    darker = quantize(*save_rows(tmp_path / "darker.npy", as_rows(pictures() // 2)))
    assert darker != by_array, "other rows give other ranges"


def test_pictures_and_arrays_may_lie_in_one_folder(tmp_path):
    options = save_pictures(tmp_path / "mixed", pictures()[:30])
    numpy.savez(tmp_path / "mixed/zzz.npz", image=as_rows(pictures()[30:]))
    assert quantize(*options) == quantize(*save_rows(tmp_path / "rows.npy", as_rows(pictures())))


def test_compile_takes_pictures_and_carries_the_same_preprocessing(tmp_path):
    options = save_pictures(tmp_path / "pictures", pictures())
    tinymlc("compile", MODEL, "--quantize", "int8", "--repair", "none", "--ranges", "minmax", *options,
            "-o", tmp_path / "out")
    assert "kInput0ChannelsFirst" in (tmp_path / "out/model.hpp").read_text()


def test_pictures_need_to_be_described(tmp_path):
    _, folder, *_ = save_pictures(tmp_path / "pictures", pictures(2))
    for word in ("000.png", "--preprocess"):
        assert word in refused("--calibrate", folder)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"no picture"])
def test_an_unreadable_file_is_named(content, tmp_path):
    options = save_pictures(tmp_path / "pictures", pictures(3))
    (tmp_path / "pictures/001.png").write_bytes(content)
    assert "001.png" in refused(*options)


def test_bad_arrays_are_refused_with_the_tensor_and_the_hint(tmp_path):
    (tmp_path / "empty").mkdir()
    assert ".png" in refused("--calibrate", tmp_path / "empty")
    assert "'image'" in refused(*save_rows(tmp_path / "narrow.npy", as_rows(pictures())[..., :12]))
    holed = as_rows(pictures())
    holed[17, 1, 2, 3] = numpy.nan
    words = refused(*save_rows(tmp_path / "holed.npy", holed))
    assert "'image'" in words and "17" in words
    assert "'image'" in refused(*save_rows(tmp_path / "whole.npy", as_rows(pictures()).astype(numpy.int32)))
    numpy.savez(tmp_path / "two.npz", a=as_rows(pictures()), b=as_rows(pictures()))
    assert "numpy.savez" in refused("--calibrate", tmp_path / "two.npz")
    (tmp_path / "broken.npz").write_bytes((tmp_path / "two.npz").read_bytes()[:5000])
    assert "broken.npz" in refused("--calibrate", tmp_path / "broken.npz")


def test_archives_give_the_same_rows_compressed_or_not(tmp_path):
    wanted = quantize(*save_rows(tmp_path / "rows.npy", as_rows(pictures())))
    numpy.savez(tmp_path / "stored.npz", image=as_rows(pictures()))
    numpy.savez_compressed(tmp_path / "deflated.npz", image=as_rows(pictures()))
    assert (tmp_path / "deflated.npz").stat().st_size < (tmp_path / "stored.npz").stat().st_size
    for name in ("stored.npz", "deflated.npz"):
        assert quantize("--calibrate", tmp_path / name) == wanted
        content = bytearray((tmp_path / name).read_bytes())
        content[len(content) // 2] ^= 0x55
        (tmp_path / "damaged.npz").write_bytes(content)
        assert "'image'" in refused("--calibrate", tmp_path / "damaged.npz")


def test_few_rows_are_warned_of(tmp_path):
    report = quantize(*save_rows(tmp_path / "few.npy", as_rows(pictures(3))))
    assert any("3 calibration rows" in warning for warning in report["warnings"])
    report = quantize(*save_rows(tmp_path / "enough.npy", as_rows(pictures())))
    assert not any("calibration rows" in warning for warning in report["warnings"])


def answers(rows, folder):
    numpy.save(folder / "answers.npy", rows)
    report = tinymlc_json("run", MODEL, "--input", folder / "answers.npy", "-o", folder)
    return numpy.load(report["outputs"][0]["file"]).reshape(len(rows), -1).argmax(axis=1)


def test_labels_score_the_answers(tmp_path):
    options = save_rows(tmp_path / "rows.npy", as_rows(pictures()))
    right = answers(as_rows(pictures()), tmp_path)
    numpy.save(tmp_path / "right.npy", right.astype(numpy.int64))
    numpy.save(tmp_path / "wrong.npy", ((right + 1) % 10).astype(numpy.int64))
    assert quantize(*options, "--labels", tmp_path / "right.npy")["score"]["float_accuracy"] == 1
    assert quantize(*options, "--labels", tmp_path / "wrong.npy")["score"]["float_accuracy"] == 0
    numpy.save(tmp_path / "few.npy", right[:5].astype(numpy.int64))
    assert "label" in refused(*options, "--labels", tmp_path / "few.npy")


def test_frontier_trades_accuracy_for_flash(tmp_path):
    options = ["quantize", MODEL, "--repair", "none", "--ranges", "minmax", "--target", "mps2-an500", "--max-drop", 0,
               *save_rows(tmp_path / "rows.npy", as_rows(pictures()))]
    report = tinymlc_json(*options, "--budget", "flash=1M")
    points = report["frontier"]
    assert len(points) >= 3 and not points[0]["kept_float"] and points[0]["drop"] > 0
    chosen = [point for point in points if point["chosen"]]
    assert len(chosen) == 1 and chosen[0]["kept_float"] == report["kept_float"]
    assert chosen[0]["drop"] <= 0 and all(point["fits"] for point in points)
    flash = [point["flash_bytes"] for point in points if not point["sixteen_bit"]]
    assert flash[0] == min(flash) and flash[-1] > 2 * flash[0], "what stays float takes more"
    refused_all = tinymlc(*options, "--budget", f"flash={flash[0]}", code=1).stderr
    assert "over the budget" in refused_all and "--max-drop" in refused_all
