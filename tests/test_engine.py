# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The engine as programs use it: the bits of `tinymlc run` from real models' images, no allocation while it runs, no memory
kept, one copy of the weights for all processes, and what `cmake --install` leaves for outside projects."""
import ctypes
import os
import pathlib
import shutil
import subprocess
import zlib

import numpy
import pytest

from conftest import ROOT, SHARED, TINYMLC, tinymlc
from dense_stack import write_dense_stack
from engine_client import build_client, client_run, image_of, samples_of

LIBRARY = TINYMLC.parent.parent / "lib/libtinymlc.so"
MODELS = ["examples/keywords/keywords.onnx", "../shared/models/mlperf_tiny/ic_resnet8_int8.tflite",
          "../shared/models/mlperf_tiny/vww_int8.tflite", "../shared/models/mlperf_tiny/ad_int8.tflite",
          "../shared/models/rnn/mnist_lstm_int8.tflite", "../shared/models/voice/hey_jarvis_streaming_int8.tflite",
          "../shared/models/zoo/keyword_scrambled.tflite", "../shared/models/zoo/hello_float.tflite"]

pytestmark = pytest.mark.skipif(not LIBRARY.exists(), reason="the engine is left out of this build, or sanitizers are in it")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    return build_client(tmp_path_factory.mktemp("client"), LIBRARY, "cc")


@pytest.mark.parametrize("model", MODELS, ids=lambda name: pathlib.Path(name).stem)
def test_runs_real_models_without_allocating(client, model, tmp_path):
    """Bound and not, on this thread and a pool's; the client counts what malloc and its like are asked for."""
    if model.startswith("..") and not SHARED.is_dir():
        pytest.skip("../shared is not there")
    image = image_of(ROOT / model, tmp_path)
    samples = samples_of(image)
    output = client_run([client], image, samples, tmp_path)
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


def run_example(program, client, folder):
    """An example's program on the keyword model; its output is that of the tests' own client."""
    image = image_of(ROOT / MODELS[0], folder)
    samples = numpy.random.default_rng(4).normal(size=490).astype(numpy.float32)
    expected = client_run([client], image, samples, folder, runs=1)
    (folder / "output.raw").unlink()
    subprocess.run([program, image, folder / "input.raw", folder / "output.raw"], check=True, capture_output=True)
    assert (folder / "output.raw").read_bytes() == expected


def test_outside_projects_find_the_package(installed, client, tmp_path):
    """examples/engine, in C and C++."""
    subprocess.run(["cmake", "-S", ROOT / "examples/engine", "-B", tmp_path / "build", f"-DCMAKE_PREFIX_PATH={installed}"],
                   check=True, capture_output=True)
    subprocess.run(["cmake", "--build", tmp_path / "build"], check=True, capture_output=True)
    for program in ("run_c", "run_cpp"):
        run_example(tmp_path / "build" / program, client, tmp_path)


@pytest.mark.skipif(shutil.which("pkg-config") is None, reason="pkg-config is not there")
def test_pkg_config_finds_the_library(installed, client, tmp_path):
    packages = next(installed.glob("lib*/**/pkgconfig"))
    flags = subprocess.run(["pkg-config", "--cflags", "--libs", "tinymlc"], check=True, capture_output=True, text=True,
                           env={**os.environ, "PKG_CONFIG_PATH": str(packages)}).stdout.split()
    subprocess.run(["cc", ROOT / "examples/engine/run.c", *flags, f"-Wl,-rpath,{packages.parent}", "-o", tmp_path / "run"],
                   check=True)
    run_example(tmp_path / "run", client, tmp_path)


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
