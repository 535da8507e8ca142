# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""From nothing to a first result: a model image of 50 MB of int8 layers in the engine, its ONNX file in onnxruntime, and
reading the image's bytes, in turn, so many times. All files are in the page cache; packages are imported before.
  build/venv/bin/python bench/engine_load.py [ROUNDS]"""
import ctypes
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import onnxruntime

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))
from dense_stack import samples, write_dense_stack  # noqa: E402

BUILD = ROOT / "build/release"


class Engine:
    """What is needed of tinymlc.h."""

    def __init__(self):
        self.library = ctypes.CDLL(str(BUILD / "lib/libtinymlc.so"))
        self.library.tinymlc_message.restype = ctypes.c_char_p
        for name in ("tinymlc_input", "tinymlc_output"):
            getattr(self.library, name).restype = ctypes.c_void_p

    def check(self, status):
        if status:
            raise RuntimeError(self.library.tinymlc_message().decode())

    def first_result(self, image, row, flags):
        """Seconds until a context is there, and until its first output is; and that."""
        begin = time.perf_counter()
        model, context = ctypes.c_void_p(), ctypes.c_void_p()
        self.check(self.library.tinymlc_load(str(image).encode(), flags, ctypes.byref(model)))
        self.check(self.library.tinymlc_context_create(model, ctypes.byref(context)))
        loaded = time.perf_counter()
        ctypes.memmove(self.library.tinymlc_input(context, 0), row.ctypes.data, row.nbytes)
        self.check(self.library.tinymlc_run(context))
        result = ctypes.string_at(self.library.tinymlc_output(context, 0), row.nbytes)
        end = time.perf_counter()
        self.library.tinymlc_context_release(context)
        self.library.tinymlc_release(model)
        return loaded - begin, end - begin, numpy.frombuffer(result, numpy.float32)


def onnxruntime_first_result(path, row):
    begin = time.perf_counter()
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    loaded = time.perf_counter()
    result = session.run(None, {"x": row})[0]
    return loaded - begin, time.perf_counter() - begin, result.ravel()


def read_seconds(path):
    begin = time.perf_counter()
    path.read_bytes()
    return time.perf_counter() - begin


def main():
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    engine, row = Engine(), samples()
    with tempfile.TemporaryDirectory() as folder:
        model, image = pathlib.Path(folder) / "stack.onnx", pathlib.Path(folder) / "stack.tmci"
        write_dense_stack(model)
        subprocess.run([BUILD / "bin/tinymlc", "compile", model, "--target", "host", "--emit", "image", "-o", image],
                       check=True, capture_output=True)
        ours, hashed, theirs, reads = [], [], [], []
        for _ in range(rounds):
            ours.append(engine.first_result(image, row, 0))
            hashed.append(engine.first_result(image, row, 1))
            theirs.append(onnxruntime_first_result(model, row))
            reads.append(read_seconds(image))
        for name, times in (("engine", ours), ("engine, hash checked", hashed), (f"onnxruntime {onnxruntime.__version__}", theirs)):
            load, first = (1e3 * statistics.median(time[i] for time in times) for i in (0, 1))
            print(f"{name:<24} load {load:8.2f} ms, first result {first:8.2f} ms")
        print(f"{'reading the file':<24} {1e3 * statistics.median(reads):13.2f} ms, {image.stat().st_size / 1e6:.1f} MB")
        ratios = [statistics.median(t[i] for t in theirs) / statistics.median(t[i] for t in ours) for i in (0, 1)]
        print(f"onnxruntime / engine: load {ratios[0]:.1f}, first result {ratios[1]:.1f} (medians of {rounds})")
        print(f"largest difference of outputs {numpy.abs(ours[0][2] - theirs[0][2]).max() * 32:.0f} steps of {numpy.ptp(theirs[0][2]) * 32:.0f}")


if __name__ == "__main__":
    main()
