# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Models with a state, step by step: against LiteRT and onnxruntime, which keep it too."""
import pathlib
import sys
import wave

import numpy
import pytest

from conftest import ROOT, shared, tinymlc
from micro import micro_steps

sys.path.insert(0, str(ROOT / "tests/operators"))
from single_op import BuiltinOperator, Tensor, build, options  # noqa: E402

BOARD = pytest.param("mps2-an500", marks=pytest.mark.long)


def step_by_step(model, name, frames, folder, target, *options):
    """The outputs of all frames, which are steps of one sequence, by name."""
    numpy.save(folder / "frames.npy", frames)
    given = f"{name}={folder / 'frames.npy'}" if name else folder / "frames.npy"  # an input may have no name
    tinymlc("run", model, "--stream", "--target", target, "--input", given, *options,
            "-o", folder / "out")
    return {path.stem: numpy.load(path) for path in (folder / "out").glob("*.npy")}


def litert_steps(model, frames):
    from ai_edge_litert.interpreter import Interpreter, OpResolverType
    interpreter = Interpreter(str(model), experimental_op_resolver_type=OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    outputs = []
    for frame in frames:
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], frame)
        interpreter.invoke()
        outputs.append(interpreter.get_tensor(interpreter.get_output_details()[0]["index"]).copy())
    return numpy.array(outputs)


@pytest.mark.parametrize("target", ["host", BOARD])
@pytest.mark.parametrize("path, steps", [("voice/hey_jarvis_streaming_int8", 500), ("zoo/dtln_tflm", 40),
                                         ("zoo/keyword_scrambled", 200)])
def test_steps_are_bit_exact_with_litert(path, steps, target, tmp_path):
    from ai_edge_litert.interpreter import Interpreter
    model = shared(f"models/{path}.tflite")
    detail = Interpreter(str(model)).get_input_details()[0]
    steps = steps if target == "host" else 20
    limits = numpy.iinfo(detail["dtype"])
    frames = numpy.random.default_rng(4).integers(limits.min, limits.max + 1, (steps, *detail["shape"]))
    frames = frames.astype(detail["dtype"])
    ours = step_by_step(model, detail["name"], frames, tmp_path, target)
    numpy.testing.assert_array_equal(next(iter(ours.values())), litert_steps(model, frames))


@pytest.mark.parametrize("target", ["host", BOARD])
def test_a_memory_of_bytes_steps_as_in_tflite_micro(target, tmp_path):  # LiteRT crashes on the file
    model = shared("models/zoo/keyword_scrambled_8bit.tflite")
    steps = 60 if target == "host" else 20
    frames = numpy.random.default_rng(6).integers(-32768, 32768, (steps, 1, 96), numpy.int16)
    ours = step_by_step(model, "", frames, tmp_path, target)
    theirs = micro_steps(model.read_bytes(), [[frame] for frame in frames])[0]
    numpy.testing.assert_array_equal(next(iter(ours.values())).reshape(theirs.shape), theirs)


def write_svdf(kind, rank, has_bias, path, rng):
    """A layer of 9 inputs, 5 units and a memory of 6: "float", "hybrid" with int8 weights in a float layer, or of int8 and a
    memory of "int16" or "int8"."""
    inputs, filters, memory = 9, 5 * rank, 6
    features = Tensor("features", rng.integers(-127, 128, (filters, inputs)).astype(numpy.int8), 0.01, constant=True)
    times = rng.integers(-127, 128, (filters, memory)).astype(numpy.int8)
    times = Tensor("times", times.astype(numpy.int16) * 8 if kind == "int16" else times, 0.01, constant=True)
    bias = rng.integers(-3000, 3000, 5).astype(numpy.int32)
    if kind in ("int8", "int16"):
        scale, zero_point = (0.003, 0) if kind == "int16" else (0.2, -20)
        x, output = Tensor("x", numpy.zeros((1, inputs), numpy.int8), 0.02, 7), Tensor("y", numpy.zeros((1, 5), numpy.int8), 0.3, -128)
        bias = Tensor("bias", bias // (1 if kind == "int16" else 30), scale * 0.01, constant=True)
        state = Tensor("state", numpy.zeros((1, filters * memory), kind), scale, zero_point, variable=True)
    else:
        if kind == "float":
            features, times = (Tensor(tensor.name, (tensor.data * tensor.scale).astype(numpy.float32), constant=True)
                               for tensor in (features, times))
        x, output = Tensor("x", numpy.zeros((1, inputs), numpy.float32)), Tensor("y", numpy.zeros((1, 5), numpy.float32))
        bias = Tensor("bias", (bias * 0.001).astype(numpy.float32), constant=True)
        state = Tensor("state", numpy.zeros((1, filters * memory), numpy.float32), variable=True)
    tensors = [x, features, times, *([bias] if has_bias else []), state]
    path.write_bytes(build(BuiltinOperator.SVDF, tensors, output, options("SVDFOptions", rank=rank, fusedActivationFunction=1),
                           absent=() if has_bias else (3,)))


@pytest.mark.parametrize("target", ["host", BOARD])
@pytest.mark.parametrize("rank, has_bias", [(1, True), (2, False), (3, True)])
@pytest.mark.parametrize("kind", ["int16", "int8", "float", "hybrid"])
def test_layers_that_remember_are_right_step_by_step(kind, rank, has_bias, target, tmp_path):
    rng = numpy.random.default_rng(rank)
    model = tmp_path / "model.tflite"
    write_svdf(kind, rank, has_bias or kind == "int8", model, rng)  # its oracle ends where there is no bias
    frames = rng.integers(-128, 128, (15, 1, 9))
    frames = frames.astype(numpy.int8) if kind.startswith("int") else (frames * 0.02).astype(numpy.float32)
    if kind == "int8":  # LiteRT has no memory of int8
        theirs, = micro_steps(model.read_bytes(), frames[:, None])
    else:
        theirs = litert_steps(model, frames)
    ours = step_by_step(model, "x", frames, tmp_path, target)["y"]
    if kind.startswith("int"):
        numpy.testing.assert_array_equal(ours, theirs)
    else:
        numpy.testing.assert_allclose(ours, theirs, atol=1e-4 * numpy.abs(theirs).max())
    assert len(numpy.unique(ours)) > 10


def test_without_streaming_every_sample_begins_anew(tmp_path):
    model = shared("models/zoo/dtln_tflm.tflite")
    frames = numpy.repeat(numpy.random.default_rng(4).integers(-128, 128, (1, 1, 1, 257)), 3, 0).astype(numpy.int8)
    numpy.save(tmp_path / "frames.npy", frames)
    tinymlc("run", model, "--input", tmp_path / "frames.npy", "-o", tmp_path / "out")
    outputs = numpy.load(next((tmp_path / "out").glob("*.npy")))
    assert (outputs == outputs[0]).all()
    steps = next(iter(step_by_step(model, "serving_default_input_7:0", frames, tmp_path, "host").values()))
    numpy.testing.assert_array_equal(steps[0], outputs[0])
    assert (steps[1] != steps[0]).any()


def test_silero_hears_speech_over_a_file(tmp_path):
    import onnxruntime
    path = shared("models/voice/silero_vad_16k_op15.onnx")
    with wave.open(str(sorted(pathlib.Path(shared("data/wav")).glob("*.wav"))[0])) as sound:
        samples = numpy.frombuffer(sound.readframes(sound.getnframes()), numpy.int16).astype(numpy.float32) / 32768
    frames = samples[:len(samples) // 512 * 512].reshape(-1, 1, 512)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    state = numpy.zeros((2, 1, 128), numpy.float32)
    expected = []
    for frame in frames:
        output, state = session.run(["output", "stateN"], {"input": frame, "state": state, "sr": numpy.array(16000)})
        expected.append(output)
    numpy.save(tmp_path / "sr.npy", numpy.full(len(frames), 16000))
    ours = step_by_step(path, "input", frames, tmp_path, "host", "--input", f"sr={tmp_path / 'sr.npy'}", "--shape",
                        "input=1x512", "--shape", "state=2x1x128", "--state", "state=stateN")
    assert list(ours) == ["output"]
    numpy.testing.assert_allclose(ours["output"], expected, atol=1e-4)
