# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Where activations lie: arenas split over memories, layers in stripes of rows, and what the reports say of both."""
import pytest

from conftest import example_model, shared, tinymlc, tinymlc_json
from test_bit_exact import TFLITE

pytestmark = pytest.mark.long

BOARD = ("--target", "mps2-an500")
WHOLE = ("--stream-rows", "none")


def arena_bytes(model, *options):
    return tinymlc_json("inspect", model, "--cost", *BOARD, *options)["ram_bytes"]["arena"]


def test_plan_says_how_far_it_is_from_the_least(tmp_path):
    text = tinymlc("inspect", example_model(), "--after", "storage", *BOARD).stdout
    assert "lower bound" in text and "optimal" in text
    text = tinymlc("compile", example_model(), *BOARD, "-o", tmp_path / "out").stdout
    assert "lower bound" in text and "optimal" in text


def test_split_arena_gives_the_same_outputs_on_the_board():
    split = ("--arena", "SRAM=6K,PSRAM=16K")
    report = tinymlc_json("verify", example_model(), *BOARD, *split, "--oracle", "onnxruntime", "--samples", 3)
    assert report["pass"], report
    whole, both = arena_bytes(example_model()), tinymlc_json("bench", example_model(), *BOARD, *split)
    assert both["ram_bytes"]["arena"] >= whole > 6 * 1024
    assert both["ram_bytes"]["arena"] == arena_bytes(example_model(), *split)


def test_split_arena_is_in_the_headers_and_links_for_the_chip(tmp_path):
    options = ("--target", "stm32h743vi", "--arena", "AXI_SRAM,DTCM=6K")
    tinymlc("compile", example_model(), *options, "-o", tmp_path / "out")
    header = (tmp_path / "out/model.h").read_text()
    assert "#define KEYWORDS_ARENA_COUNT 2" in header
    assert '#define KEYWORDS_ARENA0_REGION "DTCM"' in header, "the fastest comes first"
    assert "void keywords_run(void* arena0, void* arena1);" in header
    assert "explicit Model(Arena0& arena0, Arena1& arena1)" in (tmp_path / "out/model.hpp").read_text()
    assert tinymlc_json("bench", example_model(), *options)["ram_bytes"]["arena"] > 9_000


@pytest.mark.parametrize("arena,words", [
    ("SRAM9=4K", ("SRAM9", "SRAM PSRAM")),
    ("SRAM=4K,SRAM", ("SRAM twice",)),
    ("SRAM=99M", ("4176896", "--arena asks for")),
    ("SRAM=1K,PSRAM=2K", ("finds no room in SRAM of 1024 bytes, PSRAM of 2048 bytes",)),
    ("SRAM=some", ("some",)),
])
def test_arena_that_cannot_be_is_refused(arena, words):
    done = tinymlc("inspect", example_model(), "--after", "storage", *BOARD, "--arena", arena,
                   code=1 if "finds no room" in words[0] or "asks for" in words[-1] else 2)
    for word in words:
        assert word in done.stderr, done.stderr


@pytest.mark.parametrize("name", ["ic", "vww"])
def test_stripes_need_less_memory_and_give_the_same_bits(name):
    model = shared(TFLITE[name])
    streamed = ("--stream-rows", "min")
    report = tinymlc_json("verify", model, *BOARD, *streamed, "--oracle", "litert", "--samples", 2)
    assert report["bit_exact"], report["first_difference"]
    assert arena_bytes(model, *streamed) < arena_bytes(model, *WHOLE)
    assert "nodes in stripes" in tinymlc("inspect", model, "--after", "storage", *BOARD, *streamed).stdout


def test_stripes_only_where_the_limit_asks_for_them(tmp_path):
    model = shared(TFLITE["vww"])
    limit = 36 * 1024
    assert arena_bytes(model, *WHOLE) > limit >= arena_bytes(model, "--stream-rows", limit)
    assert arena_bytes(model, "--stream-rows", "42K") == arena_bytes(model, *WHOLE)
    for options in (), WHOLE:
        text = tinymlc("compile", model, *BOARD, *options, "-o", tmp_path / "out", "--budget", f"ram={limit}",
                       code=1 if options else 0)
        assert "nodes in stripes" in text.stdout or options
    plain = tinymlc_json("bench", model, *BOARD, "--optimize", "speed", *WHOLE)
    bench = tinymlc_json("bench", model, *BOARD, "--optimize", "speed", "--stream-rows", limit)
    assert bench["ram_bytes"]["arena"] <= limit
    assert bench["instructions"] <= 1.1 * plain["instructions"]
    assert bench["macs"] <= plain["macs"]


def test_budget_is_a_limit_beyond_what_is_worth_it(tmp_path):
    """ic takes a tenth more instructions for its least arena, which only a limit asks for."""
    model = shared(TFLITE["ic"])
    least = arena_bytes(model, "--stream-rows", "min")
    assert least < arena_bytes(model)
    text = tinymlc("compile", model, *BOARD, "-o", tmp_path / "out", "--budget", f"ram={least}").stdout
    assert f"arena {least:,} bytes" in text


@pytest.mark.parametrize("name", ["ic", "vww"])
def test_stripes_that_are_worth_it_are_taken_unasked(name):
    model = shared(TFLITE[name])
    whole = tinymlc_json("bench", model, *BOARD, *WHOLE, "--no-cycles")
    chosen = tinymlc_json("bench", model, *BOARD, "--no-cycles")
    saved = 1 - chosen["ram_bytes"]["arena"] / whole["ram_bytes"]["arena"]
    more = chosen["instructions"] / whole["instructions"] - 1
    more_flash = chosen["flash_bytes"]["total"] / whole["flash_bytes"]["total"] - 1
    # By measure, where the rule goes by prediction.
    assert saved >= 0.1 and saved > 8 * more + 2 * more_flash
    assert tinymlc_json("verify", model, *BOARD, "--oracle", "litert", "--samples", 1)["bit_exact"]
    text = tinymlc("inspect", model, "--after", "storage", "--target", "host").stdout
    assert "in stripes" not in text, "a host has the memory"


def test_stripes_of_a_node_are_one_layer():
    options = [shared(TFLITE["vww"]), *BOARD]
    whole = tinymlc_json("bench", *options, *WHOLE, "--per-layer", "--no-cycles")
    striped = tinymlc_json("bench", *options, "--per-layer", "--no-cycles")
    assert [layer["name"] for layer in striped["layers"]] == [layer["name"] for layer in whole["layers"]]
    assert all(layer["stripes"] == 1 for layer in whole["layers"])
    assert any(layer["stripes"] > 1 for layer in striped["layers"])
    for one, other in zip(striped["layers"], whole["layers"]):
        assert one["macs"] == other["macs"]
        assert one["instructions"] >= 0.98 * other["instructions"], one["name"]
    counted = sum(layer["instructions"] for layer in striped["layers"])
    # The hook between the steps makes the instrumented image a little different from the one that is counted whole.
    assert counted == pytest.approx(striped["instructions"], rel=0.01)
    cost = tinymlc_json("inspect", *options, "--cost")
    assert [(layer["name"], layer["stripes"]) for layer in cost["layers"]] == [
        (layer["name"], layer["stripes"]) for layer in striped["layers"]]
    assert sum(layer["instructions"] for layer in cost["layers"]) == pytest.approx(cost["predicted_instructions"], abs=100)
    assert " stripes " in tinymlc("inspect", *options, "--cost").stdout
