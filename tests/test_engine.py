# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The engine as programs use it: the bits of `tinymlc run` from real models' images, no allocation while it runs, no memory
kept, one copy of the weights for all processes, and what `cmake --install` leaves for outside projects."""
import ctypes
import json
import os
import pathlib
import subprocess
import zlib

import numpy
import pytest

from conftest import ROOT, SHARED, TINYMLC, tinymlc, tinymlc_json
from dense_stack import write_dense_stack

LIBRARY = TINYMLC.parent.parent / "lib/libtinymlc.so"
MODELS = ["examples/keywords/keywords.onnx", "../shared/models/mlperf_tiny/ic_resnet8_int8.tflite",
          "../shared/models/mlperf_tiny/vww_int8.tflite", "../shared/models/mlperf_tiny/ad_int8.tflite",
          "../shared/models/rnn/mnist_lstm_int8.tflite", "../shared/models/voice/hey_jarvis_streaming_int8.tflite",
          "../shared/models/zoo/keyword_scrambled.tflite", "../shared/models/zoo/hello_float.tflite"]
DTYPES = {"i8": numpy.int8, "u8": numpy.uint8, "i16": numpy.int16, "f32": numpy.float32}

pytestmark = pytest.mark.skipif(not LIBRARY.exists(), reason="the engine is left out of this build, or sanitizers are in it")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    program = tmp_path_factory.mktemp("client") / "client"
    subprocess.run(["cc", "-std=c11", "-Wall", "-Werror", "-O1", ROOT / "tests/engine/client.c", f"-I{ROOT}/src", LIBRARY,
                    f"-Wl,-rpath,{LIBRARY.parent}", "-o", program], check=True)
    return program


def image_of(model, folder, *options):
    path = folder / "model.tmci"
    tinymlc("compile", model, "--target", "host", "--emit", "image", "-o", path, *options)
    return path


def client_run(client, image, samples, folder, runs=6):
    samples.tofile(folder / "input.raw")
    done = subprocess.run([client, "run", image, folder / "input.raw", folder / "output.raw", str(runs)], capture_output=True,
                          text=True, check=False)
    assert done.returncode == 0, f"{done.returncode}: {done.stderr}"
    return (folder / "output.raw").read_bytes()


@pytest.mark.parametrize("model", MODELS, ids=lambda name: pathlib.Path(name).stem)
def test_runs_real_models_without_allocating(client, model, tmp_path):
    """Bound and not, on this thread and a pool's; the client counts what malloc and its like are asked for."""
    if model.startswith("..") and not SHARED.is_dir():
        pytest.skip("../shared is not there")
    image = image_of(ROOT / model, tmp_path)
    program = json.loads(tinymlc_json("inspect", image, "--target", "host")["program"])
    tensor = program["tensors"][program["inputs"][0]]
    dtype = DTYPES[tensor["dtype"]]
    rng = numpy.random.default_rng(3)
    shape = tensor["shape"]
    samples = rng.normal(size=shape).astype(dtype) if dtype == numpy.float32 else rng.integers(0, 100, shape).astype(dtype)
    output = client_run(client, image, samples, tmp_path)
    numpy.save(tmp_path / "rows.npy", samples[None] if samples.shape[0] != 1 else samples)
    tinymlc("run", image, "--target", "host", "--input", tmp_path / "rows.npy", "-o", tmp_path / "out")
    expected = sorted((tmp_path / "out").glob("*.npy"))
    assert output in [numpy.load(path).tobytes() for path in expected]


@pytest.mark.long
def test_loading_and_releasing_keeps_no_memory(client, tmp_path):
    image = image_of(ROOT / MODELS[0], tmp_path)
    done = subprocess.run([client, "cycles", image, "1000"], capture_output=True, text=True, check=True)
    _, early, late = map(int, done.stdout.split())  # the first line's own buffers are behind the first figure
    assert late <= early, f"{late - early} KiB more after 900 further cycles"


def rollup(process):
    lines = pathlib.Path(f"/proc/{process.pid}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    return {line.split(":")[0]: int(line.split()[1]) for line in lines}


@pytest.mark.long
def test_processes_share_one_copy_of_the_weights(client, tmp_path):
    """50 MB of int8: what a second process has for itself is less than a tenth of that."""
    image = image_of(write_dense_stack(tmp_path / "stack.onnx"), tmp_path)
    weights_kib = image.stat().st_size // 1024
    processes = [subprocess.Popen([client, "hold", image], stdin=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(2)]
    try:
        for process in processes:
            assert process.stdout.readline() == b"ran\n"
        for process in processes:
            memory = rollup(process)
            private = memory["Private_Clean"] + memory["Private_Dirty"]
            assert memory["Rss"] > 0.9 * weights_kib, "the weights were all read"
            assert private < 0.1 * weights_kib, memory
            assert memory["Pss"] < 0.65 * weights_kib, "each has half of what they share"
    finally:
        for process in processes:
            process.communicate()


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    prefix = tmp_path_factory.mktemp("installed")
    subprocess.run(["cmake", "--install", TINYMLC.parent.parent, "--prefix", prefix], check=True, capture_output=True)
    return prefix


def test_outside_projects_find_what_is_installed(installed, client, tmp_path):
    """examples/engine, by its CMake package; run.c once more by pkg-config."""
    subprocess.run(["cmake", "-S", ROOT / "examples/engine", "-B", tmp_path / "build", f"-DCMAKE_PREFIX_PATH={installed}"],
                   check=True, capture_output=True)
    subprocess.run(["cmake", "--build", tmp_path / "build"], check=True, capture_output=True)
    image = image_of(ROOT / MODELS[0], tmp_path)
    samples = numpy.random.default_rng(4).normal(size=490).astype(numpy.float32)
    expected = client_run(client, image, samples, tmp_path, runs=1)
    packages = next(installed.glob("lib*/**/pkgconfig"))
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "tinymlc"], check=True, capture_output=True, text=True,
                           env={**os.environ, "PKG_CONFIG_PATH": str(packages)}).stdout.split()
    subprocess.run(["cc", ROOT / "examples/engine/run.c", *flags, f"-Wl,-rpath,{packages.parent}", "-o",
                    tmp_path / "build/run_pc"], check=True)
    for program in ("run_c", "run_cpp", "run_pc"):
        subprocess.run([tmp_path / "build" / program, image, tmp_path / "input.raw", tmp_path / "output.raw"], check=True,
                       capture_output=True)
        assert (tmp_path / "output.raw").read_bytes() == expected, program
        (tmp_path / "output.raw").unlink()


def test_a_custom_operators_code_is_refused_by_name(tmp_path):
    """An image holds no code: the compiler says so, and a label of such a kernel is one that the engine does not have."""
    image = image_of(ROOT / MODELS[0], tmp_path)
    library = ctypes.CDLL(str(LIBRARY))
    library.tinymlc_message.restype = ctypes.c_char_p
    content = bytearray(image.read_bytes())
    at = content.index(b"portable/")
    content[at:at + 9] = b"custom__/"
    content[24:28] = tables_crc32(content).to_bytes(4, "little")
    image.write_bytes(content)
    model = ctypes.c_void_p()
    assert library.tinymlc_load(str(image).encode(), 0, ctypes.byref(model)) == 5
    assert b"custom__/" in library.tinymlc_message()


def tables_crc32(content):
    """Of header and tables with zeros in its own place (src/tmc/image/format.hpp)."""
    constants_offset = int.from_bytes(content[20:24], "little")
    return zlib.crc32(bytes(content[:24]) + bytes(4) + bytes(content[28:constants_offset]))
