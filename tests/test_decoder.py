# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Decoders that step token by token: logits against all tokens at once in numpy, and text against llama2.c's."""
import re

import numpy
import pytest

import llama2c
from conftest import REFUSED, shared, tinymlc, tinymlc_json
from decoders import any_tokens, steps

STORIES = "models/llm/stories260K.bin"
TOKENIZER = "models/llm/tok512.bin"


@pytest.mark.parametrize("window, sinks", [(64, 0), (16, 0), (16, 4), (5, 3), (40, 1)])
def test_steps_are_a_whole_pass_under_the_same_mask(window, sinks, tmp_path):
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(3))
    count = 64 if sinks == 0 and window == 64 else 100
    tokens = any_tokens(11, count)
    places = llama2c.places(count, window, sinks)
    ours = steps(path, tokens, places, tmp_path, "--window", window, *(["--sinks", sinks] if sinks else []))
    expected = llama2c.logits(llama2c.read(path), tokens, window, sinks)
    numpy.testing.assert_allclose(ours, expected, atol=1e-4 * abs(expected).max())


@pytest.mark.parametrize("window, sinks", [(64, 0), (16, 0), (16, 4), (5, 3)])
def test_positions_are_those_within_the_cache(window, sinks, tmp_path):
    """Which a whole pass gives to keys for each query anew (Xiao et al. 2023), and steps to none."""
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(3))
    tokens = any_tokens(11, 60)
    options = ["--window", window, *(["--sinks", sinks] if sinks else [])]
    ours = steps(path, tokens, llama2c.places(60, window, sinks), tmp_path, *options)
    expected = llama2c.logits(llama2c.read(path), tokens, window, sinks, llama2c.scores_within_cache)
    numpy.testing.assert_allclose(ours, expected, atol=1e-4 * abs(expected).max())


def expect_a_block_is_its_steps(path, tokens, window, sinks, block, folder, *options):
    options = ["--window", window, *(["--sinks", sinks] if sinks else []), *options]
    one_by_one = steps(path, tokens, llama2c.places(len(tokens), window, sinks), folder, *options)
    places = llama2c.places(len(tokens), window, sinks, block=block)
    numpy.testing.assert_array_equal(steps(path, tokens, places, folder, *options, block=block), one_by_one)


@pytest.mark.parametrize("quantize", [(), ("--quantize", "int8")])
@pytest.mark.parametrize("sinks", [0, 3])
def test_a_block_is_its_steps(sinks, quantize, tmp_path):
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(4), heads=4, kv_heads=1)
    expect_a_block_is_its_steps(path, any_tokens(11, 96), 20, sinks, 6, tmp_path, *quantize)


@pytest.mark.long
@pytest.mark.parametrize("form", ["int8", "int4:32"])
def test_a_block_of_a_story_is_its_steps_in_integers(form, tmp_path):
    expect_a_block_is_its_steps(shared(STORIES), any_tokens(512, 80), 64, 4, 8, tmp_path, "--quantize", form)


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


def written(*arguments, **how):
    return tinymlc("generate", shared(STORIES), "--tokenizer", shared(TOKENIZER), *arguments, **how)


def test_a_seed_gives_one_text():
    drawn = [written("--steps", 60, "--temperature", 0.9, "--top-p", 0.9, "--seed", seed).stdout for seed in (3, 3, 4)]
    assert drawn[0] == drawn[1] != drawn[2]


def test_of_one_token_the_likeliest_is_drawn():
    greedy = written("--steps", 60).stdout
    assert written("--steps", 60, "--temperature", 1, "--top-k", 1).stdout == greedy
    assert written("--steps", 60, "--repetition-penalty", 1.5).stdout != greedy


def test_a_text_stops_at_a_string():
    whole = written("--steps", 200).stdout
    assert written("--steps", 200, "--stop", "no such text", "--stop", "said, ").stdout == whole[:whole.index("said, ")] + "\n"


def test_a_text_matches_its_expression():
    prompt, expression = "Can you help me?", r" (yes|no), (I|we) (can|will)[a-z ]*\."
    text = written("--steps", 80, "--prompt", prompt, "--match", expression, "--temperature", 1).stdout
    assert re.fullmatch(re.escape(prompt) + expression + "\n", text), text


@pytest.mark.parametrize("arguments, reason", [
    (("--match", "(("), "a ( is not closed"), (("--stop", ""), "has 0 bytes"), (("--top-p", 2), "out of their ranges"),
    (("--temperature", -1), "out of their ranges"), (("--min-p", "nan"), "nan is not a number"),
    (("--seed", -1), "-1 is beyond the integers"), (("--seed", 2**64), f"{2**64} is beyond the integers"),
    (("--window", 0), "not in range 1 to"), (("--block", 0), "not in range 1 to")])
def test_what_cannot_be_chosen_by_is_refused(arguments, reason):
    assert reason in written(*arguments, code=REFUSED).stderr


def text_of_the_model(model, count, seed):
    """Tokens that the float model draws, one after the other, each as likely as it says."""
    rng, tokens = numpy.random.default_rng(seed), [1]
    while len(tokens) < count:
        shares = numpy.exp(llama2c.logits(model, numpy.array(tokens))[-1])
        tokens.append(int(rng.choice(model.vocabulary, p=shares / shares.sum())))
    return numpy.array(tokens)


def perplexity(logits, tokens):
    shares = logits - numpy.log(numpy.exp(logits).sum(-1, keepdims=True))
    return numpy.exp(-shares[numpy.arange(len(tokens) - 1), tokens[1:]].mean())


def read_as_float(tmp_path, form, texts, length, *options):
    """Shares of largest logits that agree with float's, and perplexities against float's, of texts that float has drawn."""
    path = shared(STORIES)
    model = llama2c.read(path)
    agree, ratio = [], []
    for seed in range(1, texts + 1):
        tokens = text_of_the_model(model, length, seed)
        expected = llama2c.logits(model, tokens)
        ours = steps(path, tokens, llama2c.places(length, 512), tmp_path, "--quantize", form, *options)
        agree.append((ours.argmax(-1) == expected.argmax(-1)).mean())
        ratio.append(perplexity(ours, tokens) / perplexity(expected, tokens))
    return numpy.mean(agree), numpy.mean(ratio)


def test_int8_reads_as_float_does(tmp_path):
    agree, ratio = read_as_float(tmp_path, "int8", 1, 50)
    assert agree >= 0.85 and ratio <= 1.03, (agree, ratio)


@pytest.mark.full
@pytest.mark.parametrize("form, least_agreement, most_perplexity", [("int8", 0.95, 1.03), ("int4:32", 0.84, 1.1), ("int4", 0.8, 1.2)])
def test_600_tokens_are_read_as_float_reads_them(form, least_agreement, most_perplexity, tmp_path):
    agree, ratio = read_as_float(tmp_path, form, 3, 200)
    assert agree >= least_agreement and ratio <= most_perplexity, (agree, ratio)


@pytest.mark.long
def test_four_bits_take_less_flash_and_read_nearly_as_float_does(tmp_path):
    agree, ratio = read_as_float(tmp_path, "int4:32", 1, 120)
    assert agree >= 0.8 and ratio <= 1.1, (agree, ratio)
    report = tinymlc_json("bench", shared(STORIES), "--quantize", "int4:32", "--target", "mps2-an500")
    assert report["flash_bytes"]["total"] <= 230_000 and report["ram_bytes"]["total"] <= 190_000, report


def test_keys_and_values_keep_eight_bits(tmp_path):
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(8), width=64, heads=2, kv_heads=1)
    said = tinymlc("inspect", path, "--after", "select", "--quantize", "int4:32", "--target", "mps2-an500").stdout
    kernels = dict(re.findall(r"layer0\.(query|key|value|gate) .*armv7em/(conv2d_hybrid\w*)", said))
    assert kernels == {"query": "conv2d_hybrid_s4_rows", "key": "conv2d_hybrid_rows", "value": "conv2d_hybrid_rows",
                       "gate": "conv2d_hybrid_s4_rows"}


def test_int8_past_its_window(tmp_path):
    """The caches go round in int8 as in float."""
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(9))
    tokens, places = any_tokens(11, 100), llama2c.places(100, 16, 2)
    options = ["--window", 16, "--sinks", 2]
    exact = steps(path, tokens, places, tmp_path, *options)
    noise = steps(path, tokens, places, tmp_path, *options, "--quantize", "int8") - exact
    assert 10 * numpy.log10((exact**2).mean() / (noise**2).mean()) > 15


@pytest.mark.long
@pytest.mark.parametrize("form", ["int8", "int4:32"])
def test_integers_have_the_same_bits_on_the_board(form, tmp_path):
    """With room in its window, and past it, where the query has a second angle for its sinks."""
    path = shared(STORIES)
    tokens, places = any_tokens(512, 24), llama2c.places(24, 16, 2)
    outputs = [steps(path, tokens, places, tmp_path, "--quantize", form, "--window", 16, "--sinks", 2, "--target", target)
               for target in ("host", "mps2-an500")]
    numpy.testing.assert_array_equal(*outputs)


def test_a_full_window_ends_the_text_with_its_numbers():
    done = tinymlc("generate", shared(STORIES), "--tokenizer", shared(TOKENIZER), "--window", 10, "--steps", 11, code=REFUSED)
    assert "the window of 10 tokens is full" in done.stderr


def test_what_does_not_go_together_is_refused(tmp_path):
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(7))
    for options in (["--window", 4, "--sinks", 4], ["--window", 4, "--block", 5], ["--quantize", "int16x8"]):
        tinymlc("inspect", path, "--after", "storage", *options, code=REFUSED)
