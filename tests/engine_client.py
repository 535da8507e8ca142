# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The C client of the engine (tests/engine/client.c), for this machine or another one, and images and inputs for it."""
import json
import subprocess

import numpy

from conftest import ROOT, tinymlc, tinymlc_json

DTYPES = {"i8": numpy.int8, "u8": numpy.uint8, "i16": numpy.int16, "i32": numpy.int32, "f32": numpy.float32}


def build_client(folder, library, *compiler):
    program = folder / "client"
    subprocess.run([*compiler, "-std=c11", "-Wall", "-Werror", "-O1", ROOT / "tests/engine/client.c", f"-I{ROOT}/src", library,
                    f"-Wl,-rpath,{library.parent}", "-o", program], check=True)
    return program


def image_of(model, folder, *options):
    path = folder / "model.tmci"
    tinymlc("compile", model, "--target", "host", "--emit", "image", "-o", path, *options)
    return path


def ports_of(image):
    """The tensors that are an image's inputs, and those that are its outputs: each with `dtype` and `shape`."""
    program = json.loads(tinymlc_json("inspect", image, "--target", "host")["program"])
    return [[program["tensors"][port] for port in program[ports]] for ports in ("inputs", "outputs")]


def samples_of(image):
    """Random values of an image's first input."""
    tensor = ports_of(image)[0][0]
    dtype, shape = DTYPES[tensor["dtype"]], tensor["shape"]
    rng = numpy.random.default_rng(3)
    return rng.normal(size=shape).astype(dtype) if dtype == numpy.float32 else rng.integers(0, 100, shape).astype(dtype)


def client_run(command, image, samples, folder, runs=6):
    """The bytes of the first output; `command` is the client, and what runs it."""
    samples.tofile(folder / "input.raw")
    done = subprocess.run([*command, "run", image, folder / "input.raw", folder / "output.raw", str(runs)], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, f"{done.returncode}: {done.stderr}"
    return (folder / "output.raw").read_bytes()
