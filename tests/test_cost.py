# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What the cost model predicts, beside what is measured, on models that it was not fitted on (docs/cost-model.md)."""
import sys

import pytest

from conftest import ROOT, example_model, shared, tinymlc, tinymlc_json
from test_bit_exact import OPTIMIZE, QDQ, TFLITE

sys.path.insert(0, str(ROOT / "scripts/costs"))
from merge import merged  # noqa: E402

FLOAT = {f"{name}_f32": f"models/mlperf_tiny/{file}_f32.tflite"
         for name, file in {"ic": "ic_resnet8", "vww": "vww", "ad": "ad"}.items()}
MODELS = ("keywords", *TFLITE, *QDQ, *FLOAT)
INSTRUCTIONS = 0.08
FLASH = 0.03


def arguments(name, optimize, target="mps2-an500"):
    model = example_model() if name == "keywords" else shared({**TFLITE, **QDQ, **FLOAT}[name])
    return [model, "--target", target, "--optimize", optimize]


@pytest.mark.parametrize("optimize", OPTIMIZE)
@pytest.mark.parametrize("name", MODELS)
def test_prediction_is_near_what_is_measured(name, optimize):
    predicted = tinymlc_json("inspect", *arguments(name, optimize), "--cost")
    measured = tinymlc_json("bench", *arguments(name, optimize), "--no-cycles")
    assert predicted["predicted_instructions"] == pytest.approx(measured["instructions"], rel=INSTRUCTIONS)
    flash = predicted["predicted_flash_bytes"]
    assert flash["total"] == pytest.approx(measured["flash_bytes"]["total"], rel=FLASH)
    assert flash["weights"] == measured["flash_bytes"]["weights"]
    assert predicted["ram_bytes"]["arena"] == measured["ram_bytes"]["arena"]
    assert all(layer["fitted"] for layer in predicted["layers"])


def test_bench_shows_the_prediction_of_inspect():
    predicted = tinymlc_json("inspect", *arguments("keywords", "speed"), "--cost")
    measured = tinymlc_json("bench", *arguments("keywords", "speed"), "--per-layer", "--no-cycles")
    assert measured["predicted_instructions"] == predicted["predicted_instructions"]
    assert measured["predicted_flash_bytes"] == predicted["predicted_flash_bytes"]["total"]
    assert measured["cycles_estimate"] is None
    assert ([layer["predicted_instructions"] for layer in measured["layers"]]
            == [layer["instructions"] for layer in predicted["layers"]])


def test_flash_of_a_board_that_is_only_linked():
    predicted = tinymlc_json("inspect", *arguments("keywords", "balanced", "stm32h743vi"), "--cost")
    measured = tinymlc_json("bench", *arguments("keywords", "balanced", "stm32h743vi"))
    assert predicted["predicted_flash_bytes"]["total"] == pytest.approx(measured["flash_bytes"]["total"], rel=FLASH)


def test_target_without_coefficients_gives_rough_estimates():
    predicted = tinymlc_json("inspect", *arguments("keywords", "balanced", "host"), "--cost")
    assert predicted["predicted_flash_bytes"] is None
    assert predicted["relative_error"] == 0.5 and not any(layer["fitted"] for layer in predicted["layers"])
    text = tinymlc("inspect", *arguments("keywords", "balanced", "host"), "--cost").stdout
    assert "not fitted" in text and "rough estimate" in text


def test_fit_of_some_bodies_keeps_the_rows_of_others():
    table = (ROOT / "src/tmc/targets/data/cost/cortex_m7.yaml").read_text()
    assert merged(table, table, "_s8") == table
    fitted = "\n".join(["image_bytes:", "  board: 1", "small_shared:", "  run_bytes: 9", "  helpers:", '    "memcpy": 7',
                        '    "zone": 8', '    "nobody": 5', "  bodies:", "    portable/add_s8: {base: 1}",
                        '    portable/zeta_s16: {base: 2, helpers: ["zone"]}'])
    lines = merged(table, fitted, "zeta").splitlines()
    new = [line for line in lines if line not in table.splitlines()]
    assert new == ['    "zone": 8', '    portable/zeta_s16: {base: 2, helpers: ["zone"]}']
    assert len(lines) == len(table.splitlines()) + 2
