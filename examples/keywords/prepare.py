#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Makes the features that training reads: every utterance in several rooms and noises, and clips of noise only.

  prepare.py CORPUS.npz FEATURES.npz [--variants N] [--streaming]      needs python3-numpy

CORPUS.npz is `synthesise.py training`'s. The result holds `maps` [M, 49, 10] float16, `labels` [M] and `voices` [M],
the latter empty for the class silence. It depends only on the arguments, not on the number of jobs. With --streaming the
maps are those of sound that goes on (features.py), each clip at another loudness.
"""

import argparse
import concurrent.futures
import functools
import pathlib

import numpy as np

import augment
from features import at_peak, features
from words import SILENCE

SILENCE_SHARE = 0.08  # clips of noise only for each utterance
BATCH = 256
QUIETEST_DB = -16.0  # of a clip's loudest sample, where loudness counts


@functools.cache
def load(file):
    with np.load(file) as stored:
        return dict(stored)


def maps_of(clips, streaming, seeds):
    clips = np.stack(clips)
    if streaming:
        peaks_db = np.random.default_rng([*seeds, 2]).uniform(QUIETEST_DB, 0.0, len(clips))
        clips = at_peak(clips, 10.0 ** (peaks_db / 20.0)[:, None])
    return features(clips, streaming)[:, 0].astype(np.float16)


def spoken(file, seed, variant, first, streaming):
    """Features of the utterances from `first` on."""
    corpus = load(file)
    rows = range(first, min(first + BATCH, len(corpus["label"])))
    clips = []
    for row in rows:
        rng = np.random.default_rng([seed, variant, row])
        clips.append(augment.training_clip(corpus["speech"][row], corpus["length"][row], corpus["speech"], rng))
    maps = maps_of(clips, streaming, [seed, variant, first])
    return maps, corpus["label"][rows.start : rows.stop], corpus["voice"][rows.start : rows.stop]


def silent(file, seed, variant, first, streaming):
    """Features of a batch of noises."""
    rng = np.random.default_rng([seed, variant, first, 1])
    maps = maps_of([augment.silence(rng) for _ in range(BATCH)], streaming, [seed, variant, first, 1])
    return maps, np.full(BATCH, SILENCE), np.full(BATCH, "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("features", type=pathlib.Path)
    parser.add_argument("--variants", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--streaming", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    count = len(load(arguments.corpus)["label"])
    with concurrent.futures.ProcessPoolExecutor(arguments.jobs) as pool:
        jobs = []
        for variant in range(arguments.variants):
            for make, rows in ((spoken, count), (silent, int(SILENCE_SHARE * count))):
                starts = range(0, rows, BATCH)
                given = (arguments.corpus, arguments.seed, variant)
                jobs += [pool.submit(make, *given, first, arguments.streaming) for first in starts]
        parts = [job.result() for job in jobs]
    maps, labels, voices = (np.concatenate(column) for column in zip(*parts))
    np.savez(arguments.features, maps=maps, labels=labels.astype(np.int64), voices=voices)
    print(f"{len(labels)} maps")


if __name__ == "__main__":
    main()
