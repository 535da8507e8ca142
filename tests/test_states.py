# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Models with a state, step by step: against LiteRT and onnxruntime, which keep it too."""
import pathlib
import wave

import numpy
import pytest

from conftest import shared, tinymlc

BOARD = pytest.param("mps2-an500", marks=pytest.mark.long)


def step_by_step(model, name, frames, folder, target, *options):
    """The outputs of all frames, which are steps of one sequence, by name."""
    numpy.save(folder / "frames.npy", frames)
    tinymlc("run", model, "--stream", "--target", target, "--input", f"{name}={folder / 'frames.npy'}", *options,
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
@pytest.mark.parametrize("path, steps", [("voice/hey_jarvis_streaming_int8", 500), ("zoo/dtln_tflm", 40)])
def test_steps_are_bit_exact_with_litert(path, steps, target, tmp_path):
    from ai_edge_litert.interpreter import Interpreter
    model = shared(f"models/{path}.tflite")
    detail = Interpreter(str(model)).get_input_details()[0]
    steps = steps if target == "host" else 20
    frames = numpy.random.default_rng(4).integers(-128, 128, (steps, *detail["shape"])).astype(detail["dtype"])
    ours = step_by_step(model, detail["name"], frames, tmp_path, target)
    numpy.testing.assert_array_equal(next(iter(ours.values())), litert_steps(model, frames))


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
