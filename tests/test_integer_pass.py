# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Steps in integers, past their window too, against one pass over all tokens in the same integers (integer_decoder.py): the
logits have the same bits. So have those that the machine of `generate` makes, and whatever of a mask or a position is changed is
seen."""
import dataclasses

import numpy
import pytest

import llama2c
from conftest import shared, tinymlc
from decoders import any_tokens, steps
from integer_decoder import IntegerDecoder, view

STORIES = "models/llm/stories260K.bin"


def random_checkpoint(folder, **form):
    return llama2c.write(folder / "model.bin", numpy.random.default_rng(12), **form)


def options_of(sinks, form):
    return ["--quantize", form, *(["--sinks", sinks] if sinks else [])]


def expect_steps_are_a_whole_pass(path, form, tokens, window, sinks, folder, *cache):
    options = [*options_of(sinks, form), *cache]
    expected = IntegerDecoder(path, window, *options).logits(tokens, view(len(tokens), window, sinks))
    ours = steps(path, tokens, llama2c.places(len(tokens), window, sinks), folder, "--window", window, *options)
    numpy.testing.assert_array_equal(ours, expected)


# A full cache, rings, and sinks; windows of one run of 32 slots, and of several, of which the last is not whole.
@pytest.mark.parametrize("window, sinks, count", [(64, 0, 60), (8, 0, 40), (8, 2, 40), (5, 4, 40), (1, 0, 24), (40, 0, 90),
                                                  (70, 3, 160)])
def test_steps_are_a_whole_pass_in_the_same_integers(window, sinks, count, tmp_path):
    expect_steps_are_a_whole_pass(random_checkpoint(tmp_path), "int8", any_tokens(11, count), window, sinks, tmp_path)


@pytest.mark.parametrize("cache", ["int8:int4", "int4"])
@pytest.mark.parametrize("window, sinks, count", [(64, 0, 60), (9, 0, 40), (9, 2, 40), (70, 3, 160)])
def test_so_they_are_with_caches_of_four_bits(window, sinks, count, cache, tmp_path):
    """Windows of odd length, too."""
    path = random_checkpoint(tmp_path, width=24, heads=2, kv_heads=1)
    expect_steps_are_a_whole_pass(path, "int8", any_tokens(11, count), window, sinks, tmp_path, "--cache", cache)


@pytest.mark.parametrize("form", [{"width": 24, "heads": 3, "kv_heads": 1, "hidden": 31}, {"heads": 2, "kv_heads": 2, "layers": 3}])
def test_so_they_are_of_decoders_of_other_forms(form, tmp_path):
    expect_steps_are_a_whole_pass(random_checkpoint(tmp_path, **form), "int8", any_tokens(11, 40), 8, 2, tmp_path)


def test_so_they_are_with_weights_of_four_bits(tmp_path):
    path = random_checkpoint(tmp_path, width=64, hidden=96)
    expect_steps_are_a_whole_pass(path, "int4:32", any_tokens(11, 40), 8, 2, tmp_path)


@pytest.mark.parametrize("cache", ["int8", "int4"])
def test_so_they_are_of_a_trained_model(cache, tmp_path):
    expect_steps_are_a_whole_pass(shared(STORIES), "int8", any_tokens(512, 48), 36, 4, tmp_path, "--cache", cache)


@pytest.mark.full
@pytest.mark.parametrize("form", ["int8", "int4:32", "int4"])
@pytest.mark.parametrize("cache", ["int8", "int8:int4", "int4"])
@pytest.mark.parametrize("window, sinks", [(512, 0), (64, 0), (64, 4)])
def test_so_they_are_of_600_tokens(form, cache, window, sinks, tmp_path):
    tokens = any_tokens(512, 600 if window < 512 else 512)
    expect_steps_are_a_whole_pass(shared(STORIES), form, tokens, window, sinks, tmp_path, "--cache", cache)


@pytest.mark.parametrize("window, sinks, mode", [(8, 2, "sinks"), (8, 0, "window"), (64, 0, "full")])
def test_the_machine_writes_the_largest_logits_of_a_whole_pass(window, sinks, mode, tmp_path):
    path = random_checkpoint(tmp_path)
    options = options_of(sinks, "int8")
    text = tinymlc("generate", path, "--tokens", "3,1", "--steps", 40, "--window", window, "--mode", mode, *options).stdout
    tokens = numpy.array([int(word) for word in text.split()])
    logits = IntegerDecoder(path, window, *options).logits(tokens[:-1], view(len(tokens) - 1, window, sinks))
    assert len(tokens) == 41 and len(set(tokens)) > 3
    numpy.testing.assert_array_equal(logits[1:].argmax(-1), tokens[2:])


@pytest.fixture(name="sinking", scope="module")
def steps_with_sinks(tmp_path_factory):
    """A decoder with a window of 8 and 2 sinks, 40 tokens, and the logits of its steps."""
    folder, tokens = tmp_path_factory.mktemp("sinking"), any_tokens(11, 40)
    path = random_checkpoint(folder)
    ours = steps(path, tokens, llama2c.places(40, 8, 2), folder, "--window", 8, *options_of(2, "int8"))
    return IntegerDecoder(path, 8, *options_of(2, "int8")), tokens, ours


# Token 20 sees tokens 0, 1 and 15 to 20, the sinks from position 7.
CHANGES = {
    "it does not see a sink": ("seen", (20, 0), False), "it does not see the oldest in its band": ("seen", (20, 15), False),
    "it does not see itself": ("seen", (20, 20), False), "its band is longer": ("seen", (20, 14), True),
    "it sees another sink": ("seen", (20, 2), True), "it sees the next token": ("seen", (20, 21), True),
    "its sinks are further off": ("inside", 20, 8), "its sinks are nearer": ("inside", 20, 6),
    "it stands further on": ("at", 20, 21),
}


@pytest.mark.parametrize("field, place, value", CHANGES.values(), ids=CHANGES)
def test_a_change_of_one_key_or_position_is_seen(sinking, field, place, value):
    """At the token that it is about, and at none before."""
    decoder, tokens, ours = sinking
    seen_as = view(40, 8, 2)
    getattr(seen_as, field)[place] = value
    differs = (decoder.logits(tokens, seen_as) != ours).any(-1)
    assert numpy.flatnonzero(differs)[0] == 20


def test_sinks_that_are_seen_from_where_a_token_stands_are_others(sinking):
    """Which the two positions within the window are first where it is passed."""
    decoder, tokens, ours = sinking
    differs = (decoder.logits(tokens, dataclasses.replace(view(40, 8, 2), sinks=1)) != ours).any(-1)
    assert 8 <= numpy.flatnonzero(differs)[0] < 12
