#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Compares the keyword networks: how often each is right, and what it costs on an emulated Cortex-M7.

  compare.py TEST.npz FEATURES.npz [--target T]      needs python3-numpy, onnxruntime (PyPI) and the built command line

TEST.npz is `synthesise.py test`'s, FEATURES.npz prepare.py's, from which the transformers, which are float in their
files, get their int8 scales. "right" is the share of the test's clips, on the host, of the very program that the board
runs; "float" the same of the file by onnxruntime (of the convolutional network, which is int8 in its file, the int8).
Flash and RAM are the whole program's; a network hears one second of sound in each inference, so its instructions are
those for each second of sound, without the features. The streaming network stands there as it is run on a whole window
too, and once more as it is run: on the newest frame, 20 ms of sound, every time.
"""

import argparse
import json
import pathlib
import subprocess
import tempfile

import numpy as np

from evaluate import calibration_options, compiled_predictions, predictions, test_maps

HERE = pathlib.Path(__file__).resolve().parent
FILES = {
    "convolution": "keywords.onnx",
    "streaming": "streaming.onnx",
    "attention": "attention.onnx",
    "linformer": "linformer.onnx",
}
QUANTISED = {"keywords.onnx", "streaming.onnx"}
STEP = ["--stream-axis", "2"]


def footprint(arguments, model, options):
    """The figures of `bench --json`."""
    settings = [*options, "--target", arguments.target, "--no-cycles", "--json"]
    command = [str(arguments.tinymlc), "bench", str(model), *settings]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def print_costs(title, costs):
    flash, ram = costs["flash_bytes"]["total"], costs["ram_bytes"]["total"]
    print(f"{title}{flash:>11,}{ram:>10,}{costs['macs']:>12,}{costs['instructions']:>14,}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = HERE.parents[1] / "build" / "release" / "bin" / "tinymlc"
    parser.add_argument("test", type=pathlib.Path)
    parser.add_argument("features", type=pathlib.Path)
    parser.add_argument("--target", default="mps2-an500")
    parser.add_argument("--tinymlc", type=pathlib.Path, default=default, help="the command line")
    parser.add_argument("--no-quantize", action="store_true", help="compiles the transformers in float")
    parser.add_argument("--silences", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    corpus = dict(np.load(arguments.test))
    by_streaming = {s: test_maps(corpus, arguments.silences, arguments.seed, s) for s in (False, True)}
    print(f"{'network':<14}{'float':>8}{'right':>8}{'flash':>11}{'RAM':>10}{'MACs':>12}{'instructions':>14}")
    with tempfile.TemporaryDirectory() as folder:
        calibrated = calibration_options(arguments.features, folder)
        for name, file in FILES.items():
            options = [] if file in QUANTISED or arguments.no_quantize else calibrated
            maps, labels, _ = by_streaming[name == "streaming"]
            before = np.mean(predictions(HERE / file, maps) == labels)
            right = np.mean(compiled_predictions(arguments.tinymlc, HERE / file, maps, options) == labels)
            print_costs(f"{name:<14}{before:>8.1%}{right:>8.1%}", footprint(arguments, HERE / file, options))
            if name == "streaming":
                print_costs(f"{'  a step':<30}", footprint(arguments, HERE / file, STEP))


if __name__ == "__main__":
    main()
