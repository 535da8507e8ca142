# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Text that a board's firmware writes, tokenizer and sampler included: that of the host, with what it costs."""
import json
import shutil
import subprocess
import sys

import numpy
import pytest

import llama2c
from conftest import REFUSED, ROOT, TINYMLC, shared, tinymlc, tinymlc_json

BOARD = "mps2-an500"


def stories(command, *arguments, run=tinymlc_json, window=512, **how):
    return run(command, shared("models/llm/stories260K.bin"), "--tokenizer", shared("models/llm/tok512.bin"), "--quantize", "int8",
               "--window", window, *arguments, **how)


def on_both(*arguments, **how):
    """What the host and the board have written, which is one text."""
    host, board = (stories("generate", *arguments, "--target", target, **how) for target in ("host", BOARD))
    assert board["text"] == host["text"] and board["tokens"] == host["tokens"]
    return board


def first_step_by_bench(folder):
    """The step that reads the token which begins a text, into empty caches, as bench counts it."""
    numpy.save(folder / "tokens.npy", numpy.array([1], numpy.int32))
    numpy.save(folder / "cache.npy", numpy.zeros(3, numpy.int32))
    inputs = [argument for name in ("tokens", "cache") for argument in ("--input", f"{name}={folder / name}.npy")]
    return tinymlc_json("bench", shared("models/llm/stories260K.bin"), "--quantize", "int8", "--window", 512, "--target", BOARD,
                        "--no-cycles", *inputs)


def test_the_greedy_text_is_the_hosts_and_every_token_is_counted(tmp_path):
    board = on_both("--steps", 24)
    assert board["tokens"] == 24 and len(board["text"]) > 40
    counts = board["instructions"]["tokens"]
    assert len(counts) == 24
    bench = first_step_by_bench(tmp_path)
    assert counts[0]["step"] == bench["instructions"]
    assert counts[0]["step"] < counts[12]["step"] < counts[23]["step"]  # attention to more and more slots
    assert all(5_000 < one["text"] < 40_000 for one in counts), counts
    whole = board["instructions"]["token"]
    assert whole["average"] == pytest.approx(sum(one["step"] + one["text"] for one in counts) / 24, abs=1)
    assert whole["max"] == max(one["step"] + one["text"] for one in counts)
    assert board["ram_bytes"]["arena"] == bench["ram_bytes"]["arena"]
    assert board["flash_bytes"]["weights"] == bench["flash_bytes"]["weights"]
    tables = board["flash_bytes"]["code"] - bench["flash_bytes"]["code"]
    assert 3_544 < tables < 20_000, tables  # the tokenizer's tables, and the code around the step


def test_a_seed_gives_the_hosts_text_behind_a_prompt_that_the_board_encodes():
    board = on_both("--steps", 36, "--prompt", "Tim said: caf\u00e9, \u6771!", "--temperature", 1, "--top-p", 0.9, "--top-k", 100,
                    "--min-p", 0.01, "--repetition-penalty", 1.2, "--seed", 7, "--sinks", 4, window=16)
    assert board["text"].startswith("Tim said: caf\u00e9, \u6771!")
    assert board["instructions"]["prompt"] > 1_000 and board["prompt_tokens"] > 10


def test_stop_strings_and_expressions_are_the_hosts():
    board = on_both("--steps", 40, "--prompt", "Is it?", "--match", r" (yes|no), [a-z ]{5,9}\.", "--temperature", 1,
                    "--stop", "no such text", "--stop", ",")
    assert board["text"] in ("Is it? yes", "Is it? no")


def byte_level_tokenizer(path, merges):
    """tokenizer.json as GPT-2 has it: a token for each byte, and what pairs of them become."""
    seen = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    names = {byte: chr(byte) for byte in seen}
    names |= {byte: chr(0x100 + i) for i, byte in enumerate(byte for byte in range(256) if byte not in seen)}
    vocabulary = {names[byte]: byte for byte in range(256)}
    for left, right in merges:
        vocabulary[left + right] = len(vocabulary)
    model = {"type": "BPE", "vocab": vocabulary, "merges": [f"{left} {right}" for left, right in merges]}
    end = {"id": len(vocabulary), "content": "<|endoftext|>"}
    path.write_text(json.dumps({"added_tokens": [end], "normalizer": None, "model": model,
                                "pre_tokenizer": {"type": "ByteLevel", "add_prefix_space": False}}), encoding="utf-8")
    return len(vocabulary) + 1


@pytest.mark.long
def test_a_tokenizer_that_finds_words_runs_on_the_board(tmp_path):
    vocabulary = byte_level_tokenizer(tmp_path / "tokenizer.json", [("\u0120", "a"), ("\u0120a", "b"), ("a", "b")])
    model = llama2c.write(tmp_path / "model.bin", numpy.random.default_rng(3), vocabulary=vocabulary)
    arguments = [model, "--tokenizer", tmp_path / "tokenizer.json", "--prompt", "ab ab's 12 \u00e9ab", "--steps", 30, "--temperature", 1,
                 "--match", "[ -~]{40}"]  # random tokens are no characters else
    host, board = (tinymlc_json("generate", *arguments, "--target", target) for target in ("host", BOARD))
    assert board["text"] == host["text"] and board["prompt_tokens"] == host["prompt_tokens"] == 11


@pytest.mark.long
def test_a_full_window_is_the_hosts_error():
    for target in ("host", BOARD):
        done = stories("generate", "--target", target, "--steps", 12, window=10, run=tinymlc, code=REFUSED)
        assert "the window of 10 tokens is full" in done.stderr and done.stdout.startswith("Once upon")


@pytest.mark.long
def test_the_folder_that_compile_writes_is_a_program_that_writes_the_text(tmp_path):
    compiler = shutil.which("g++")
    if compiler is None:
        pytest.skip("there is no g++")
    stories("compile", "--target", "stm32h743vi", "--temperature", 0.8, "--seed", 5, "--budget", "flash=2M,ram=1M", "-o",
            tmp_path / "story", run=tinymlc)  # a budget of flash has the firmware linked, which writes text too
    sources = [*(tmp_path / "story").glob("*.cpp"), tmp_path / "story/example/main.cpp"]
    subprocess.run([compiler, "-std=c++17", "-O1", "-Wall", "-Wextra", "-Werror", "-I", tmp_path / "story", *sources, "-o", tmp_path / "write"],
                   check=True)
    written = subprocess.run([tmp_path / "write", "Once"], capture_output=True, text=True, check=True).stdout
    expected = stories("generate", "--prompt", "Once", "--temperature", 0.8, "--seed", 5, "--steps", 200)
    assert written == expected["text"]


@pytest.mark.long
def test_the_demo_shows_the_text_and_what_it_took():
    arguments = ["--tinymlc", TINYMLC, "--model", shared("models/llm/stories260K.bin"), "--tokenizer", shared("models/llm/tok512.bin"),
                 "--window", 64, "--prompt", "Once upon a time", "--steps", 20]
    done = subprocess.run([sys.executable, ROOT / "examples/stories/demo.py", *map(str, arguments)], capture_output=True, text=True,
                          check=True)
    expected = stories("generate", *arguments[-4:], "--sinks", 4, "--temperature", 0.8, "--top-p", 0.9, window=64)
    assert f"it writes:\n\n{expected['text']}\n" in done.stdout and done.stdout.endswith("\nwithin the limits\n")
    assert f"20 tokens on {BOARD}, {expected['prompt_tokens']} of them the prompt's" in done.stdout
