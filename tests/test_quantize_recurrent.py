# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Recurrent layers made int8 from float models, against onnxruntime in float, and host against board."""

import numpy
import pytest
from onnx import TensorProto, helper, numpy_helper, save

import recurrent_training
from conftest import shared, tinymlc, tinymlc_json

GATES = {"LSTM": 4, "GRU": 3, "RNN": 1}
KERNELS = {"LSTM": ["lstm_state_s16", "lstm_output_s8"], "GRU": ["gru_state_s16"], "RNN": ["gate_s16"]}
ROWS = 300
# Root of the mean squared error over the range of the float outputs.
MOST_ERROR = 0.006
# The layer, time steps, batch, inputs, hidden units, attributes, and whether it is given states to begin with.
CASES = [
    ("LSTM", 5, 1, 3, 1, {}, False),
    ("LSTM", 9, 2, 4, 3, {}, True),
    ("LSTM", 1, 1, 6, 7, {}, True),
    ("LSTM", 20, 1, 5, 32, {}, False),
    ("LSTM", 6, 2, 3, 7, {"direction": "reverse"}, True),
    ("LSTM", 8, 1, 4, 8, {"direction": "bidirectional"}, False),
    ("GRU", 5, 1, 3, 1, {"linear_before_reset": 1}, False),
    ("GRU", 9, 2, 4, 3, {"linear_before_reset": 1}, True),
    ("GRU", 1, 2, 6, 7, {}, True),
    ("GRU", 20, 1, 5, 32, {"linear_before_reset": 1}, False),
    ("GRU", 20, 1, 5, 32, {}, False),
    ("GRU", 6, 2, 3, 7, {"direction": "reverse"}, True),
    ("GRU", 8, 1, 4, 8, {"direction": "bidirectional", "linear_before_reset": 1}, True),
    ("RNN", 5, 1, 3, 1, {}, False),
    ("RNN", 9, 2, 4, 3, {}, True),
    ("RNN", 1, 1, 6, 7, {}, True),
    ("RNN", 12, 1, 5, 32, {"direction": "bidirectional"}, False),
    ("RNN", 6, 2, 5, 32, {"activations": ["Relu"]}, True),
    ("RNN", 6, 1, 5, 7, {"activations": ["Relu"]}, False),
]


def names_of_states(layer):
    return ["h0", "c0"] if layer == "LSTM" else ["h0"]


def build(case, path, outputs=None, seed=1):
    """Writes a model of the layer, with weights of the size that training begins with, and all its outputs or those."""
    layer, time, batch, inputs, hidden, attributes, given = case
    rng = numpy.random.default_rng(seed)
    directions = 2 if attributes.get("direction") == "bidirectional" else 1
    sums = GATES[layer] * hidden
    reach = 1 / numpy.sqrt(max(hidden, 4))
    weights = {"w": rng.normal(0, 1 / numpy.sqrt(inputs), (directions, sums, inputs)),
               "r": rng.uniform(-reach, reach, (directions, sums, hidden)),
               "b": rng.uniform(-reach, reach, (directions, 2 * sums))}
    shapes = {"x": (time, batch, inputs)}
    if given:
        shapes |= {name: (directions, batch, hidden) for name in names_of_states(layer)}
    outputs = outputs or ["y", "y_h", *(["y_c"] if layer == "LSTM" else [])]
    all_outputs = ["y", "y_h", "y_c"][:3 if layer == "LSTM" else 2]
    node = helper.make_node(layer, ["x", "w", "r", "b", "", *(names_of_states(layer) if given else [])],
                            [name if name in outputs else "" for name in all_outputs], "layer", hidden_size=hidden,
                            **attributes)
    graph = helper.make_graph(
        [node], "recurrent",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        [numpy_helper.from_array(value.astype(numpy.float32), name) for name, value in weights.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    save(model, path)
    return model, shapes


def random_rows(shapes, rng, count=ROWS):
    """States are within what functions give."""
    rows = {"x": rng.normal(0, 1, (count, *shapes["x"])).clip(-3, 3)}
    for name in shapes.keys() - {"x"}:
        rows[name] = rng.uniform(-0.9, 0.9, (count, *shapes[name]))
    return {name: value.astype(numpy.float32) for name, value in rows.items()}


def expected(model, rows):
    import onnxruntime
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [output.name for output in session.get_outputs()]
    results = [session.run(names, {name: value[i] for name, value in rows.items()}) for i in range(len(rows["x"]))]
    return {name: numpy.array([result[at] for result in results]) for at, name in enumerate(names)}


def quantize_options(calibration, folder):
    numpy.savez(folder / "calibration.npz", **calibration)
    return ["--quantize", "int8", "--calibrate", folder / "calibration.npz", "--ranges", "minmax", "--repair", "none"]


def run(path, rows, options, folder, target="host"):
    arguments = []
    for name, value in rows.items():
        numpy.save(folder / f"{name}.npy", value)
        arguments += ["--input", f"{name}={folder / name}.npy"]
    tinymlc("run", path, "--target", target, *options, *arguments, "-o", folder / "out")
    return {path.stem: numpy.load(path) for path in (folder / "out").glob("*.npy")}


def relative_error(ours, wanted):
    return numpy.sqrt(((ours - wanted) ** 2).mean()) / (wanted.max() - wanted.min())


@pytest.mark.parametrize("index", range(len(CASES)))
def test_is_near_the_float_layer(index, tmp_path):
    case, rng = CASES[index], numpy.random.default_rng(index)
    model, shapes = build(case, tmp_path / "model.onnx")
    options = quantize_options(random_rows(shapes, rng), tmp_path)
    rows = random_rows(shapes, rng, 16)
    wanted = expected(model, rows)
    ours = run(tmp_path / "model.onnx", rows, options, tmp_path)
    for name, value in wanted.items():
        assert relative_error(ours[name], value) < MOST_ERROR, name
    text = tinymlc("inspect", tmp_path / "model.onnx", *options, "--after", "select").stdout
    assert all(kernel in text for kernel in KERNELS[case[0]]), text
    assert "_cell_f32" not in text and "gate_f32" not in text
    assert case[1] == 1 or f"of {case[1]} trips" in text


@pytest.mark.parametrize("layer", GATES)
def test_gives_the_last_state_alone(layer, tmp_path):
    """Ranges are those of all steps then, of which no tensor of the model tells."""
    rng = numpy.random.default_rng(4)
    model, shapes = build((layer, 15, 1, 4, 8, {}, False), tmp_path / "model.onnx", outputs=["y_h"])
    options = quantize_options(random_rows(shapes, rng), tmp_path)
    rows = random_rows(shapes, rng, 16)
    wanted = expected(model, rows)["y_h"]
    assert relative_error(run(tmp_path / "model.onnx", rows, options, tmp_path)["y_h"], wanted) < MOST_ERROR
    numpy.testing.assert_allclose(run(tmp_path / "model.onnx", rows, [], tmp_path)["y_h"], wanted, rtol=1e-5, atol=1e-5)


@pytest.mark.long
@pytest.mark.parametrize("index", [1, 3, 5, 7, 9, 10, 13, 17])
def test_gives_the_same_integers_on_the_board(index, tmp_path):
    rng = numpy.random.default_rng(index)
    _, shapes = build(CASES[index], tmp_path / "model.onnx")
    options = quantize_options(random_rows(shapes, rng), tmp_path)
    rows = random_rows(shapes, rng, 3)
    rows["x"][-1] *= 1000  # what saturates
    here = run(tmp_path / "model.onnx", rows, options, tmp_path)
    there = run(tmp_path / "model.onnx", rows, options, tmp_path, "mps2-an500")
    assert here.keys() == there.keys()
    for name, value in here.items():
        numpy.testing.assert_array_equal(there[name], value, err_msg=name)


@pytest.mark.parametrize("layer", ["GRU", "RNN"])
def test_frame_by_frame_gives_the_bits_of_the_sequence(layer, tmp_path):
    steps, attributes = 6, {"linear_before_reset": 1} if layer == "GRU" else {}
    rng = numpy.random.default_rng(5)
    _, shapes = build((layer, steps, 1, 4, 32, attributes, True), tmp_path / "model.onnx")
    _, of_frame = build((layer, 1, 1, 4, 32, attributes, True), tmp_path / "frame.onnx")
    seen = random_rows(shapes, rng)
    frames = {"x": seen["x"].reshape(-1, *of_frame["x"]), "h0": seen["h0"].repeat(steps, axis=0)}
    row = {name: value[:1] for name, value in random_rows(shapes, rng).items()}
    whole = run(tmp_path / "model.onnx", row, quantize_options(seen, tmp_path), tmp_path)
    options = quantize_options(frames, tmp_path)
    state = row["h0"]
    for step in range(steps):
        frame = run(tmp_path / "frame.onnx", {"x": row["x"][:, step:step + 1], "h0": state}, options, tmp_path)
        numpy.testing.assert_array_equal(frame["y"][0, 0], whole["y"][0, step])
        state = frame["y_h"]
    numpy.testing.assert_array_equal(state, whole["y_h"])


def test_a_state_that_the_program_keeps_gives_the_bits_of_the_sequence(tmp_path):
    steps, attributes = 6, {"linear_before_reset": 1}
    rng = numpy.random.default_rng(6)
    _, shapes = build(("GRU", steps, 1, 4, 8, attributes, False), tmp_path / "model.onnx")
    _, of_frame = build(("GRU", 1, 1, 4, 8, attributes, True), tmp_path / "frame.onnx")
    seen = random_rows(shapes, rng)
    frames = {"x": seen["x"].reshape(-1, *of_frame["x"])}
    frames["h0"] = rng.uniform(-0.9, 0.9, (len(frames["x"]), *of_frame["h0"])).astype(numpy.float32)
    row = random_rows(shapes, rng)["x"][:1]
    whole = run(tmp_path / "model.onnx", {"x": row}, quantize_options(seen, tmp_path), tmp_path)
    options = [*quantize_options(frames, tmp_path), "--state", "h0=y_h"]
    stepped = run(tmp_path / "frame.onnx", {"x": row[0][:, None]}, [*options, "--stream"], tmp_path)
    numpy.testing.assert_array_equal(stepped["y"].reshape(whole["y"].shape), whole["y"])


@pytest.mark.parametrize("layer", GATES)
@pytest.mark.parametrize("gives_states", [False, True])
def test_stacked_layers_beside_others(layer, gives_states, tmp_path):
    """As PyTorch exports two layers: the first's sequence is the second's input, the last states of both come together,
    and the second's is joined with features of another range before a dense layer."""
    rng = numpy.random.default_rng(14)
    time, inputs, hidden, sums = 12, 5, 16, GATES[layer] * 16
    options = {"hidden_size": hidden, **({"linear_before_reset": 1} if layer == "GRU" else {})}
    constants = {"axis": numpy.array([1]), "d": rng.normal(0, 0.3, (hidden + 4, 6)).astype(numpy.float32)}
    for number, width in ((0, inputs), (1, hidden)):
        for name, shape in (("w", (1, sums, width)), ("r", (1, sums, hidden)), ("b", (1, 2 * sums))):
            constants[f"{name}{number}"] = rng.normal(0, 0.3, shape).astype(numpy.float32)
    nodes = [helper.make_node(layer, ["x", "w0", "r0", "b0"], ["y0", "last0"], "first", **options),
             helper.make_node("Squeeze", ["y0", "axis"], ["between"]),
             helper.make_node(layer, ["between", "w1", "r1", "b1"], ["", "last1"], "second", **options),
             helper.make_node("Concat", ["last0", "last1"], ["states"], axis=0),
             helper.make_node("Reshape", ["last1", "row"], ["features"]),
             helper.make_node("Concat", ["features", "others"], ["all"], axis=1),
             helper.make_node("MatMul", ["all", "d"], ["scores"])]
    constants["row"] = numpy.array([1, hidden])
    outputs = ["scores", *(["states"] if gives_states else [])]
    shapes = {"x": (time, 1, inputs), "others": (1, 4)}
    graph = helper.make_graph(
        [node for node in nodes if gives_states or node.output[0] != "states"], "stack",
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, shape) for name, shape in shapes.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
        [numpy_helper.from_array(value, name) for name, value in constants.items()])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    save(model, tmp_path / "model.onnx")

    def rows(count):
        return {"x": rng.normal(0, 1, (count, *shapes["x"])).clip(-3, 3).astype(numpy.float32),
                "others": rng.uniform(-20, 20, (count, 1, 4)).astype(numpy.float32)}

    quantized = quantize_options(rows(ROWS), tmp_path)
    given = rows(16)
    ours = run(tmp_path / "model.onnx", given, quantized, tmp_path)
    for name, value in expected(model, given).items():
        assert relative_error(ours[name], value) < 2 * MOST_ERROR, name
    text = tinymlc("inspect", tmp_path / "model.onnx", *quantized, "--after", "select").stdout
    assert "_cell_f32" not in text and "gate_f32" not in text


@pytest.mark.parametrize("layer", GATES)
def test_verifies_and_reads_back_what_it_exports(layer, tmp_path):
    rng = numpy.random.default_rng(12)
    _, shapes = build((layer, 10, 1, 5, 16, {"direction": "bidirectional"}, True), tmp_path / "model.onnx")
    options = quantize_options(random_rows(shapes, rng), tmp_path)
    rows = random_rows(shapes, rng, 4)
    numpy.savez(tmp_path / "rows.npz", **rows)
    tinymlc("verify", tmp_path / "model.onnx", *options, "--oracle", "onnxruntime", "--input", tmp_path / "rows.npz")
    tinymlc("quantize", tmp_path / "model.onnx", *options[2:], "--export", tmp_path / "exported.onnx")
    ours = run(tmp_path / "model.onnx", rows, options, tmp_path)
    for name, value in run(tmp_path / "exported.onnx", rows, [], tmp_path).items():
        numpy.testing.assert_array_equal(value, ours[name], err_msg=name)


@pytest.mark.parametrize("layer", GATES)
def test_inputs_beyond_the_range_saturate(layer, tmp_path):
    rng = numpy.random.default_rng(8)
    _, shapes = build((layer, 7, 1, 4, 7, {}, False), tmp_path / "model.onnx")
    options = quantize_options(random_rows(shapes, rng), tmp_path)
    signs = numpy.sign(rng.normal(0, 1, (4, *shapes["x"]))).astype(numpy.float32)
    large, huge = (run(tmp_path / "model.onnx", {"x": signs * size}, options, tmp_path) for size in (1e3, 1e30))
    for name, value in large.items():
        assert numpy.isfinite(value).all()
        numpy.testing.assert_array_equal(huge[name], value)


@pytest.mark.parametrize("case", [("LSTM", {"input_forget": 1}), ("LSTM", {"clip": 0.5}), ("GRU", {"clip": 0.5}),
                                  ("GRU", {"activations": ["HardSigmoid", "Tanh"]}),
                                  ("RNN", {"activations": ["Softsign"]})])
def test_a_layer_without_integer_form_stays_float(case, tmp_path):
    layer, attributes = case
    rng = numpy.random.default_rng(9)
    model, shapes = build((layer, 4, 1, 3, 4, attributes, False), tmp_path / "model.onnx")
    options = quantize_options(random_rows(shapes, rng), tmp_path)
    rows = random_rows(shapes, rng, 4)
    ours = run(tmp_path / "model.onnx", rows, options, tmp_path)
    for name, value in expected(model, rows).items():
        numpy.testing.assert_allclose(ours[name], value, rtol=1e-5, atol=1e-5)


@pytest.mark.parametrize("layer", GATES)
def test_the_report_says_what_became_of_the_layer(layer, tmp_path):
    rng = numpy.random.default_rng(10)
    model, shapes = build((layer, 8, 1, 4, 8, {}, False), tmp_path / "model.onnx")
    numpy.savez(tmp_path / "rows.npz", **random_rows(shapes, rng))
    arguments = ["quantize", tmp_path / "model.onnx", "--calibrate", tmp_path / "rows.npz"]

    def layer_of(*options):
        layers = tinymlc_json(*arguments, *options)["layers"]
        return next(of for of in layers if of["op"] == layer.lower())

    integer = layer_of()
    assert integer["scheme"] == "int8" and integer["snr_db"] > 30 and integer["weight_snr_db"] > 30
    assert layer_of("--keep-float", integer["name"])["scheme"] == "float"
    # A layer of int16 activations there is none, and four-bit weights neither.
    assert layer_of("--quantize", "int16x8")["scheme"] == "float"
    assert layer_of("--quantize", "int4")["scheme"] == "int8"


# --- a network that is trained, on sounds

EVERY = 4  # row is not trained with


def sounds():
    features = numpy.fromfile(shared("data/kws_features_i8_1000x490.bin"), numpy.int8).reshape(-1, 49, 10)
    rows = features.astype(numpy.float32)
    return (rows - rows.mean((0, 1))) / rows.std((0, 1)), numpy.fromfile(shared("data/kws_labels_i32.bin"), numpy.int32)


@pytest.mark.long
@pytest.mark.parametrize("layer", ["LSTM", "GRU"])
def test_a_trained_network_keeps_its_accuracy(layer, tmp_path):
    rows, labels = sounds()
    is_tested = numpy.arange(len(rows)) % EVERY == 0
    weights = recurrent_training.train(layer, rows[~is_tested].astype(float), labels[~is_tested], hidden=32, epochs=30)
    save(recurrent_training.to_onnx(layer, weights, rows.shape[1]), tmp_path / "model.onnx")
    for name, part in (("calibration", ~is_tested), ("test", is_tested)):
        numpy.save(tmp_path / f"{name}.npy", rows[part].astype(numpy.float32)[:250])
        numpy.save(tmp_path / f"{name}_labels.npy", labels[part][:250])
    score = tinymlc_json("quantize", tmp_path / "model.onnx", "--calibrate", tmp_path / "calibration.npy", "--score",
                         tmp_path / "test.npy", "--labels", tmp_path / "test_labels.npy")["score"]
    print(layer, score)
    assert score["float_accuracy"] > 0.4
    assert score["accuracy"] > score["float_accuracy"] - 0.02
    assert score["agreement"] > 0.95
