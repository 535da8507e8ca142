# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The executor: boards run model images with the bits of generated code, within promised costs, and one executor runs
image after image."""
import subprocess

import numpy
import pytest

from conftest import ROOT, shared, shared_models, tinymlc, tinymlc_json, tinymlc_process

KEYWORDS = ROOT / "examples/keywords/keywords.onnx"
BOARD = "mps2-an500"
TINY = {"kws": "kws_int8", "ic": "ic_resnet8_int8", "vww": "vww_int8", "ad": "ad_int8"}
MOST_INSTRUCTIONS = 1.15  # times those of generated code
MOST_FLASH = 60_000       # of an executor with all kernels of MLPerf Tiny's operators, and the board's startup
OPERATORS = "conv2d_s8\ndepthwise_conv2d_s8\nfully_connected_s8\naverage_pool_s8\nadd_s8\nsoftmax_s8\n"
RANDOM = {"i8": lambda rng, shape: rng.integers(-128, 128, shape, numpy.int8),
          "u8": lambda rng, shape: rng.integers(0, 256, shape, numpy.uint8),
          "i16": lambda rng, shape: rng.integers(-32768, 32768, shape, numpy.int16),
          "i32": lambda rng, shape: rng.integers(0, 3, shape, numpy.int32),
          "f32": lambda rng, shape: rng.normal(size=shape).astype(numpy.float32)}


def tiny(name):
    return shared(f"models/mlperf_tiny/{TINY[name]}.tflite")


def image_of(model, folder, target=BOARD, *options):
    """With the inputs that `run` of the model takes, states among them."""
    path = folder / f"{model.stem}.{target}.tmci"
    tinymlc("compile", model, "--target", target, "--emit", "image", "-o", path, "--no-auto-state", *options)
    return path


def samples_of(model, path):
    """Two random samples of every input, as an archive of its names."""
    rng = numpy.random.default_rng(7)
    inputs = tinymlc_json("inspect", model, "--no-auto-state")["inputs"]
    numpy.savez(path, **{port["name"]: RANDOM[port["dtype"]](rng, (2, *port["shape"])) for port in inputs})
    return path


def outputs(model, samples, folder, target, *options):
    out = folder / f"out{len(list(folder.iterdir()))}"
    tinymlc("run", model, "--target", target, "--input", samples, "-o", out, *options)
    return {path.name: numpy.load(path) for path in sorted(out.iterdir())}


def is_integer(model):
    ports = tinymlc_json("inspect", model)
    return all(port["dtype"] != "f32" for port in ports["inputs"] + ports["outputs"])


def check_bits(model, folder):
    """What a board's executor makes of an image is what its generated code makes; of integers, what this host makes."""
    samples = samples_of(model, folder / "samples.npz")
    runs = [outputs(image_of(model, folder), samples, folder, BOARD), outputs(model, samples, folder, BOARD)]
    if is_integer(model):
        runs += [outputs(image_of(model, folder, "host"), samples, folder, "host"), outputs(model, samples, folder, "host")]
    for run in runs[1:]:
        assert run.keys() == runs[0].keys() and runs[0]
        for name, values in run.items():
            numpy.testing.assert_array_equal(values.view(numpy.uint8), runs[0][name].view(numpy.uint8), name)


@pytest.mark.parametrize("name", ["kws", "ad"])
def test_images_have_the_bits_of_generated_code(name, tmp_path):
    check_bits(tiny(name), tmp_path)


@pytest.mark.full
@pytest.mark.parametrize("model", shared_models())
def test_every_shared_model_has_the_bits_of_generated_code(model, tmp_path):
    done = tinymlc_process("compile", shared(model), "--target", BOARD, "--emit", "image", "-o", tmp_path / "model.tmci")
    if done.returncode:
        pytest.skip(done.stderr.splitlines()[0])
    check_bits(shared(model), tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("optimize", ["balanced", "speed"])
@pytest.mark.parametrize("name", TINY)
def test_images_cost_little_more_than_generated_code(name, optimize, tmp_path):
    image = image_of(tiny(name), tmp_path)
    options = ["--target", BOARD, "--optimize", optimize, "--no-cycles"]
    ours, code = tinymlc_json("bench", image, *options), tinymlc_json("bench", image, *options, "--as-sources")
    assert ours["instructions"] <= MOST_INSTRUCTIONS * code["instructions"]
    assert ours["ram_bytes"]["arena"] == code["ram_bytes"]["arena"]
    assert ours["flash_bytes"]["weights"] == image.stat().st_size
    assert 0 < ours["load_instructions"] < 0.3 * ours["instructions"]


def test_an_executor_of_whole_operators_is_small(tmp_path):
    (tmp_path / "operators.txt").write_text(OPERATORS)
    report = tinymlc_json("bench", image_of(KEYWORDS, tmp_path), "--target", BOARD, "--no-cycles",
                          "--kernels", tmp_path / "operators.txt")
    assert 20_000 < report["flash_bytes"]["code"] <= MOST_FLASH


DRIVER = """
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include "executor.hpp"
// IMAGE INPUT OUTPUT
int main(int, char** paths) {
  alignas(64) static unsigned char flash[1 << 20];
  alignas(16) static unsigned char arena[1 << 16];
  std::FILE* file = std::fopen(paths[1], "rb");
  const size_t bytes = std::fread(flash, 1, sizeof(flash), file);
  executor::Model model;
  const auto fault = model.load(flash, bytes);
  if (!fault.is_none()) {
    std::printf("%s (%s)", executor::image::text_of(fault.reason), model.subject_of(fault));
    return 1;
  }
  const auto& image = model.image();
  void* const arenas[] = {arena};
  auto context = model.context(arenas);
  const auto bytes_of = [&](const auto& tensor) { return image.buffers()[tensor.buffer].bytes; };
  const auto& input = image.tensors()[image.inputs()[0]];
  const auto& output = image.tensors()[image.outputs()[0]];
  if (std::fread(context.where(input), 1, bytes_of(input), std::fopen(paths[2], "rb")) != bytes_of(input)) return 2;
  context.run();
  std::fwrite(context.where(output), 1, bytes_of(output), std::fopen(paths[3], "wb"));
}
"""


def build_executor(folder, model, *options):
    """An executor as a folder, and a program with it for this host that takes images."""
    tinymlc("compile", model, "--emit", "executor", "-o", folder / "executor", *options)
    (folder / "driver.cpp").write_text(DRIVER)
    subprocess.run(["g++", "-O1", "-std=c++17", "-fno-exceptions", f"-I{folder / 'executor'}", folder / "driver.cpp",
                    folder / "executor/kernels.cpp", "-o", folder / "driver"], check=True)
    return folder / "driver"


def run_driver(driver, image, model, folder):
    samples = numpy.load(samples_of(model, folder / "samples.npz"))
    (folder / "input").write_bytes(samples[samples.files[0]][0].tobytes())
    return subprocess.run([driver, image, folder / "input", folder / "output"], capture_output=True, text=True, check=False)


def test_images_are_replaced_without_building_anew(tmp_path):
    images = {name: image_of(tiny(name), tmp_path, "host", "--isa", "portable") for name in ("kws", "ad")}
    driver = build_executor(tmp_path, tiny("kws"), "--kernels", images["ad"])
    for name, image in images.items():
        done = run_driver(driver, image, tiny(name), tmp_path)
        assert done.returncode == 0, done.stdout
        (expected,) = outputs(tiny(name), tmp_path / "samples.npz", tmp_path, "host").values()
        assert (tmp_path / "output").read_bytes() == expected[0].tobytes()


def test_what_an_executor_cannot_run_is_named(tmp_path):
    driver = build_executor(tmp_path, tiny("ad"))
    image = image_of(tiny("kws"), tmp_path, "host", "--isa", "portable")
    assert run_driver(driver, image, tiny("kws"), tmp_path).stdout.startswith("it needs a kernel that is not there (portable/")
    image.write_bytes(image.read_bytes()[:100] + b"?" + image.read_bytes()[101:])
    assert "another checksum" in run_driver(driver, image, tiny("kws"), tmp_path).stdout


def test_kernels_that_are_none_are_refused(tmp_path):
    (tmp_path / "kernels.txt").write_text("portable/add_s9\n")
    text = tinymlc("compile", KEYWORDS, "--emit", "executor", "-o", tmp_path / "executor", "--kernels",
                   tmp_path / "kernels.txt", code=2).stderr
    assert "'portable/add_s9'" in text and "kernels.txt" in text


def test_kernels_of_this_process_are_in_no_sources(tmp_path):
    image = image_of(KEYWORDS, tmp_path, "host")
    text = tinymlc("compile", image, "--emit", "executor", "-o", tmp_path / "executor", code=2).stderr
    assert "'highway/" in text and "--isa portable" in text
