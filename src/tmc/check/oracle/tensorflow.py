# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Runs a SavedModel with TensorFlow: tensorflow.py MODEL INPUTS.npz OUTPUTS.npz

The files are as oracle.hpp says. The signature is serving_default, or the only one; the graph's inputs are the signature's by
name (frontend/savedmodel)."""
import os
import pathlib
import sys

CANNOT_IMPORT = 3  # the exit code for it
LIBRARY = pathlib.Path(sys.prefix) / "tensorflow"  # where scripts/setup puts it

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"  # which reorders sums


def main(model_path, inputs_path, outputs_path):
    sys.path.insert(0, str(LIBRARY))
    try:
        import numpy
        import tensorflow
    except ImportError as missing:
        print(f"tensorflow: {missing}", file=sys.stderr)
        sys.exit(CANNOT_IMPORT)
    model = pathlib.Path(model_path)
    loaded = tensorflow.saved_model.load(str(model if model.is_dir() else model.parent))
    names = sorted(loaded.signatures)
    signature = loaded.signatures["serving_default" if "serving_default" in names else names[0]]
    inputs = sorted(signature.structured_input_signature[1])
    file = numpy.load(inputs_path)
    found = {}
    for sample in range(int(file["samples"])):
        answer = signature(**{name: tensorflow.constant(file[f"tensor{i}"][sample]) for i, name in enumerate(inputs)})
        for name, tensor in answer.items():
            found.setdefault(name, []).append(numpy.asarray(tensor))
    arrays = {"oracle": numpy.frombuffer(b"tensorflow", numpy.uint8)}
    for i, (name, tensors) in enumerate(sorted(found.items())):
        arrays[f"name{i}"] = numpy.frombuffer(name.encode(), numpy.uint8)
        arrays[f"tensor{i}"] = numpy.stack(tensors)
    numpy.savez(outputs_path, **arrays)


if __name__ == "__main__":
    main(*sys.argv[1:4])
