# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Cases of operators on plain integers and truth values, and of those that compare or reduce."""

import numpy as np

from cases import cases_of
from single_op import BuiltinOperator, Tensor, options, schema

SHAPES = [([3, 1, 5], [4, 1]), ([7], [7]), ([2, 3, 4], [1])]
ARITHMETIC = {"add": "AddOptions", "sub": "SubOptions", "mul": "MulOptions", "div": "DivOptions"}
PAIRS = {"add": [np.int32, np.int64], "sub": [np.int32, np.int64], "mul": [np.int32, np.int64], "div": [np.int32],
         "floor_div": [np.int32], "mod": [np.int32, np.int64], "pow": [np.int32], "max": [np.int32, np.int64],
         "min": [np.int32, np.int64], "bitwise_xor": [np.int8, np.int32]}
COMPARISONS = ("equal", "not_equal", "less", "less_or_equal", "greater", "greater_or_equal")
BUILTINS = {"mod": "FLOOR_MOD", "max": "MAXIMUM", "min": "MINIMUM", "less_or_equal": "LESS_EQUAL",
            "greater_or_equal": "GREATER_EQUAL", "reduce_sum": "SUM", "where": "SELECT_V2"}
REDUCTIONS = {"reduce_sum": [np.int32, np.int64], "reduce_max": [np.int32, np.int64], "reduce_min": [np.int32, np.int64],
              "reduce_prod": [np.int32], "reduce_any": [np.bool_], "reduce_all": [np.bool_]}


def builtin(op):
    return getattr(BuiltinOperator, BUILTINS.get(op, op.upper()))


def small(cases, shape, dtype, least=-9):
    if dtype == np.bool_:
        return cases.rng.integers(0, 2, shape).astype(dtype)
    return cases.rng.integers(least, 10, shape).astype(dtype)


def pairs(folder):
    with cases_of(folder, "plain_pairs", 301) as cases:
        for op, dtypes in PAIRS.items():
            for dtype in dtypes:
                for shape_a, shape_b in SHAPES:
                    a, b = small(cases, shape_a, dtype), small(cases, shape_b, dtype, 0 if op == "pow" else -9)
                    if op in ("div", "floor_div", "mod"):
                        b[b == 0] = 3
                    output = Tensor("y", np.zeros(np.broadcast_shapes(shape_a, shape_b), dtype))
                    chosen = options(ARITHMETIC[op]) if op in ARITHMETIC else None
                    cases.add(op, {}, [Tensor("a", a), Tensor("b", b)], output, builtin(op), chosen)
        for op in ("logical_and", "logical_or"):
            for shape_a, shape_b in SHAPES:
                inputs = [Tensor(name, small(cases, shape, np.bool_)) for name, shape in zip("ab", (shape_a, shape_b))]
                output = Tensor("y", np.zeros(np.broadcast_shapes(shape_a, shape_b), np.bool_))
                cases.add(op, {}, inputs, output, builtin(op))


def comparisons(folder):
    """Also of quantised elements of one scale, which compare as their reals do."""
    with cases_of(folder, "plain_comparisons", 302) as cases:
        for op in COMPARISONS:
            for dtype in (np.int32, np.int64, np.float32, np.int8):
                affine = (0.25, 3) if dtype == np.int8 else (None, 0)
                for shape_a, shape_b in SHAPES:
                    inputs = [Tensor(name, small(cases, shape, dtype), *affine) for name, shape in zip("ab", (shape_a, shape_b))]
                    output = Tensor("y", np.zeros(np.broadcast_shapes(shape_a, shape_b), np.bool_))
                    cases.add(op, {}, inputs, output, builtin(op))
        for op in ("max", "min"):
            inputs = [Tensor(name, cases.values([20]), 0.1, -5) for name in "ab"]
            cases.add(op, {}, inputs, Tensor("y", np.zeros(20, np.int8), 0.1, -5), builtin(op))


def reduced(cases, op, data, axes, keep_dims, affine=(None, 0), result=(None, 0)):
    shape = np.mean(data, axis=tuple(axes), keepdims=keep_dims).shape
    x = Tensor("x", data, *affine)
    cases.add(op, {"axes": axes, "keep_dims": keep_dims}, [x], Tensor("y", np.zeros(shape, data.dtype), *result),
              builtin(op), options("ReducerOptions", keepDims=keep_dims),
              [x, Tensor("axes", np.array(axes, np.int32), constant=True)])


def reductions(folder):
    with cases_of(folder, "plain_reductions", 303) as cases:
        for op, dtypes in REDUCTIONS.items():
            for dtype in dtypes:
                for axes, keep_dims in (([1], True), ([0, 2], False), ([2], False)):
                    reduced(cases, op, small(cases, [3, 4, 5], dtype), axes, keep_dims)
        for op in ("reduce_max", "reduce_min"):
            reduced(cases, op, cases.values([3, 4, 5]), [1], False, (0.1, 4), (0.1, 4))
    with cases_of(folder, "float_reductions", 304) as cases:
        for op in ("reduce_sum", "reduce_max", "reduce_min", "reduce_prod"):
            for axes, keep_dims in (([1], True), ([0, 2], False)):
                reduced(cases, op, cases.values([3, 4, 5], np.float32), axes, keep_dims)


def rearranged(cases):
    """Axes read backward, at indices, beyond their ends and in blocks."""
    def ints(name, values):
        return Tensor(name, np.array(values, np.int32), constant=True)

    def add(op, attributes, x, shape, code, chosen, *more):
        affine = (x.scale, x.zero_point) if x.data.dtype == np.int8 else ()
        cases.add(op, attributes, [x], Tensor("y", np.zeros(shape, x.data.dtype), *affine), getattr(BuiltinOperator, code),
                  chosen, [x, *more])

    for dtype in (np.int8, np.float32, np.int32):
        x = Tensor("x", small(cases, [1, 3, 4, 8], dtype), *((0.5, 1) if dtype == np.int8 else ()))
        add("slice", {"begins": [0, 2, 3, 0], "sizes": [1, 3, 4, 8], "steps": [1, -1, -1, 1]}, x, [1, 3, 4, 8], "REVERSE_V2",
            None, ints("axes", [1, 2]))
        add("slice", {"begins": [0, 2, 3, 1], "sizes": [1, 2, 2, 3], "steps": [1, -2, -3, 3]}, x, [1, 2, 2, 3], "STRIDED_SLICE",
            options("StridedSliceOptions", beginMask=0, endMask=6), ints("begins", [0, 2, 3, 1]), ints("ends", [1, 0, 0, 8]),
            ints("strides", [1, -2, -3, 3]))
        add("gather", {"axes": [2], "counts": [5], "indices": [3, 0, 0, 2, 1]}, x, [1, 3, 5, 8], "GATHER",
            options("GatherOptions", axis=2), ints("indices", [3, 0, 0, 2, 1]))
        if dtype != np.int32:
            add("gather", {"axes": [1, 2], "counts": [7, 6], "indices": [0, 0, 0, 1, 1, 2, 2, 0, 0, 1, 2, 2, 3]}, x, [1, 7, 6, 8],
                "RESIZE_NEAREST_NEIGHBOR", options("ResizeNearestNeighborOptions"), ints("size", [7, 6]))
            add("gather", {"axes": [1, 2], "counts": [5, 2], "indices": [0, 0, 1, 2, 2, 1, 3]}, x, [1, 5, 2, 8],
                "RESIZE_NEAREST_NEIGHBOR", options("ResizeNearestNeighborOptions", halfPixelCenters=True), ints("size", [5, 2]))
        for mode, rows, columns in ((0, [2, 1, 0, 1, 2, 1], [1, 0, 1, 2, 3]), (1, [1, 0, 0, 1, 2, 2], [0, 0, 1, 2, 3])):
            add("gather", {"axes": [1, 2], "counts": [6, 5], "indices": rows + columns}, x, [1, 6, 5, 8], "MIRROR_PAD",
                options("MirrorPadOptions", mode=mode), ints("pads", [[0, 0], [2, 1], [1, 0], [0, 0]]))
        add("depth_to_space", {"block": 2}, x, [1, 6, 8, 2], "DEPTH_TO_SPACE", options("DepthToSpaceOptions", blockSize=2))
        x = Tensor("x", small(cases, [2, 4, 6, 3], dtype), *((0.5, 1) if dtype == np.int8 else ()))
        add("space_to_depth", {"block": 2}, x, [2, 2, 3, 12], "SPACE_TO_DEPTH", options("SpaceToDepthOptions", blockSize=2))


def moves(folder):
    with cases_of(folder, "plain_moves", 305) as cases:
        for dtype in (np.int32, np.float32, np.int64):
            x = Tensor("x", small(cases, [2, 3, 1], dtype))
            times = Tensor("times", np.array([2, 1, 3], np.int32), constant=True)
            cases.add("tile", {"repeats": [2, 1, 3]}, [x], Tensor("y", np.zeros([4, 3, 3], dtype)), builtin("tile"), None,
                      [x, times])
            condition = Tensor("c", small(cases, [2, 1, 4], np.bool_))
            alternatives = [Tensor("a", small(cases, [2, 3, 4], dtype)), Tensor("b", small(cases, [3, 1], dtype))]
            cases.add("where", {}, [condition, *alternatives], Tensor("y", np.zeros([2, 3, 4], dtype)), builtin("where"),
                      options("SelectV2Options"))
        rearranged(cases)
        names = {np.float32: "f32", np.int32: "i32", np.int64: "i64", np.bool_: "bool"}
        for dtype in names:
            for to, name in names.items():
                if to != dtype:
                    cases.add("cast", {"to": name}, [Tensor("x", small(cases, [4, 5], dtype))],
                              Tensor("y", np.zeros([4, 5], to)), builtin("cast"))
        for op in ("arg_max", "arg_min"):
            for dtype in (np.float32, np.int8):
                x = Tensor("x", small(cases, [3, 4, 5], dtype), *((0.5, 1) if dtype == np.int8 else ()))
                axis = Tensor("axis", np.array(1, np.int32), constant=True)
                cases.add(op, {"axes": [1]}, [x], Tensor("y", np.zeros([3, 5], np.int64)), builtin(op),
                          options(f"Arg{op[4:].capitalize()}Options", outputType=schema.TensorType.INT64), [x, axis])


def write(folder):
    pairs(folder)
    comparisons(folder)
    reductions(folder)
    moves(folder)
