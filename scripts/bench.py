# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Benches every model on every emulated target and compares with bench/baseline.json. See scripts/bench."""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
TINYMLC = ROOT / "build/release/bin/tinymlc"
BASELINE = ROOT / "bench/baseline.json"
TARGET_FILES = sorted((ROOT / "src/tmc/targets/data").glob("*.yaml"))
TARGETS = [path.stem for path in TARGET_FILES if "method: emulator" in path.read_text(encoding="utf-8")]
SETTINGS = ["speed", "balanced", "size"]
IMAGES = ["kws", "vww"]  # whose model images are run by an executor too, balanced
MODELS = {
    "keywords": "examples/keywords/keywords.onnx",
    "kws": "../shared/models/mlperf_tiny/kws_int8.tflite",
    "ic": "../shared/models/mlperf_tiny/ic_resnet8_int8.tflite",
    "vww": "../shared/models/mlperf_tiny/vww_int8.tflite",
    "ad": "../shared/models/mlperf_tiny/ad_int8.tflite",
    "person_detect": "../shared/models/vision/person_detect.tflite",
    "micro_speech": "../shared/models/voice/micro_speech_quantized.tflite",
    "kws_qdq": "../shared/models/mlperf_tiny/kws_qdq.onnx",
    "ad_qdq": "../shared/models/mlperf_tiny/ad_qdq.onnx",
    "kws_f32": "../shared/models/mlperf_tiny/kws_f32.tflite",
    "ic_f32": "../shared/models/mlperf_tiny/ic_resnet8_f32.tflite",
    "vww_f32": "../shared/models/mlperf_tiny/vww_f32.tflite",
    "ad_f32": "../shared/models/mlperf_tiny/ad_f32.tflite",
}
# On this target, same way of counting: TFLM with CMSIS-NN, and for float models onnx2c -O3: instructions, flash (code and
# model), least arena.
PEER_TARGET = "mps2-an500"
PEER = {
    "kws": (7_645_551, 105_612, 22_832),
    "ic": (30_025_991, 148_196, 55_008),
    "vww": (24_025_160, 384_964, 100_720),
    "ad": (583_168, 302_496, 3_024),
    "person_detect": (22_715_891, None, None),
    "kws_f32": (19_527_132, None, 64_000),
    "ic_f32": (119_650_603, None, 196_608),
    "vww_f32": (53_472_430, None, 294_912),
    "ad_f32": (1_341_128, None, None),
}
WORSE = 1.02  # a figure above this share of its baseline is a regression


def measure(job):
    """The job's key and figures; None for figures where the image is too large for the board."""
    name, target, setting = job
    with tempfile.TemporaryDirectory() as folder:
        model, optimize = ROOT / MODELS[name], setting
        if setting == "image":
            model, optimize = pathlib.Path(folder) / "model.tmci", "balanced"
            subprocess.run([TINYMLC, "compile", ROOT / MODELS[name], "--target", target, "--emit", "image", "-o", model],
                           stdout=subprocess.DEVNULL, check=True)
        command = [TINYMLC, "bench", model, "--target", target, "--optimize", optimize, "--json"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode == 1 and "is too small by" in done.stderr:
        return f"{name} {target} {setting}", None
    if done.returncode:
        raise SystemExit(f"bench of {name} on {target} ({setting}) failed:\n{done.stderr}")
    report = json.loads(done.stdout)
    ram = report["ram_bytes"]
    return f"{name} {target} {setting}", {
        "instructions": report["instructions"],
        "flash_bytes": report["flash_bytes"]["total"],
        "arena_and_io_bytes": ram["arena"] + ram["io"],
        "stack_bytes": ram["stack"],
    }


def row(key, figures):
    name, target, _ = key.split()
    peer = PEER.get(name) if target == PEER_TARGET else None
    share = f"{figures['instructions'] / peer[0]:.2f}" if peer else "-"
    flash = f"{figures['flash_bytes'] / peer[1]:.2f}" if peer and peer[1] else "-"
    ram = f"{figures['arena_and_io_bytes'] / peer[2]:.2f}" if peer and peer[2] else "-"
    return (f"{key:<36}{figures['instructions']:>14,}{share:>8}{figures['flash_bytes']:>12,}{flash:>8}"
            f"{figures['arena_and_io_bytes']:>12,}{ram:>8}{figures['stack_bytes']:>8,}")


def regressions(measured, baseline):
    for key, figures in measured.items():
        if not figures:
            if key in baseline:
                yield f"{key}: the image no longer fits the board"
            continue
        if key not in baseline:
            yield f"{key}: not in bench/baseline.json"
            continue
        for what, value in figures.items():
            if value > WORSE * baseline[key][what]:
                yield f"{key}: {what} {value:,}, baseline {baseline[key][what]:,}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="write bench/baseline.json")
    options = parser.parse_args()
    here = [name for name, path in MODELS.items() if (ROOT / path).exists()]
    absent = [name for name in MODELS if name not in here]
    if absent:
        print(f"skipped, their files are not there: {' '.join(absent)}")
    jobs = [(name, target, setting) for name in here for target in TARGETS for setting in SETTINGS]
    jobs += [(name, target, "image") for name in IMAGES if name in here for target in TARGETS]
    with ThreadPoolExecutor(2) as pool:
        measured = dict(pool.map(measure, jobs))
    print(f"{'model, target, setting':<36}{'instructions':>14}{'peer':>8}{'flash':>12}{'peer':>8}{'arena+io':>12}"
          f"{'peer':>8}{'stack':>8}")
    for key, figures in measured.items():
        print(row(key, figures) if figures else f"{key:<36}the image is too large for the board")
    print("peer: share of TFLM with CMSIS-NN's figure on that target, for float models of onnx2c's")
    if options.update:
        if absent:
            raise SystemExit("the baseline is written only with every model there")
        fitting = {key: figures for key, figures in measured.items() if figures}
        BASELINE.write_text(json.dumps(fitting, indent=2) + "\n", encoding="utf-8")
        return 0
    worse = list(regressions(measured, json.loads(BASELINE.read_text(encoding="utf-8"))))
    for line in worse:
        print(f"regression: {line}")
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
