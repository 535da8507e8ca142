# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What a batch of feature maps [N, 1, frames, coefficients] goes through each time that it is used in training."""

import torch
from torch import nn


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


def mix(maps, wanted, weights, share=0.3):
    """Lays a part of the maps over another's, mostly the one or the other, with their targets (arXiv:1710.09412)."""
    count = len(maps)
    other = torch.randperm(count)
    own = torch.distributions.Beta(0.3, 0.3).sample((count,))
    own = torch.where(torch.rand(count) < share, torch.maximum(own, 1.0 - own), torch.ones(1))

    def blend(value):
        mine = own.view(-1, *[1] * (value.ndim - 1))
        return mine * value + (1.0 - mine) * value[other]

    return blend(maps), blend(wanted), blend(weights)
