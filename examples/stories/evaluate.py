#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""How many bits a character of the held out chapters costs, read by what tinymlc makes of the model.

  evaluate.py TOKENS.npz [--quantize int8]... [--model FOLDER]      needs numpy; TOKENS.npz is prepare.py's

The chapters are read in pieces as long as the window, each of which begins with an empty one: what stands at a piece's begin
has less before it than a text that goes on would give. Each token is foretold once; those that end chapters count too.
"""

import argparse
import json
import math
import pathlib
import subprocess
import tempfile

import numpy

FOLDER = pathlib.Path(__file__).parent
TINYMLC = FOLDER / "../../build/release/bin/tinymlc"


def places(count, window):
    """For each step position, slot and filled slots, beginning anew after each window."""
    within = numpy.arange(count, dtype=numpy.int32) % window
    return numpy.stack([within, within, within], 1)


def logits(model, tokens, window, options):
    """[tokens, vocabulary] of one run of all steps, by the command line."""
    with tempfile.TemporaryDirectory() as folder:
        steps = pathlib.Path(folder, "steps.npz")
        numpy.savez(steps, tokens=tokens[:, None].astype(numpy.int32), cache=places(len(tokens), window))
        subprocess.run([TINYMLC, "run", model, "--stream", "--input", steps, *options, "-o", folder], check=True,
                       stdout=subprocess.DEVNULL)
        return numpy.load(pathlib.Path(folder, "logits.npy")).reshape(len(tokens), -1)


def bits(logits_, tokens):
    """What it takes to tell each token by the logits before it."""
    highest = logits_.max(-1, keepdims=True)
    log_sums = numpy.log(numpy.exp(logits_ - highest).sum(-1)) + highest[:, 0]
    return (log_sums - logits_[numpy.arange(len(tokens)), tokens]) / math.log(2)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tokens", type=pathlib.Path)
    parser.add_argument("--model", type=pathlib.Path, default=FOLDER)
    parser.add_argument("--quantize", action="append", default=[], metavar="HOW", help="int8, int4:32; may be repeated")
    arguments = parser.parse_args()
    stored = numpy.load(arguments.tokens)
    tokens, characters = stored["held_out"], int(stored["held_out_characters"])
    window = json.loads((arguments.model / "config.json").read_text(encoding="utf-8"))["max_position_embeddings"]
    for how in ["float", *arguments.quantize]:
        options = [] if how == "float" else ["--quantize", how]
        total = bits(logits(arguments.model, tokens[:-1], window, options), tokens[1:]).sum()
        print(f"{how}: {total / characters:.4f} bits a character, {total / (len(tokens) - 1):.4f} a token", flush=True)


if __name__ == "__main__":
    main()
