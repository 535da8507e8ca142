# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""A decoder whose power goes at any moment between two runs, in every state of its machine: saved, with nothing left of memory,
restored, it goes on with the logits that it would have had. On this machine and on an emulated board."""
import shutil
import subprocess

import numpy
import pytest
import yaml

import llama2c
from conftest import ROOT, tinymlc
from decoders import any_tokens, steps

# For each token and each moment of its block: the text up to there, the memory overwritten, and the text from there on. Gives the
# logits without a break, how many texts with one were other than that, and the states in which there was one, as bits.
PROGRAM = """
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
  __builtin_memcpy(model.input1().data(), &numbers, sizeof numbers);
}

static void run(float* to) {
  decoder::Model(arena).run();
  __builtin_memcpy(to, decoder::Model(arena).output0().data(), kLogits * sizeof(float));
}

static void write(int from, int to, int which) {
  for (int token = from; token < to; ++token) {
    begin(token);
    run(logits[which][token]);
    machine.end_block();
  }
}

static void clear() {
  __builtin_memset(arena.bytes, 0x5A, sizeof arena.bytes);
  machine = TokenStream(kSpec);
}

// The bits of the logits from a token on.
static bool are_same(int from) {
  for (int token = from; token < kCount; ++token) {
    for (int i = 0; i < kLogits; ++i) {
      uint32_t bits[2];
      for (int which = 0; which < 2; ++which) __builtin_memcpy(&bits[which], &logits[which][token][i], sizeof(float));
      if (bits[0] != bits[1]) return false;
    }
  }
  return true;
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
  __builtin_memcpy(caches, decoder::Model(arena).state().data(), sizeof caches);
  clear();
  __builtin_memset(logits[1], 0, sizeof logits[1]);
  if (machine.restore(saved, sizeof saved) != StreamError::kOk) return false;
  __builtin_memcpy(decoder::Model(arena).state().data(), caches, sizeof caches);
  write(broken_at, kCount, 1);
  return are_same(broken_at);
}

static int result[2];

static void test() {
  decoder::Model(arena).reset();
  write(0, kCount, 0);
  for (int token = 0; token <= kCount; ++token) {
    for (int moment = 0; moment < (token < kCount ? kMoments : kBegun); ++moment) {
      result[0] += !goes_on(token, moment, &result[1]);
    }
  }
}
"""
HERE = """
#include <stdio.h>

int main() {
  test();
  FILE* file = fopen("written.bin", "wb");
  fwrite(logits[0], sizeof logits[0], 1, file);
  fwrite(result, sizeof result, 1, file);
  return fclose(file);
}
"""
ON_BOARD = """
#include "semihosting.hpp"

extern "C" [[noreturn]] void tmc_main() {
  test();
  tmc::board::File file("written.bin", tmc::board::File::Mode::kWrite);
  file.write(logits[0], sizeof logits[0]);
  file.write(result, sizeof result);
  file.close();
  tmc::board::exit(0);
}
"""
IDLE, FILLING, FULL, SHIFTING = 1, 2, 4, 8


FLAGS = ["-std=c++17", "-O1", "-ffp-contract=off", "-Wall", "-Wextra"]


def build_here(folder):
    compiler = shutil.which("g++")
    if compiler is None:
        pytest.skip("there is no g++")
    sources = [*(folder / "decoder").glob("*.cpp"), folder / "main.cpp"]
    subprocess.run([compiler, *FLAGS, "-I", folder / "decoder", "-I", ROOT / "src", *sources, "-o", folder / "main"], check=True)
    return [folder / "main"]


def build_for_board(folder):
    """With the startup code and the linker script of the board, and its files on the computer that emulates it."""
    tools = [shutil.which(name) for name in ("arm-none-eabi-g++", "qemu-system-arm")]
    if None in tools:
        pytest.skip("there is no compiler for the board, or no emulator")
    common, board = ROOT / "boards/common", ROOT / "boards/mps2-an500"
    core = yaml.safe_load((ROOT / "src/tmc/targets/data/core/cortex_m7.yaml").read_text(encoding="utf-8"))
    target = yaml.safe_load((ROOT / "src/tmc/targets/data/mps2-an500.yaml").read_text(encoding="utf-8"))
    (folder / "tmc_placement.ld").write_text('REGION_ALIAS("TMC_PINNED", TMC_RAM)\n')
    (folder / "tmc_arenas.ld").write_text("")
    folders = [folder, folder / "decoder", *(common / name for name in (*core["startup"], "harness"))]
    sources = [*(folder / "decoder").glob("*.cpp"), folder / "main.cpp", board / "board.cpp", common / "harness/semihosting.cpp",
               common / "harness/fault_report.cpp", *(path for name in core["startup"] for path in (common / name).glob("*.cpp"))]
    toolchain = core["toolchain"]
    places = [*(f"-I{path}" for path in [*folders, ROOT / "src"]), *(f"-L{path}" for path in [*folders, board])]
    linked = ["-T", board / target["board"]["linker_script"], "-Wl,--gc-sections,--defsym=tmc_stack_bytes=16384"]
    subprocess.run([tools[0], *toolchain["flags"], "-O2", *places, *linked, *sources, "-o", folder / "main.elf",
                    *toolchain["link_flags"]], check=True)
    return [word.format(elf=folder / "main.elf") for word in target["run"]["command"]]


def written_by(program, path, options, folder, on_board):
    """What the program writes with the folder that `compile` makes: logits, how many texts are wrong, and the states."""
    target = "mps2-an500" if on_board else "host"
    tinymlc("compile", path, *options, "--name", "decoder", "--target", target, "-o", folder / "decoder")
    (folder / "main.cpp").write_text(program + (ON_BOARD if on_board else HERE))
    command = (build_for_board if on_board else build_here)(folder)
    subprocess.run(command, check=True, cwd=folder, timeout=120)
    written = (folder / "written.bin").read_bytes()
    return numpy.frombuffer(written[:-8], numpy.float32), numpy.frombuffer(written[-8:], numpy.int32)


@pytest.mark.parametrize("form, mode, sinks, on_board", [
    ("int8", "kSinks", 2, False), *(pytest.param(*case, marks=pytest.mark.long) for case in (
        ("int4:32", "kSinks", 2, False), ("int4:32", "kWindow", 0, False), ("int8", "kFull", 0, False), (None, "kSinks", 2, False),
        ("int8", "kSinks", 2, True), ("int4:32", "kSinks", 2, True), ("int4:32", "kWindow", 0, True)))])
def test_a_text_goes_on_where_its_power_went(form, mode, sinks, on_board, tmp_path):
    path = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(13), width=64)
    window, count = (7, 24) if mode != "kFull" else (24, 24)
    tokens = any_tokens(11, count)
    options = ["--window", window, *(["--sinks", sinks] if sinks else []), *(["--quantize", form] if form else [])]
    program = PROGRAM
    for name, value in (("TOKENS", ", ".join(map(str, tokens))), ("WINDOW", window), ("SINKS", sinks), ("MODE", mode)):
        program = program.replace(name, str(value))
    logits, (wrong, states) = written_by(program, path, options, tmp_path, on_board)
    assert wrong == 0 and states == IDLE | FILLING | FULL | (0 if mode == "kFull" else SHIFTING)
    expected = steps(path, tokens, llama2c.places(count, window, sinks), tmp_path, *options)
    numpy.testing.assert_array_equal(logits.reshape(count, -1), expected)
