#!/usr/bin/python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes the quantised networks that tests/test_pytorch_quantized.py compiles, and what PyTorch's int8 kernels make of them.

  quantize.py FOLDER      needs scripts/setup --training (python3-torch, python3-onnx)

For a small convolutional network and a small transformer:

  NAME.onnx, NAME.pt        the float network, and the state dictionary of its eager static quantisation
  NAME_fake.onnx            the same with fake-quantise modules, as torch.onnx exports it
  NAME_reduced.onnx         the same with activations of 7 bits, which the exporter writes as a Clip of integers
  NAME.npz, NAME_fake.npz   inputs, and the integers that PyTorch's quantised modules give, under the names of our tensors

Random weights from a fixed seed; uint8 activations.
"""
import copy
import pathlib
import sys

import numpy
import onnx
import torch
from torch import nn
from torch.ao import quantization
from torch.nn.quantized import FloatFunctional, QFunctional

OPSET = 16
SAMPLES = 8


class MatMul(nn.Module):
    """The product of two activations as a module of its own, which keeps its scale in the state dictionary."""

    def __init__(self):
        super().__init__()
        self.quant = quantization.QuantStub()

    def forward(self, a, b):
        return self.quant(torch.matmul(a, b))


class Mean(nn.Module):
    def forward(self, x):
        return x.mean(1)


class QuantizedMatMul(nn.Module):
    def __init__(self, scale, zero_point):
        super().__init__()
        self.register_buffer("scale", torch.tensor(scale))
        self.register_buffer("zero_point", torch.tensor(zero_point))

    def forward(self, a, b):
        return torch.ops.quantized.matmul(a, b, float(self.scale), int(self.zero_point))

    @classmethod
    def from_float(cls, module):
        return cls(float(module.quant.scale), int(module.quant.zero_point))


class QuantizedSoftmax(torch.ao.nn.quantized.Softmax):
    @classmethod
    def from_float(cls, module):
        return cls(module.dim, 1 / 256, 0)


MODULES = {**quantization.get_default_static_quant_module_mappings(), MatMul: QuantizedMatMul,
           nn.Softmax: QuantizedSoftmax}


class Cnn(nn.Module):
    """Convolutions with folded batch norms, one of them depthwise, a shortcut, pools and a classifier."""
    fused = [["conv1", "bn1", "relu1"], ["conv2", "bn2", "relu2"], ["conv3", "bn3"], ["conv4", "relu4"]]
    shape = (1, 3, 16, 16)

    def __init__(self):
        super().__init__()
        self.quant = quantization.QuantStub()
        self.conv1, self.bn1, self.relu1 = nn.Conv2d(3, 8, 3, 2, 1, bias=False), nn.BatchNorm2d(8), nn.ReLU()
        self.conv2, self.bn2, self.relu2 = nn.Conv2d(8, 8, 3, 1, 1, groups=8), nn.BatchNorm2d(8), nn.ReLU()
        self.conv3, self.bn3 = nn.Conv2d(8, 8, 1), nn.BatchNorm2d(8)
        self.shortcut = FloatFunctional()
        self.pool = nn.MaxPool2d(2)
        self.conv4, self.relu4 = nn.Conv2d(8, 16, 3), nn.ReLU()
        self.average = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(16, 10)
        self.dequant = quantization.DeQuantStub()

    def forward(self, x):
        x = self.relu1(self.bn1(self.conv1(self.quant(x))))
        y = self.bn3(self.conv3(self.relu2(self.bn2(self.conv2(x)))))
        x = self.pool(self.shortcut.add_relu(x, y))
        x = self.average(self.relu4(self.conv4(x)))
        return self.dequant(self.classifier(torch.flatten(x, 1)))


class Transformer(nn.Module):
    """One block of self-attention and a feed-forward part, and a classifier over the mean token."""
    fused = [["up", "relu"]]
    shape = (1, 6, 8)
    heads, width = 2, 16

    def __init__(self):
        super().__init__()
        self.quant = quantization.QuantStub()
        self.embed = nn.Linear(8, self.width)
        self.query, self.key, self.value = (nn.Linear(self.width, self.width) for _ in range(3))
        self.scores, self.context = MatMul(), MatMul()
        self.softmax, self.mean = nn.Softmax(-1), Mean()
        self.output = nn.Linear(self.width, self.width)
        self.residual1 = FloatFunctional()
        self.up, self.relu = nn.Linear(self.width, 32), nn.ReLU()
        self.down = nn.Linear(32, self.width)
        self.residual2 = FloatFunctional()
        self.classifier = nn.Linear(self.width, 4)
        self.dequant = quantization.DeQuantStub()

    def split(self, x):
        return x.reshape(1, -1, self.heads, self.width // self.heads).permute(0, 2, 1, 3)

    def attend(self, x):
        queries, keys, values = self.split(self.query(x)), self.split(self.key(x)), self.split(self.value(x))
        weights = self.softmax(self.scores(queries, keys.transpose(-1, -2)))
        y = self.context(weights, values).permute(0, 2, 1, 3).reshape(1, -1, self.width)
        return self.residual1.add(x, self.output(y))

    def feed_forward(self, x):
        return self.residual2.add(x, self.down(self.relu(self.up(x))))

    def forward(self, x):
        x = self.feed_forward(self.attend(self.embed(self.quant(x))))
        return self.dequant(self.classifier(self.mean(x)))


class NormalizedTransformer(Transformer):
    """The same with a layer normalisation behind each sum, whose statistics are computed in float."""

    def __init__(self):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(self.width), nn.LayerNorm(self.width)

    def attend(self, x):
        return self.norm1(super().attend(x))

    def feed_forward(self, x):
        return self.norm2(super().feed_forward(x))


def fake_quantize(reduced):
    """Of activations; `reduced`: to 7 bits, for processors whose 16-bit accumulators would overflow."""
    return quantization.FakeQuantize.with_args(observer=quantization.MovingAverageMinMaxObserver, quant_min=0,
                                               quant_max=127 if reduced else 255, dtype=torch.quint8,
                                               averaging_constant=0.5)


def with_batch_norms(model):
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.weight.data.uniform_(0.5, 1.5)
            module.bias.data.uniform_(-0.5, 0.5)
            module.running_mean.uniform_(-0.5, 0.5)
            module.running_var.uniform_(0.5, 2.0)
    return model.eval()


def inputs_of(model, count):
    return [torch.rand(model.shape) * 2 - 1 for _ in range(count)]


def observed(model):
    """The network with fused modules and observers that have seen data."""
    model = quantization.fuse_modules(model, model.fused)
    model.qconfig = quantization.QConfig(activation=quantization.HistogramObserver.with_args(dtype=torch.quint8),
                                         weight=quantization.default_per_channel_weight_observer)
    quantization.prepare(model, inplace=True)
    for x in inputs_of(model, 32):
        model(x)
    return model


def fake_quantized(model, reduced):
    """The same with fake-quantise modules in the place of observers, as training leaves it."""
    model = quantization.fuse_modules_qat(model.train(), model.fused)
    model.qconfig = quantization.QConfig(activation=fake_quantize(reduced),
                                         weight=quantization.default_per_channel_weight_fake_quant)
    quantization.prepare_qat(model, inplace=True)
    model.eval()
    for x in inputs_of(model, 32):
        model(x)
    return model.apply(quantization.disable_observer)


def recorded(model, rows, name_of):
    """What the modules of the quantised network hand on, as integers under name_of(module), and its scores."""
    kept = {}

    def keep(name, output):
        kept.setdefault(name, []).append(output.int_repr().numpy())
        return output

    for key, module in model.named_modules():
        name = name_of(key)
        if name and isinstance(module, QFunctional):
            for method in ("add", "add_relu"):
                compute = getattr(module, method)
                setattr(module, method, lambda *x, compute=compute, name=name: keep(name, compute(*x)))
        elif name:
            module.register_forward_hook(lambda module, inputs, output, name=name: keep(name, output))
    scores = [model(x).numpy() for x in rows]
    return {name: numpy.stack(values) for name, values in {**kept, "scores": scores}.items()}


def export(model, path):
    torch.onnx.export(model, inputs_of(model, 1)[0], str(path), opset_version=OPSET, input_names=["x"],
                      output_names=["scores"])


KEEPS_SCALE = ("mean", "average")


def fake_names(path):
    """The tensor that each module's fake-quantise module became; some have none and hand on their input's scale."""
    suffix = ".activation_post_process.scale"
    names = {}
    for node in onnx.load(str(path)).graph.node:
        module = node.name.split("/")[1] if node.name.startswith("/") else ""
        if node.op_type == "QuantizeLinear" and node.input[1].endswith(suffix):
            names[node.input[1].removesuffix(suffix).removesuffix(".quant")] = node.output[0]
        elif module in KEEPS_SCALE:
            names[module] = node.output[0] + "_quantized"
    return names


def write_static(model, rows, path):
    export(model, path.with_suffix(".onnx"))
    converted = quantization.convert(observed(model), mapping=MODULES)
    torch.save(converted.state_dict(), path.with_suffix(".pt"))
    own = {key.removesuffix(".scale") for key in converted.state_dict() if key.endswith(".scale")}
    own |= {key for key, _ in converted.named_modules() if key in (*KEEPS_SCALE, "softmax")}
    outputs = recorded(converted, rows, lambda key: f"{key}_quantized" if key in own else None)
    numpy.savez_compressed(path.with_suffix(".npz"), x=numpy.stack(rows), **outputs)


def write_fake(model, rows, path, reduced):
    model = fake_quantized(model, reduced)
    export(model, path.with_suffix(".onnx"))
    if reduced:  # PyTorch's int8 kernels do not know of it
        return
    names = fake_names(path.with_suffix(".onnx"))
    outputs = recorded(quantization.convert(model, mapping=MODULES), rows, names.get)
    numpy.savez_compressed(path.with_suffix(".npz"), x=numpy.stack(rows), **outputs)


def main():
    folder = pathlib.Path(sys.argv[1])
    torch.backends.quantized.engine = "qnnpack"
    for name, network in (("cnn", Cnn), ("transformer", Transformer), ("normalized", NormalizedTransformer)):
        torch.manual_seed(20261121)
        model = with_batch_norms(network())
        rows = inputs_of(model, SAMPLES)
        write_fake(copy.deepcopy(model), rows, folder / f"{name}_fake", reduced=False)
        write_fake(copy.deepcopy(model), rows, folder / f"{name}_reduced", reduced=True)
        write_static(model, rows, folder / name)


if __name__ == "__main__":
    main()
