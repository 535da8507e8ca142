# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Benches models of generated layers on the emulator, and takes apart what their images consist of."""
import dataclasses
import json
import os
import pathlib
import re
import subprocess

import layer_lists  # noqa: F401: it finds the builders
from onnx_layers import build_onnx, is_onnx

from single_op import build_model  # noqa: I001

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
TINYMLC = os.environ.get("TINYMLC", ROOT / "build/release/bin/tinymlc")
STEM = "fit"  # of every model file, so that names in the images are the same
PLAIN = "+plain"  # after instruction sets
WHOLE = ("--stream-rows", "none")  # a stripe is no layer


def tinymlc(*arguments):
    done = subprocess.run([TINYMLC, *map(str, arguments), "--json"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"tinymlc {' '.join(map(str, arguments))}\n{done.stderr}")
    return json.loads(done.stdout)


@dataclasses.dataclass
class Measured:
    """One image: its prediction (for features and instances), its bench, and its symbols in groups."""

    model: pathlib.Path
    prediction: dict
    bench: dict
    own: dict  # bytes by instance
    others: dict  # bytes by name: what instances call, and the board's
    run_bytes: int
    constant_bytes: int  # tables and Params

    def layers(self, kernel, specialised):
        """(features, measured instructions, name) of the layers of one implementation in instances of one kind."""
        for predicted, measured in zip(self.prediction["layers"], self.bench["layers"]):
            assert predicted["name"] == measured["name"]
            instance = self.prediction["instances"][predicted["instance"]]
            if predicted["kernel"] == kernel and instance["specialised"] == specialised:
                yield predicted["terms"], measured["instructions"], predicted["name"]

    def instances(self, kernel, specialised):
        return [i for i, instance in enumerate(self.prediction["instances"])
                if (instance["kernel"], instance["specialised"]) == (kernel, specialised)]

    def features_of(self, instance):
        return next(layer["terms"] for layer in self.prediction["layers"] if layer["instance"] == instance)

    def code_besides_symbols(self):
        """Padding, and literals that have no symbol."""
        known = sum(self.own.values()) + sum(self.others.values())
        return self.bench["flash_bytes"]["code"] - known - self.run_bytes - self.constant_bytes


def demangled(names):
    return subprocess.run(["c++filt"], input="\n".join(names), capture_output=True, text=True, check=True).stdout.split("\n")


def take_apart(symbols, prediction):
    """Sorts the symbols of an image into the groups of Measured."""
    functions = {instance["function"]: i for i, instance in enumerate(prediction["instances"])}
    own, others, run_bytes, constant_bytes = {}, {}, 0, 0
    for symbol, name in zip(symbols, demangled([symbol["name"] for symbol in symbols])):
        size, plain = symbol["bytes"], re.sub(r"tmc::k[0-9a-f]+::|\s*\[clone [^]]*\]", "", name)
        instance = re.search(r"\(anonymous namespace\)::(\w+)\(", name)
        if name == f"{STEM}_run":
            run_bytes += size
        elif instance and instance.group(1) in functions:
            index = functions[instance.group(1)]
            own[index] = own.get(index, 0) + size
        elif "kParamsOfStep" in name or "::weights::" in name:
            constant_bytes += size
        else:
            others[plain] = others.get(plain, 0) + size
    return own, others, run_bytes, constant_bytes


def write_model(folder, name, layers):
    """Of layers side by side, all of the same kind (layers.all_layers)."""
    onnx = is_onnx(layers[0])
    path = pathlib.Path(folder) / name / f"{STEM}.{'onnx' if onnx else 'tflite'}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build_onnx(layers) if onnx else build_model([operator for chain in layers for operator in chain]))
    return path


def kernels_of(isa):
    """The options that choose these instruction sets, with PLAIN only the kernels that spend no flash."""
    plain = ("--plain-kernels",) if isa.endswith(PLAIN) else ()
    return ("--isa", isa.removesuffix(PLAIN), *plain)


def predict(path, target, isa, optimize):
    return tinymlc("inspect", path, "--cost", "--target", target, *kernels_of(isa), "--optimize", optimize, *WHOLE)


def measure(path, target, isa, optimize):
    prediction = predict(path, target, isa, optimize)
    bench = tinymlc("bench", path, "--target", target, *kernels_of(isa), "--optimize", optimize, "--per-layer", "--no-cycles",
                    *WHOLE)
    return Measured(path, prediction, bench, *take_apart(bench["code_symbols"], prediction))
