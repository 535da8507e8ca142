#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Makes spoken words with speech synthesisers and keeps them in one .npz file.

  synthesise.py training FILE.npz     espeak-ng (espeak.py) and twelve speakers of festival (festival.py)
  synthesise.py test FILE.npz         flite (flite.py): its four general voices

The two never mix: no speaker of flite is in the training speech under any engine, and the words of the class "unknown"
differ too. The file holds `speech` [N, 16000] int16 (trimmed, starting at sample 0), `length` [N], `label` [N],
`voice` [N] and `word` [N]. The class "silence" holds no speech; augment.py makes its noises.
"""

import argparse
import concurrent.futures
import pathlib

import numpy as np

import espeak
import festival
import flite
from features import CLIP_SAMPLES, SAMPLE_RATE_HZ
from words import KEYWORDS, TEST_UNKNOWN_WORDS, TRAINING_UNKNOWN_WORDS, UNKNOWN

FESTIVAL_SHARE = 0.11  # utterances of each of festival's voices for one of espeak-ng's; ked, the one American, twice
FESTIVAL_BATCH = 100  # utterances for each run of festival


def plan(unknown_words, keyword_count, unknown_count):
    """The words to speak with their labels."""
    words = [(word, label) for label, word in enumerate(KEYWORDS) for _ in range(keyword_count)]
    return words + [(unknown_words[i % len(unknown_words)], UNKNOWN) for i in range(unknown_count)]


def one_by_one(speak, words, seed, pool):
    """[(voice, samples)] of an engine that speaks one word at a time."""
    return list(pool.map(lambda row: speak(words[row], np.random.default_rng([seed, row])), range(len(words))))


def by_festival(words, voice, spoken, seed, pool):
    """[(voice, samples)] of one of festival's voices."""

    def speak(first):
        rngs = [np.random.default_rng([*seed, row]) for row in range(first, min(first + FESTIVAL_BATCH, len(words)))]
        return festival.speak_all(words[first : first + FESTIVAL_BATCH], voice, spoken, rngs)

    batches = pool.map(speak, range(0, len(words), FESTIVAL_BATCH))
    return [(voice, samples) for batch in batches for samples in batch]


def training_speech(keyword_count, unknown_count, seed, pool):
    """[(word, label)] and [(voice, samples)] of espeak-ng and festival."""
    words = plan(TRAINING_UNKNOWN_WORDS, keyword_count, unknown_count)
    espeak.data_folder()  # before the threads, which share it
    speech = one_by_one(espeak.speak, [word for word, _ in words], seed, pool)
    spoken = festival.word_phones(KEYWORDS + TRAINING_UNKNOWN_WORDS)
    for index, voice in enumerate(festival.VOICES):
        share = FESTIVAL_SHARE * (2 if voice == "ked" else 1)
        offset = index * 37 % len(TRAINING_UNKNOWN_WORDS)  # no voice's words are the same as the next one's
        unknown = TRAINING_UNKNOWN_WORDS[offset:] + TRAINING_UNKNOWN_WORDS[:offset]
        said = plan(unknown, round(share * keyword_count), round(share * unknown_count))
        speech += by_festival([word for word, _ in said], voice, spoken, [seed, index], pool)
        words += said
    heard = [row for row, (_, samples) in enumerate(speech) if samples is not None]
    return [words[row] for row in heard], [speech[row] for row in heard]


def test_speech(keyword_count, unknown_count, seed, pool):
    """[(word, label)] and [(voice, samples)] of flite."""
    words = plan(TEST_UNKNOWN_WORDS, keyword_count, unknown_count)
    return words, one_by_one(flite.speak, [word for word, _ in words], seed, pool)


def corpus_of(words, spoken):
    """The arrays of the file; each utterance is scaled to its peak and cut to one second."""
    speech = np.zeros((len(words), CLIP_SAMPLES), np.int16)
    length = np.zeros(len(words), np.int32)
    for row, (_, samples) in enumerate(spoken):
        length[row] = min(samples.size, CLIP_SAMPLES)
        speech[row, : length[row]] = np.rint(samples[:CLIP_SAMPLES] / np.max(np.abs(samples)) * 32000)
    return {
        "speech": speech,
        "length": length,
        "label": np.array([label for _, label in words], np.int32),
        "voice": np.array([voice for voice, _ in spoken]),
        "word": np.array([word for word, _ in words]),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=("training", "test"))
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("--per-keyword", type=int, help="utterances for each keyword (of espeak-ng 500; test 100)")
    parser.add_argument("--unknown", type=int, help="utterances of the class unknown (of espeak-ng 1600; test 100)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    arguments = parser.parse_args()
    training = arguments.kind == "training"
    keyword_count = arguments.per_keyword or (500 if training else 100)
    unknown_count = arguments.unknown or (1600 if training else 100)
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        make = training_speech if training else test_speech
        words, spoken = make(keyword_count, unknown_count, arguments.seed, pool)
    corpus = corpus_of(words, spoken)
    np.savez_compressed(arguments.file, **corpus)
    print(f"{len(corpus['label'])} utterances, median {np.median(corpus['length']) / SAMPLE_RATE_HZ:.2f} s")


if __name__ == "__main__":
    main()
