# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The memory of a decoder's stream: what inspect says against plans, and what docs/streaming.md says against inspect."""
import re

import numpy
import pytest

import llama2c
from conftest import ROOT, shared, tinymlc, tinymlc_json


def memory(model, *options, target="stm32h743vi"):
    return tinymlc_json("inspect", model, "--cost", "--target", target, *options)["stream"]


@pytest.fixture
def narrow(tmp_path):
    """Rows of caches of 2 and of 8 bytes, so that caches are no multiples of 16."""
    return llama2c.write(tmp_path / "narrow.bin", numpy.random.default_rng(3), width=16, heads=8, kv_heads=1)


def kept_in(cache):
    return ["--quantize", "int8", "--cache", cache]


@pytest.mark.parametrize("quantize, element", [([], 4), (["--quantize", "int8"], 1)], ids=["float", "int8"])
def test_caches_grow_with_the_window_and_nothing_else_does(quantize, element, narrow):
    others = set()
    for window in (7, 16, 33, 64):
        said = memory(narrow, "--window", window, *quantize)
        assert (said["layers"], said["kv_heads"], said["size"], said["element_bytes"]) == (2, 1, 2, element)
        cache = window * 2 * element
        assert said["cache_bytes"] == 4 * (cache + -cache % 16)
        assert said["ram_bytes"] == said["cache_bytes"] + said["other_bytes"] + said["machine_bytes"]
        others.add(said["other_bytes"])
    assert len(others) == 1


@pytest.mark.parametrize("cache, bits, of_key", [("int8:int4", 8, 8), ("int4", 4, 5)])
def test_values_of_four_bits_have_their_slots_in_pairs(cache, bits, of_key, tmp_path):
    """Of three heads of eight: 4 bytes in each slot, and 1 in each pair; and keys, with a byte in each slot."""
    model = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(3), width=48, heads=6, kv_heads=3)
    others = set()
    for window in (7, 16, 33, 64):
        said = memory(model, "--window", window, *kept_in(cache))
        assert (said["element_bytes"], said["key_bits"], said["value_bits"]) == (1, bits, 4)
        assert said["slot_bytes"] == 2 * 3 * (of_key + 4.5)
        keys, values = 3 * of_key * window, 27 * ((window + 1) // 2)
        assert said["cache_bytes"] == 2 * (keys + -keys % 16 + values + -values % 16)
        others.add(said["other_bytes"])
    assert len(others) == 1


@pytest.mark.parametrize("sinks, cache", [(0, "int8"), (4, "int8"), (4, "int8:int4"), (4, "int4")])
def test_the_largest_window_fits_and_one_more_slot_does_not(sinks, cache, tmp_path):
    stories = shared("models/llm/stories260K.bin")
    options = ["--quantize", "int8", "--cache", cache, *(["--sinks", sinks] if sinks else [])]
    largest = memory(stories, *options, "--window", 512)["largest_window"]
    options += ["--target", "stm32h743vi", "-o"]
    tinymlc("compile", stories, "--window", largest, *options, tmp_path / "fits")
    refused = tinymlc("compile", stories, "--window", largest + 1, *options, tmp_path / "not", code=1).stderr
    assert f"with a window of {largest + 1} tokens" in refused and f"the largest window that fits has {largest}" in refused
    assert not (tmp_path / "not").exists()


def test_a_budget_has_a_largest_window_too(narrow, tmp_path):
    options = ["--quantize", "int8", "--target", "mps2-an500", "--budget", "ram=3000"]
    refused = tinymlc("compile", narrow, *options, "--window", 64 * 20, "-o", tmp_path / "not", code=1).stderr
    largest = int(re.search(r"the largest window that fits has (\d+)", refused)[1])
    tinymlc("compile", narrow, *options, "--window", largest, "-o", tmp_path / "fits")
    tinymlc("compile", narrow, *options, "--window", largest + 1, "-o", tmp_path / "not", code=1)


def test_attention_of_int8_has_a_largest_window_of_its_own(narrow):
    largest = memory(narrow, "--quantize", "int8", target="mps2-an500")["largest_window"]
    refused = tinymlc("inspect", narrow, "--quantize", "int8", "--window", largest + 1, "--after", "storage", code=2).stderr
    assert f"has {largest + 1} keys, int8 attention takes {largest}" in refused


def test_what_is_no_decoder_has_no_stream():
    assert "stream" not in tinymlc_json("inspect", ROOT / "examples/keywords/keywords.onnx", "--cost")


def test_the_page_says_what_inspect_says():
    page = (ROOT / "docs/streaming.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (int8|int8:int4|int4|float) \| (\d+) \| (\d+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$", page, re.MULTILINE)
    assert len(rows) == 8
    settings = {"float": [], **{cache: kept_in(cache) for cache in ("int8", "int8:int4", "int4")}}
    for numbers, window, sinks, caches, ram, largest in rows:
        options = ["--window", window, *(["--sinks", sinks] if sinks != "0" else [])]
        said = memory(shared("models/llm/stories260K.bin"), *options, *settings[numbers])
        assert [caches, ram, largest] == [f"{said[key]:,}" for key in ("cache_bytes", "ram_bytes", "largest_window")]
    for cache, formula in (("int8", "2 x 5 layers x W x 4 heads x 8 x 1 byte = 320 x W"),
                             ("int8:int4", "5 layers x W x 4 heads x (8 + 4.5 bytes) = 250 x W"),
                           ("int4", "5 layers x W x 4 heads x (5 + 4.5 bytes) = 190 x W")):
        said = tinymlc("inspect", shared("models/llm/stories260K.bin"), "--cost", *kept_in(cache), "--window", 512).stdout
        assert f"caches: {formula}" in said and formula in page
