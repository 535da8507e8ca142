# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Keras models, .keras and .h5, against Keras itself; skipped where `scripts/setup --clients` could not install it."""
import json
import os
import sys
import zipfile

import numpy
import pytest

from conftest import ROOT, tinymlc, tinymlc_json

sys.path.append(str(ROOT / "build/venv/keras"))
os.environ.setdefault("KERAS_BACKEND", "jax")
keras = pytest.importorskip("keras", reason="Keras is not there: scripts/setup --clients installs it")
h5py = pytest.importorskip("h5py", reason="Keras is not there: scripts/setup --clients installs it")
layers = keras.layers

TOLERANCE = 2e-5  # of the largest element
FORMATS = ["keras", pytest.param("h5", marks=pytest.mark.full)]


def randomize(model, seed=1):
    """Weights that are neither zero nor one, and variances that are positive."""
    rng = numpy.random.default_rng(seed)
    for weight in model.weights:
        values = rng.normal(0, 0.4, weight.shape)
        weight.assign(numpy.abs(values) + 0.5 if "variance" in weight.path else values)
    return model


def expect_same(model, path, tmp_path, target="host", inputs=None):
    model.save(path)
    rng = numpy.random.default_rng(2)
    if inputs is None:
        inputs = {port.name: rng.normal(0, 1, (3, *port.shape[1:])).astype(numpy.float32) for port in model.inputs}
    arguments = []
    for i, (name, array) in enumerate(inputs.items()):
        numpy.save(tmp_path / f"{i}.npy", array[:, None])
        arguments += ["--input", f"{name}={tmp_path / f'{i}.npy'}"]
    report = tinymlc_json("run", path, "--target", target, *arguments, "-o", tmp_path / "out")
    expected = model.predict(list(inputs.values()), verbose=0)
    expected = expected if isinstance(expected, list) else [expected]
    files = {output["name"]: output["file"] for output in report["outputs"]}
    names = [output["name"] for output in tinymlc_json("inspect", path)["outputs"]]
    for name, theirs in zip(names, expected, strict=True):
        array = numpy.load(files[name])[:, 0]
        assert array.shape == theirs.shape
        numpy.testing.assert_allclose(array, theirs, rtol=0, atol=TOLERANCE * max(1, numpy.abs(theirs).max()))
    return names


def adapted():
    layer = layers.Normalization()
    layer.adapt(numpy.random.default_rng(4).normal(2, 3, (20, *IMAGE)))
    return layer


IMAGE, SEQUENCE, VECTOR = (9, 8, 4), (7, 5), (6,)
# What is built over an input of that shape.
SINGLE = {
    "dense": (VECTOR, lambda: layers.Dense(5, activation="relu")),
    "dense_of_steps": (SEQUENCE, lambda: layers.Dense(3, use_bias=False, activation="tanh")),
    "conv1d_causal": (SEQUENCE, lambda: layers.Conv1D(4, 3, padding="causal", dilation_rate=2, activation="elu")),
    "conv1d_same": (SEQUENCE, lambda: layers.Conv1D(4, 4, strides=2, padding="same")),
    "conv2d": (IMAGE, lambda: layers.Conv2D(6, (3, 2), strides=(2, 1), padding="same", activation="relu6")),
    "conv2d_groups": (IMAGE, lambda: layers.Conv2D(6, 3, groups=2, dilation_rate=2, use_bias=False)),
    "depthwise": (IMAGE, lambda: layers.DepthwiseConv2D(3, depth_multiplier=2, padding="same", activation="swish")),
    "depthwise1d": (SEQUENCE, lambda: layers.DepthwiseConv1D(3, depth_multiplier=2)),
    "separable": (IMAGE, lambda: layers.SeparableConv2D(5, 3, depth_multiplier=2, strides=2, padding="same")),
    "separable1d": (SEQUENCE, lambda: layers.SeparableConv1D(5, 3)),
    "transposed_same": (IMAGE, lambda: layers.Conv2DTranspose(3, 3, strides=2, padding="same", activation="gelu")),
    "transposed_valid": (IMAGE, lambda: layers.Conv2DTranspose(3, (4, 3), strides=(2, 3))),
    "transposed1d": (SEQUENCE, lambda: layers.Conv1DTranspose(3, 4, strides=2, padding="same")),
    "batch_normalization": (IMAGE, layers.BatchNormalization),
    "batch_normalization_plain": (SEQUENCE, lambda: layers.BatchNormalization(scale=False, center=False)),
    "layer_normalization": (SEQUENCE, layers.LayerNormalization),
    "layer_normalization_of_all": (IMAGE, lambda: layers.LayerNormalization(axis=[1, 2, 3])),
    "max_pooling": (IMAGE, lambda: layers.MaxPooling2D(3, strides=2, padding="same")),
    "max_pooling1d": (SEQUENCE, layers.MaxPooling1D),
    "average_pooling": (IMAGE, lambda: layers.AveragePooling2D((2, 3), padding="same")),
    "average_pooling1d": (SEQUENCE, lambda: layers.AveragePooling1D(2)),
    "global_max": (IMAGE, layers.GlobalMaxPooling2D),
    "global_average": (IMAGE, lambda: layers.GlobalAveragePooling2D(keepdims=True)),
    "global_average1d": (SEQUENCE, layers.GlobalAveragePooling1D),
    "flatten": (IMAGE, layers.Flatten),
    "reshape": (IMAGE, lambda: layers.Reshape((8, -1))),
    "permute": (IMAGE, lambda: layers.Permute((3, 1, 2))),
    "repeat": (VECTOR, lambda: layers.RepeatVector(3)),
    "zero_padding": (IMAGE, lambda: layers.ZeroPadding2D(((1, 2), (0, 3)))),
    "zero_padding_of_one": (IMAGE, lambda: layers.ZeroPadding2D(2)),
    "zero_padding1d": (SEQUENCE, lambda: layers.ZeroPadding1D((1, 2))),
    "cropping": (IMAGE, lambda: layers.Cropping2D(((1, 2), (0, 3)))),
    "cropping1d": (SEQUENCE, lambda: layers.Cropping1D(1)),
    "up_sampling": (IMAGE, lambda: layers.UpSampling2D((2, 3))),
    "up_sampling_bilinear": (IMAGE, lambda: layers.UpSampling2D(2, interpolation="bilinear")),
    "up_sampling1d": (SEQUENCE, lambda: layers.UpSampling1D(2)),
    "softmax": (SEQUENCE, lambda: layers.Softmax(axis=1)),
    "relu": (VECTOR, lambda: layers.ReLU(max_value=1.5, negative_slope=0.1)),
    "leaky_relu": (VECTOR, lambda: layers.LeakyReLU(negative_slope=0.2)),
    "prelu": (IMAGE, lambda: layers.PReLU(shared_axes=[1, 2])),
    "elu": (VECTOR, lambda: layers.ELU(alpha=0.7)),
    "dropout": (VECTOR, lambda: layers.Dropout(0.5)),
    "rescaling": (IMAGE, lambda: layers.Rescaling(1 / 3, offset=-1)),
    "normalization": (IMAGE, lambda: layers.Normalization(mean=[1, 2, 3, 4], variance=[1, 4, 9, 2])),
    "normalization_adapted": (IMAGE, adapted),
    "lstm": (SEQUENCE, lambda: layers.LSTM(4)),
    "lstm_sequence": (SEQUENCE, lambda: layers.LSTM(4, return_sequences=True, go_backwards=True, use_bias=False)),
    "lstm_functions": (SEQUENCE, lambda: layers.LSTM(3, activation="relu", recurrent_activation="hard_sigmoid")),
    "gru": (SEQUENCE, lambda: layers.GRU(4, return_sequences=True)),
    "gru_before": (SEQUENCE, lambda: layers.GRU(4, reset_after=False)),
    "simple_rnn": (SEQUENCE, lambda: layers.SimpleRNN(4, return_sequences=True)),
    "bidirectional": (SEQUENCE, lambda: layers.Bidirectional(layers.LSTM(4, return_sequences=True))),
    "bidirectional_last": (SEQUENCE, lambda: layers.Bidirectional(layers.GRU(4), merge_mode="ave")),
}


def single(name):
    shape, make = SINGLE[name]
    model = keras.Sequential([keras.Input(shape, name="x"), make()])
    return model if name == "normalization_adapted" else randomize(model)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("name", SINGLE)
def test_layers(name, suffix, tmp_path):
    expect_same(single(name), tmp_path / f"one.{suffix}", tmp_path)


@pytest.mark.parametrize("activation", [
    "linear", "relu", "relu6", "sigmoid", "tanh", "softmax", "log_softmax", "elu", "selu", "celu", "softplus", "softsign",
    "silu", "gelu", "mish", "exponential", "hard_sigmoid", "hard_silu", "leaky_relu"])
def test_activations(activation, tmp_path):
    model = keras.Sequential([keras.Input(VECTOR, name="x"), layers.Activation(activation)])
    expect_same(model, tmp_path / "one.keras", tmp_path)


@pytest.mark.parametrize("merge", ["Add", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"])
def test_merges(merge, tmp_path):
    inputs = [keras.Input(SEQUENCE, name=f"x{i}") for i in range(3)]
    expect_same(keras.Model(inputs, getattr(layers, merge)()(inputs)), tmp_path / "one.keras", tmp_path)


def functional():
    x, y = keras.Input(IMAGE, name="picture"), keras.Input(VECTOR, name="facts")
    first = layers.Conv2D(4, 3, padding="same", name="first")(x)
    shared = layers.Conv2D(4, 3, padding="same", activation="relu", name="shared")
    both = layers.Subtract()([shared(first), shared(x)])
    flat = layers.GlobalAveragePooling2D()(layers.BatchNormalization()(both))
    joined = layers.Concatenate()([flat, layers.Dense(3)(y)])
    return randomize(keras.Model([x, y], [layers.Dense(2, name="scores", activation="softmax")(joined), flat]))


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("target", ["host", pytest.param("mps2-an500", marks=pytest.mark.long)])
def test_functional_models(suffix, target, tmp_path):
    assert expect_same(functional(), tmp_path / f"one.{suffix}", tmp_path, target)[0] == "scores"


def test_models_within_models(tmp_path):
    inner = keras.Sequential([keras.Input(IMAGE), layers.Conv2D(3, 3), layers.Dense(2)], name="inner")
    x = keras.Input(IMAGE, name="x")
    model = randomize(keras.Model(x, layers.Dense(4)(layers.Flatten()(layers.Dense(3)(inner(x))))))
    expect_same(model, tmp_path / "one.keras", tmp_path)
    model.save(tmp_path / "one.h5")
    assert "model within a model" in tinymlc("inspect", tmp_path / "one.h5", code=2).stderr


def test_embeddings(tmp_path):
    words = keras.Input((6,), dtype="int32", name="words")
    model = randomize(keras.Model(words, layers.LSTM(4)(layers.Embedding(20, 8)(words))))
    indices = numpy.random.default_rng(1).integers(0, 20, (3, 6)).astype(numpy.int32)
    expect_same(model, tmp_path / "one.keras", tmp_path, inputs={"words": indices})


@pytest.mark.long
def test_on_a_board(tmp_path):
    model = keras.Sequential([keras.Input((16, 16, 1), name="x"), layers.Conv2D(4, 3, activation="relu"),
                              layers.MaxPooling2D(), layers.Reshape((7, 28)), layers.Bidirectional(layers.GRU(4)),
                              layers.Dense(3, activation="softmax")])
    expect_same(randomize(model), tmp_path / "one.keras", tmp_path, "mps2-an500")


def as_keras_2(path):
    """Rewrites a Sequential of dense layers as Keras 2 writes it: no InputLayer, activations of that version."""
    with h5py.File(path, "r+") as file:
        config = json.loads(file.attrs["model_config"])
        shape = config["config"]["layers"].pop(0)["config"]["batch_shape"]
        config["config"]["layers"][0]["config"]["batch_input_shape"] = shape
        file.attrs["model_config"] = json.dumps(config)
        file.attrs["keras_version"] = "2.15.0"


def test_files_of_keras_2(tmp_path):
    model = randomize(keras.Sequential([keras.Input(VECTOR), layers.Dense(4, activation="hard_sigmoid")]))
    model.save(tmp_path / "one.h5")
    as_keras_2(tmp_path / "one.h5")
    x = numpy.random.default_rng(3).normal(0, 3, (5, 1, *VECTOR)).astype(numpy.float32)
    numpy.save(tmp_path / "x.npy", x)
    report = tinymlc_json("run", tmp_path / "one.h5", "--input", tmp_path / "x.npy", "-o", tmp_path / "out")
    kernel, bias = model.get_weights()
    expected = numpy.clip(0.2 * (x @ kernel + bias) + 0.5, 0, 1)
    numpy.testing.assert_allclose(numpy.load(report["outputs"][0]["file"]), expected, atol=1e-5)


def test_open_extents_are_bound(tmp_path):
    model = randomize(keras.Sequential([keras.Input((None, 5), name="x"), layers.Conv1D(3, 3)]))
    model.save(tmp_path / "one.keras")
    assert "--shape x=1x1x5" in tinymlc("inspect", tmp_path / "one.keras", code=2).stderr
    found = tinymlc_json("inspect", tmp_path / "one.keras", "--shape", "x=2x9x5")
    assert found["inputs"][0]["shape"] == [2, 9, 5]


def test_unknown_layers_are_named_at_once(tmp_path):
    x = keras.Input(SEQUENCE)
    y = layers.UnitNormalization(name="first")(x)
    y = layers.MultiHeadAttention(2, 3, name="second")(y, y)
    keras.Model(x, layers.Masking(name="third")(y)).save(tmp_path / "one.keras")
    text = tinymlc("inspect", tmp_path / "one.keras", code=2).stderr
    assert all(name in text for name in ("UnitNormalization", "MultiHeadAttention", "Masking"))


@pytest.mark.parametrize("make, text", [
    (lambda: layers.Conv2D(3, 3, data_format="channels_first"), "data_format"),
    (lambda: layers.ReLU(threshold=0.5), "threshold"),
    (lambda: layers.Conv2DTranspose(3, 3, strides=2, output_padding=1), "output_padding")])
def test_what_is_not_supported_is_refused(make, text, tmp_path):
    keras.Sequential([keras.Input(IMAGE), make()]).save(tmp_path / "one.keras")
    assert text in tinymlc("inspect", tmp_path / "one.keras", code=2).stderr


def repacked(path, target, **entries):
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name in archive.namelist():
            content = entries.get(name.replace(".", "_"), archive.read(name))
            if content is not None:
                out.writestr(name, content)
    return target


def test_damaged_files_are_refused(tmp_path):
    single("dense").save(tmp_path / "one.keras")
    with zipfile.ZipFile(tmp_path / "one.keras") as archive:
        weights = archive.read("model.weights.h5")
    for entries in ({"config_json": None}, {"config_json": b"{"}, {"config_json": b"[" * 100_000},
                    {"model_weights_h5": None}, {"model_weights_h5": weights[:1000]}, {"model_weights_h5": b"\0" * 4096},
                    {"config_json": b" " * (65 << 20)}):
        tinymlc("inspect", repacked(tmp_path / "one.keras", tmp_path / "bad.keras", **entries), code=2)


def test_weights_of_another_shape_and_compressed_ones_are_refused(tmp_path):
    single("dense").save(tmp_path / "one.keras")
    for options, text in (({"shape": (7, 5)}, "is [7, 5], not [6, 5]"),
                          ({"shape": (6, 5), "compression": "gzip"}, "is compressed")):
        with zipfile.ZipFile(tmp_path / "one.keras") as archive:
            (tmp_path / "w.h5").write_bytes(archive.read("model.weights.h5"))
        with h5py.File(tmp_path / "w.h5", "r+") as file:
            del file["layers/dense/vars/0"]
            file.create_dataset("layers/dense/vars/0", dtype="f4", **options)
        bad = repacked(tmp_path / "one.keras", tmp_path / "bad.keras", model_weights_h5=(tmp_path / "w.h5").read_bytes())
        assert text in tinymlc("inspect", bad, code=2).stderr


def test_links_to_other_files_are_refused(tmp_path):
    single("dense").save(tmp_path / "one.h5")
    with h5py.File(tmp_path / "other.h5", "w") as file:
        file["kernel"] = numpy.zeros((6, 5), numpy.float32)
    with h5py.File(tmp_path / "one.h5", "r+") as file:
        place = next(name for name in _datasets(file) if name.endswith("kernel"))
        del file[place]
        file[place] = h5py.ExternalLink(str(tmp_path / "other.h5"), "kernel")
    assert "damaged or missing" in tinymlc("inspect", tmp_path / "one.h5", code=2).stderr


def _datasets(file):
    found = []
    file.visititems(lambda name, item: found.append(name) if isinstance(item, h5py.Dataset) else None)
    return found
