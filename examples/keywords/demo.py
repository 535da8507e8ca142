#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The demo: compiles the keyword model, runs it on an emulated Cortex-M7 on spoken words, prints answers and footprint.

  demo.py [--tinymlc PATH] [--target T]      needs python3-numpy and the built command line
  demo.py --model attention.onnx --quantize  a network of float activations, made int8 by what these recordings give

The target is given raw samples of 16 kHz, and makes the features itself, as preprocess.yaml says. A WAV's name begins
with the label that is right for it. Exit code: 0 all right, 1 a word was wrong, 2 a command failed.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

HERE = pathlib.Path(__file__).resolve().parent
FRONT_END = HERE / "preprocess.yaml"
RAW = ["--preprocess", FRONT_END, "--input-type", "samples"]
OUTPUT_NAME = "probabilities"


class CommandFailed(Exception):
    """A command line call that did not end with 0; holds what to tell the user."""


def tinymlc(arguments, *command):
    """Runs the command line and returns what it printed."""
    words = [str(arguments.tinymlc), *map(str, command)]
    try:
        done = subprocess.run(words, capture_output=True, text=True)
    except OSError as error:
        raise CommandFailed(f"{words[0]}: {error.strerror}; `make build` makes it") from error
    if done.returncode != 0:
        raise CommandFailed(f"{' '.join(words)}: exit code {done.returncode}\n{done.stderr.strip()}")
    return done.stdout


def network(arguments):
    """The model, and how it is compiled."""
    quantize = ["--quantize", "int8", "--calibrate", HERE / "wav"] if arguments.quantize else []
    return [arguments.model, *RAW, *quantize]


def answer(arguments, clip_path, work):
    """The probabilities that the target computes for one WAV file."""
    result = work / clip_path.stem
    tinymlc(arguments, "run", *network(arguments), "--target", arguments.target, "--input", clip_path, "-o", result)
    return np.load(result / f"{OUTPUT_NAME}.npy").ravel()


def print_answers(arguments, work):
    """One line per WAV file; returns how many were right, of how many."""
    labels = (HERE / "labels.txt").read_text().split()
    clips = sorted((HERE / "wav").glob("*.wav"))
    right = 0
    print(f"\n{'file':<28}{'word':<10}{'confidence':>10}")
    for clip in clips:
        probabilities = answer(arguments, clip, work)
        word = labels[int(probabilities.argmax())]
        expected = clip.stem.split("_")[0]
        right += word == expected
        verdict = "right" if word == expected else f"wrong, it is {expected}"
        print(f"{clip.name:<28}{word:<10}{probabilities.max():>10.1%}  {verdict}", flush=True)
    print(f"{right} of {len(clips)} right")
    return right, len(clips)


def print_footprint(arguments):
    """What the firmware costs: the figures of `bench --json`."""
    bench = ["--target", arguments.target, "--json"]
    footprint = json.loads(tinymlc(arguments, "bench", *network(arguments), *bench))
    front_end = json.loads(tinymlc(arguments, "bench", FRONT_END, *bench))
    flash, ram = footprint["flash_bytes"], footprint["ram_bytes"]
    rows = [(f"flash, {part}", flash[part], "bytes") for part in ("code", "weights", "total")]
    rows += [(f"RAM, {part}", ram[part], "bytes") for part in ("arena", "state", "io", "static", "stack", "total")]
    rows += [("multiply-accumulates", footprint["macs"], ""), ("instructions", footprint["instructions"], "per inference")]
    rows += [("instructions, front end", front_end["instructions"], "of these")]
    print(f"\nThe footprint of one inference on {arguments.target}")
    for name, value, unit in rows:
        shown = "not counted" if value is None else f"{value:,}"
        print(f"  {name:<24}{shown:>14} {unit}".rstrip())


def demonstrate(arguments, work):
    print(f"Compiling {arguments.model.name} for {arguments.target}", flush=True)
    tinymlc(arguments, "compile", *network(arguments), "--target", arguments.target, "-o", work / "firmware")
    files = sorted(path for path in (work / "firmware").rglob("*") if path.is_file())
    print(f"{len(files)} files of source, {sum(path.stat().st_size for path in files):,} bytes")
    right, clips = print_answers(arguments, work)
    print_footprint(arguments)
    return 0 if right == clips else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = HERE.parents[1] / "build" / "release" / "bin" / "tinymlc"
    parser.add_argument("--tinymlc", type=pathlib.Path, default=default, help="the command line")
    parser.add_argument("--model", type=pathlib.Path, default=HERE / "keywords.onnx")
    parser.add_argument("--quantize", action="store_true", help="to int8, with ranges from the recordings in wav/")
    parser.add_argument("--target", default="mps2-an500")
    parser.add_argument("--work", type=pathlib.Path, help="keep features, sources and outputs in this new folder")
    arguments = parser.parse_args()
    try:
        if arguments.work:
            arguments.work.mkdir(parents=True)
            return demonstrate(arguments, arguments.work)
        with tempfile.TemporaryDirectory() as work:
            return demonstrate(arguments, pathlib.Path(work))
    except CommandFailed as error:
        print(f"demo: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
