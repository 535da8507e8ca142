# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What models cost on the emulated board: within the promised limits, and the form of the report."""
import pytest

from conftest import EMULATED, example_model, shared, tinymlc_json
from test_bit_exact import TFLITE

# Of TFLM with CMSIS-NN on the same emulator: instructions of one inference, flash of code and model.
PEER = {
    "kws": {"instructions": 7_645_551, "flash": 105_612},
    "ic": {"instructions": 30_025_991, "flash": 148_196},
    "vww": {"instructions": 24_025_160, "flash": 384_964},
    "ad": {"instructions": 583_168, "flash": 302_496},
}
FLASH_SHARE = {"kws": 0.70, "ic": 0.85, "vww": 0.75, "ad": 0.96}
ARENA_AND_IO_BYTES = {"kws": 18_500, "ic": 52_500, "vww": 60_000, "ad": 2_800}
STACK_BYTES = 1_084


@pytest.mark.parametrize("name", PEER)
def test_costs_on_the_board(name):
    report = tinymlc_json("bench", shared(TFLITE[name]), "--target", "mps2-an500")
    ram = report["ram_bytes"]
    assert report["instructions"] <= 1.3 * PEER[name]["instructions"]
    assert report["flash_bytes"]["total"] <= FLASH_SHARE[name] * PEER[name]["flash"]
    assert ram["arena"] + ram["io"] <= ARENA_AND_IO_BYTES[name]
    assert ram["stack"] <= STACK_BYTES


@pytest.mark.parametrize("target", EMULATED)
def test_report_adds_up(target):
    report = tinymlc_json("bench", example_model(), "--target", target, "--per-layer")
    assert list(report) == ["model", "target", "optimize", "macs", "instructions", "predicted_instructions",
                            "cycles_estimate", "latency_us", "flash_bytes", "predicted_flash_bytes", "ram_bytes", "code_symbols",
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


def test_linked_only_target_has_flash_but_no_instructions():
    report = tinymlc_json("bench", example_model(), "--target", "stm32h743vi")
    assert report["instructions"] is None
    assert report["flash_bytes"]["total"] > report["flash_bytes"]["weights"] > 0


def test_host_has_latency_but_no_instructions():
    report = tinymlc_json("bench", example_model(), "--target", "host", "--runs", 5)
    assert report["instructions"] is None
    assert 0 < report["latency_us"]["p50"] <= report["latency_us"]["p99"]
