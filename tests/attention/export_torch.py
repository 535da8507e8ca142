# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes FOLDER/EXPORTER_NAME.onnx, the transformers of tests/test_attention_forms.py as PyTorch exports them.

  export_torch.py trace FOLDER     by tracing; Debian's python3-torch of scripts/setup --training does
  export_torch.py dynamo FOLDER    by torch.export; needs a current torch with onnxscript
"""
import pathlib
import sys

import onnx
import torch
from torch import nn
from torch_blocks import HEADS, LENGTH, WIDTH, Bert, Gpt2, Interleaved, Linformer, Llama, Pairs, Vit, Written

X = torch.zeros(1, LENGTH, WIDTH)
PADDING = torch.zeros(1, LENGTH, dtype=torch.bool)


class Module(nn.Module):
    """nn.MultiheadAttention over one input."""

    def __init__(self, batch_first=True, causal=False):
        super().__init__()
        self.attention = nn.MultiheadAttention(WIDTH, HEADS, batch_first=batch_first)
        self.mask = torch.full((LENGTH, LENGTH), float("-inf")).triu(1) if causal else None

    def forward(self, x, padding=None):
        return self.attention(x, x, x, key_padding_mask=padding, attn_mask=self.mask, need_weights=False)[0]


class Weights(nn.Module):
    """The same where the weights of the heads are asked for too."""

    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(WIDTH, HEADS, batch_first=True)

    def forward(self, x):
        return self.attention(x, x, x)


class Cross(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.MultiheadAttention(WIDTH, HEADS, batch_first=True)

    def forward(self, x, memory):
        return self.attention(x, memory, memory, need_weights=False)[0]


class Product(nn.Module):
    """scaled_dot_product_attention between projections."""

    def __init__(self, kv_heads=HEADS, **options):
        super().__init__()
        size = WIDTH // HEADS
        self.q, self.k, self.v = (nn.Linear(WIDTH, heads * size) for heads in (HEADS, kv_heads, kv_heads))
        self.out, self.options = nn.Linear(WIDTH, WIDTH), options

    def forward(self, x, mask=None):
        q, k, v = (layer(x).view(x.shape[0], x.shape[1], -1, WIDTH // HEADS).transpose(1, 2)
                   for layer in (self.q, self.k, self.v))
        seen = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask, **self.options)
        return self.out(seen.transpose(1, 2).reshape(x.shape))


def layer(**options):
    return nn.TransformerEncoderLayer(WIDTH, HEADS, 2 * WIDTH, batch_first=True, **options)


class Functions(nn.Module):
    def forward(self, x):
        x = nn.functional.layer_norm(x, [WIDTH])
        x = nn.functional.gelu(x) + nn.functional.silu(x)
        return nn.functional.gelu(x, approximate="tanh")


# By name: what makes the module, and its inputs.
MODELS = {
    "module": (Module, {"x": X}),
    "module_length_first": (lambda: Module(batch_first=False), {"x": torch.zeros(LENGTH, 2, WIDTH)}),
    "module_causal": (lambda: Module(causal=True), {"x": X}),
    "module_padding": (Module, {"x": X, "padding": PADDING}),
    "module_weights": (Weights, {"x": X}),
    "module_cross": (Cross, {"x": X, "memory": torch.zeros(1, 9, WIDTH)}),
    "layer": (layer, {"x": X}),
    "layer_norm_first": (lambda: layer(norm_first=True, activation="gelu"), {"x": X}),
    "bert": (Bert, {"x": X}),
    "bert_mask": (Bert, {"x": X, "mask": torch.ones(1, LENGTH)}),
    "vit": (Vit, {"image": torch.zeros(1, 3, 8, 8)}),
    "gpt2": (Gpt2, {"x": X}),
    "llama": (Llama, {"x": X}),
    "llama_one_kv": (lambda: Llama(kv_heads=1), {"x": X}),
    "interleaved": (Interleaved, {"x": X}),
    "pairs": (Pairs, {"x": X}),
    "written": (Written, {"x": X}),
    "functions": (Functions, {"x": X}),
    "linformer": (Linformer, {"x": torch.zeros(1, 12, WIDTH)}),
    "linformer_heads": (lambda: Linformer(per_head=True), {"x": torch.zeros(1, 12, WIDTH)}),
}
# What torch 1 does not have.
NEWER = {
    "product": (Product, {"x": X}),
    "product_causal": (lambda: Product(is_causal=True), {"x": X}),
    "product_mask": (Product, {"x": X, "mask": torch.zeros(1, 1, LENGTH, LENGTH)}),
    "product_boolean": (Product, {"x": X, "mask": torch.ones(1, 1, LENGTH, LENGTH, dtype=torch.bool)}),
    "product_grouped": (lambda: Product(kv_heads=1, enable_gqa=True), {"x": X}),
    "product_scale": (lambda: Product(scale=0.3), {"x": X}),
}


def strip(path):
    """Takes out what says where in Python each node comes from: most of the file."""
    model = onnx.load(str(path))
    del model.graph.value_info[:]
    for part in [model.graph, *model.graph.node, *model.graph.input, *model.graph.output, *model.graph.initializer]:
        part.doc_string = ""
        if hasattr(part, "metadata_props"):
            del part.metadata_props[:]
    onnx.save(model, str(path))


def export(exporter, make, inputs, path):
    torch.manual_seed(5)
    module = make().eval()
    for name, parameter in module.named_parameters():
        if parameter.dim() == 1:
            nn.init.normal_(parameter, 1 if "norm" in name and "weight" in name else 0, 0.3)
    # With gradients, so that no module takes its fast path, which has no ONNX form.
    if exporter == "dynamo":
        torch.onnx.export(module, tuple(inputs.values()), str(path), input_names=list(inputs), dynamo=True,
                          external_data=False, verbose=False)
    else:
        options = {} if torch.__version__.startswith("1.") else {"dynamo": False}
        torch.onnx.export(module, tuple(inputs.values()), str(path), input_names=list(inputs), opset_version=16,
                          do_constant_folding=True, **options)
    strip(path)


def main():
    exporter, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    models = dict(MODELS)
    if not torch.__version__.startswith("1."):
        torch.backends.mha.set_fastpath_enabled(False)
        # Of what torch 1 traces as well, its files are enough.
        models = {**MODELS, **NEWER} if exporter == "dynamo" else NEWER
        if exporter == "trace":
            del models["product_grouped"]  # which it refuses
    for name, (make, inputs) in models.items():
        export(exporter, make, inputs, folder / f"{exporter}_{name}.onnx")


if __name__ == "__main__":
    main()
