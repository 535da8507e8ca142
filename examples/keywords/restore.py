#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Takes a convolutional network's weights back out of the int8 file that export.py wrote, for train.py to go on from.

  restore.py keywords.onnx FEATURES.npz WEIGHTS.pt --model convolution|streaming      needs python3-torch, python3-onnx

The file's batch norms are folded away. Each is made anew from the mean and the spread that its input has over
FEATURES.npz, prepare.py's, and undoes them: the network computes what the file says, and training finds the statistics
that it would have kept itself. Rounding to int8 stays in the weights.
"""

import argparse
import pathlib

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from model import MODELS
from words import LABELS

STATISTICS_MAPS = 4000


def read_constants(file):
    """name -> float array of each weight and bias that export.py stored as integers with a scale."""
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(str(file)).graph.initializer}
    names = [name[: -len("_q")] for name in stored if name.endswith("_q")]

    def floats(name):
        integers, scale = stored[f"{name}_q"], stored[f"{name}_scale"]
        return integers.astype(np.float32) * scale.reshape(scale.shape + (1,) * (integers.ndim - scale.ndim))

    return {name: torch.from_numpy(floats(name)) for name in names}


def restore(network, constants, maps):
    """Gives the network the constants; maps [N, 1, frames, coefficients] are what its batch norms' statistics are of."""
    for index, (convolution, norm, relu) in enumerate(network.units):
        convolution.weight.copy_(constants[f"conv_{index}_weights"])
        sums = convolution(maps)
        variance, mean = torch.var_mean(sums, (0, 2, 3))
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        norm.weight.copy_(torch.sqrt(variance + norm.eps))
        norm.bias.copy_(constants[f"conv_{index}_bias"] + mean)
        maps = relu(norm(sums))
    network.classifier.weight.copy_(constants["classifier_weights"])
    network.classifier.bias.copy_(constants["classifier_bias"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=pathlib.Path)
    parser.add_argument("features", type=pathlib.Path)
    parser.add_argument("weights", type=pathlib.Path)
    parser.add_argument("--model", choices=("convolution", "streaming"), required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    settings = {"classes": len(LABELS)}
    network = MODELS[arguments.model](**settings).eval()
    maps = np.load(arguments.features)["maps"]
    maps = torch.from_numpy(maps[:: max(1, len(maps) // STATISTICS_MAPS)].astype(np.float32)[:, None])
    with torch.no_grad():
        restore(network, read_constants(arguments.file), maps)
    torch.save({"model": arguments.model, "settings": settings, "state": network.state_dict()}, arguments.weights)


if __name__ == "__main__":
    main()
