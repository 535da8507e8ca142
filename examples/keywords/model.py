# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The keyword network: a depthwise-separable CNN after Zhang et al., "Hello Edge" (arXiv:1711.07128)."""

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval


def _conv_bn_relu(inputs, outputs, kernel, stride=1, padding=0, groups=1):
    conv = nn.Conv2d(inputs, outputs, kernel, stride, padding, groups=groups, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(outputs), nn.ReLU())


class KeywordNet(nn.Module):
    """[N, 1, 49, 10] features to [N, classes] logits. `units` are convolution, batch norm, ReLU, in order."""

    def __init__(self, classes, channels, blocks, dropout=0.2):
        super().__init__()
        units = [_conv_bn_relu(1, channels, (10, 4), 2, (5, 1))]
        for _ in range(blocks):
            units.append(_conv_bn_relu(channels, channels, 3, 1, 1, channels))
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
