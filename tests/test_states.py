# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Models with a state, step by step: against LiteRT and onnxruntime, which keep it too."""
import pathlib
import sys
import wave

import numpy
import pytest

from conftest import ROOT, shared, tinymlc

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


def write_svdf(kind, rank, has_bias, path, rng):
    """A layer of 9 inputs, 5 units and a memory of 6: "int8", "float", or "hybrid" with int8 weights in a float layer."""
    inputs, filters, memory = 9, 5 * rank, 6
    features = rng.integers(-127, 128, (filters, inputs)).astype(numpy.int8)
    times = rng.integers(-1000, 1000, (filters, memory)).astype(numpy.int16)
    bias = rng.integers(-3000, 3000, 5).astype(numpy.int32)
    state = numpy.zeros((1, filters * memory), numpy.int16)
    if kind == "int8":
        tensors = [Tensor("x", numpy.zeros((1, inputs), numpy.int8), 0.02, 7), Tensor("features", features, 0.01, constant=True),
                   Tensor("times", times, 0.001, constant=True), Tensor("bias", bias, 0.003 * 0.001, constant=True),
                   Tensor("state", state, 0.003, variable=True)]
        output = Tensor("y", numpy.zeros((1, 5), numpy.int8), 0.03, -128)
    else:
        weights = [Tensor("features", features, 0.01, constant=True),
                   Tensor("times", (times // 8).astype(numpy.int8), 0.01, constant=True)]
        if kind == "float":
            weights = [Tensor(tensor.name, (tensor.data * tensor.scale).astype(numpy.float32), constant=True) for tensor in weights]
        tensors = [Tensor("x", numpy.zeros((1, inputs), numpy.float32)), *weights,
                   Tensor("bias", (bias * 0.001).astype(numpy.float32), constant=True),
                   Tensor("state", state.astype(numpy.float32), variable=True)]
        output = Tensor("y", numpy.zeros((1, 5), numpy.float32))
    if not has_bias:
        del tensors[3]
    path.write_bytes(build(BuiltinOperator.SVDF, tensors, output, options("SVDFOptions", rank=rank, fusedActivationFunction=1),
                           absent=() if has_bias else (3,)))


@pytest.mark.parametrize("target", ["host", BOARD])
@pytest.mark.parametrize("rank, has_bias", [(1, True), (2, False), (3, True)])
@pytest.mark.parametrize("kind", ["int8", "float", "hybrid"])
def test_layers_that_remember_are_right_step_by_step(kind, rank, has_bias, target, tmp_path):
    rng = numpy.random.default_rng(rank)
    write_svdf(kind, rank, has_bias, tmp_path / "model.tflite", rng)
    frames = rng.integers(-128, 128, (15, 1, 9))
    frames = frames.astype(numpy.int8) if kind == "int8" else (frames * 0.02).astype(numpy.float32)
    ours = step_by_step(tmp_path / "model.tflite", "x", frames, tmp_path, target)["y"]
    theirs = litert_steps(tmp_path / "model.tflite", frames)
    if kind == "int8":
        numpy.testing.assert_array_equal(ours, theirs)
    else:
        numpy.testing.assert_allclose(ours, theirs, atol=1e-4 * numpy.abs(theirs).max())
    assert len(numpy.unique(ours)) > 20


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
