# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Muon (Jordan et al. 2024): gradient descent with momentum whose step of a matrix is made orthogonal, by five rounds of a
polynomial that draws all singular values towards one (Newton and Schulz)."""

import torch

COEFFICIENTS = (3.4445, -4.7750, 2.0315)


def orthogonal(matrix):
    a, b, c = COEFFICIENTS
    tall = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if tall else matrix
    x = x / (x.norm() + 1e-7)
    for _ in range(5):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if tall else x


class Muon(torch.optim.Optimizer):
    """For matrices alone."""

    def __init__(self, matrices, rate, momentum=0.95):
        super().__init__(matrices, {"lr": rate, "momentum": momentum})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for weights in group["params"]:
                state = self.state[weights]
                mean = state.setdefault("mean", torch.zeros_like(weights))
                mean.lerp_(weights.grad, 1 - group["momentum"])
                ahead = weights.grad.lerp(mean, group["momentum"])  # Nesterov
                scale = max(1.0, weights.shape[0] / weights.shape[1]) ** 0.5
                weights.add_(orthogonal(ahead), alpha=-group["lr"] * scale)
