# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The keyword networks: a depthwise-separable CNN, and transformers with full attention or Linformer's.

The CNN is Zhang et al.'s, "Hello Edge" (arXiv:1711.07128); the transformers follow Berg et al., "Keyword Transformer"
(arXiv:2104.00769), smaller, and Wang et al., "Linformer" (arXiv:2006.04768), whose length projections are one matrix
for the keys and one for the values of each layer.

The streaming CNN has the same layers, and so takes the same weights, at each frame: it takes no steps of two frames, its
depthwise layers see every second one, and nothing is padded in time.
"""

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

from features import COEFFICIENTS, FRAMES

PATCH_FRAMES, PATCH_HOP = 5, 2
TOKENS = 1 + (FRAMES + 2 * (PATCH_FRAMES // 2) - PATCH_FRAMES) // PATCH_HOP  # 25


def _conv_bn_relu(inputs, outputs, kernel, stride=1, padding=0, groups=1, dilation=1):
    conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, dilation, groups, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(outputs), nn.ReLU())


class KeywordNet(nn.Module):
    """[N, 1, 49, 10] features to [N, classes] logits. `units` are convolution, batch norm, ReLU, in order."""

    def __init__(self, classes, channels=64, blocks=4, dropout=0.2, streaming=False):
        super().__init__()
        units = [_conv_bn_relu(1, channels, (10, 4), (1, 2) if streaming else 2, (0, 1) if streaming else (5, 1))]
        depthwise = {"padding": (0, 1), "dilation": (2, 1)} if streaming else {"padding": 1}
        for _ in range(blocks):
            units.append(_conv_bn_relu(channels, channels, 3, groups=channels, **depthwise))
            units.append(_conv_bn_relu(channels, channels, 1))
        self.units = nn.ModuleList(units)
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, inputs):
        for unit in self.units:
            inputs = unit(inputs)
        return self.classifier(self.dropout(torch.mean(inputs, (2, 3))))

    def folded_convolutions(self):
        """The convolutions with their batch norms folded in, for inference."""
        return [fuse_conv_bn_eval(unit[0].eval(), unit[1].eval()) for unit in self.units]


def _neighbours(positions):
    """[positions, TOKENS]: the mean of the tokens around each position, and some noise, for training to begin with."""
    centre = (torch.arange(positions) + 0.5) * TOKENS / positions
    distance = torch.arange(TOKENS)[None] + 0.5 - centre[:, None]
    return torch.softmax(-((distance * positions / TOKENS) ** 2) * 2.0, 1) + 0.02 * torch.randn(positions, TOKENS)


class Attention(nn.Module):
    """[N, tokens, width] to the same; with `positions` keys and values are projected to so many (Linformer)."""

    def __init__(self, width, heads, positions):
        super().__init__()
        self.heads, self.size = heads, width // heads
        self.query, self.key, self.value, self.output = (nn.Linear(width, width) for _ in range(4))
        self.positions = positions
        if positions:
            self.key_positions, self.value_positions = (nn.Parameter(_neighbours(positions)) for _ in range(2))

    def _split(self, tokens):
        return tokens.reshape(tokens.shape[0], tokens.shape[1], self.heads, self.size).permute(0, 2, 1, 3)

    def forward(self, tokens):
        key, value = self.key(tokens), self.value(tokens)
        if self.positions:
            key, value = torch.matmul(self.key_positions, key), torch.matmul(self.value_positions, value)
        query, key, value = self._split(self.query(tokens)), self._split(key), self._split(value)
        weights = torch.softmax(torch.matmul(query, key.transpose(2, 3)) * self.size**-0.5, -1)
        heard = torch.matmul(weights, value).permute(0, 2, 1, 3)
        return self.output(heard.reshape(tokens.shape))


class Layer(nn.Module):
    """Attention and two dense layers, each added to its input and normalised behind it."""

    def __init__(self, width, heads, hidden, positions, dropout):
        super().__init__()
        self.attention = Attention(width, heads, positions)
        self.dense = nn.Sequential(nn.Linear(width, hidden), nn.GELU(), nn.Linear(hidden, width))
        self.norms = nn.ModuleList([nn.LayerNorm(width), nn.LayerNorm(width)])
        self.dropout = nn.Dropout(dropout)

    def forward(self, tokens):
        tokens = self.norms[0](tokens + self.dropout(self.attention(tokens)))
        return self.norms[1](tokens + self.dropout(self.dense(tokens)))


class KeywordTransformer(nn.Module):
    """[N, 1, 49, 10] features to [N, classes] logits: patches of 5 frames, every second one, are the 25 tokens."""

    def __init__(self, classes, width=64, heads=4, hidden=128, layers=3, positions=0, dropout=0.1):
        super().__init__()
        self.patches = nn.Conv2d(1, width, (PATCH_FRAMES, COEFFICIENTS), (PATCH_HOP, 1), (PATCH_FRAMES // 2, 0))
        self.places = nn.Parameter(0.1 * torch.randn(TOKENS, width))
        self.norm = nn.LayerNorm(width)
        self.layers = nn.Sequential(*(Layer(width, heads, hidden, positions, dropout) for _ in range(layers)))
        self.classifier = nn.Linear(width, classes)

    def forward(self, inputs):
        tokens = self.patches(inputs).flatten(2).transpose(1, 2) + self.places
        return self.classifier(torch.mean(self.layers(self.norm(tokens)), 1))


# Linformer's number of positions is a third of the tokens'.
MODELS = {
    "convolution": lambda classes, **settings: KeywordNet(classes, **settings),
    "streaming": lambda classes, **settings: KeywordNet(classes, streaming=True, **settings),
    "attention": lambda classes, **settings: KeywordTransformer(classes, **settings),
    "linformer": lambda classes, **settings: KeywordTransformer(classes, positions=8, **settings),
}


def load(path, model=None):
    """The trained network that train.py wrote to `path`, for inference; with `model` its weights in that network."""
    stored = torch.load(path)
    model = MODELS[model or stored["model"]](**stored["settings"])
    model.load_state_dict(stored["state"])
    return model.eval()
