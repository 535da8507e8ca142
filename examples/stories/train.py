#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Trains the story model on the tokens of prepare.py.

  train.py TOKENS.npz STATE.pt --cpu-minutes 65 [--until 17:00]      needs python3-torch and python3-numpy

Matrices of the layers are trained by Muon, embedding and norms by Adam. The rate rises, stays, and falls to zero over the last
part of what may be spent: minutes of processor time, and with --until wall time as well, whichever is further. STATE.pt is
written each minute; a run that finds it goes on from there. The text is read in passes, each cut at another place.
"""

import argparse
import datetime
import pathlib
import time

import numpy
import torch
from torch import nn

import model
import muon

WARM_STEPS = 100
FALLING = 0.4
CLIP = 1.0


def loss_of(decoder, rows):
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = decoder(rows[:, :-1])
    return nn.functional.cross_entropy(logits.float().flatten(0, 1), rows[:, 1:].flatten())


class Passes:
    """Rows of tokens in a random order, each pass over the text cut at another place. A row ends with the next one's first."""

    def __init__(self, tokens, length, batch, seed):
        self.tokens, self.length, self.batch = torch.from_numpy(tokens.astype(numpy.int64)), length, batch
        self.random = numpy.random.default_rng(seed)
        self.starts, self.passes = [], 0

    def next(self):
        if len(self.starts) < self.batch:
            first = self.random.integers(self.length)
            self.starts = list(self.random.permutation(numpy.arange(first, len(self.tokens) - self.length, self.length)))
            self.passes += 1
        rows = [self.tokens[at:at + self.length + 1] for at in self.starts[:self.batch]]
        del self.starts[:self.batch]
        return torch.stack(rows)


@torch.no_grad()
def held_out_loss(decoder, tokens, length, rows=40):
    """In nats a token, of the first rows; evaluate.py measures all."""
    tokens = torch.from_numpy(tokens[: rows * length + 1].astype(numpy.int64))
    return loss_of(decoder, torch.stack([tokens[at:at + length + 1] for at in range(0, rows * length, length)])).item()


class Budget:
    """How much of it is spent, from 0 to 1; `before` are seconds of runs that this one goes on from."""

    def __init__(self, cpu_minutes, until, before):
        self.cpu_seconds, self.before, self.started = cpu_minutes * 60, before, time.time()
        self.ends = None
        if until:
            hour, minute = map(int, until.split(":"))
            self.ends = datetime.datetime.now().replace(hour=hour, minute=minute, second=0).timestamp()

    def seconds(self):
        return self.before + time.process_time()

    def spent(self):
        of_cpu = self.seconds() / self.cpu_seconds
        of_wall = (time.time() - self.started) / (self.ends - self.started) if self.ends else 0.0
        return max(of_cpu, of_wall)


def factor(step, spent):
    """Of the rates: rising, staying, falling to zero."""
    return min(1.0, (step + 1) / WARM_STEPS, max(0.0, (1.0 - spent) / FALLING))


def optimisers_of(decoder, arguments):
    matrices = [weights for name, weights in decoder.named_parameters() if "proj" in name]
    others = [weights for name, weights in decoder.named_parameters() if "proj" not in name]
    return [muon.Muon(matrices, arguments.rate), torch.optim.Adam(others, arguments.adam_rate, betas=(0.9, 0.95))]


def train(decoder, optimisers, stored, arguments, state):
    """From `state` (step, seconds) until the budget is spent."""
    length, rates = decoder.later.shape[0], [arguments.rate, arguments.adam_rate]
    passes = Passes(stored["learned"], length, arguments.batch, seed=state["step"])
    budget = Budget(arguments.cpu_minutes, arguments.until, state["seconds"])
    saved, mean = time.time(), None

    def save(step):
        state.update(step=step, seconds=budget.seconds(), model=decoder.state_dict(),
                     optimisers=[optimiser.state_dict() for optimiser in optimisers])
        partial = arguments.state.with_suffix(".partial")
        torch.save(state, partial)
        partial.replace(arguments.state)
        print(f"step {step}, {step * arguments.batch * length / len(stored['learned']):.2f} passes, {spent:.1%} spent "
              f"({state['seconds'] / 60:.1f} CPU minutes): loss {mean:.3f}", flush=True)

    step = state["step"]
    while (spent := budget.spent()) < 1.0:
        for optimiser, rate in zip(optimisers, rates):
            optimiser.param_groups[0]["lr"] = rate * factor(step, spent)
        loss = loss_of(decoder, passes.next())
        for optimiser in optimisers:
            optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(decoder.parameters(), CLIP)
        for optimiser in optimisers:
            optimiser.step()
        step += 1
        mean = loss.item() if mean is None else mean + 0.02 * (loss.item() - mean)
        if time.time() - saved > 60:
            save(step)
            saved = time.time()
    save(step)
    print(f"held out: {held_out_loss(decoder, stored['held_out'], length):.3f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tokens", type=pathlib.Path)
    parser.add_argument("state", type=pathlib.Path)
    parser.add_argument("--cpu-minutes", type=float, default=65)
    parser.add_argument("--until", metavar="HH:MM", help="when it has to be over, today")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=0.02, help="of Muon")
    parser.add_argument("--adam-rate", type=float, default=0.004)
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=NUMBER", help="sizes of the model: width=160")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)
    state = torch.load(arguments.state) if arguments.state.exists() else {"step": 0, "seconds": 0.0}
    sizes = state.setdefault("sizes", {name: int(number) for name, number in (s.split("=") for s in arguments.set)})
    decoder = model.Decoder(model.Sizes(**sizes))
    optimisers = optimisers_of(decoder, arguments)
    if "model" in state:
        decoder.load_state_dict(state["model"])
        for optimiser, kept in zip(optimisers, state["optimisers"]):
            optimiser.load_state_dict(kept)
    print(f"{sum(weights.numel() for weights in decoder.parameters()):,} parameters", flush=True)
    train(decoder, optimisers, numpy.load(arguments.tokens), arguments, state)


if __name__ == "__main__":
    main()
