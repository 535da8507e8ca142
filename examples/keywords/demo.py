#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The demo: compiles the keyword model, runs it on an emulated Cortex-M7 on spoken words, prints answers and footprint.

  demo.py [--tinymlc PATH] [--target T]      needs python3-numpy and the built command line
  demo.py --model attention.onnx --quantize  a network of float activations, made int8 by what these recordings give
  demo.py --stream                           streaming.onnx, which hears each recording in runs of 20 ms

The target is given raw samples of 16 kHz, and makes the features itself, as preprocess.yaml (with --stream:
streaming.yaml) says. A WAV's name begins with the label that is right for it. Exit code: 0 all right, 1 a word was
wrong, 2 a command failed.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy as np

from features import HOP_SAMPLES, read_wav

HERE = pathlib.Path(__file__).resolve().parent
FRONT_END = HERE / "preprocess.yaml"
SAMPLES = ["--preprocess", FRONT_END, "--input-type", "samples"]
STREAM = ["--preprocess", HERE / "streaming.yaml", "--input-type", "stream", "--stream-axis", "2"]
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
    return [arguments.model, *(STREAM if arguments.stream else SAMPLES), *quantize]


def hops(clip_path, work):
    """A file with the samples of a WAV file, a row for each run of the stream."""
    path = work / f"{clip_path.stem}.npy"
    np.save(path, np.rint(read_wav(clip_path) * 32768).astype(np.int16).reshape(-1, HOP_SAMPLES))
    return path


def answer(arguments, clip_path, work):
    """The probabilities that the target computes for one WAV file; of a stream the last run's, which has heard all."""
    given = ["--input", hops(clip_path, work), "--stream"] if arguments.stream else ["--input", clip_path]
    result = work / clip_path.stem
    tinymlc(arguments, "run", *network(arguments), "--target", arguments.target, *given, "-o", result)
    probabilities = np.load(result / f"{OUTPUT_NAME}.npy")
    return probabilities[-1].ravel() if arguments.stream else probabilities.ravel()


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
    flash, ram = footprint["flash_bytes"], footprint["ram_bytes"]
    run = "hop of 20 ms" if arguments.stream else "inference"
    rows = [(f"flash, {part}", flash[part], "bytes") for part in ("code", "weights", "total")]
    rows += [(f"RAM, {part}", ram[part], "bytes") for part in ("arena", "state", "io", "static", "stack", "total")]
    rows += [("multiply-accumulates", footprint["macs"], ""), ("instructions", footprint["instructions"], f"per {run}")]
    if not arguments.stream:
        front_end = json.loads(tinymlc(arguments, "bench", FRONT_END, *bench))
        rows += [("instructions, front end", front_end["instructions"], "of these")]
    print(f"\nThe footprint of one {run} on {arguments.target}")
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
    parser.add_argument("--model", type=pathlib.Path, help="keywords.onnx; with --stream streaming.onnx")
    parser.add_argument("--quantize", action="store_true", help="to int8, with ranges from the recordings in wav/")
    parser.add_argument("--stream", action="store_true", help="runs a network without padding in time hop by hop")
    parser.add_argument("--target", default="mps2-an500")
    parser.add_argument("--work", type=pathlib.Path, help="keep features, sources and outputs in this new folder")
    arguments = parser.parse_args()
    arguments.model = arguments.model or HERE / ("streaming.onnx" if arguments.stream else "keywords.onnx")
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
