#!/usr/bin/python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes the networks that tests/test_pytorch.py compiles: FOLDER/NAME.onnx, as PyTorch exports them.

  export.py FOLDER      needs scripts/setup --training (python3-torch, python3-onnx)

Small, NCHW, float32, random weights from a fixed seed. Batch norms are kept as operators, with statistics that are not
the trivial ones, because folding them is what is tested.
"""
import pathlib
import sys

import torch
from torch import nn

OPSET = 16


def conv(inputs, outputs, kernel, stride=1, groups=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False)


class BasicBlock(nn.Module):
    """He et al., Deep Residual Learning for Image Recognition: two convolutions and a shortcut."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.implementation = nn.Sequential(conv(inputs, outputs, 3, stride), nn.BatchNorm2d(outputs), nn.ReLU(),
                                  conv(outputs, outputs, 3), nn.BatchNorm2d(outputs))
        self.shortcut = nn.Identity()
        if stride != 1 or inputs != outputs:
            self.shortcut = nn.Sequential(conv(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return torch.relu(self.implementation(x) + self.shortcut(x))


class ResNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(conv(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.MaxPool2d(3, 2, 1))
        self.stages = nn.Sequential(BasicBlock(8, 8, 1), BasicBlock(8, 16, 2), BasicBlock(16, 24, 2))
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(24, 10)

    def forward(self, x):
        return self.classifier(torch.flatten(self.pool(self.stages(self.stem(x))), 1))


class InvertedResidual(nn.Module):
    """Sandler et al., MobileNetV2: expand, depthwise, project, and a shortcut where the shapes allow it."""

    def __init__(self, inputs, outputs, stride, expansion):
        super().__init__()
        hidden = inputs * expansion
        self.residual = stride == 1 and inputs == outputs
        self.implementation = nn.Sequential(conv(inputs, hidden, 1), nn.BatchNorm2d(hidden), nn.ReLU6(),
                                  conv(hidden, hidden, 3, stride, hidden), nn.BatchNorm2d(hidden), nn.ReLU6(),
                                  conv(hidden, outputs, 1), nn.BatchNorm2d(outputs))

    def forward(self, x):
        return x + self.implementation(x) if self.residual else self.implementation(x)


class MobileNetV2(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(conv(3, 8, 3, 2), nn.BatchNorm2d(8), nn.ReLU6())
        self.blocks = nn.Sequential(InvertedResidual(8, 8, 1, 2), InvertedResidual(8, 12, 2, 4),
                                    InvertedResidual(12, 12, 1, 4), InvertedResidual(12, 16, 2, 4))
        self.head = nn.Sequential(conv(16, 64, 1), nn.BatchNorm2d(64), nn.ReLU6())
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(64, 10))

    def forward(self, x):
        return self.classifier(self.head(self.blocks(self.stem(x))).mean([2, 3]))


class SqueezeExcitation(nn.Module):
    """Hu et al., Squeeze-and-Excitation Networks: a factor per channel, computed from the image."""

    def __init__(self, channels):
        super().__init__()
        self.implementation = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Conv2d(channels, 4, 1), nn.ReLU(),
                                  nn.Conv2d(4, channels, 1), nn.Hardsigmoid())

    def forward(self, x):
        return x * self.implementation(x)


class Mixed(nn.Module):
    """What exports hold beside plain chains: normalised input, branches, concatenation, odd activations, pools with
    rounding up and counted padding, a softmax over channels, and a flattened image under a linear layer."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.ZeroPad2d((1, 2, 0, 1)), nn.Conv2d(3, 8, 3, 2), nn.Hardswish())
        self.left = nn.Sequential(nn.BatchNorm2d(8), nn.Conv2d(8, 6, 1), nn.PReLU(6))
        self.right = nn.Sequential(nn.Conv2d(8, 6, 3, padding=2, dilation=2, groups=2), nn.BatchNorm2d(6),
                                   nn.LeakyReLU(0.1))
        self.excite = SqueezeExcitation(12)
        self.pools = nn.Sequential(nn.MaxPool2d(3, 2, ceil_mode=True), nn.AvgPool2d(3, 2, 1))
        self.register_buffer("mean", torch.tensor([0.4, 0.5, 0.6]).reshape(1, 3, 1, 1))
        self.register_buffer("deviation", torch.tensor([0.2, 0.25, 0.3]).reshape(1, 3, 1, 1))
        self.classifier = nn.Linear(12 * 3 * 3, 10)

    def forward(self, x):
        x = self.stem((x - self.mean) / self.deviation)
        x = self.excite(torch.cat([self.left(x), self.right(x)], 1))
        x = torch.softmax(self.pools(x), 1)
        return self.classifier(x.reshape(x.shape[0], -1))


def randomise(model):
    """Weights and statistics that a wrong folding cannot hide behind."""
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.uniform_(-0.5, 0.5)
            module.running_mean.uniform_(-0.5, 0.5)
            module.running_var.uniform_(0.5, 2.0)
        if isinstance(module, nn.PReLU):
            module.weight.data.uniform_(-0.5, 0.5)


def export(model, path, open_batch):
    randomise(model)
    # PRESERVE: the exporter would fold the batch norms itself.
    torch.onnx.export(model.eval(), torch.zeros(1, 3, 24, 24), str(path), opset_version=OPSET, input_names=["image"],
                      output_names=["scores"], training=torch.onnx.TrainingMode.PRESERVE,
                      dynamic_axes={"image": {0: "batch"}, "scores": {0: "batch"}} if open_batch else None)


def main():
    folder = pathlib.Path(sys.argv[1])
    torch.manual_seed(20261121)
    export(ResNet(), folder / "resnet.onnx", open_batch=False)
    export(MobileNetV2(), folder / "mobilenet_v2.onnx", open_batch=True)
    export(Mixed(), folder / "mixed.onnx", open_batch=False)


if __name__ == "__main__":
    main()
