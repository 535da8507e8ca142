# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Caches of decoders whose values, or keys too, have four bits, and saving and restoring what is in caches."""
import shutil
import subprocess

import numpy
import pytest

import llama2c
from conftest import REFUSED, example_model, shared, tinymlc, tinymlc_json
from decoders import any_tokens, steps
from test_decoder import STORIES, expect_a_block_is_its_steps, read_as_float

CACHES = ["int8:int4", "int4"]


def kept_in(cache):
    return ("--quantize", "int8", "--cache", cache)


@pytest.mark.parametrize("cache", CACHES)
@pytest.mark.parametrize("sinks", [0, 3])
def test_a_block_is_its_steps(sinks, cache, tmp_path):
    """In a window of odd length, whose last slot is alone in its pair."""
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(4), heads=4, kv_heads=1)
    expect_a_block_is_its_steps(path, any_tokens(11, 96), 21, sinks, 6, tmp_path, *kept_in(cache))


@pytest.mark.long
@pytest.mark.parametrize("cache", CACHES)
def test_a_block_of_a_story_is_its_steps(cache, tmp_path):
    expect_a_block_is_its_steps(shared(STORIES), any_tokens(512, 80), 64, 4, 8, tmp_path, *kept_in(cache))


def test_they_read_as_float_does(tmp_path):
    agree, ratio = read_as_float(tmp_path, "int8", 1, 50, "--cache", "int8:int4")
    assert agree >= 0.85 and ratio <= 1.03, (agree, ratio)


@pytest.mark.full
@pytest.mark.parametrize("cache, weights, least_agreement, most_perplexity", [("int8:int4", "int8", 0.94, 1.03), ("int8:int4", "int4:32", 0.83, 1.1)])
def test_600_tokens_are_read_as_float_reads_them(cache, weights, least_agreement, most_perplexity, tmp_path):
    agree, ratio = read_as_float(tmp_path, weights, 3, 200, "--cache", cache)
    print(f"{weights}: {agree:.4f} agree, perplexity times {ratio:.4f}")
    assert agree >= least_agreement and ratio <= most_perplexity, (agree, ratio)


def decibels(path, tokens, places, folder, cache, *options):
    exact = steps(path, tokens, places, folder, *options)
    noise = steps(path, tokens, places, folder, *options, *kept_in(cache)) - exact
    return 10 * numpy.log10((exact**2).mean() / (noise**2).mean())


@pytest.mark.parametrize("cache, least", [("int8:int4", 12), ("int4", 9)])
def test_they_go_round_past_the_window(cache, least, tmp_path):
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(9))
    tokens, options = any_tokens(11, 100), ["--window", 16, "--sinks", 2]
    assert decibels(path, tokens, llama2c.places(100, 16, 2), tmp_path, cache, *options) > least


@pytest.mark.long
@pytest.mark.parametrize("cache", CACHES)
def test_they_have_the_same_bits_on_the_board(cache, tmp_path):
    """With room in the window, and past it, where the query has a second angle for its sinks."""
    tokens, places = any_tokens(512, 24), llama2c.places(24, 16, 2)
    outputs = [steps(shared(STORIES), tokens, places, tmp_path, *kept_in(cache), "--window", 16, "--sinks", 2, "--target", target)
               for target in ("host", "mps2-an500")]
    numpy.testing.assert_array_equal(*outputs)


@pytest.mark.long
def test_they_take_less_memory():
    ram = [tinymlc_json("bench", shared(STORIES), "--quantize", "int8", "--cache", cache, "--target", "mps2-an500")["ram_bytes"]["total"]
           for cache in ("int8", *CACHES)]
    assert ram[1] <= 0.79 * ram[0] and ram[2] <= 0.61 * ram[0], ram


PROGRAM = r"""
#include "model.hpp"
#include <cstdio>
#include <cstring>

static model::Arena arena;
static const int tokens[] = {TOKENS};
static const int places[][3] = {PLACES};

// Writes the logits of the steps.
static void run(int first, int end) {
  model::Model step(arena);
  for (int at = first; at < end; ++at) {
    step.input0()[0] = tokens[at];
    for (int i = 0; i < 3; ++i) step.input1()[i] = places[at][i];
    step.run();
    fwrite(step.output0().data(), sizeof(float), step.output0().size(), stdout);
  }
}

int main() {
  static unsigned char saved[MODEL_STATE_BYTES];
  const model::Model step(arena);
  step.reset();
  run(0, MIDDLE);
  memcpy(saved, step.state().data(), sizeof saved);
  run(MIDDLE, END);
  memset(arena.bytes, 0x5a, sizeof arena.bytes);
  memcpy(step.state().data(), saved, sizeof saved);
  run(MIDDLE, END);
}
"""


@pytest.mark.parametrize("cache", ["int8", *CACHES])
def test_caches_are_saved_and_restored_as_bytes(cache, tmp_path):
    """By the generated code, past a window of odd length; with the logits of the steps in this process."""
    compiler = shutil.which("g++")
    if compiler is None:
        pytest.skip("there is no g++")
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(12))
    options = ["--quantize", "int8", "--cache", cache, "--window", 9, "--sinks", 2]
    count, middle = 40, 25
    tokens, places = any_tokens(11, count), llama2c.places(count, 9, 2)
    tinymlc("compile", path, *options, "-o", tmp_path / "model")
    text = PROGRAM.replace("TOKENS", ",".join(map(str, tokens))).replace("MIDDLE", str(middle)).replace("END", str(count))
    text = text.replace("PLACES", ",".join("{" + ",".join(map(str, place)) + "}" for place in places))
    (tmp_path / "main.cpp").write_text(text)
    sources = [*(tmp_path / "model").glob("*.cpp"), tmp_path / "main.cpp"]
    subprocess.run([compiler, "-std=c++17", "-O1", "-ffp-contract=off", "-I", tmp_path / "model", *sources, "-o", tmp_path / "main"],
                   check=True)
    written = subprocess.run([tmp_path / "main"], capture_output=True, check=True).stdout
    logits = numpy.frombuffer(written, numpy.float32).reshape(-1, 11)
    numpy.testing.assert_array_equal(logits[:count], steps(path, tokens, places, tmp_path, *options))
    numpy.testing.assert_array_equal(logits[count:], logits[middle:count])


@pytest.mark.parametrize("options, reason", [(["--quantize", "int8", "--cache", "int4:int8"], "there are no caches of 'int4:int8'"),
                                             (["--cache", "int8:int4"], "add --quantize int8")])
def test_caches_that_are_none_are_refused(options, reason):
    assert reason in tinymlc("inspect", shared(STORIES), "--after", "storage", *options, code=REFUSED).stderr


def test_what_is_no_decoder_has_no_caches():
    done = tinymlc("inspect", example_model(), "--after", "storage", *kept_in("int4"), code=REFUSED)
    assert "the model is no decoder" in done.stderr
