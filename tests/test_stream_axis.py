# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Models of windows that run frame by frame (--stream-axis): every step has the bits of the whole window's program."""
import numpy
import pytest
from onnx import TensorProto, helper

from conftest import REFUSED, shared, tinymlc, tinymlc_json
from stream_models import Net, random_net

SCHEMES = [None, "int8", "int16x8"]


def run(model, folder, name, array, *options):
    numpy.save(folder / "input.npy", array)
    out = tinymlc_json("run", model, "--input", f"{name}={folder / 'input.npy'}", "-o", folder, *options)["outputs"]
    return {each["name"]: numpy.load(each["file"]) for each in out}


def windows_and_steps(sound, axis, window, hop):
    """Of frames along `axis`: the windows that end where each step ends, from the first whole one on, and all steps."""
    count = sound.shape[axis] // hop
    steps = [sound.take(range(i * hop, (i + 1) * hop), axis) for i in range(count)]
    ends = [end for end in range(hop, count * hop + 1, hop) if end >= window]
    return numpy.stack([sound.take(range(end - window, end), axis) for end in ends]), numpy.stack(steps)


def assert_steps_equal(model, shape, axis, hop, tmp_path, options=(), name="x", runs=6, target="host"):
    """Compares every step that ends a whole window with the whole program on that window; returns the steps' outputs."""
    rng = numpy.random.default_rng(7)
    shape, window = list(shape), shape[axis]
    shape[axis] = -(-window // hop) * hop + hop * (runs - 1)
    sound = (rng.normal(size=shape) * rng.choice([0.3, 1, 8], size=[n if i == axis else 1 for i, n in enumerate(shape)]))
    whole, steps = windows_and_steps(sound.astype("f4"), axis, window, hop)
    expected = run(model, tmp_path, name, whole, *options)
    stepped = run(model, tmp_path, name, steps, *options, "--stream", "--stream-axis", axis, "--stream-hop", hop,
                  "--target", target)
    assert expected.keys() == stepped.keys()
    for key, want in expected.items():
        got = stepped[key][-len(want):]
        if got.shape != want.shape:  # an output of frames: the newest
            along = next(i for i in range(1, want.ndim) if got.shape[i] != want.shape[i])
            want = want.take(range(want.shape[along] - got.shape[along], want.shape[along]), along)
        assert want.shape == got.shape and want.tobytes() == got.tobytes(), key
        assert len(numpy.unique(want)) > 1
    return stepped


def calibration(scheme, shape, tmp_path):
    if scheme is None:
        return ()
    path = tmp_path / "calibration.npz"
    numpy.savez(path, x=numpy.random.default_rng(1).normal(size=[8, *shape]).astype("f4") * 2)
    return "--quantize", scheme, "--calibrate", path


@pytest.mark.parametrize("seed", range(9))
def test_random_networks_step_with_the_bits_of_the_whole(seed, tmp_path):
    net, hop = random_net(seed)
    options = calibration(SCHEMES[seed % 3], net.shape, tmp_path)
    assert_steps_equal(net.save(tmp_path / "net.onnx"), net.shape, net.axis, hop, tmp_path, options)


@pytest.mark.full
@pytest.mark.parametrize("seed", range(100, 220))
def test_many_random_networks_step_with_the_bits_of_the_whole(seed, tmp_path):
    net, hop = random_net(seed)
    options = calibration(SCHEMES[seed % 3], net.shape, tmp_path)
    assert_steps_equal(net.save(tmp_path / "net.onnx"), net.shape, net.axis, hop, tmp_path, options)


def residual_net():
    """A temporal convolutional network: dilated layers whose inputs are added, without padding."""
    net = Net(numpy.random.default_rng(3), frames=48, channels=6)
    left = 48
    for dilation in (1, 2, 4):
        before = net.value
        net.conv(6, 3, dilation=dilation).relu().conv(6, 3, dilation=dilation)
        left -= 4 * dilation
        net.add_last(before, left).relu()
    return net


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_residual_network_steps(scheme, tmp_path):
    net = residual_net()
    model = net.save(tmp_path / "tcn.onnx")
    assert_steps_equal(model, net.shape, 2, 1, tmp_path, calibration(scheme, net.shape, tmp_path))
    graph = tinymlc("inspect", model, "--stream-axis", 2, "--after", "step_over_time").stdout
    assert graph.count("\n  state ") == 6, "each layer keeps what it reads of the past, and what is added keeps nothing"


def test_channels_last_models_step(tmp_path):
    """As Keras' exporters write it: NHWC outside, with transposes around every layer that ONNX has as NCHW."""
    rng = numpy.random.default_rng(4)
    net = Net(rng, 30, 4, 6)
    net.input = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 30, 6, 4])
    net.node("Transpose", ["x"], perm=[0, 3, 1, 2]).conv(8, 5).relu().node("Transpose", [net.value], perm=[0, 2, 3, 1])
    net.node("Mul", [net.value, net.constant(rng.normal(size=8).astype("f4"))])
    net.node("Transpose", [net.value], perm=[0, 3, 1, 2]).conv(0, 3, depthwise=True).relu()
    net.node("Transpose", [net.value], perm=[0, 2, 3, 1]).node("ReduceMean", [net.value], axes=[1, 2], keepdims=0)
    model = net.dense(5, 8).save(tmp_path / "keras.onnx")
    for scheme in (None, "int8"):
        assert_steps_equal(model, [1, 30, 6, 4], 1, 2, tmp_path, calibration(scheme, [1, 30, 6, 4], tmp_path))


def test_rows_of_features_step_through_dense_layers_and_attention_over_the_window(tmp_path):
    """[1, time, features]: what works on rows is done for the new ones, what mixes all rows for the window."""
    rng = numpy.random.default_rng(5)
    net = Net(rng, 12, 1)
    net.input = helper.make_tensor_value_info("x", TensorProto.FLOAT, [1, 12, 8])
    net.node("MatMul", ["x", net.constant(rng.normal(size=[8, 6]).astype("f4"))])
    rows = net.node("LayerNormalization", [net.value, net.constant(numpy.ones(6, "f4"))], axis=-1).value
    columns = net.node("Transpose", [rows], perm=[0, 2, 1]).value
    net.node("MatMul", [rows, columns]).node("Softmax", [net.value], axis=-1).node("MatMul", [net.value, rows])
    net.node("ReduceMean", [net.value], axes=[1], keepdims=0)
    assert_steps_equal(net.save(tmp_path / "rows.onnx"), [1, 12, 8], 1, 1, tmp_path)


@pytest.mark.parametrize("scheme", [None, "int8"])
def test_causal_layers_go_on_from_the_streams_beginning(scheme, tmp_path):
    """With zeros before the first frame alone, the frames of all steps are those of the whole, from the first one on."""
    net = Net(numpy.random.default_rng(6), 24, 3)
    for dilation in (1, 2, 4):
        net.conv(5, 3, dilation=dilation, causal=True).relu()
    model = net.save(tmp_path / "causal.onnx")
    options = calibration(scheme, net.shape, tmp_path)
    sound = numpy.random.default_rng(7).normal(size=[1, 3, 24]).astype("f4")
    (whole,) = run(model, tmp_path, "x", sound[None], *options).values()
    steps = sound.reshape(1, 3, 12, 2).transpose(2, 0, 1, 3)
    numpy.save(tmp_path / "input.npy", steps)
    done = tinymlc("run", model, "--input", tmp_path / "input.npy", "-o", tmp_path, *options, "--stream",
                   "--stream-axis", "x=-1", "--stream-hop", 2)
    assert "zeros only where the stream begins" in done.stderr
    stepped = numpy.load(tmp_path / f"{net.value}.npy")
    assert stepped.transpose(1, 2, 0, 3).reshape(whole[0].shape).tobytes() == whole.tobytes()


def test_the_board_has_the_same_steps(tmp_path):
    net, hop = random_net(1)
    options = calibration("int8", net.shape, tmp_path)
    assert_steps_equal(net.save(tmp_path / "net.onnx"), net.shape, net.axis, hop, tmp_path, options, runs=3,
                       target="mps2-an500")


def refusal(*arguments):
    return tinymlc("inspect", *arguments, code=REFUSED).stderr


def test_what_cannot_step_is_refused_with_what_to_change(tmp_path):
    def net():
        return Net(numpy.random.default_rng(1), 20, 2, 4)

    padded = net().conv(3, 3, pads=[1, 1, 1, 1]).save(tmp_path / "padded.onnx")
    assert "conv_v0" in refusal(padded, "--stream-axis", 2) and "without padding" in refusal(padded, "--stream-axis", 2)
    strided = net().conv(3, 3, stride=2).save(tmp_path / "strided.onnx")
    assert "--stream-hop 2" in refusal(strided, "--stream-axis", 2)
    plain = net().conv(3, 3).save(tmp_path / "plain.onnx")
    assert "no axis 4" in refusal(plain, "--stream-axis", 4)
    assert "20 frames" in refusal(plain, "--stream-axis", "x=2", "--stream-hop", 20)
    assert "'y'" in refusal(plain, "--stream-axis", "y=2")
    assert "no axis" in refusal(plain, "--stream-axis", "time")
    assert "--stream-axis" in refusal(plain, "--stream-hop", 2)
    verify = tinymlc("verify", plain, "--oracle", "onnxruntime", "--stream-axis", 2, code=REFUSED).stderr
    assert "whole windows" in verify


def test_a_model_that_steps_already_is_refused():
    assert "a state itself" in refusal(shared("models/voice/hey_jarvis_streaming_int8.tflite"), "--stream-axis", 1)


def step_model(tmp_path, before, after, type_after=TensorProto.FLOAT):
    """y = x + before; after = y, or its integers."""
    nodes = [helper.make_node("Add", ["x", before], ["y"]), helper.make_node("Cast", ["y"], [after], to=type_after)]
    inputs = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, 4]) for name in ("x", before)]
    outputs = [helper.make_tensor_value_info("y", TensorProto.FLOAT, [1, 4]),
               helper.make_tensor_value_info(after, type_after, [1, 4])]
    model = helper.make_model(helper.make_graph(nodes, "step", inputs, outputs),
                              opset_imports=[helper.make_opsetid("", 17)])
    model.ir_version = 8
    path = tmp_path / "step.onnx"
    path.write_bytes(model.SerializeToString())
    return path


@pytest.mark.parametrize("before, after", [("h_in", "h_out"), ("h0", "hn"), ("state", "next_state"), ("c", "cn"),
                                           ("past_conv_1", "present_conv_1"), ("cache_input", "cache_output"),
                                           ("state", "stateN"), ("State_In", "State_Out")])
def test_states_are_found_by_their_names(before, after, tmp_path):
    model = step_model(tmp_path, before, after)
    done = tinymlc("inspect", model)
    assert f"'{after}' is the next run's '{before}'" in done.stderr and "--no-auto-state" in done.stderr
    report = tinymlc_json("inspect", model)
    assert len(report["states"]) == 1
    assert not tinymlc_json("inspect", model, "--no-auto-state")["states"]
    x = numpy.ones([3, 1, 4], "f4")
    assert (run(model, tmp_path, "x", x, "--stream")["y"].ravel() == numpy.repeat([1, 2, 3], 4)).all()


@pytest.mark.parametrize("before, after, type_after", [
    ("image_in", "image_out", TensorProto.FLOAT), ("h_in", "c_out", TensorProto.FLOAT), ("a", "b", TensorProto.FLOAT),
    ("h_in", "h_out", TensorProto.INT32)])
def test_what_may_be_no_state_stays_an_input(before, after, type_after, tmp_path):
    assert not tinymlc_json("inspect", step_model(tmp_path, before, after, type_after))["states"]
