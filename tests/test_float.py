# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Float models: near the oracle's outputs on the host and on the board, and as fast as they were made to be."""
import numpy
import pytest

from conftest import shared, tinymlc_json

pytestmark = pytest.mark.long

TFLITE = {
    "ic": "models/mlperf_tiny/ic_resnet8_f32.tflite",
    "vww": "models/mlperf_tiny/vww_f32.tflite",
    "ad": "models/mlperf_tiny/ad_f32.tflite",
}
KEYWORDS = "models/mlperf_tiny/kws_f32.tflite"  # hybrid: int8 weights
MNIST = "models/vision/mnist_8/model.onnx"
HALF_DEPTHWISE = "models/zoo/blazeface_front.tflite"  # float16 weights behind DEQUANTIZE, of depthwise layers too
INSTRUCTIONS = {"ic": 15_500_000, "vww": 10_200_000, "ad": 320_000}  # on mps2-an500
# Half of what onnx2c takes, on mps2-an500 in the default settings.
ARENA_BYTES = {"kws": 32_000, "ic": 98_304, "vww": 147_456}
OF_LARGEST = 1e-5


def images(name, count):
    """Real images as the float models take them; of ad, spectra like its own."""
    if name == "ad":
        return numpy.random.default_rng(8).normal(-40, 20, (count, 1, 640)).astype(numpy.float32)
    if name == "ic":
        return numpy.fromfile(shared("data/cifar_rgb_u8_400x32x32x3.bin"), numpy.uint8).reshape(
            -1, 1, 32, 32, 3)[:count].astype(numpy.float32)
    return numpy.fromfile(shared("data/vww_rgb_u8_500x96x96x3.bin"), numpy.uint8).reshape(
        -1, 1, 96, 96, 3)[:count].astype(numpy.float32) / 255


def litert(model, inputs):
    from ai_edge_litert.interpreter import Interpreter, OpResolverType
    interpreter = Interpreter(str(model), experimental_op_resolver_type=OpResolverType.BUILTIN_REF)
    interpreter.allocate_tensors()
    at_in, at_out = interpreter.get_input_details()[0]["index"], interpreter.get_output_details()[0]["index"]
    outputs = []
    for row in inputs:
        interpreter.set_tensor(at_in, row)
        interpreter.invoke()
        outputs.append(interpreter.get_tensor(at_out).ravel().copy())
    return numpy.array(outputs)


def ours(model, inputs, target, folder):
    numpy.save(folder / "in.npy", inputs)
    name = tinymlc_json("inspect", model)["inputs"][0]["name"]
    report = tinymlc_json("run", model, "--target", target, "--input", f"{name}={folder / 'in.npy'}", "-o", folder)
    return numpy.load(report["outputs"][0]["file"]).reshape(len(inputs), -1)


def expect_near(actual, expected):
    assert numpy.abs(actual - expected).max() <= OF_LARGEST * numpy.abs(expected).max()


# The weights of ad and vww are larger than the 512 KiB that mps3-an547 has for the image.
@pytest.mark.parametrize("name,target,samples", [
    *((name, target, samples) for name in TFLITE for target, samples in (("host", 20), ("mps2-an500", 2))),
    ("ic", "mps3-an547", 2)])
def test_verify_holds_float_models_to_the_largest_output(name, target, samples):
    report = tinymlc_json("verify", shared(TFLITE[name]), "--oracle", "litert", "--samples", samples, "--target", target)
    assert report["pass"] and not report["by_operator"], report["first_difference"]


@pytest.mark.parametrize("target,count", [("host", 20), ("mps2-an500", 2)])
@pytest.mark.parametrize("name", TFLITE)
def test_outputs_are_near_litert(name, target, count, tmp_path):
    model, inputs = shared(TFLITE[name]), images(name, count)
    expect_near(ours(model, inputs, target, tmp_path), litert(model, inputs))


@pytest.mark.parametrize("target,samples", [("host", 20), ("mps2-an500", 2)])
def test_mnist_is_near_onnxruntime(target, samples):
    report = tinymlc_json("verify", shared(MNIST), "--oracle", "onnxruntime", "--samples", samples, "--target", target)
    assert report["pass"] and not report["by_operator"], report["first_difference"]


@pytest.mark.parametrize("target", ["host", "mps2-an500"])
def test_digits_are_near_onnxruntime(target, tmp_path):
    """The digits that come with the model."""
    import onnx
    import onnxruntime
    inputs = numpy.stack([onnx.numpy_helper.to_array(onnx.load_tensor(path))
                          for path in sorted(shared("models/vision/mnist_8").glob("test_data_set_*/input_0.pb"))])
    session = onnxruntime.InferenceSession(shared(MNIST))
    expected = numpy.array([session.run(None, {session.get_inputs()[0].name: row})[0].ravel() for row in inputs])
    expect_near(ours(shared(MNIST), inputs, target, tmp_path), expected)


def keyword_features(count):
    rows = numpy.fromfile(shared("data/kws_features_i8_1000x490.bin"), numpy.int8).reshape(-1, 1, 49, 10, 1)[:count]
    return (0.584703 * (rows.astype(numpy.float32) - 83)).astype(numpy.float32)


@pytest.mark.parametrize("target,count", [("host", 1000), ("mps2-an500", 5)])
def test_hybrid_keywords_get_the_oracles_answers(target, count, tmp_path):
    model, inputs = shared(KEYWORDS), keyword_features(count)
    actual, expected = ours(model, inputs, target, tmp_path), litert(model, inputs)
    assert (actual.argmax(axis=1) == expected.argmax(axis=1)).all()
    # A rounding of the quantised inputs may fall to the other side.
    assert numpy.abs(actual - expected).max() <= 0.01


@pytest.mark.parametrize("name", TFLITE)
def test_instructions_stay_low(name):
    report = tinymlc_json("bench", shared(TFLITE[name]), "--target", "mps2-an500", "--optimize", "speed", "--no-cycles")
    assert report["instructions"] <= INSTRUCTIONS[name]


@pytest.mark.parametrize("name", ARENA_BYTES)
def test_arenas_are_half_of_what_onnx2c_takes(name):
    model = shared({**TFLITE, "kws": KEYWORDS}[name])
    report = tinymlc_json("bench", model, "--target", "mps2-an500", "--no-cycles")
    assert report["ram_bytes"]["arena"] + report["ram_bytes"]["io"] <= ARENA_BYTES[name]


@pytest.mark.parametrize("target, samples", [("host", 5), pytest.param("mps2-an500", 2, marks=pytest.mark.full)])
def test_float16_weights_behind_dequantize_are_constants(target, samples):
    report = tinymlc_json("verify", shared(HALF_DEPTHWISE), "--oracle", "litert", "--samples", samples, "--target", target)
    assert report["pass"] and len(report["tensors"]) == 2
