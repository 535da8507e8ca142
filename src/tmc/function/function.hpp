// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a function of elements is. Freestanding.
//
// A function (function/unary/NAME.hpp of one operand, function/binary/NAME.hpp of two that broadcast,
// function/reduction/NAME.hpp of all along axes) is a struct named after its file in CamelCase, and all that there is
// about the operator NAME of the graph: from the folders the build makes its shape rule, its importers with constant
// folding, its exporter, its lowering, and a kernel of this function alone for each type of elements.
//
//   struct Elu : Function {
//     static constexpr const char* kName = "elu";
//     static constexpr const char* kDoc = "...";
//     static constexpr const char* kOnnx = "Elu";
//     static constexpr const char* kTflite = "elu";
//     static constexpr Attribute kAttributes[] = {{"alpha", 1}};
//     static constexpr double kUlps = 3;
//     template <typename T> static T apply(T x, T alpha);  // float on devices, double on the host
//   };
//
// What it does not say of itself is as in Function, BinaryFunction or ReductionFunction. A file of the same name in a
// folder of operators (ops/op, frontend/tflite/op, exporter/*/op, select/lower), or called after its operator of ONNX
// (frontend/onnx/op), is in place of what would be made there. Functions that such files lower to, and that are no
// operators, are in function/lowered/.

#include <stddef.h>
#include <stdint.h>

#include "tmc/function/types.hpp"

namespace tmc::function {

struct Attribute {
  const char* name;
  double otherwise;
  bool is_integer = false;  // in ONNX, where others are real numbers
};
inline constexpr size_t kMostAttributes = 2;

struct Function {
  static constexpr int32_t kOperands = 1;
  // The types of elements that it is defined for; all operands have the same, and the result as well where `apply` does
  // not give a bool.
  using Types = Reals;
  // The operators of the formats; null where they have none. TFLite's in lower case.
  static constexpr const char* kOnnx = nullptr;
  static constexpr const char* kTflite = nullptr;
  // As ONNX calls them, in the order of the arguments of `apply`, at most kMostAttributes.
  static constexpr Attribute kAttributes[] = {{nullptr, 0}};
  // Quantised elements keep enough of the result for `--quantize` to compute it on them, by a table.
  static constexpr bool kHasTable = false;
  // No result lies outside.
  static constexpr double kLow = -__builtin_inf();
  static constexpr double kHigh = __builtin_inf();
  // Never falls.
  static constexpr bool kMonotone = false;
  // The largest error of the float form from kSmallest to kLargest, in units in the last place of the exact result; a
  // result below kLeast counts as that large.
  static constexpr double kUlps = 1;
  static constexpr double kLeast = 0;
  static constexpr double kSmallest = -1e4;
  static constexpr double kLargest = 1e4;
  // An element's, estimated.
  static constexpr double kInstructions = 60;
};

struct BinaryFunction : Function {
  static constexpr int32_t kOperands = 2;
  static constexpr double kUlps = 0.5;
  static constexpr double kInstructions = 14;
  // The operator has the attribute `activation`, a clamp of its result.
  static constexpr bool kHasActivation = false;
  // It asks for the order of its operands only, so that integers of one scale stand for their reals.
  static constexpr bool kComparesOnly = false;
  // ONNX has it of any number of operands, joined from the left.
  static constexpr bool kVariadic = false;
  // The second operand with which the first is the result (0 has no sign); no number where there is none.
  static constexpr double kNeutral = __builtin_nan("");
};

// A function of all elements along axes (function/reduction/NAME.hpp), which are taken one after the other:
//
//   struct ReduceL2 : ReductionFunction {
//     ...
//     template <typename T> static T step(T state, T x) { return state + x * x; }
//     template <typename T> static T finish(T state, int32_t count) { return sqrt_of(state); }
//   };
//
// `init<T>()` gives the first state, of any type, and `finish` of the last one the result.
struct ReductionFunction : Function {
  static constexpr int32_t kOperands = 0;  // any number
  static constexpr double kInstructions = 6;
  // It asks for the order of elements only, so that integers of one scale stand for their reals.
  static constexpr bool kComparesOnly = false;
  // The formats reduce along one axis of it, not any.
  static constexpr bool kHasOneAxis = false;
  // From this opset on ONNX has the axes as an input.
  static constexpr int64_t kAxesAreInputSince = 18;

  template <typename T>
  static T init() {
    return T(0);
  }

  template <typename T>
  static T finish(T state, int32_t /*count*/) {
    return state;
  }
};

template <typename F>
constexpr size_t attribute_count() {
  return F::kAttributes[0].name == nullptr ? 0 : sizeof(F::kAttributes) / sizeof(Attribute);
}

inline constexpr float kNoAttributes[kMostAttributes] = {};

template <typename F, typename T, typename A>
auto evaluate(T x, const A (&attributes)[kMostAttributes]) {
  constexpr size_t kCount = attribute_count<F>();
  static_assert(kCount <= kMostAttributes, "kernels pass no more");
  if constexpr (kCount == 0) {
    return F::apply(x);
  } else if constexpr (kCount == 1) {
    return F::apply(x, static_cast<T>(attributes[0]));
  } else {
    return F::apply(x, static_cast<T>(attributes[0]), static_cast<T>(attributes[1]));
  }
}

// The type of what F makes of elements of type T.
template <typename F, typename T, int32_t kOperands = F::kOperands>
struct ResultOf {
  using Type = decltype(evaluate<F>(T{}, kNoAttributes));
};
template <typename F, typename T>
struct ResultOf<F, T, 2> {
  using Type = decltype(F::apply(T{}, T{}));
};
template <typename F, typename T>
struct ResultOf<F, T, 0> {
  using Type = decltype(F::finish(F::template init<T>(), 1));
};
template <typename F, typename T>
using Result = typename ResultOf<F, T>::Type;

// Whether F makes a real of a real: then it has a table for quantised elements.
template <typename F>
constexpr bool is_real_function() {
  if constexpr (F::kOperands == 1 && kIsReal<typename F::Types::First>) return kIsReal<Result<F, float>>;
  return false;
}

}  // namespace tmc::function
