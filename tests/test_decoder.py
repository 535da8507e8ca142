# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Decoders that step token by token: logits against all tokens at once in numpy, and text against llama2.c's."""
import numpy
import pytest

import llama2c
from conftest import REFUSED, shared, tinymlc

STORIES = "models/llm/stories260K.bin"
TOKENIZER = "models/llm/tok512.bin"


def steps(model, tokens, places, folder, *options, block=1):
    """Logits of all tokens, which the model reads one after the other or in blocks."""
    numpy.savez(folder / "steps.npz", tokens=tokens.reshape(-1, block).astype(numpy.int32), cache=places)
    extra = ["--block", block] if block > 1 else []
    tinymlc("run", model, "--stream", "--input", folder / "steps.npz", *extra, *options, "-o", folder / "out")
    return numpy.load(folder / "out/logits.npy").reshape(len(tokens), -1)


def any_tokens(vocabulary, count, seed=5):
    return numpy.random.default_rng(seed).integers(0, vocabulary, count)


@pytest.mark.parametrize("window, sinks", [(64, 0), (16, 0), (16, 4), (5, 3), (40, 1)])
def test_steps_are_a_whole_pass_under_the_same_mask(window, sinks, tmp_path):
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(3))
    count = 64 if sinks == 0 and window == 64 else 100
    tokens = any_tokens(11, count)
    places = llama2c.places(count, window, sinks)
    ours = steps(path, tokens, places, tmp_path, "--window", window, *(["--sinks", sinks] if sinks else []))
    expected = llama2c.logits(llama2c.read(path), tokens, window, sinks)
    numpy.testing.assert_allclose(ours, expected, atol=1e-4 * abs(expected).max())


@pytest.mark.parametrize("sinks", [0, 3])
def test_a_block_is_its_steps(sinks, tmp_path):
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(4), heads=4, kv_heads=1)
    tokens, window = any_tokens(11, 96), 20
    options = ["--window", window, *(["--sinks", sinks] if sinks else [])]
    one_by_one = steps(path, tokens, llama2c.places(96, window, sinks), tmp_path, *options)
    in_blocks = steps(path, tokens, llama2c.places(96, window, sinks, block=6), tmp_path, *options, block=6)
    numpy.testing.assert_array_equal(in_blocks, one_by_one)


def test_positions_wrap_as_angles_do(tmp_path):
    """The same text far from its begin, and around the place where positions of 32 bits begin anew."""
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(6))
    tokens = any_tokens(11, 40)
    near = llama2c.places(40, 64)
    for first in (1_000_000, 2**32 - 20):
        far = near.copy()
        far[:, 0] = (near[:, 0].astype(numpy.int64) + first).astype(numpy.uint32).view(numpy.int32)
        numpy.testing.assert_allclose(steps(path, tokens, far, tmp_path), steps(path, tokens, near, tmp_path), atol=2e-5)


def test_a_story_past_its_window(tmp_path):
    path = shared(STORIES)
    model = llama2c.read(path)
    tokens = any_tokens(512, 300)
    expected = llama2c.logits(model, tokens, 64, 4)
    ours = steps(path, tokens, llama2c.places(300, 64, 4), tmp_path, "--window", 64, "--sinks", 4)
    numpy.testing.assert_allclose(ours, expected, atol=1e-4 * abs(expected).max())


def test_the_greedy_story_is_llama2c_s():
    text = shared("models/llm/stories260K_t0_n200.txt").read_text(encoding="utf-8")
    written = tinymlc("generate", shared(STORIES), "--tokenizer", shared(TOKENIZER), "--steps", 200).stdout
    assert written == text[:text.index("achieved")] + "\n"


def test_a_full_window_ends_the_text_with_its_numbers():
    done = tinymlc("generate", shared(STORIES), "--tokenizer", shared(TOKENIZER), "--window", 10, "--steps", 11, code=REFUSED)
    assert "the window of 10 tokens is full" in done.stderr


def test_what_does_not_go_together_is_refused(tmp_path):
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(7))
    for options in (["--window", 4, "--sinks", 4], ["--window", 4, "--block", 5], ["--quantize", "int4"],
                    ["--quantize", "int8", "--block", 2]):
        tinymlc("inspect", path, "--after", "storage", *options, code=REFUSED)
