#!/usr/bin/env python3
# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""How fast decoders are on this computer beside other runtimes, one thread each, in turns of the same run.

    build/venv/bin/python bench/decoder_speed.py [--llama2c RUN] [--json]

gpt2_tiny beside onnxruntime: the median of a step, over the same tokens. stories260K with float and int8 weights in tokens a second;
with --llama2c beside that program, llama2.c's run.c built outside of the tree (gcc -Ofast -march=native run.c -lm), which
reads the float weights and counts from the second token on as tinymlc does."""

import argparse
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

import numpy
import onnxruntime

ROOT = pathlib.Path(__file__).resolve().parent.parent
TINYMLC = os.environ.get("TINYMLC", str(ROOT / "build/release/bin/tinymlc"))
MODELS = ROOT.parent / "shared/models"
GPT2 = MODELS / "gpt2_tiny/past.onnx"
STORIES, TOKENIZER = MODELS / "llm/stories260K.bin", MODELS / "llm/tok512.bin"
BEGIN = [0, 0, 0, 52]
STEPS = 200
TURNS = 7


def run(*command):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stderr)
    return done


def generate(*arguments):
    return json.loads(run(TINYMLC, "generate", *arguments, "--steps", STEPS, "--json").stdout)


class OnnxRuntime:
    """A decoder that is handed what its last step gave as past."""

    def __init__(self, model):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
        self.inputs = {port.name: port for port in self.session.get_inputs()}
        self.past = [name for name in self.inputs if name.startswith("past")]
        self.outputs = ["logits"] + [name.replace("past", "present", 1) for name in self.past]

    def empty_past(self, name):
        port = self.inputs[name]
        extents = [extent if isinstance(extent, int) else 0 if "past" in str(extent) else 1 for extent in port.shape]
        return onnxruntime.OrtValue.ortvalue_from_numpy(numpy.zeros(extents, numpy.float32))

    def counts(self, name, step):
        dtype = numpy.int64 if "int64" in self.inputs[name].type else numpy.int32
        return numpy.ones([1, step + 1], dtype) if "mask" in name else numpy.full([1, 1], step, dtype)

    def step_us(self, tokens):
        """The microseconds of every step, and the tokens that it finds likeliest."""
        past = {name: self.empty_past(name) for name in self.past}
        dtype = numpy.int64 if "int64" in self.inputs["input_ids"].type else numpy.int32
        others = [name for name in self.inputs if name not in past and name != "input_ids"]
        times, likeliest = [], []
        for step, token in enumerate(tokens):
            feeds = {"input_ids": numpy.array([[token]], dtype), **{name: self.counts(name, step) for name in others}}
            feeds = {name: onnxruntime.OrtValue.ortvalue_from_numpy(value) for name, value in feeds.items()}
            begin = time.perf_counter()
            logits, *present = self.session.run_with_ort_values(self.outputs, {**feeds, **past})
            times.append((time.perf_counter() - begin) * 1e6)
            past = dict(zip(self.past, present))
            likeliest.append(int(logits.numpy().argmax()))
        return times, likeliest


def measure_gpt2():
    session = OnnxRuntime(GPT2)
    ours, theirs = [], []
    for _ in range(TURNS):
        report = generate(GPT2, "--tokens", ",".join(map(str, BEGIN)))
        ours.append(report["latency_us"]["p50"])
        times, likeliest = session.step_us(report["tokens"][:STEPS])
        theirs.append(statistics.median(times))
        if likeliest[len(BEGIN) - 1 :] != report["tokens"][len(BEGIN) : STEPS + 1]:
            sys.exit("onnxruntime chooses other tokens")
    ours, theirs = statistics.median(ours), statistics.median(theirs)
    return {"model": "gpt2_tiny", "tinymlc_us": round(ours, 1), "onnxruntime_us": round(theirs, 1), "ratio": round(theirs / ours, 2)}


def llama2c_speed(program):
    done = run(program, STORIES, "-z", TOKENIZER, "-t", 0, "-n", STEPS)
    return float(re.search(r"tok/s: ([\d.]+)", done.stderr)[1])


def measure_stories(weights, llama2c):
    ours, theirs = [], []
    for _ in range(TURNS):
        ours.append(generate(STORIES, "--tokenizer", TOKENIZER, *weights)["tokens_per_second"])
        if llama2c:
            theirs.append(llama2c_speed(llama2c))
    result = {"model": "stories260K" + (" int8" if weights else ""), "tinymlc_tokens_per_second": round(statistics.median(ours))}
    if llama2c:
        theirs = statistics.median(theirs)
        result |= {"llama2c_tokens_per_second": round(theirs), "ratio": round(statistics.median(ours) / theirs, 2)}
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--llama2c", metavar="RUN", help="llama2.c's program, to be measured in turns with tinymlc")
    parser.add_argument("--json", action="store_true", help="for machines")
    arguments = parser.parse_args()
    results = [measure_gpt2()] + [measure_stories(weights, arguments.llama2c) for weights in ([], ["--quantize", "int8"])]
    if arguments.json:
        print(json.dumps(results, indent=2))
        return
    for result in results:
        print("  ".join(f"{name} {value}" for name, value in result.items()))


if __name__ == "__main__":
    main()
