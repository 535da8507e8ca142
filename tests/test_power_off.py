# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""A decoder whose power goes at any moment between two runs, in every state of its machine: saved, with nothing left of memory,
restored, it goes on with the logits that it would have had."""
import shutil
import subprocess

import numpy
import pytest

import llama2c
from conftest import ROOT, tinymlc
from decoders import any_tokens, steps

# For each token and each moment of its block: the text up to there, the memory overwritten, and the text from there on. Gives the
# logits without a break, how many texts with one were other than that, and the states in which there was one, as bits.
PROGRAM = """
#include <stdio.h>
#include <string.h>

#include "model.hpp"
#include "tmc/stream/token_stream.hpp"

using namespace tmc::stream;

static const int32_t kTokens[] = {TOKENS};
constexpr int kCount = sizeof kTokens / sizeof *kTokens, kLogits = decoder::Output0::kElements;
constexpr StreamSpec kSpec = {WINDOW, SINKS, StreamMode::MODE, 1};
enum Moment { kBefore, kBegun, kRun, kMoments };

static decoder::Arena arena;
static TokenStream machine(kSpec);
static float logits[2][kCount][kLogits];

static void begin(int token) {
  CacheInput numbers;
  if (machine.begin_block(1, numbers) != StreamError::kOk) return;
  const decoder::Model model(arena);
  model.input0()[0] = kTokens[token];
  memcpy(model.input1().data(), &numbers, sizeof numbers);
}

static void run(float* to) {
  decoder::Model(arena).run();
  memcpy(to, decoder::Model(arena).output0().data(), kLogits * sizeof(float));
}

static void write(int from, int to, int which) {
  for (int token = from; token < to; ++token) {
    begin(token);
    run(logits[which][token]);
    machine.end_block();
  }
}

static void clear() {
  memset(arena.bytes, 0x5A, sizeof arena.bytes);
  machine = TokenStream(kSpec);
}

static bool goes_on(int broken_at, int moment, int* states) {
  clear();
  decoder::Model(arena).reset();
  write(0, broken_at, 1);
  if (moment >= kBegun) begin(broken_at);
  if (moment >= kRun) run(logits[1][broken_at]);
  *states |= 1 << static_cast<int>(machine.state());
  uint8_t saved[TokenStream::kSavedBytes], caches[decltype(decoder::Model(arena).state())::size()];
  machine.save(saved);
  memcpy(caches, decoder::Model(arena).state().data(), sizeof caches);
  clear();
  memset(logits[1], 0, sizeof logits[1]);
  if (machine.restore(saved, sizeof saved) != StreamError::kOk) return false;
  memcpy(decoder::Model(arena).state().data(), caches, sizeof caches);
  write(broken_at, kCount, 1);
  return memcmp(logits[0][broken_at], logits[1][broken_at], sizeof(float) * kLogits * (kCount - broken_at)) == 0;
}

int main() {
  decoder::Model(arena).reset();
  write(0, kCount, 0);
  int wrong = 0, states = 0;
  for (int token = 0; token <= kCount; ++token) {
    for (int moment = 0; moment < (token < kCount ? kMoments : kBegun); ++moment) wrong += !goes_on(token, moment, &states);
  }
  fwrite(logits[0], sizeof logits[0], 1, stdout);
  fprintf(stderr, "%d %d", wrong, states);
}
"""
IDLE, FILLING, FULL, SHIFTING = 1, 2, 4, 8


def written_by(program, path, options, folder):
    """What the program writes with the folder that `compile` makes: its logits and its two numbers."""
    compiler = shutil.which("g++")
    if compiler is None:
        pytest.skip("there is no g++")
    tinymlc("compile", path, *options, "--name", "decoder", "-o", folder / "decoder")
    (folder / "main.cpp").write_text(program)
    flags = ["-std=c++17", "-O1", "-ffp-contract=off", "-Wall", "-Wextra", "-I", folder / "decoder", "-I", ROOT / "src"]
    sources = [*(folder / "decoder").glob("*.cpp"), folder / "main.cpp"]
    subprocess.run([compiler, *flags, *sources, "-o", folder / "main"], check=True)
    done = subprocess.run([folder / "main"], capture_output=True, check=True)
    return numpy.frombuffer(done.stdout, numpy.float32), [int(word) for word in done.stderr.split()]


@pytest.mark.parametrize("form, mode, sinks", [
    pytest.param("int8", "kSinks", 2), pytest.param("int4:32", "kSinks", 2, marks=pytest.mark.long),
    pytest.param("int4:32", "kWindow", 0, marks=pytest.mark.long), pytest.param("int8", "kFull", 0, marks=pytest.mark.long),
    pytest.param(None, "kSinks", 2, marks=pytest.mark.long)])
def test_a_text_goes_on_where_its_power_went(form, mode, sinks, tmp_path):
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(13), width=64)
    window, count = (7, 24) if mode != "kFull" else (24, 24)
    tokens = any_tokens(11, count)
    options = ["--window", window, *(["--sinks", sinks] if sinks else []), *(["--quantize", form] if form else [])]
    program = PROGRAM
    for name, value in (("TOKENS", ", ".join(map(str, tokens))), ("WINDOW", window), ("SINKS", sinks), ("MODE", mode)):
        program = program.replace(name, str(value))
    logits, (wrong, states) = written_by(program, path, options, tmp_path)
    assert wrong == 0 and states == IDLE | FILLING | FULL | (0 if mode == "kFull" else SHIFTING)
    expected = steps(path, tokens, llama2c.places(count, window, sinks), tmp_path, *options)
    numpy.testing.assert_array_equal(logits.reshape(count, -1), expected)
