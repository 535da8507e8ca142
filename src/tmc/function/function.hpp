// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What a function of one real is. Freestanding.
//
// A function (function/unary/NAME.hpp) is a struct named after its file in CamelCase, and all that there is about the
// operator NAME of the graph: from the folder the build makes its shape rule, its importers with constant folding, its
// exporter, its lowering, and a kernel of this function alone.
//
//   struct Elu : Function {
//     static constexpr const char* kName = "elu";
//     static constexpr const char* kDoc = "...";
//     static constexpr const char* kOnnx = "Elu";
//     static constexpr const char* kTflite = "elu";
//     static constexpr Attribute kAttributes[] = {{"alpha", 1}};
//     static constexpr double kUlps = 3;
//     template <typename Real> static Real apply(Real x, Real alpha);  // float on devices, double on the host
//   };
//
// What it does not say of itself is as in Function. A file of the same name in a folder of operators (ops/op,
// frontend/*/op, exporter/*/op, select/lower) is in place of what would be made there. Functions that such files lower
// to, and that are no operators, are in function/lowered/.

#include <stddef.h>
#include <stdint.h>

namespace tmc::function {

struct Attribute {
  const char* name;
  double otherwise;
};
inline constexpr size_t kMostAttributes = 2;

struct Function {
  // The operators of the formats; null where they have none. TFLite's in lower case.
  static constexpr const char* kOnnx = nullptr;
  static constexpr const char* kTflite = nullptr;
  // As ONNX calls them, in the order of the arguments of `apply`, at most kMostAttributes.
  static constexpr Attribute kAttributes[] = {{nullptr, 0}};
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

template <typename F>
constexpr size_t attribute_count() {
  return F::kAttributes[0].name == nullptr ? 0 : sizeof(F::kAttributes) / sizeof(Attribute);
}

template <typename F, typename Real>
Real evaluate(Real x, const Real (&attributes)[kMostAttributes]) {
  constexpr size_t kCount = attribute_count<F>();
  static_assert(kCount <= kMostAttributes, "kernels pass no more");
  if constexpr (kCount == 0) {
    return F::apply(x);
  } else if constexpr (kCount == 1) {
    return F::apply(x, attributes[0]);
  } else {
    return F::apply(x, attributes[0], attributes[1]);
  }
}

}  // namespace tmc::function
