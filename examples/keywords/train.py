#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Trains the keyword network on the synthesised corpus and writes its float weights.

  train.py CORPUS.npz WEIGHTS.pt      needs python3-torch and python3-numpy

Every utterance is augmented `--variants` times before training (kept beside the corpus), which costs more time than
the training itself; on each use a map is warped in time, smoothed, coloured and loses frames (SpecAugment,
arXiv:1904.08779).
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
from synthesise import LABELS, UNKNOWN

SILENCE = LABELS.index("silence")
UNKNOWN_WEIGHT = 0.4  # against a class that is larger than the others and else takes what sounds unfamiliar
HELD_OUT = 40  # one utterance in so many, with all its variants, is for measuring


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


def warp_time(maps):
    """Moves each map by up to 3 frames and stretches it by 0.75 to 1.35, otherwise before and behind a random frame."""
    count, _, frames, coefficients = maps.shape
    pivot = frames * (0.3 + 0.4 * torch.rand(count, 1))
    shift = 6.0 * torch.rand(count, 1) - 3.0
    distance = torch.arange(frames)[None] - pivot
    before, behind = (0.75 + 0.6 * torch.rand(count, 1) for _ in range(2))
    source = (pivot + shift + distance * torch.where(distance < 0, before, behind)).clamp(0, frames - 1.001)
    first = source.floor().long()
    share = (source - first)[:, None, :, None]
    left = maps.gather(2, first[:, None, :, None].expand_as(maps))
    right = maps.gather(2, first[:, None, :, None].expand_as(maps) + 1)
    return left + share * (right - left)


def blur_time(maps):
    """Smooths a part of the maps over three frames: statistical synthesisers move more slowly than formant ones."""
    count, _, frames, _ = maps.shape
    strength = 0.33 * torch.rand(count, 1, 1, 1) * (torch.rand(count, 1, 1, 1) < 0.5)
    padded = nn.functional.pad(maps, (0, 0, 1, 1), "replicate")
    return maps + strength * (padded[:, :, :frames] + padded[:, :, 2:] - 2.0 * maps)


def colour(maps):
    """Shifts each coefficient, scales it, and damps or sharpens the high ones (wider or narrower formants)."""
    count, _, _, coefficients = maps.shape
    order = torch.arange(coefficients) / coefficients
    gain = torch.exp(0.15 * torch.randn(count, 1, 1, coefficients) + 0.3 * torch.randn(count, 1, 1, 1) * order)
    return maps * gain + 0.2 * torch.randn(count, 1, 1, coefficients)


def hide_frames(maps):
    """Replaces up to 6 frames in a row by the mean (SpecAugment's time mask)."""
    count, _, frames, _ = maps.shape
    start, width = torch.randint(0, frames, (count, 1)), torch.randint(0, 7, (count, 1))
    frame = torch.arange(frames)[None]
    hidden = (frame >= start) & (frame < start + width)
    return maps.masked_fill(hidden[:, None, :, None], 0.0)


def mix_style(maps, share=0.3):
    """Gives a part of the maps some of the mean and spread over time of another's (MixStyle, arXiv:2104.02008)."""
    count = len(maps)
    mean, spread = maps.mean(2, keepdim=True), maps.std(2, keepdim=True) + 0.1
    other = torch.randperm(count)
    own = torch.distributions.Beta(0.4, 0.4).sample((count, 1, 1, 1))
    own = torch.where(torch.rand(count, 1, 1, 1) < share, own, torch.ones(1))
    mixed_mean, mixed_spread = (own * value + (1.0 - own) * value[other] for value in (mean, spread))
    return (maps - mean) / spread * mixed_spread + mixed_mean


def vary(maps):
    """What a batch of maps goes through each time that it is used."""
    return hide_frames(colour(mix_style(blur_time(warp_time(maps)))))


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
    weights = torch.ones(len(LABELS))
    weights[UNKNOWN] = UNKNOWN_WEIGHT
    loss_of = nn.CrossEntropyLoss(weights, label_smoothing=0.05)
    for epoch in range(arguments.epochs):
        model.train()
        started, total = time.monotonic(), 0.0
        for rows in torch.randperm(len(labels))[: batches * arguments.batch].split(arguments.batch):
            loss = loss_of(model(vary(maps[rows])), labels[rows])
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
    parser.add_argument("--channels", type=int, default=64)
    parser.add_argument("--blocks", type=int, default=4)
    parser.add_argument("--variants", type=int, default=4)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=4e-3)
    parser.add_argument("--start", type=pathlib.Path, help="weights to go on from")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    maps, labels = cached_features(arguments.corpus, arguments.variants, arguments.seed)
    held = torch.arange(len(labels)) % (len(labels) // arguments.variants) % HELD_OUT == 0
    model = KeywordNet(len(LABELS), arguments.channels, arguments.blocks)
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start)["state"])
    train(model, maps[~held], labels[~held], (maps[held], labels[held]), arguments)
    settings = {"classes": len(LABELS), "channels": arguments.channels, "blocks": arguments.blocks}
    torch.save({"settings": settings, "state": model.state_dict()}, arguments.weights)


if __name__ == "__main__":
    main()
