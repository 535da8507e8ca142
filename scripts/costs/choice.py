# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Which generated layers a kernel implementation is fitted on."""
import collections
import re

import numpy as np

from layer_lists import outputs_of
from layers import BuiltinOperator, all_layers
from measure import PLAIN, predict, tinymlc, write_model
from onnx_layers import is_onnx

TOGETHER = 40  # layers that are predicted in one model
MOST_LAYERS = 12  # of an implementation that is not fit for anything better than being the reference
LARGEST_SHARE = 12  # layers whose weights take more of the flash are left out: an implementation's layers share an image
IMAGE_SHARE = 2 / 3  # of the flash, that the weights of an implementation's layers may take


def described(target):
    return next(entry for entry in tinymlc("targets") if entry["name"] == target)


def flash_bytes(target):
    return sum(region["bytes"] for region in described(target)["memory"] if region["kind"] == "flash")


def isas(target):
    return described(target)["isa"]


def chosen(folder, target, isa):
    """The generated layers of each implementation that the target chooses of these instruction sets, the cheapest first; of hybrid and
    signal layers all steps of their own have it."""
    implementations = collections.defaultdict(list)
    most_bytes = flash_bytes(target) / LARGEST_SHARE
    layers = [layer for layer in all_layers() if weight_bytes(layer) < most_bytes]
    for index, steps in enumerate(steps_of(folder, layers, target, isa)):
        # A hybrid layer is two steps, some signal operators are several; others count where their steps are alike. What the plan makes
        # a view is none.
        kernels = {step["kernel"] for step in steps}
        signal = {kernel for kernel in kernels if "/signal_" in kernel}
        if signal or len(kernels) == 1 or any("hybrid" in kernel for kernel in kernels):
            for kernel in signal or kernels:
                instructions = sum(step["instructions"] for step in steps if step["kernel"] == kernel)
                implementations[kernel].append((instructions, index, layers[index]))
    return {name: sorted(found, key=lambda f: f[:2]) for name, found in implementations.items()}


def weight_bytes(layer):
    if is_onnx(layer):
        return layer.weight_bytes
    return sum(tensor.data.nbytes for _, inputs, *_ in layer for tensor in inputs if tensor.constant)


def steps_of(folder, layers, target, isa):
    """The predicted steps of each layer: many are compiled together, and steps have names of their layer's."""
    steps = [[] for _ in layers]
    for kind in of_one_kind(list(range(len(layers))), lambda index: layers[index]):
        for start in range(0, len(kind), TOGETHER):
            indices = kind[start:start + TOGETHER]
            prediction = predict(write_model(folder, f"together{start}", [layers[index] for index in indices]), target, isa,
                                 "speed")
            by_number = {number_of(layers[index], place): index for place, index in enumerate(indices)}
            for step in prediction["layers"]:
                steps[by_number[int(re.search(r"layer(\d+)_", step["name"]).group(1))]].append(step)
    return steps


def number_of(layer, place):
    """Which the names in its model hold."""
    if is_onnx(layer):
        return place
    return int(re.match(r"layer(\d+)_", outputs_of(layer[-1])[0].name).group(1))


def by_implementation(folder, target):
    """(instruction sets, layers) of each implementation: those that the target chooses it for, and, so that every implementation has some,
    those that it would choose it for without the better instruction sets, or without those that spend flash."""
    names, found = isas(target), {}
    for start in range(len(names)):
        isa = ",".join(names[start:])
        for name, layers in chosen(folder, target, isa).items():
            if start == 0:
                found[name] = (isa, layers)
            elif name.startswith(names[start] + "/"):
                more = [layers[i] for i in sorted({round(i) for i in np.linspace(0, len(layers) - 1, MOST_LAYERS)})]
                both = {index: (cost, index, layer) for cost, index, layer in [*found.get(name, ("", []))[1], *more]}
                found[name] = (isa, sorted(both.values(), key=lambda f: f[:2]))
    plain = ",".join(names) + PLAIN
    for name, layers in chosen(folder, target, plain).items():
        if len(layers) > len(found.get(name, ("", []))[1]):
            found[name] = (plain, layers)
    return {name: (isa, that_fit([layer for *_, layer in layers], target)) for name, (isa, layers) in sorted(found.items())}


def that_fit(layers, target):
    """Without those of most weights, as far as an image of all would not go into the flash with a busy layer."""
    most_bytes, kept, total = flash_bytes(target) * IMAGE_SHARE, [], 0
    for layer in sorted(layers, key=weight_bytes):
        total += weight_bytes(layer)
        if total < most_bytes:
            kept.append(layer)
    return [layer for layer in layers if any(layer is other for other in kept)]


def kind_of(layer):
    """What goes into one model: not ONNX's with TFLite's; and apart what implementations call other functions for: float16 weights, and
    products of several rows."""
    if is_onnx(layer):
        return 2
    builtin, inputs, *_ = layer[-1]
    rows = inputs[0].data.shape[0] if builtin == BuiltinOperator.FULLY_CONNECTED else 1
    return int(rows > 1 or any(tensor.data.dtype == np.float16 for _, taken, *_ in layer for tensor in taken))


def of_one_kind(layers, layer_of=lambda layer: layer):
    kinds = ([layer for layer in layers if kind_of(layer_of(layer)) == kind] for kind in range(3))
    return [kind for kind in kinds if kind]
