# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Cases of operators that work along axes: reductions and what only moves elements."""

import math

import numpy as np

from cases import cases_of
from single_op import BuiltinOperator, Tensor, options

SHARES = (1 / 256, -128)  # the output quantisation that LiteRT asks of softmax


def affine_of(cases, dtype, low=0.002, high=0.5):
    if dtype == np.float32:
        return None, 0
    return cases.affine(low, high) if dtype == np.int8 else (cases.scale(low, high), 0)



MEANS = [([1, 5, 4, 3], [1, 2]), ([2, 2, 3, 5], [3]), ([2, 3, 4, 2], [0, 2]), ([2, 3, 2, 5], [1, 3]), ([37], [0]),
         ([3, 7], [0, 1]), ([2, 3, 4, 3], [2])]


def mean(cases, shape, axes, keep, x_affine, y_affine, dtype=np.int8):
    x = Tensor("x", cases.values(shape, dtype), *x_affine)
    out = [1 if axis in axes else extent for axis, extent in enumerate(shape) if keep or axis not in axes]
    attributes = {"axes": axes, "keep_dims": keep}
    cases.add("mean", attributes, [x], Tensor("y", np.zeros(out, dtype), *y_affine), BuiltinOperator.MEAN,
              options("ReducerOptions", keepDims=keep),
              litert_inputs=[x, Tensor("axes", np.array(axes, np.int32), constant=True)])


def means(folder):
    extremes = (((0.05, -128), (0.05, -128)), ((0.05, 127), (0.05, 127)), ((0.1, -128), (0.2, -128)),
                ((1.0, 0), (1e-3, 127)), ((1e-10, 0), (1.0, 0)))
    with cases_of(folder, "mean", 13) as cases:
        for index, (shape, axes) in enumerate(MEANS * 2):
            mean(cases, shape, axes, bool(index % 2), cases.affine(0.01, 0.1), cases.affine(0.002, 0.1))
        for x_affine, y_affine in extremes:
            mean(cases, [1, 2, 2, 4], [1, 2], True, x_affine, y_affine)
            mean(cases, [6, 4], [1], False, x_affine, y_affine)


def softmaxes(folder):
    with cases_of(folder, "softmax", 14) as cases:

        def add(depth, x_affine, beta):
            cases.add("softmax", {"beta": beta}, [Tensor("x", cases.values([2, depth]), *x_affine)],
                      Tensor("y", np.zeros([2, depth], np.int8), *SHARES), BuiltinOperator.SOFTMAX,
                      options("SoftmaxOptions", beta=beta))

        for index in range(10):
            beta = 1.0 if index % 3 else float(np.float32(cases.rng.uniform(0.2, 3)))
            depth = cases.integer(1, 40) if index % 6 else 160
            add(depth, cases.affine(0.001, 2 if index % 2 else 0.05), beta)
        for scale in (1e-6, 1e-3, 5.0, 31.0, 40.0):
            add(16, (scale, -128), 1.0)
        add(1, (0.1, 127), 1.0)


def pads(folder):
    forms = (([3, 4], [1, 0], [0, 2], 0), ([2, 2, 2, 3], [0, 1, 2, 0], [0, 1, 1, 0], 0),
             ([1, 2, 2, 2], [1, 1, 1, 1], [0, 1, 0, 1], 0), ([2, 3], [2, 1], [1, 1], -1.5))
    with cases_of(folder, "pad", 18) as cases:
        for dtype in (np.int8, np.float32, np.int16):
            for shape, before, after, value in forms:
                affine = affine_of(cases, dtype, 0.02, 0.1)
                x = Tensor("x", cases.values(shape, dtype), *affine)
                counts = Tensor("pads", np.array(list(zip(before, after)), np.int32), constant=True)
                out = [extent + p + q for extent, p, q in zip(shape, before, after)]
                y = Tensor("y", np.zeros(out, dtype), *affine)
                attributes = {"pads": before + after, "value": value}
                if value == 0:
                    cases.add("pad", attributes, [x], y, BuiltinOperator.PAD, options("PadOptions"),
                              litert_inputs=[x, counts])
                    continue
                stored = value
                if dtype != np.float32:
                    info = np.iinfo(dtype)
                    stored = np.clip(round(value / affine[0]) + affine[1], info.min, info.max)
                filling = Tensor("value", np.array([stored], dtype), *affine, constant=True)
                cases.add("pad", attributes, [x], y, BuiltinOperator.PADV2, options("PadV2Options"),
                          litert_inputs=[x, counts, filling])


def transposes(folder):
    with cases_of(folder, "transpose", 19) as cases:
        for dtype, forms in ((np.int8, (([3, 4], [1, 0]), ([2, 3, 4, 5], [0, 3, 1, 2]), ([2, 3, 4, 5], [3, 2, 1, 0]),
                                        ([2, 3, 4], [2, 0, 1]))),
                             (np.int16, (([3, 4], [1, 0]), ([2, 3, 2, 4], [0, 2, 3, 1]))),
                             (np.float32, (([3, 4], [1, 0]), ([2, 3, 2, 2], [1, 0, 3, 2])))):
            for shape, perm in forms:
                affine = (None, 0) if dtype == np.float32 else (cases.scale(), 0)
                x = Tensor("x", cases.values(shape, dtype), *affine)
                cases.add("transpose", {"perm": perm}, [x],
                          Tensor("y", np.zeros([shape[axis] for axis in perm], dtype), *affine),
                          BuiltinOperator.TRANSPOSE, options("TransposeOptions"),
                          litert_inputs=[x, Tensor("perm", np.array(perm, np.int32), constant=True)])


def concats(folder):
    with cases_of(folder, "concat", 20) as cases:
        for dtype in (np.int8, np.int16):
            for axis, shapes in ((0, [[2, 3], [4, 3]]), (1, [[2, 3], [2, 5], [2, 1]]), (3, [[1, 2, 3, 4], [1, 2, 3, 2]])):
                affine = affine_of(cases, dtype)
                parts = [Tensor(f"x{i}", cases.values(shape, dtype), *affine) for i, shape in enumerate(shapes)]
                out = list(shapes[0])
                out[axis] = sum(shape[axis] for shape in shapes)
                cases.add("concat", {"axis": axis}, parts, Tensor("y", np.zeros(out, dtype), *affine),
                          BuiltinOperator.CONCATENATION, options("ConcatenationOptions", axis=axis))


def reshapes(folder):
    with cases_of(folder, "reshape", 26) as cases:
        for dtype in (np.int8, np.float32, np.int16):
            for shape, to in (([2, 3, 4], [6, 4]), ([12], [1, 3, 4, 1])):
                affine = affine_of(cases, dtype)
                assert math.prod(shape) == math.prod(to)
                cases.add("reshape", {"shape": to}, [Tensor("x", cases.values(shape, dtype), *affine)],
                          Tensor("y", np.zeros(to, dtype), *affine), BuiltinOperator.RESHAPE,
                          options("ReshapeOptions", newShape=to))


def write(folder):
    means(folder)
    softmaxes(folder)
    pads(folder)
    transposes(folder)
    concats(folder)
    reshapes(folder)
