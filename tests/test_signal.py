# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The features of sound that TensorFlow Lite Micro's signal operators make, and the words that a model hears in them.

signal/features.npz holds what TensorFlow Lite Micro makes of the sounds of ../shared/data/wav, int8 [frames, channels] each;
`python tests/test_signal.py` writes it anew. Where scripts/setup found tflite-micro, it is asked again, and of operators alone.
"""
import wave

import numpy
import pytest

from conftest import ROOT, shared, tinymlc, tinymlc_json
from micro import micro, micro_steps

FEATURES = ROOT / "tests/signal/features.npz"
WORDS = ["silence", "unknown", "yes", "no"]
SOUNDS = {"yes_1000ms": "yes", "no_1000ms": "no", "noise_1000ms": "silence", "silence_1000ms": "silence"}
WINDOW, HOP = 480, 320  # samples: 30 and 20 ms
INT16 = 7  # of the format's types


def preprocessor():
    return shared("models/voice/audio_preprocessor_int8.tflite")


def frames_of(sound):
    with wave.open(str(shared(f"data/wav/{sound}.wav"))) as file:
        samples = numpy.frombuffer(file.readframes(file.getnframes()), numpy.int16)
    return numpy.array([samples[None, at:at + WINDOW] for at in range(0, len(samples) - WINDOW + 1, HOP)])


def run(model, inputs, folder, *options):
    """The outputs of all samples by name."""
    numpy.savez(folder / "inputs.npz", **inputs)
    report = tinymlc_json("run", model, *options, "--input", folder / "inputs.npz", "-o", folder / "out")
    return {output["name"]: numpy.load(output["file"]) for output in report["outputs"]}


def features(frames, folder, target="host"):
    inputs = {"serving_default_audio_frame:0": frames}
    return next(iter(run(preprocessor(), inputs, folder, "--stream", "--target", target).values()))


def word(of_frames, folder, target="host"):
    model = shared("models/voice/micro_speech_quantized.tflite")
    name = tinymlc_json("inspect", model)["inputs"][0]["name"]
    scores = next(iter(run(model, {name: of_frames.reshape(1, 1, -1)}, folder, "--target", target).values()))
    return WORDS[int(scores.argmax())]


@pytest.mark.parametrize("sound, expected", SOUNDS.items())
def test_a_word_is_heard(sound, expected, tmp_path):
    ours = features(frames_of(sound), tmp_path)
    numpy.testing.assert_array_equal(ours, numpy.load(FEATURES)[sound])
    assert word(ours, tmp_path) == expected


def test_a_word_is_heard_on_a_board(tmp_path):
    expected = numpy.load(FEATURES)["yes_1000ms"]
    few = features(frames_of("yes_1000ms")[:3], tmp_path, "mps2-an500")
    numpy.testing.assert_array_equal(few, expected[:3])
    assert word(expected, tmp_path, "mps2-an500") == "yes"


def test_the_noise_begins_anew_with_every_sequence(tmp_path):
    frames = frames_of("no_1000ms")
    expected = numpy.load(FEATURES)["no_1000ms"]
    alone = run(preprocessor(), {"serving_default_audio_frame:0": frames[20:21]}, tmp_path)
    assert (next(iter(alone.values()))[0] != expected[20]).any()
    numpy.testing.assert_array_equal(features(frames[:2], tmp_path), expected[:2])


# --- against TensorFlow Lite Micro, where it is there

def test_the_recorded_features_are_its(tmp_path):
    content = preprocessor().read_bytes()
    for sound, recorded in numpy.load(FEATURES).items():
        numpy.testing.assert_array_equal(micro_steps(content, frames_of(sound)[:, None])[0], recorded)


def loud_frames(generator):
    """Silence, single samples, extremes, and numbers that take from one to sixteen bits."""
    frames = [numpy.zeros(WINDOW), numpy.full(WINDOW, -32768), numpy.full(WINDOW, 32767),
              numpy.where(numpy.arange(WINDOW) % 2 == 0, -32768, 32767), generator.choice([-32768, 32767], WINDOW)]
    frames += [numpy.eye(1, WINDOW, at)[0] * size for at, size in [(0, 1), (479, -1), (7, 7), (300, -32768)]]
    frames += [generator.integers(-(1 << bits), 1 << bits, WINDOW) for bits in [*range(16), *range(15, -1, -1)]]
    return numpy.array(frames).astype(numpy.int16)[:, None]


def test_extreme_sounds_are_its(tmp_path):
    micro()
    frames = loud_frames(numpy.random.default_rng(6))
    expected = micro_steps(preprocessor().read_bytes(), frames[:, None])[0]
    numpy.testing.assert_array_equal(features(frames, tmp_path), expected)


def test_verify_asks_it_of_custom_operators():
    micro()
    report = tinymlc_json("verify", preprocessor(), "--oracle", "litert", "--samples", 20)
    assert report["pass"] and report["oracle"] == "tflite micro" and report["elements"] == 20 * 40


def one_operator(name, options, inputs, outputs):
    """A file of one custom operator. Inputs: arrays, constants, or types with shapes; outputs: those. All by name."""
    flatbuffers = pytest.importorskip("flatbuffers")
    from flatbuffers import flexbuffers
    from tflite_micro.tensorflow.lite.micro.python import schema_py_generated as schema
    model, graph = schema.ModelT(), schema.SubGraphT()
    model.version, model.subgraphs, model.buffers = 3, [graph], [schema.BufferT()]
    code = schema.OperatorCodeT()
    code.builtinCode = code.deprecatedBuiltinCode = schema.BuiltinOperator.CUSTOM
    code.customCode = name
    model.operatorCodes = [code]
    graph.tensors, graph.inputs = [], []
    for port, of in [*inputs.items(), *outputs.items()]:
        tensor = schema.TensorT()
        dtype, tensor.shape = (of.dtype, of.shape) if isinstance(of, numpy.ndarray) else of
        tensor.name, tensor.type = port, getattr(schema.TensorType, numpy.dtype(dtype).name.upper())
        if isinstance(of, numpy.ndarray):
            buffer = schema.BufferT()
            buffer.data = numpy.frombuffer(of.tobytes(), numpy.uint8)
            tensor.buffer = len(model.buffers)
            model.buffers.append(buffer)
        elif port in inputs:
            graph.inputs.append(len(graph.tensors))
        graph.tensors.append(tensor)
    operator = schema.OperatorT()
    operator.inputs, operator.outputs = range(len(inputs)), range(len(inputs), len(graph.tensors))
    operator.customOptions = numpy.frombuffer(flexbuffers.Dumps(options), numpy.uint8)
    graph.outputs, graph.operators = operator.outputs, [operator]
    builder = flatbuffers.Builder(1024)
    builder.Finish(model.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def extremes(generator, dtype, shape):
    limits = numpy.iinfo(dtype)
    few = numpy.array([limits.max, limits.min, 0, 1, 2], dtype)
    any_size = generator.integers(limits.min, limits.max, shape, dtype, endpoint=True) >> generator.integers(
        0, limits.bits, shape).astype(dtype)
    return numpy.where(generator.random(shape) < 0.3, generator.choice(few, shape), any_size)


def check_one(name, options, inputs, outputs, folder, generator, steps=12):
    """Streams random and extreme operands through both."""
    micro()
    content = one_operator(name, options, inputs, outputs)
    model = folder / "one.tflite"
    model.write_bytes(content)
    given = {port: extremes(generator, of[0], (steps, *of[1])) for port, of in inputs.items() if isinstance(of, tuple)}
    if "bits" in given:
        given["bits"] = generator.integers(0, 15, steps, numpy.int32)
    expected = micro_steps(content, [[array[step] for array in given.values()] for step in range(steps)], len(outputs))
    ours = run(model, given, folder, "--stream")
    for port, array in zip(outputs, expected):
        numpy.testing.assert_array_equal(ours[port], array.reshape(ours[port].shape), err_msg=f"{name} {options}")


@pytest.mark.parametrize("length", [2 ** bits for bits in range(2, 13)])
def test_a_transform_is_its(length, tmp_path):
    generator = numpy.random.default_rng(length)
    samples = length if length % 8 else length - 3
    check_one("SignalRfft", {"T": INT16, "fft_length": length}, {"x": (numpy.int16, [samples])},
              {"y": (numpy.int16, [length + 2])}, tmp_path, generator)


@pytest.mark.parametrize("length", [2 ** bits for bits in range(2, 13)])
def test_an_inverse_transform_is_its(length, tmp_path):
    check_one("SignalIrfft", {"T": INT16, "fft_length": length}, {"x": (numpy.int16, [2, length + 2])},
              {"y": (numpy.int16, [2, length])}, tmp_path, numpy.random.default_rng(length))


@pytest.mark.parametrize("dtype", [numpy.int16, numpy.float32], ids=["int16", "float"])
@pytest.mark.parametrize("size, step, frames", [(7, 3, 1), (8, 4, 3), (5, 5, 2), (9, 1, 4), (6, 5, 2)])
def test_frames_are_added_up_as_it_does(size, step, frames, dtype, tmp_path):
    """Over many runs, each of which goes on where the one before ended."""
    micro()
    options = {"T": INT16 if dtype == numpy.int16 else 0, "frame_step": step}
    content = one_operator("SignalOverlapAdd", options, {"x": (dtype, [2, frames, size])}, {"y": (dtype, [2, frames * step])})
    (tmp_path / "one.tflite").write_bytes(content)
    generator = numpy.random.default_rng(step)
    steps = extremes(generator, numpy.int16, (12, 2, frames, size)).astype(dtype)
    expected = micro_steps(content, steps[:, None])[0]
    ours = run(tmp_path / "one.tflite", {"x": steps}, tmp_path, "--stream")
    numpy.testing.assert_array_equal(ours["y"], expected.reshape(ours["y"].shape))


U32, I16 = numpy.uint32, numpy.int16
FRAMES = [("SignalFramer", {"frame_size": size, "frame_step": step, "prefill": False}, step * frames, [frames, size])
          for size, step, frames in [(7, 3, 1), (9, 3, 2), (10, 2, 3), (2, 3, 1)]]
FRAMES += [("SignalStacker", {"num_channels": 3, "stacker_left_context": left, "stacker_right_context": right,
                              "stacker_step": step}, 3, [3 * (left + right + 1)])
           for left, right, step in [(0, 0, 1), (2, 0, 1), (2, 3, 1), (2, 3, 4), (0, 2, 3)]]


@pytest.mark.parametrize("name, options, samples, shape", FRAMES, ids=[f"{row[0]}-{at}" for at, row in enumerate(FRAMES)])
def test_valid_frames_are_its(name, options, samples, shape, tmp_path):
    """And so is what it calls valid; other frames are unspecified."""
    micro()
    content = one_operator(name, options, {"x": (I16, [samples])}, {"y": (I16, shape), "valid": (numpy.bool_, [])})
    (tmp_path / "one.tflite").write_bytes(content)
    steps = numpy.random.default_rng(5).integers(-32768, 32768, (16, samples)).astype(I16)
    expected, valid = micro_steps(content, steps[:, None], 2)
    ours = run(tmp_path / "one.tflite", {"x": steps}, tmp_path, "--stream")
    valid = valid.reshape(16)
    numpy.testing.assert_array_equal(ours["valid"], valid)
    assert valid.sum() > 3
    numpy.testing.assert_array_equal(ours["y"][valid], expected[valid])


SUBTRACTION = {"alternate_one_minus_smoothing": 15401, "alternate_smoothing": 983, "min_signal_remaining": 819,
               "num_channels": 40, "one_minus_smoothing": 15975, "smoothing": 409, "smoothing_bits": 10,
               "spectral_subtraction_bits": 14}
ONE = [
    ("SignalWindow", {"shift": 12}, {"x": (I16, [2, 40]), "w": (I16, [40])}, {"y": (I16, [2, 40])}),
    ("SignalWindow", {"shift": 3}, {"x": (I16, [40]), "w": (I16, [40])}, {"y": (I16, [40])}),
    ("SignalFftAutoScale", {}, {"x": (I16, [3])}, {"y": (I16, [3]), "bits": (numpy.int32, [])}),
    ("SignalEnergy", {"start_index": 0, "end_index": 33}, {"x": (I16, [66])}, {"y": (U32, [33])}),
    ("SignalFilterBankSquareRoot", {}, {"x": (numpy.uint64, [40]), "bits": (numpy.int32, [])}, {"y": (U32, [40])}),
    ("SignalFilterBankSpectralSubtraction", SUBTRACTION | {"clamping": False}, {"x": (U32, [40])},
     {"y": (U32, [40]), "noise": (U32, [40])}),
    ("SignalFilterBankSpectralSubtraction", SUBTRACTION | {"clamping": True}, {"x": (U32, [40])},
     {"y": (U32, [40]), "noise": (U32, [40])}),
    ("SignalPCAN", {"snr_shift": 6}, {"x": (U32, [40]), "noise": (U32, [40]), "gains": (I16, [125])}, {"y": (U32, [40])}),
    ("SignalDelay", {"delay_length": 11}, {"x": (I16, [2, 4])}, {"y": (I16, [2, 4])}),
    ("SignalDelay", {"delay_length": 0}, {"x": (I16, [4])}, {"y": (I16, [4])}),
    ("SignalFramer", {"frame_size": 7, "frame_step": 3, "prefill": True}, {"x": (I16, [2, 6])},
     {"y": (I16, [2, 2, 7]), "valid": (numpy.bool_, [])}),
    ("SignalFilterBankLog", {"input_correction_bits": 3, "output_scale": 64}, {"x": (U32, [40])}, {"y": (I16, [40])}),
    ("SignalFilterBankLog", {"input_correction_bits": 0, "output_scale": 1600}, {"x": (U32, [40])}, {"y": (I16, [40])}),
]


@pytest.mark.parametrize("name, options, inputs, outputs", ONE, ids=[f"{row[0]}-{at}" for at, row in enumerate(ONE)])
def test_an_operator_is_its(name, options, inputs, outputs, tmp_path):
    check_one(name, options, inputs, outputs, tmp_path, numpy.random.default_rng(8))


def bank(generator, bins, channels):
    """The tables of a filter bank, any ones within the bins."""
    widths = generator.integers(0, 5, channels + 1)
    count = int(widths.sum()) + 1
    tables = {"weights": extremes(generator, I16, count), "unweights": extremes(generator, I16, count),
              "bins": generator.integers(0, bins - 5, channels + 1), "starts": numpy.cumsum(widths) - widths,
              "widths": widths}
    return {"x": (U32, [bins])} | {name: table.astype(I16) for name, table in tables.items()}


def test_a_filter_bank_is_its(tmp_path):
    generator = numpy.random.default_rng(9)
    check_one("SignalFilterBank", {"num_channels": 12}, bank(generator, 64, 12), {"y": (numpy.uint64, [12])}, tmp_path,
              generator)


def test_a_filter_bank_that_reaches_outside_is_refused(tmp_path):
    micro()
    tables = bank(numpy.random.default_rng(9), 64, 12)
    tables["bins"][3], tables["widths"][3] = 62, 4
    model = tmp_path / "one.tflite"
    model.write_bytes(one_operator("SignalFilterBank", {"num_channels": 12}, tables, {"y": (numpy.uint64, [12])}))
    refused = tinymlc("compile", model, "-o", tmp_path / "out", code=2)
    assert "band 3 of the filter bank" in refused.stderr


FOUR = {"x": (I16, [4])}
WRONG = {
    "shift is 40": ("SignalWindow", {"shift": 40}, FOUR | {"w": (I16, [4])}, {"y": (I16, [4])}),
    "option 'shift' is missing or no integer": ("SignalWindow", {"shift": "4"}, FOUR | {"w": (I16, [4])}, {"y": (I16, [4])}),
    "option 'fft_length' is 1073741824": ("SignalRfft", {"T": INT16, "fft_length": 1 << 30}, FOUR, {"y": (I16, [6])}),
    "a transform of 12 points": ("SignalRfft", {"T": INT16, "fft_length": 12}, FOUR, {"y": (I16, [14])}),
    "input 0 is f32": ("SignalRfft", {"T": INT16, "fft_length": 16}, {"x": (numpy.float32, [4])},
                       {"y": (numpy.float32, [18])}),
    "its numbers are of the type 0": ("SignalRfft", {"T": 0, "fft_length": 16}, FOUR, {"y": (I16, [18])}),
    "end is 99": ("SignalEnergy", {"start_index": 0, "end_index": 99}, FOUR, {"y": (U32, [2])}),
    "it is of 2000000000 channels": ("SignalFilterBankSpectralSubtraction",
                                     SUBTRACTION | {"clamping": False, "num_channels": 2000000000}, {"x": (U32, [40])},
                                     {"y": (U32, [40]), "noise": (U32, [40])}),
    "gains has 4 elements": ("SignalPCAN", {"snr_shift": 6},
                             {"x": (U32, [4]), "noise": (U32, [4]), "gains": (I16, [4])}, {"y": (U32, [4])}),
    "'y_past': the tensor": ("SignalDelay", {"delay_length": (1 << 31) - 1}, FOUR, {"y": (I16, [4])}),
}


@pytest.mark.parametrize("message", WRONG)
def test_what_is_out_of_range_is_refused(message, tmp_path):
    micro()
    model = tmp_path / "one.tflite"
    model.write_bytes(one_operator(*WRONG[message]))
    assert message in tinymlc("compile", model, "-o", tmp_path / "out", code=2).stderr


if __name__ == "__main__":
    content = preprocessor().read_bytes()
    numpy.savez_compressed(FEATURES, **{sound: micro_steps(content, frames_of(sound)[:, None])[0] for sound in SOUNDS})
