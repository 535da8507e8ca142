#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Trains a keyword network on the prepared features and writes its float weights.

  train.py FEATURES.npz WEIGHTS.pt --model convolution|streaming|attention|linformer      needs python3-torch

FEATURES.npz is prepare.py's; vary.py changes the maps on each use. Voices named by --hold-out are left out and
measured after each epoch: what an unknown speaker's words get. With --teachers, the networks that those weights hold
are listened to as well (distillation, arXiv:1503.02531): half of the loss is the distance to the mean of their answers.
The weights that are written are an average over the last hundreds of steps.
"""

import argparse
import copy
import pathlib
import time

import numpy as np
import torch
from torch import nn

from model import MODELS, load
from vary import mix, vary
from words import LABELS, UNKNOWN

UNKNOWN_WEIGHT = 0.4  # against a class that is larger than the others and else takes what sounds unfamiliar
SMOOTHING = 0.05
TEMPERATURE = 2.0
TEACHERS_SHARE = 0.5
AVERAGE_DECAY = 0.995


def read_features(file, held_out_voices):
    """(maps, labels) for training, and the same of the held out voices, or of one map in 40 where none is named."""
    stored = np.load(file)
    maps = torch.from_numpy(stored["maps"].astype(np.float32))[:, None]
    labels = torch.from_numpy(stored["labels"])
    held = np.isin(stored["voices"], held_out_voices) if held_out_voices else np.arange(len(labels)) % 40 == 0
    held = torch.from_numpy(held)
    return (maps[~held], labels[~held]), (maps[held], labels[held])


def accuracy(model, maps, labels):
    model.eval()
    with torch.no_grad():
        right = sum((model(m).argmax(1) == t).sum().item() for m, t in zip(maps.split(1000), labels.split(1000)))
    return right / len(labels)


def targets(labels):
    """[N, classes]: what each answer ought to be, smoothed, and what its error weighs."""
    wanted = torch.full((len(labels), len(LABELS)), SMOOTHING / len(LABELS))
    wanted.scatter_(1, labels[:, None], 1.0 - SMOOTHING + SMOOTHING / len(LABELS))
    weights = torch.where(labels == UNKNOWN, torch.tensor(UNKNOWN_WEIGHT), torch.tensor(1.0))
    return wanted, weights


def loss_of(answers, wanted, weights, lessons):
    """Cross entropy, and the distance to the teachers' answers where there are any."""
    loss = -(wanted * torch.log_softmax(answers, 1)).sum(1)
    if lessons is not None:
        log_answers = torch.log_softmax(answers / TEMPERATURE, 1)
        distance = nn.functional.kl_div(log_answers, lessons, reduction="none").sum(1) * TEMPERATURE**2
        loss = (1.0 - TEACHERS_SHARE) * loss + TEACHERS_SHARE * distance
    return (weights * loss).sum() / weights.sum()


def lessons_of(teachers, maps):
    """The mean of the teachers' softened answers."""
    if not teachers:
        return None
    with torch.no_grad():
        return torch.stack([torch.softmax(teacher(maps) / TEMPERATURE, 1) for teacher in teachers]).mean(0)


def follow(average, model):
    """Moves the average towards the model; batch norms' statistics too."""
    for kept, new in zip(average.state_dict().values(), model.state_dict().values()):
        if kept.dtype.is_floating_point:
            kept.lerp_(new.detach(), 1.0 - AVERAGE_DECAY)
        else:
            kept.copy_(new)


def train(model, training, held_out, teachers, arguments):
    """AdamW with a one-cycle learning rate (cosine); returns the averaged model."""
    maps, labels = training
    batches = len(labels) // arguments.batch
    optimiser = torch.optim.AdamW(model.parameters(), arguments.rate, weight_decay=0.02)
    steps = arguments.epochs * batches
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, arguments.rate, steps, pct_start=0.15)
    average = copy.deepcopy(model)
    for epoch in range(arguments.epochs):
        model.train()
        started, total = time.monotonic(), 0.0
        for step, rows in enumerate(torch.randperm(len(labels))[: batches * arguments.batch].split(arguments.batch)):
            heard, wanted, weights = mix(vary(maps[rows]), *targets(labels[rows]))
            loss = loss_of(model(heard), wanted, weights, lessons_of(teachers, heard))
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimiser.step()
            schedule.step()
            follow(average, model) if epoch + step / batches > 0.5 else average.load_state_dict(model.state_dict())
            total += loss.item()
        seconds = time.monotonic() - started
        held = accuracy(average, *held_out)
        print(f"epoch {epoch + 1}: loss {total / batches:.3f}, held out {held:.3f}, {seconds:.0f} s", flush=True)
    return average


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("features", type=pathlib.Path)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("--model", choices=MODELS, required=True)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=NUMBER", help="sizes of the network: width=96")
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--hold-out", nargs="*", default=[], metavar="VOICE")
    parser.add_argument("--teachers", nargs="*", default=[], type=pathlib.Path, metavar="WEIGHTS.pt")
    parser.add_argument("--start", type=pathlib.Path, metavar="WEIGHTS.pt", help="weights to go on from")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    settings = {"classes": len(LABELS), **{name: int(number) for name, number in (s.split("=") for s in arguments.set)}}
    model = MODELS[arguments.model](**settings).to(memory_format=torch.channels_last)  # depthwise is faster so
    if arguments.start:
        missing, unknown = model.load_state_dict(torch.load(arguments.start)["state"], strict=False)
        if unknown or any(not name.endswith("_positions") for name in missing):  # a Linformer goes on from attention
            parser.error(f"{arguments.start} holds another network")
    print(f"{arguments.model}: {sum(p.numel() for p in model.parameters()):,} parameters", flush=True)
    training, held_out = read_features(arguments.features, arguments.hold_out)
    teachers = [load(weights) for weights in arguments.teachers]
    average = train(model, training, held_out, teachers, arguments)
    torch.save({"model": arguments.model, "settings": settings, "state": average.state_dict()}, arguments.weights)


if __name__ == "__main__":
    main()
