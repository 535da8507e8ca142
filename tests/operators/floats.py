# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Cases of operators on float tensors, and of hybrid layers: float activations, int8 weights. Files are named float_*;
outputs are compared within a tolerance."""

import numpy as np

from cases import ACTIVATIONS, cases_of
from single_op import BuiltinOperator, Tensor, options
from windows import WINDOWS, Window


def real(cases, name, shape, constant=False):
    return Tensor(name, cases.values(shape, np.float32), constant=constant)


def output(shape):
    return Tensor("y", np.zeros(shape, np.float32))


def weights_of(cases, shape, hybrid, per_channel):
    if not hybrid:
        return real(cases, "w", shape, constant=True)
    data = cases.rng.integers(-127, 128, shape).astype(np.int8)
    scales = [cases.scale(0.005, 0.02) for _ in range(shape[0] if per_channel else 1)]
    return Tensor("w", data, scales, 0, axis=0, constant=True)


def convolution(cases, window, channels, groups, out_c, activation, images=1, hybrid=False, per_channel=False):
    x = real(cases, "x", [images, *window.image, channels])
    w = weights_of(cases, [out_c, *window.kernel, channels // groups], hybrid, per_channel)
    b = real(cases, "b", [out_c], constant=True)
    attributes = {**window.attributes(), "dilation_h": window.dilation[0], "dilation_w": window.dilation[1],
                  "groups": groups, "activation": activation}
    if hybrid and per_channel:
        attributes["asymmetric_quantize_inputs"] = True
    common = dict(dilationHFactor=window.dilation[0], dilationWFactor=window.dilation[1], **window.options(activation))
    y = output([images, *window.output(), out_c])
    if groups == 1:
        cases.add("conv2d", attributes, [x, w, b], y, BuiltinOperator.CONV_2D, options("Conv2DOptions", **common))
        return
    data = np.moveaxis(w.data, 0, 3).reshape(1, *window.kernel, out_c)
    litert_w = Tensor("w", data, w.scale, 0, axis=3, constant=True)
    cases.add("conv2d", attributes, [x, w, b], y, BuiltinOperator.DEPTHWISE_CONV_2D,
              options("DepthwiseConv2DOptions", depthMultiplier=out_c // groups, **common), litert_inputs=[x, litert_w, b])


def convolutions(folder):
    with cases_of(folder, "float_conv2d", 41) as cases:
        for index, window in enumerate(WINDOWS):
            convolution(cases, window, cases.integer(1, 5), 1, cases.integer(1, 7), list(ACTIVATIONS)[index % 4],
                        images=1 + (index == 3))
    with cases_of(folder, "float_depthwise_conv2d", 42) as cases:
        for index, window in enumerate((*WINDOWS, Window([9, 9], [3, 3], [1, 1]), Window([5, 12], [3, 3], [2, 2]))):
            groups = (4, 3, 4, 8, 2, 3, 6, 4, 1, 4, 8)[index]
            if groups > 1:
                convolution(cases, window, groups, groups, groups * (1 + (index == 1)), list(ACTIVATIONS)[index % 4])
    with cases_of(folder, "float_hybrid_conv2d", 43) as cases:
        # LiteRT's hybrid kernels know no dilation where weights have one scale.
        for index, window in enumerate(window for window in WINDOWS if window.dilation == [1, 1]):
            convolution(cases, window, cases.integer(1, 5), 1, cases.integer(1, 7), list(ACTIVATIONS)[index % 4], hybrid=True,
                        per_channel=index % 2 == 1)


def fully_connecteds(folder):
    for name, seed, hybrid in (("float_fully_connected", 44, False), ("float_hybrid_fully_connected", 45, True)):
        with cases_of(folder, name, seed) as cases:
            for index in range(8):
                rows, inner, columns = cases.integer(1, 4), cases.integer(1, 18), cases.integer(1, 18)
                activation, asymmetric = list(ACTIVATIONS)[index % 4], hybrid and index % 2 == 1
                inputs = [real(cases, "x", [rows, inner]), weights_of(cases, [columns, inner], hybrid, False),
                          real(cases, "b", [columns], constant=True)]
                attributes = {"activation": activation, **({"asymmetric_quantize_inputs": True} if asymmetric else {})}
                cases.add("fully_connected", attributes, inputs, output([rows, columns]), BuiltinOperator.FULLY_CONNECTED,
                          options("FullyConnectedOptions", fusedActivationFunction=ACTIVATIONS[activation],
                                  keepNumDims=True, asymmetricQuantizeInputs=asymmetric))


def matmuls(folder):
    with cases_of(folder, "float_matmul", 46) as cases:
        for shape_a, shape_b in (([3, 5], [5, 4]), ([2, 3, 5], [2, 5, 4]), ([2, 1, 3, 5], [1, 3, 5, 4])):
            for transpose in (False, True):
                shape = [*np.broadcast_shapes(shape_a[:-2], shape_b[:-2]), shape_a[-2], shape_b[-1]]
                b = [*shape_b[:-2], *(shape_b[:-3:-1] if transpose else shape_b[-2:])]
                cases.add("matmul", {"transpose_b": transpose}, [real(cases, "a", shape_a), real(cases, "b", b)],
                          output(shape), BuiltinOperator.BATCH_MATMUL, options("BatchMatMulOptions", adjY=transpose))


def elementwise(folder):
    with cases_of(folder, "float_binary", 47) as cases:
        for name, builtin in (("add", BuiltinOperator.ADD), ("sub", BuiltinOperator.SUB), ("mul", BuiltinOperator.MUL)):
            for index, (a, b) in enumerate((([20], [20]), ([3, 1, 5], [1, 4, 5]), ([2, 3, 2, 5], [5]), ([1], [17]))):
                activation = list(ACTIVATIONS)[index]
                cases.add(name, {"activation": activation}, [real(cases, "a", a), real(cases, "b", b)],
                          output(np.broadcast_shapes(a, b)), builtin,
                          options(f"{name.capitalize()}Options", fusedActivationFunction=ACTIVATIONS[activation]))
    with cases_of(folder, "float_unary", 48) as cases:
        leaky = float(np.float32(0.1))
        for op, builtin, attributes, builtin_options in (
                ("sigmoid", BuiltinOperator.LOGISTIC, {}, None), ("tanh", BuiltinOperator.TANH, {}, None),
                ("relu", BuiltinOperator.RELU, {}, None), ("clip", BuiltinOperator.RELU6, {}, None),
                ("clip", BuiltinOperator.RELU_N1_TO_1, {"min": -1.0, "max": 1.0}, None),
                ("hard_swish", BuiltinOperator.HARD_SWISH, {}, None),
                ("leaky_relu", BuiltinOperator.LEAKY_RELU, {"alpha": leaky}, options("LeakyReluOptions", alpha=leaky)),
                ("softmax", BuiltinOperator.SOFTMAX, {"beta": 2.0, "axis": -1}, options("SoftmaxOptions", beta=2.0))):
            x = Tensor("x", (4 * cases.values([3, 40], np.float32)).astype(np.float32))
            cases.add(op, attributes, [x], output([3, 40]), builtin, builtin_options)
        for op, builtin, attributes, builtin_options in (
                ("exp", BuiltinOperator.EXP, {}, options("ExpOptions")), ("sqrt", BuiltinOperator.SQRT, {}, None),
                ("gelu", BuiltinOperator.GELU, {}, options("GeluOptions")),
                ("gelu", BuiltinOperator.GELU, {"by_tanh": True}, options("GeluOptions", approximate=True))):
            values = (4 * cases.values([3, 40], np.float32)).astype(np.float32)
            x = Tensor("x", np.abs(values) if op == "sqrt" else values)
            cases.add(op, attributes, [x], output([3, 40]), builtin, builtin_options)


def reductions(folder):
    with cases_of(folder, "float_pool2d", 49) as cases:
        for name, builtin in (("average_pool2d", BuiltinOperator.AVERAGE_POOL_2D),
                              ("max_pool2d", BuiltinOperator.MAX_POOL_2D)):
            for index in range(6):
                window = Window(cases.integers(4, 6, 2), cases.integers(1, 4, 2), cases.integers(1, 3, 2),
                                padding="SAME" if index % 3 else "VALID")
                channels, activation = cases.integer(1, 4), list(ACTIVATIONS)[index % 4]
                attributes = {"kernel_h": window.kernel[0], "kernel_w": window.kernel[1], **window.attributes(),
                              "activation": activation}
                cases.add(name, attributes, [real(cases, "x", [1, *window.image, channels])],
                          output([1, *window.output(), channels]), builtin,
                          options("Pool2DOptions", filterHeight=window.kernel[0], filterWidth=window.kernel[1],
                                  **window.options(activation)))
    with cases_of(folder, "float_mean", 50) as cases:
        for shape, axes in (([2, 5, 4, 3], [1, 2]), ([4, 7], [1]), ([3, 4, 5], [0, 2]), ([2, 3, 4], [0, 1, 2])):
            kept = [1 if axis in axes else extent for axis, extent in enumerate(shape)]
            x = real(cases, "x", shape)
            indices = Tensor("axes", np.array(axes, np.int32), constant=True)
            cases.add("mean", {"axes": axes, "keep_dims": True}, [x], output(kept), BuiltinOperator.MEAN,
                      options("ReducerOptions", keepDims=True), litert_inputs=[x, indices])


def write(folder):
    convolutions(folder)
    fully_connecteds(folder)
    matmuls(folder)
    elementwise(folder)
    reductions(folder)
