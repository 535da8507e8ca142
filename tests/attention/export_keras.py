# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Writes FOLDER/keras_NAME.tflite, the transformers of tests/test_attention_forms.py as TensorFlow's converter exports them.

  export_keras.py FOLDER [onnx]

Needs the packages of scripts/requirements-tensorflow.txt: PYTHONPATH=build/venv/tensorflow. With `onnx` it writes
tf2onnx_NAME.onnx instead, for which tf2onnx must be there too.
"""
import os
import pathlib
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import keras  # noqa: E402
import numpy  # noqa: E402
import tensorflow  # noqa: E402

WIDTH, HEADS, LENGTH = 8, 2, 6
layers = keras.layers


def attention(**options):
    return layers.MultiHeadAttention(HEADS, WIDTH // HEADS, **options)


def attended(x, mask=None, causal=False):
    return attention()(x, x, attention_mask=mask, use_causal_mask=causal)


def encoder(x, activation):
    x = layers.LayerNormalization(epsilon=1e-6)(x + attended(x))
    y = layers.Dense(WIDTH)(layers.Dense(2 * WIDTH, activation=activation)(x))
    return layers.LayerNormalization(epsilon=1e-6)(x + y)


def gelu_by_tanh(x):
    return keras.activations.gelu(x, approximate=True)


def norms(x):
    x = layers.RMSNormalization(epsilon=1e-6)(x)
    x = layers.LayerNormalization(center=False, scale=False)(x)
    x = keras.activations.silu(layers.Dense(WIDTH)(x))
    return layers.LayerNormalization(center=False)(x)


# By name: the shapes of the inputs and what is computed of them.
MODELS = {
    "attention": ([(LENGTH, WIDTH)], lambda x: attended(x)),
    "causal": ([(LENGTH, WIDTH)], lambda x: attended(x, causal=True)),
    "mask": ([(LENGTH, WIDTH), (LENGTH, LENGTH)], lambda x, mask: attended(x, mask=mask > 0)),
    "cross": ([(LENGTH, WIDTH), (9, WIDTH)], lambda x, memory: attention(value_dim=3)(x, memory)),
    "grouped": ([(LENGTH, WIDTH)], lambda x: layers.GroupQueryAttention(4, 4, 2)(x, x)),
    "encoder": ([(LENGTH, WIDTH)], lambda x: encoder(x, "gelu")),
    "encoder_tanh": ([(LENGTH, WIDTH)], lambda x: encoder(x, gelu_by_tanh)),
    "norms": ([(LENGTH, WIDTH)], norms),
}


def model_of(shapes, compute):
    keras.utils.set_random_seed(5)
    inputs = [layers.Input(shape, batch_size=1) for shape in shapes]
    model = keras.Model(inputs, compute(*inputs))
    rng = numpy.random.default_rng(7)
    for weight in model.weights:
        is_gain = weight.path.endswith(("gamma", "scale"))
        weight.assign(rng.normal(1 if is_gain else 0, 0.3, weight.shape))
    return model


def main():
    folder = pathlib.Path(sys.argv[1])
    for name, (shapes, compute) in MODELS.items():
        if "onnx" in sys.argv[2:] and name == "encoder":
            continue  # has an Erfc, of which ONNX knows nothing
        model = model_of(shapes, compute)
        if "onnx" in sys.argv[2:]:
            import tf2onnx
            signature = [tensorflow.TensorSpec((1, *shape), tensorflow.float32, name=f"x{i}") for i, shape in enumerate(shapes)]
            function = tensorflow.function(lambda *x, model=model: model(list(x) if len(x) > 1 else x[0]), input_signature=signature)
            path = folder / f"tf2onnx_{name}.onnx"
            tf2onnx.convert.from_function(function, input_signature=signature, opset=17, output_path=str(path))
        else:
            path = folder / f"keras_{name}.tflite"
            path.write_bytes(tensorflow.lite.TFLiteConverter.from_keras_model(model).convert())
        print(path.name, path.stat().st_size)


if __name__ == "__main__":
    main()
