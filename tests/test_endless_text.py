# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""A board writes thousands of tokens past its window: in the memory and the time of the first hundreds."""
import numpy
import pytest

from conftest import shared, tinymlc_json

WINDOW = 256


def story(steps):
    # Nothing may end before a sign that the model does not write.
    return tinymlc_json("generate", shared("models/llm/stories260K.bin"), "--tokenizer", shared("models/llm/tok512.bin"), "--quantize",
                        "int8", "--window", WINDOW, "--sinks", 4, "--mode", "sinks", "--match", "[^~]*~", "--steps", steps, "--target",
                        "mps2-an500")


@pytest.mark.full
def test_4000_tokens_past_the_window_cost_what_the_first_cost():
    begin, whole = story(2 * WINDOW), story(WINDOW + 4000)
    assert whole["tokens"] == WINDOW + 4000 and whole["text"].startswith(begin["text"])
    assert whole["ram_bytes"] == begin["ram_bytes"]  # with the deepest stack of all steps
    counts = [one["step"] for one in whole["instructions"]["tokens"]]
    first, last = numpy.mean(counts[WINDOW:2 * WINDOW]), numpy.mean(counts[-1000:])
    print(f"RAM {whole['ram_bytes']}, instructions of tokens {WINDOW} to {2 * WINDOW}: {first:.0f}, of the last 1,000: {last:.0f}")
    assert abs(last / first - 1) <= 0.02, (first, last)
