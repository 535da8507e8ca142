#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Trains the keyword network on the synthesised corpus and writes its float weights.

  train.py CORPUS.npz WEIGHTS.pt      needs python3-torch and python3-numpy

Every utterance is augmented `--variants` times before training (kept beside the corpus), which costs more time than
the training itself; on each use a map is moved in time and loses bands and frames (SpecAugment, arXiv:1904.08779).
"""

import argparse
import pathlib
import time

import numpy as np
import torch
from torch import nn

import augment
from features import features
from model import KeywordNet
from synthesise import LABELS

SILENCE = LABELS.index("silence")


def clips_to_features(clips):
    return features(np.stack(clips))[:, 0].astype(np.float16)


def augmented_features(corpus, variants, silence_share, seed):
    """[variants * (utterances + silences), 49, 10] float16 features and their labels."""
    silences = int(silence_share * len(corpus["label"]))
    maps, labels = [], []
    for variant in range(variants):
        for first in range(0, len(corpus["label"]), 256):
            rows = range(first, min(first + 256, len(corpus["label"])))
            clips = [
                augment.training_clip(
                    corpus["speech"][row], corpus["length"][row], np.random.default_rng([seed, variant, row])
                )
                for row in rows
            ]
            maps.append(clips_to_features(clips))
            labels.append(corpus["label"][rows.start : rows.stop])
        rng = np.random.default_rng([seed, variant])
        maps.append(clips_to_features([augment.silence(rng) for _ in range(silences)]))
        labels.append(np.full(silences, SILENCE))
        print(f"augmented {variant + 1} of {variants}", flush=True)
    return np.concatenate(maps), np.concatenate(labels).astype(np.int64)


def cached_features(corpus_file, variants, seed):
    """`augmented_features` of a corpus file, computed once."""
    cache = corpus_file.with_name(f"{corpus_file.stem}_x{variants}.npz")
    if not cache.exists():
        corpus = dict(np.load(corpus_file))
        maps, labels = augmented_features(corpus, variants, 0.08, seed)
        np.savez(cache, maps=maps, labels=labels)
    stored = np.load(cache)
    return torch.from_numpy(stored["maps"].astype(np.float32))[:, None], torch.from_numpy(stored["labels"])


def spec_augment(maps):
    """Moves each map in time by up to 2 frames, tilts it a little and hides frames and coefficients."""
    count, _, frames, coefficients = maps.shape
    maps = maps + 0.15 * torch.randn(count, 1, 1, coefficients)
    maps = maps * (1.0 + 0.1 * torch.randn(count, 1, 1, 1))
    shift = torch.randint(-2, 3, (count, 1))
    source = (torch.arange(frames)[None] + shift).clamp(0, frames - 1)
    maps = maps.gather(2, source[:, None, :, None].expand_as(maps))
    start, width = torch.randint(0, frames, (count, 1)), torch.randint(0, 7, (count, 1))
    frame = torch.arange(frames)[None]
    hidden = (frame >= start) & (frame < start + width)
    return maps.masked_fill(hidden[:, None, :, None], 0.0)


def accuracy(model, maps, labels):
    model.eval()
    with torch.no_grad():
        right = sum((model(m).argmax(1) == t).sum().item() for m, t in zip(maps.split(1000), labels.split(1000)))
    return right / len(labels)


def train(model, maps, labels, held_out, arguments):
    """AdamW with a one-cycle learning rate and label smoothing."""
    batches = len(labels) // arguments.batch
    optimiser = torch.optim.AdamW(model.parameters(), arguments.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, arguments.rate, arguments.epochs * batches)
    loss_of = nn.CrossEntropyLoss(label_smoothing=0.1)
    for epoch in range(arguments.epochs):
        model.train()
        started, total = time.monotonic(), 0.0
        for rows in torch.randperm(len(labels))[: batches * arguments.batch].split(arguments.batch):
            loss = loss_of(model(spec_augment(maps[rows])), labels[rows])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            total += loss.item()
        seconds = time.monotonic() - started
        held = accuracy(model, *held_out)
        print(f"epoch {epoch + 1}: loss {total / batches:.3f}, held out {held:.3f}, {seconds:.0f} s", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=pathlib.Path)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("--channels", type=int, default=80)
    parser.add_argument("--blocks", type=int, default=4)
    parser.add_argument("--variants", type=int, default=8)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    maps, labels = cached_features(arguments.corpus, arguments.variants, arguments.seed)
    held_out = (maps[::50], labels[::50])
    kept = torch.arange(len(labels)) % 50 != 0
    model = KeywordNet(len(LABELS), arguments.channels, arguments.blocks)
    train(model, maps[kept], labels[kept], held_out, arguments)
    settings = {"classes": len(LABELS), "channels": arguments.channels, "blocks": arguments.blocks}
    torch.save({"settings": settings, "state": model.state_dict()}, arguments.weights)


if __name__ == "__main__":
    main()
