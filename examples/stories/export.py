#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes what train.py trained as Hugging Face keeps models: config.json and model.safetensors, in half precision.

  export.py STATE.pt FOLDER      needs python3-torch and python3-numpy

A file of safetensors is the length of its header (u64, little-endian), the header, JSON that says of each tensor its
type, shape and place, and the tensors.
"""

import argparse
import json
import pathlib
import struct

import torch

import model

ALIGNMENT = 8


def write_safetensors(path, tensors):
    header, at = {}, 0
    for name, tensor in tensors.items():
        size = tensor.numel() * tensor.element_size()
        header[name] = {"dtype": "F16", "shape": list(tensor.shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % ALIGNMENT)
    path.write_bytes(struct.pack("<Q", len(text)) + text + b"".join(t.numpy().tobytes() for t in tensors.values()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("state", type=pathlib.Path)
    parser.add_argument("folder", type=pathlib.Path)
    arguments = parser.parse_args()
    state = torch.load(arguments.state)
    arguments.folder.mkdir(parents=True, exist_ok=True)
    config = json.dumps(model.Sizes(**state["sizes"]).config(), indent=2)
    (arguments.folder / "config.json").write_text(config + "\n", encoding="utf-8")
    tensors = {name: tensor.half().contiguous() for name, tensor in sorted(state["model"].items())}
    write_safetensors(arguments.folder / "model.safetensors", tensors)


if __name__ == "__main__":
    main()
