# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The story model of examples/stories as it ships: what it writes, how well it reads a text that it has not learned, and
that it fits its board."""
import subprocess
import sys

import numpy
import pytest

import huggingface
import llama2c
from conftest import ROOT, TINYMLC, tinymlc, tinymlc_json
from decoders import steps

MODEL = ROOT / "examples/stories"
TOKENIZER = MODEL / "tokenizer.json"
GREEDY = ROOT / "tests/stories/greedy.txt"
BEGIN = 0
WINDOW = 256
FLASH_BYTES, RAM_BYTES = 2 * 1024 * 1024, 1024 * 1024

# Of a chapter that was held out of training.
EXCERPT = """Let other pens dwell on guilt and misery. I quit such odious subjects as soon as I can, impatient to restore \
everybody, not greatly in fault themselves, to tolerable comfort, and to have done with all the rest.
My Fanny, indeed, at this very time, I have the satisfaction of knowing, must have been happy in spite of everything. She must \
have been a happy creature in spite of all that she felt, or thought she felt, for the distress of those around her."""
# What a character of it may cost, in bits; it costs 1.4303 in float and 1.4291 in int8.
BITS = 1.45
INT8_BITS = 1.01  # times those of float

sys.path.insert(0, str(MODEL))
import evaluate  # noqa: E402


def tokens_of(text):
    done = subprocess.run([TINYMLC, "tokenize", TOKENIZER, "--", text], capture_output=True, text=True, timeout=60, check=True)
    return numpy.array([BEGIN, *map(int, done.stdout.split())])


@pytest.fixture(name="tokens", scope="module")
def tokens_of_excerpt():
    return tokens_of(EXCERPT)


@pytest.fixture(name="float_logits", scope="module")
def logits_of_float(tokens, tmp_path_factory):
    return steps(MODEL, tokens, llama2c.places(len(tokens), WINDOW), tmp_path_factory.mktemp("float"))


def bits_a_character(logits, tokens):
    return evaluate.bits(logits[:-1].astype(float), tokens[1:]).sum() / len(EXCERPT)


def test_the_likeliest_text_is_the_stored_one():
    text = tinymlc("generate", MODEL, "--tokenizer", TOKENIZER, "--prompt", "It was", "--steps", 60).stdout
    assert text == GREEDY.read_text(encoding="utf-8")


def test_logits_are_those_of_a_whole_pass_in_numpy(tokens, float_logits):
    expected = llama2c.logits(huggingface.checkpoint_of(MODEL), tokens)
    numpy.testing.assert_allclose(float_logits, expected, atol=1e-4)


def test_a_held_out_text_costs_few_bits(tokens, float_logits, tmp_path):
    exact = bits_a_character(float_logits, tokens)
    int8 = steps(MODEL, tokens, llama2c.places(len(tokens), WINDOW), tmp_path, "--quantize", "int8")
    assert exact <= BITS
    assert bits_a_character(int8, tokens) <= INT8_BITS * exact


def test_int8_fits_its_board():
    report = tinymlc_json("bench", MODEL, "--quantize", "int8", "--target", "mps2-an500", "--no-cycles")
    assert report["flash_bytes"]["total"] <= FLASH_BYTES
    assert report["ram_bytes"]["total"] <= RAM_BYTES
