# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What models cost on the emulated board: within the promised limits, and the form of the report."""
import pytest

from conftest import EMULATED, SIMULATED, example_model, shared, simulates, tinymlc_json
from test_bit_exact import TFLITE

# What one build may cost with --optimize speed: instructions of an inference, bytes of arena and I/O, of flash; and the
# flash with --optimize size. TFLM with CMSIS-NN on the same emulator takes 7.6, 30.0, 24.0, 0.58 and 22.7 million
# instructions, and 105,612, 148,196, 384,964 and 302,496 bytes of flash for the first four.
LIMITS = {
    "kws": (2_700_000, 10_400, 52_000, 44_000),
    "ic": (11_500_000, 37_000, 108_000, 98_000),
    "vww": (8_200_000, 42_000, 275_000, 255_000),
    "ad": (275_000, 2_800, 290_000, 280_000),
    "person_detect": (8_000_000, 42_000, 255_000, 255_000),
}
STACK_BYTES = 1_084
SIZE_INSTRUCTIONS = 1.6  # times those of speed


def bench(name, optimize):
    return tinymlc_json("bench", shared(TFLITE[name]), "--target", "mps2-an500", "--optimize", optimize)


@pytest.mark.parametrize("name", LIMITS)
def test_costs_on_the_board(name):
    instructions, arena_and_io, flash, smallest_flash = LIMITS[name]
    speed, size = bench(name, "speed"), bench(name, "size")
    assert speed["instructions"] <= instructions
    assert speed["ram_bytes"]["arena"] + speed["ram_bytes"]["io"] <= arena_and_io
    assert speed["flash_bytes"]["total"] <= flash
    assert size["flash_bytes"]["total"] <= smallest_flash
    assert size["instructions"] <= SIZE_INSTRUCTIONS * speed["instructions"]
    assert max(speed["ram_bytes"]["stack"], size["ram_bytes"]["stack"]) <= STACK_BYTES


@pytest.mark.parametrize("target", EMULATED)
def test_report_adds_up(target):
    report = tinymlc_json("bench", example_model(), "--target", target, "--per-layer")
    assert list(report) == ["model", "target", "optimize", "macs", "instructions", "predicted_instructions",
                            "load_instructions", "cycles_estimate", "latency_us", "flash_bytes", "predicted_flash_bytes", "ram_bytes", "code_symbols",
                            "layers"]
    flash, ram = report["flash_bytes"], report["ram_bytes"]
    assert flash["total"] == flash["code"] + flash["weights"]
    assert ram["total"] == sum(ram[part] for part in ("arena", "state", "io", "static", "stack"))
    assert report["macs"] == sum(layer["macs"] for layer in report["layers"])
    counted = sum(layer["instructions"] for layer in report["layers"])
    # The hook between the layers makes the instrumented image a little different from the one that is counted whole.
    assert counted == pytest.approx(report["instructions"], rel=0.02)


@pytest.mark.parametrize("target", EMULATED)
def test_counts_are_exact_and_repeatable(target):
    runs = [tinymlc_json("bench", example_model(), "--target", target)["instructions"] for _ in range(2)]
    assert runs[0] == runs[1] > 100_000


def test_a_simulated_chip_has_instructions():
    """As many as the emulated board of the same core, but for where its memories lie."""
    report = tinymlc_json("bench", example_model(), "--target", SIMULATED)
    assert report["flash_bytes"]["total"] > report["flash_bytes"]["weights"] > 0
    if not simulates():
        assert report["instructions"] is None
        return
    emulated = tinymlc_json("bench", example_model(), "--target", "mps2-an500", "--no-cycles")
    assert report["instructions"] == pytest.approx(emulated["instructions"], rel=0.005)
    assert report["ram_bytes"]["stack"] == emulated["ram_bytes"]["stack"]


def test_host_has_latency_but_no_instructions():
    report = tinymlc_json("bench", example_model(), "--target", "host", "--runs", 5)
    assert report["instructions"] is None
    assert 0 < report["latency_us"]["p50"] <= report["latency_us"]["p99"]
