# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Decoders in ONNX that take and give their caches, as steps of a stream: against onnxruntime's own steps with these caches,
against published tokens, and past their window against llama2.c's model in numpy."""
import itertools
import json
import string

import numpy
import pytest

import llama2c
import past_models
from conftest import REFUSED, shared, tinymlc, tinymlc_json
from test_decoder import any_tokens, steps

GPT2_TINY = "models/gpt2_tiny/past.onnx"


@pytest.mark.parametrize("form", past_models.FORMS, ids=lambda form: form.__name__)
def test_steps_are_onnxruntime_s(form, tmp_path):
    path = form().save(tmp_path / "model.onnx")
    tokens = any_tokens(form.vocabulary, 30)
    expected = past_models.oracle(path, tokens)
    ours = steps(path, tokens, llama2c.places(30, 40), tmp_path, "--window", 40)
    numpy.testing.assert_allclose(ours, expected, atol=1e-4 * abs(expected).max())
    in_blocks = steps(path, tokens, llama2c.places(30, 40, block=3), tmp_path, "--window", 40, block=3)
    numpy.testing.assert_allclose(in_blocks, expected, atol=1e-4 * abs(expected).max())


@pytest.mark.parametrize("form", [past_models.Llama, past_models.MultiHead], ids=lambda form: form.__name__)
def test_rotary_positions_pass_their_window(form, tmp_path):
    """onnxruntime gets the caches without what fell out of the window, and its table is longer than the text."""
    path = form().save(tmp_path / "model.onnx")
    tokens = any_tokens(form.vocabulary, 60)
    expected = past_models.oracle(path, tokens, window=12)
    ours = steps(path, tokens, llama2c.places(60, 12), tmp_path, "--window", 12)
    numpy.testing.assert_allclose(ours, expected, atol=1e-4 * abs(expected).max())


@pytest.mark.parametrize("sinks", [0, 3])
def test_tables_of_rotary_positions_do_not_end(sinks, tmp_path):
    """The table has 64 positions, the text 100."""
    model = llama2c.read(llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(3)))
    path = past_models.Checkpoint(model).save(tmp_path / "model.onnx")
    tokens = any_tokens(11, 100)
    options = ["--window", 16, *(["--sinks", sinks] if sinks else [])]
    ours = steps(path, tokens, llama2c.places(100, 16, sinks), tmp_path, *options)
    expected = llama2c.logits(model, tokens, 16, sinks)
    numpy.testing.assert_allclose(ours, expected, atol=1e-4 * abs(expected).max())


@pytest.mark.parametrize("form, reason", [
    (past_models.Biased, "its mask says other things than which keys lie behind a query"),
    (past_models.Near, "its mask says other things than which keys lie behind a query"),
    (past_models.Counted, "tokens it computes otherwise than behind"),
    (past_models.TurnedLate, "is no cache with new rows behind it"),
    (past_models.Swapped, "does not hold them in the order of 'past_key_values.0.key'"),
    (past_models.ReadElsewhere, "is made of past keys or values by what is no attention"),
], ids=lambda of: getattr(of, "__name__", ""))
def test_other_decoders_are_refused(form, reason, tmp_path):
    path = form().save(tmp_path / "model.onnx")
    assert len(past_models.oracle(path, [1, 2, 3])) == 3
    assert reason in tinymlc("inspect", path, "--window", 40, "--after", "import", code=REFUSED).stderr


def test_a_window_as_long_as_tokens_see_is_taken(tmp_path):
    path = past_models.Near().save(tmp_path / "model.onnx")
    tokens = any_tokens(23, 20)
    ours = steps(path, tokens, llama2c.places(20, 20), tmp_path, "--window", 20)
    expected = past_models.oracle(path, tokens)
    numpy.testing.assert_allclose(ours, expected, atol=1e-4 * abs(expected).max())


@pytest.mark.parametrize("options, reason", [
    (("--window", 65), "has learned 64 positions, which a window of 65 tokens with 0 sinks passes"),
    (("--sinks", 4), "has learned 64 positions, which a window of 64 tokens with 4 sinks passes"),
    (("--mode", "window"), "has learned positions, 64 of them in its window"),
    (("--tokens", "1,23"), "23 is no token of the model's 23"),
    (("--steps", 65), "the window of 64 tokens is full")])
def test_learned_positions_end_with_their_table(options, reason, tmp_path):
    path = past_models.Gpt2().save(tmp_path / "model.onnx")
    begin = () if "--tokens" in options else ("--tokens", "1,2")
    assert reason in tinymlc("generate", path, *begin, *options, code=REFUSED).stderr


def test_lengths_that_are_bound_leave_the_graph_as_it_is(tmp_path):
    path = past_models.Gpt2().save(tmp_path / "model.onnx")
    shapes = ["--shape", "batch=1", "--shape", "tokens=1", "--shape", "past=5", "--shape", "all=6"]
    text = tinymlc("inspect", path, *shapes, "--after", "import", "--no-auto-state").stdout
    assert "input past_key_values.0.key: f32[1,4,5,8]" in text


def test_no_more_tokens_are_given_than_were_read(tmp_path):
    path = past_models.Gpt2().save(tmp_path / "model.onnx")
    assert tinymlc("generate", path, "--tokens", "5,3,1", "--steps", 2).stdout == "5 3\n"
    full = tinymlc("generate", path, "--tokens", "5,3,1", "--window", 2, code=REFUSED)
    assert full.stdout == "5 3\n" and "the model has learned positions" in full.stderr
    assert "there is nothing to begin with" in tinymlc("generate", path, "--tokens", "", code=REFUSED).stderr


def generated(begin, count, *options):
    tokens = ",".join(map(str, begin))
    text = tinymlc("generate", shared(GPT2_TINY), "--tokens", tokens, "--steps", count - 1, *options).stdout
    return [int(word) for word in text.split()]


# What onnxruntime-genai publishes of this model (test/c_api_tests.cpp): greedy, ten tokens with the prompt's.
@pytest.mark.parametrize("begin", [(0, 0, 0, 52), (0, 0, 195, 731)])
def test_greedy_tokens_are_the_published_ones(begin):
    published = {52: [204, 204, 204, 204, 204, 204], 731: [731, 114, 114, 114, 114, 114]}[begin[-1]]
    assert generated(begin, 10) == [*begin, *published]


def test_gpt2_steps_are_onnxruntime_s(tmp_path):
    path, tokens = shared(GPT2_TINY), any_tokens(1000, 30)
    expected = past_models.oracle(path, tokens)
    ours = steps(path, tokens, llama2c.places(30, 512), tmp_path)
    numpy.testing.assert_allclose(ours, expected, atol=1e-4 * abs(expected).max())


def test_gpt2_in_int8_takes_the_tokens_of_float(tmp_path):
    path, tokens = shared(GPT2_TINY), any_tokens(1000, 200)
    float_steps, ours = (steps(path, tokens, llama2c.places(200, 512), tmp_path, *options)
                         for options in ((), ("--quantize", "int8")))
    assert (ours.argmax(-1) == float_steps.argmax(-1)).mean() > 0.9


def spelling(path, begin, written, count=1000):
    """tokenizer.json of so many tokens, of which a text has no other that is as long and of as many tokens: what is written are
    pairs of letters, with what it begins with behind spaces, as words of their own. Gives what tokens spell."""
    seen = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    single = iter([*map(chr, seen), *(chr(0x100 + i) for i in range(256 - len(seen)))])
    pairs = ("".join(pair) for pair in itertools.product(string.ascii_letters, repeat=2))
    names = {token: "\u0120" + letter for token, letter in zip(dict.fromkeys(begin), string.ascii_letters, strict=False)}
    names |= {token: next(pairs) for token in dict.fromkeys(written) if token not in names}
    names |= {token: next(single, None) or next(pairs) for token in range(count) if token not in names}
    model = {"type": "BPE", "vocab": {name: token for token, name in names.items()},
             "merges": [" ".join(name) for name in names.values() if len(name) == 2]}
    path.write_text(json.dumps({"added_tokens": [], "normalizer": None, "model": model,
                                "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False}}), encoding="utf-8")
    return {token: name.replace("\u0120", " ") for token, name in names.items()}


# The first text is one that onnxruntime-genai publishes the begin of; in the others the tokens differ more.
@pytest.mark.long
@pytest.mark.parametrize("begin, options", [((0, 0, 0, 52), ()), ((17, 400, 5, 88), ()),
                                            ((17, 400, 5, 88), ("--quantize", "int8"))])
def test_the_board_writes_the_tokens_of_the_host(begin, options, tmp_path):
    tokens = generated(begin, 60, *options)
    words = spelling(tmp_path / "tokenizer.json", begin, tokens)
    board = tinymlc_json("generate", shared(GPT2_TINY), "--tokenizer", tmp_path / "tokenizer.json", "--prompt",
                         "".join(words[token] for token in begin), "--steps", 59, "--target", "mps2-an500", *options)
    assert (board["prompt_tokens"], board["tokens"]) == (4, 59)
    assert board["text"] == "".join(words[token] for token in tokens)


@pytest.mark.long
def test_gpt2_in_int8_has_the_same_bits_on_the_board(tmp_path):
    tokens = any_tokens(1000, 40)
    outputs = [steps(shared(GPT2_TINY), tokens, llama2c.places(40, 512), tmp_path, "--quantize", "int8", "--target", target)
               for target in ("host", "mps2-an500")]
    numpy.testing.assert_array_equal(*outputs)
