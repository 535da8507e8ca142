# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes SavedModels and what TensorFlow computes with them: models.py FOLDER makes FOLDER/NAME/model, the inputs as
FOLDER/NAME/in/INPUT.npy and the outputs as FOLDER/NAME/out/OUTPUT.npy. Needs the packages of
scripts/requirements-tensorflow.txt; test_savedmodel.py runs it."""
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras  # noqa: E402
import numpy  # noqa: E402
import tensorflow as tf  # noqa: E402

layers = keras.layers


def randomize(model):
    rng = numpy.random.default_rng(1)
    for weight in model.weights:
        if "seed" in weight.path:
            continue
        values = rng.normal(0, 0.4, weight.shape)
        weight.assign(numpy.abs(values) + 0.5 if "variance" in weight.path else values)
    return model


def sequential(*stack):
    return lambda: randomize(keras.Sequential([layers.Input(stack[0]), *(layer() for layer in stack[1:])]))


def functional():
    image = layers.Input((9, 8, 4), name="image")
    other = layers.Input((5,), name="other")
    x = layers.Conv2D(6, 3, padding="same", strides=2, name="conv")(image)
    x = layers.BatchNormalization()(x)
    x = layers.Activation("swish")(x)
    y = layers.Conv2D(6, 1, activation="hard_sigmoid")(x)
    x = layers.Concatenate()([layers.Multiply()([x, y]), layers.Add()([x, y])])
    x = layers.Concatenate()([layers.GlobalAveragePooling2D()(x), layers.Dense(3, activation="tanh")(other)])
    return randomize(keras.Model([image, other], {"logits": layers.Dense(4)(x), "score": layers.Dense(1)(x)}))


class Subclassed(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = layers.Dense(7, activation="gelu")
        self.norm = layers.LayerNormalization()
        self.second = layers.Dense(6, activation="softplus")

    def call(self, x):
        for _ in range(2):
            x = x + self.second(self.norm(self.first(x)))
        return tf.nn.softmax(x, axis=-1)


def subclassed():
    model = Subclassed()
    model(numpy.zeros((1, 6), numpy.float32))
    return randomize(model)


def mobile():
    # With the weights that training begins with: others would drive the scores to zero and one.
    keras.utils.set_random_seed(1)
    model = keras.applications.MobileNetV2((32, 32, 3), alpha=0.35, weights=None, classes=10, classifier_activation=None)
    rng = numpy.random.default_rng(2)
    for weight in model.weights:
        if weight.path.split("/")[-1] in ("gamma", "beta", "moving_mean", "moving_variance"):
            weight.assign(weight + rng.uniform(0, 0.5, weight.shape))
    return model


def encoder():
    tokens = layers.Input((8,), dtype="int32", name="tokens")
    x = layers.Embedding(20, 12)(tokens)
    x = layers.Add()([x, layers.MultiHeadAttention(3, 4)(x, x)])
    x = layers.LayerNormalization()(x)
    y = layers.Dense(24, activation="relu")(x)
    x = layers.LayerNormalization()(layers.Add()([x, layers.Dense(12)(y)]))
    return randomize(keras.Model(tokens, layers.Dense(5, activation="softmax")(layers.GlobalMaxPooling1D()(x))))


KERAS = {
    "dense": sequential((6,), lambda: layers.Dense(5, activation="relu"), lambda: layers.Dense(3, activation="softmax")),
    "convolutions": sequential((9, 8, 4), lambda: layers.Conv2D(6, 3, groups=2, dilation_rate=2, padding="same"),
                               lambda: layers.ReLU(6.0), lambda: layers.DepthwiseConv2D(3, depth_multiplier=2),
                               lambda: layers.Conv2DTranspose(3, 3, strides=2, padding="same"),
                               lambda: layers.MaxPooling2D(3, strides=2, padding="same"),
                               lambda: layers.Conv2DTranspose(3, (2, 4), strides=3), layers.Flatten),
    "sequence": sequential((12, 4), lambda: layers.Conv1D(5, 3, padding="causal", dilation_rate=2, activation="elu"),
                           lambda: layers.SeparableConv1D(6, 3, padding="same"), lambda: layers.LeakyReLU(0.1),
                           lambda: layers.AveragePooling1D(2), lambda: layers.Reshape((3, 12)), layers.PReLU),
    "pictures": sequential((6, 5, 3), lambda: layers.UpSampling2D((2, 3)), lambda: layers.Rescaling(1 / 3, -1),
                           lambda: layers.UpSampling2D(2, interpolation="bilinear"), lambda: layers.ZeroPadding2D(1),
                           lambda: layers.Cropping2D(((1, 2), (0, 3))), lambda: layers.AveragePooling2D(3, padding="same"),
                           lambda: layers.Permute((3, 1, 2))),
    "lstm": sequential((7, 5), lambda: layers.LSTM(4, return_sequences=True), lambda: layers.GRU(3)),
    "rnn": sequential((5, 3), lambda: layers.Bidirectional(layers.LSTM(4, return_sequences=True)),
                      lambda: layers.SimpleRNN(4), lambda: layers.Dense(2, activation="selu")),
    "functional": functional,
    "subclassed": subclassed,
    "mobilenet": mobile,
    "encoder": encoder,
}


class Functions(tf.Module):
    """Each method with a signature is a model of its own."""

    def __init__(self):
        super().__init__()
        rng = numpy.random.default_rng(3)
        self.weights = tf.Variable(rng.normal(0, 1, (4, 3)).astype(numpy.float32))
        self.table = tf.constant(rng.normal(0, 1, (6, 4)).astype(numpy.float32))

    @tf.function(input_signature=[tf.TensorSpec((None, 4), name="x")])
    def control(self, x):
        y = tf.einsum("bi,ij->bj", x, self.weights) + [[1.0, 2.0, 3.0]]
        y = tf.reshape(y, (tf.shape(x)[0], 3, 1))
        for k in tf.range(3):
            y = y * 1.5 + tf.cast(k, tf.float32)
        if tf.reduce_sum(y) > 0.0:
            y = y + 1.0
        else:
            y = y - 1.0
        return {"best": tf.math.top_k(y[:, :, 0], k=2)[0], "turned": y[..., ::-1, tf.newaxis]}

    @tf.function(input_signature=[tf.TensorSpec((2, 6, 4), name="x")])
    def moves(self, x):
        parts = tf.split(x, [1, -1, 2], axis=1)
        rows = tf.unstack(x, axis=1)
        return {
            "parts": tf.concat(parts[::-1], axis=1),
            "stack": tf.stack(rows[1:4], axis=-1),
            "slice": tf.slice(x, [0, 1, 0], [-1, 3, 2]),
            "strided": x[:, 4:0:-2, 1:],
            "picked": x[1, ..., 2],
            "gathered": tf.gather(x, [3, 0, 3], axis=1),
            "padded": tf.pad(x, [[0, 1], [2, 0], [0, 0]], constant_values=3.0),
            "mirrored": tf.pad(x, [[0, 0], [2, 1], [1, 1]], mode="SYMMETRIC"),
            "reflected": tf.pad(x, [[0, 0], [2, 1], [1, 1]], mode="REFLECT"),
            "tiled": tf.tile(x, [1, 2, 1]),
            "reversed": tf.reverse(x, [1, -1]),
            "batches": tf.space_to_batch(x, [3], [[0, 0]]),
            "blocks": tf.batch_to_space(x, [2], [[1, 0]]),
            "depth": tf.nn.space_to_depth(tf.reshape(x, (1, 4, 4, 3)), 2),
            "space": tf.nn.depth_to_space(tf.reshape(x, (1, 2, 2, 12)), 2),
        }

    @tf.function(input_signature=[tf.TensorSpec((3, 5), name="x"), tf.TensorSpec((3, 5), tf.int32, name="n")])
    def mathematics(self, x, n):
        positive = tf.abs(x) + 0.1
        return {
            "floor_div": n // 3,
            "floor_mod": n % -4,
            "real_mod": tf.math.floormod(x, 0.7),
            "rounded": tf.round(x * 4) + tf.floor(x) + tf.math.ceil(x) + tf.sign(x),
            "roots": tf.sqrt(positive) + tf.math.rsqrt(positive) + tf.math.log(positive) + tf.pow(positive, 1.5),
            "gates": tf.nn.sigmoid(x) + tf.tanh(x) + tf.nn.elu(x) + tf.nn.selu(x) + tf.nn.softplus(x) + tf.nn.softsign(x),
            "erf": tf.math.erf(x) + tf.math.erfc(x) * x + tf.nn.leaky_relu(x, 0.3) + tf.nn.relu6(4 * x),
            "sums": tf.math.add_n([x, x, tf.ones_like(x)]) + tf.math.squared_difference(x, 1.0) + tf.square(x),
            "chosen": tf.where(tf.logical_and(x > 0, n != 2), x, tf.minimum(-x, 3.0)),
            "cumulated": tf.cumsum(x, axis=1, exclusive=True, reverse=True),
            "reduced": tf.reduce_max(x, 1) * tf.reduce_min(x, 1) + tf.reduce_mean(x, 1) - tf.reduce_prod(x, 1),
            "norm": tf.reduce_sum(tf.square(x), axis=[0, 1], keepdims=True),
            "truths": tf.cast(tf.reduce_any(x > 1, 1), tf.float32) + tf.cast(tf.reduce_all(x > -1, 1), tf.float32),
            "places": tf.argmax(x, axis=-1, output_type=tf.int32) - tf.argmin(x, axis=-1, output_type=tf.int32),
            "one_hot": tf.one_hot(n, 6, on_value=2.0, off_value=-1.0, axis=1),
            "looked_up": tf.nn.embedding_lookup(self.table, tf.clip_by_value(n, 0, 5)),
            "log_softmax": tf.nn.log_softmax(x),
            "clipped": tf.clip_by_value(x, -0.5, 0.8),
        }

    @tf.function(input_signature=[tf.TensorSpec((1, 5, 7, 2), name="x")])
    def resizing(self, x):
        kernel = tf.reshape(tf.cast(tf.range(36), tf.float32), (3, 3, 2, 2)) / 20 - 1
        return {
            "nearest": tf.compat.v1.image.resize_nearest_neighbor(x, (8, 3), half_pixel_centers=True),
            "nearest_old": tf.compat.v1.image.resize_nearest_neighbor(x, (8, 3)),
            "nearest_corners": tf.compat.v1.image.resize_nearest_neighbor(x, (9, 4), align_corners=True),
            "bilinear": tf.image.resize(x, (8, 3)),
            "bilinear_old": tf.compat.v1.image.resize_bilinear(x, (8, 3)),
            "bilinear_corners": tf.compat.v1.image.resize_bilinear(x, (9, 4), align_corners=True),
            "explicit": tf.nn.conv2d(x, kernel, [1, 2, 1, 1], [[0, 0], [2, 1], [0, 3], [0, 0]]),
            "transposed": tf.nn.conv2d_transpose(x, kernel, (1, 10, 14, 2), 2),
            "transposed_odd": tf.nn.conv2d_transpose(x, kernel, (1, 9, 13, 2), 2),
            "response": tf.nn.local_response_normalization(x, 2, 1.5, 0.3, 0.6),
            "normed": tf.compat.v1.nn.fused_batch_norm(x, [1.0, 2.0], [0.5, -1.0], [0.1, 0.2], [1.5, 0.7],
                                                       is_training=False)[0],
        }

    @tf.function(input_signature=[tf.TensorSpec((6, 4), name="x")])
    def lists(self, x):
        rows = tf.TensorArray(tf.float32, size=0, dynamic_size=True, element_shape=(4,))
        state, k = tf.zeros((4,)), 0
        while k < 6:
            state = 0.5 * state + x[5 - k]
            rows = rows.write(k, state)
            k += 1
        return {"rows": rows.stack(), "last": state}


def module_inputs(function):
    rng = numpy.random.default_rng(5)
    inputs = {}
    for spec in function.input_signature:
        shape = [1 if extent is None else extent for extent in spec.shape]
        values = rng.integers(-9, 9, shape) if spec.dtype == tf.int32 else rng.normal(0, 1, shape)
        inputs[spec.name] = values.astype(spec.dtype.as_numpy_dtype)
    return inputs


def keras_inputs(model):
    rng = numpy.random.default_rng(5)
    ports = getattr(model, "inputs", None)
    shapes = {port.name: (port.shape, port.dtype) for port in ports} if ports else {"x": ((1, 6), "float32")}
    inputs = {}
    for name, (shape, dtype) in shapes.items():
        shape = [1 if extent is None else extent for extent in shape]
        values = rng.integers(0, 20, shape) if dtype == "int32" else rng.normal(0, 1, shape)
        inputs[name] = values.astype(dtype)
    return inputs


def write(folder, inputs):
    signature = tf.saved_model.load(str(folder / "model")).signatures["serving_default"]
    names = list(signature.structured_input_signature[1])
    if set(names) != set(inputs):  # one that Keras names after its place
        inputs = dict(zip(names, inputs.values(), strict=True))
    outputs = signature(**{name: tf.constant(array) for name, array in inputs.items()})
    for place, arrays in (("in", inputs), ("out", outputs)):
        (folder / place).mkdir(exist_ok=True)
        for name, array in arrays.items():
            numpy.save(folder / place / f"{name}.npy", numpy.asarray(array))


def main(out):
    for name, make in KERAS.items():
        model = make()
        model.export(str(out / name / "model"), verbose=False)
        write(out / name, keras_inputs(model))
    module = Functions()
    for name in ("control", "moves", "mathematics", "resizing", "lists"):
        function = getattr(module, name)
        tf.saved_model.save(module, str(out / name / "model"), signatures=function)
        write(out / name, module_inputs(function))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
