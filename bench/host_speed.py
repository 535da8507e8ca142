#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The median latency of models on this computer beside onnxruntime's, one thread each, in turns of the same run.

    build/venv/bin/python bench/host_speed.py [NAME...] [--isa avx2] [--json]

Both run the same model: the published QDQ file, or what `tinymlc export` makes of the int8 file. ResNet-18 and MobileNetV2 are made
by bench/image_networks.py, in float and as what `tinymlc quantize --export` makes of that. `--isa` holds tinymlc to one of its
instruction sets (TMC_FORCE_ISA); onnxruntime always takes the best of this processor."""

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import image_networks
import numpy
import onnx
import onnxruntime

ROOT = pathlib.Path(__file__).resolve().parent.parent
TINYMLC = os.environ.get("TINYMLC", str(ROOT / "build/release/bin/tinymlc"))
MODELS = ROOT.parent / "shared/models/mlperf_tiny"
TURNS = 5
RUNS = 200
NETWORK_RUNS = 15  # of large ones


def tinymlc(*arguments, isa=None):
    environment = dict(os.environ)
    if isa:
        environment["TMC_FORCE_ISA"] = isa
    done = subprocess.run([TINYMLC, *map(str, arguments)], env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout


def published(ours, theirs=None):
    """A file and that which onnxruntime runs, or an export of it."""

    def files(folder):
        if theirs:
            return MODELS / ours, MODELS / theirs
        exported = folder / f"{ours}.onnx"
        tinymlc("export", MODELS / ours, "-o", exported)
        return MODELS / ours, exported

    return files


def network(name, int8):
    """One of image_networks, in float or quantised on noise: what it says does not matter here."""

    def files(folder):
        model, rows, quantized = folder / f"{name}.onnx", folder / "noise.npz", folder / f"{name}_int8.onnx"
        onnx.save(image_networks.NETWORKS[name](), model)
        if not int8:
            return model, model
        side = image_networks.SIDE
        numpy.savez(rows, image=numpy.random.default_rng(1).normal(size=(4, 3, side, side)).astype(numpy.float32))
        tinymlc("quantize", model, "--calibrate", rows, "--export", quantized)
        return quantized, quantized

    return files


# Of each: what makes the file that tinymlc runs and that which onnxruntime runs, how many times as fast is asked for, and runs.
CASES = {
    "ad": (published("ad_int8.tflite", "ad_qdq.onnx"), 3.0, RUNS),
    "kws": (published("kws_int8.tflite", "kws_qdq.onnx"), 1.5, RUNS),
    "ic": (published("ic_resnet8_int8.tflite"), 1.5, RUNS),
    "vww": (published("vww_int8.tflite"), 1.5, RUNS),
    "resnet18_f32": (network("resnet18", int8=False), 0.9, NETWORK_RUNS),
    "mobilenet_v2_f32": (network("mobilenet_v2", int8=False), 0.9, NETWORK_RUNS),
    "resnet18_int8": (network("resnet18", int8=True), 1.0, NETWORK_RUNS),
    "mobilenet_v2_int8": (network("mobilenet_v2", int8=True), 1.0, NETWORK_RUNS),
}


class OnnxRuntime:
    """A session whose input and output stay where they are, so that no time goes to copying them."""

    def __init__(self, model):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.binding = self.session.io_binding()
        rng = numpy.random.default_rng(1)
        for port in self.session.get_inputs():
            shape = [extent if isinstance(extent, int) else 1 for extent in port.shape]
            if "float" in port.type:
                values = rng.normal(size=shape).astype(numpy.float32)
            else:
                values = rng.integers(-128, 128, shape, numpy.int8).view(numpy.uint8 if "uint8" in port.type else numpy.int8)
            self.binding.bind_cpu_input(port.name, values)
        for port in self.session.get_outputs():
            self.binding.bind_output(port.name)

    def median_us(self, runs):
        times = []
        for _ in range(runs):
            begin = time.perf_counter()
            self.session.run_with_iobinding(self.binding)
            times.append((time.perf_counter() - begin) * 1e6)
        return statistics.median(times)


def measure(name, folder, isa):
    files, asked, runs = CASES[name]
    ours, theirs = files(folder)
    session = OnnxRuntime(theirs)
    session.median_us(runs)
    medians = {"tinymlc_us": [], "onnxruntime_us": []}
    for _ in range(TURNS):
        medians["onnxruntime_us"].append(session.median_us(runs))
        report = json.loads(tinymlc("bench", ours, "--target", "host", "--runs", runs, "--json", isa=isa))
        medians["tinymlc_us"].append(report["latency_us"]["p50"])
    result = {key: round(statistics.median(values), 1) for key, values in medians.items()}
    return {"model": name, **result, "ratio": round(result["onnxruntime_us"] / result["tinymlc_us"], 2), "asked": asked}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(CASES)}; without any, all")
    parser.add_argument("--isa", help="scalar, sse4, avx2, avx3 or avx3_dl")
    parser.add_argument("--json", action="store_true", help="for machines")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(CASES)
    if unknown:
        parser.error(f"there is no model {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        results = [measure(name, pathlib.Path(folder), arguments.isa) for name in arguments.names or CASES]
    if arguments.json:
        print(json.dumps({"isa": arguments.isa, "models": results}, indent=2))
        return
    print(f"{'model':17} {'tinymlc us':>11} {'onnxruntime us':>15} {'times as fast':>14} {'asked':>6}")
    for r in results:
        print(f"{r['model']:17} {r['tinymlc_us']:11.1f} {r['onnxruntime_us']:15.1f} {r['ratio']:14.2f} {r['asked']:6.1f}")


if __name__ == "__main__":
    main()
