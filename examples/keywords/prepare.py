#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Makes the features that training reads: every utterance in several rooms and noises, and clips of noise only.

  prepare.py CORPUS.npz FEATURES.npz [--variants N]      needs python3-numpy

CORPUS.npz is `synthesise.py training`'s. The result holds `maps` [M, 49, 10] float16, `labels` [M] and `voices` [M],
the latter empty for the class silence. It depends only on the arguments, not on the number of jobs.
"""

import argparse
import concurrent.futures
import functools
import pathlib

import numpy as np

import augment
from features import features
from words import SILENCE

SILENCE_SHARE = 0.08  # clips of noise only for each utterance
BATCH = 256


@functools.cache
def load(file):
    with np.load(file) as stored:
        return dict(stored)


def maps_of(clips):
    return features(np.stack(clips))[:, 0].astype(np.float16)


def spoken(file, seed, variant, first):
    """Features of the utterances from `first` on."""
    corpus = load(file)
    rows = range(first, min(first + BATCH, len(corpus["label"])))
    clips = []
    for row in rows:
        rng = np.random.default_rng([seed, variant, row])
        clips.append(augment.training_clip(corpus["speech"][row], corpus["length"][row], corpus["speech"], rng))
    return maps_of(clips), corpus["label"][rows.start : rows.stop], corpus["voice"][rows.start : rows.stop]


def silent(file, seed, variant, first):
    """Features of a batch of noises."""
    rng = np.random.default_rng([seed, variant, first, 1])
    return maps_of([augment.silence(rng) for _ in range(BATCH)]), np.full(BATCH, SILENCE), np.full(BATCH, "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("features", type=pathlib.Path)
    parser.add_argument("--variants", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    count = len(load(arguments.corpus)["label"])
    with concurrent.futures.ProcessPoolExecutor(arguments.jobs) as pool:
        jobs = []
        for variant in range(arguments.variants):
            for make, rows in ((spoken, count), (silent, int(SILENCE_SHARE * count))):
                starts = range(0, rows, BATCH)
                jobs += [pool.submit(make, arguments.corpus, arguments.seed, variant, first) for first in starts]
        parts = [job.result() for job in jobs]
    maps, labels, voices = (np.concatenate(column) for column in zip(*parts))
    np.savez(arguments.features, maps=maps, labels=labels.astype(np.int64), voices=voices)
    print(f"{len(labels)} maps")


if __name__ == "__main__":
    main()
