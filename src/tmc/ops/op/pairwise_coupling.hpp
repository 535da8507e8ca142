// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct PairwiseCoupling {
  static constexpr const char* kName = "pairwise_coupling";
  static constexpr const char* kDoc =
      "Probabilities of classes from those of pairs of them (Wu, Lin and Weng, Probability Estimates for Multi-class "
      "Classification by Pairwise Coupling, 2004; libsvm). Input: f32 [rows, pairs], of each pair (i, j), i before j, "
      "in "
      "the order of i and then j, how probable i is of the two, above 0 and below 1. Output: f32 [rows, classes], "
      "which "
      "sum to 1.";
  static constexpr int64_t kMostClasses = 256;

  int64_t classes = 2;

  static constexpr auto fields() { return std::tuple{Field{"classes", &PairwiseCoupling::classes}}; }

  static Inferred infer(const PairwiseCoupling& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    TMC_TRY(check_rank(in[0], 2, "input"));
    if (in[0].dtype != DType::kF32) return error(Error::kUnsupportedType, "its input is not f32");
    if (op.classes < 2 || op.classes > kMostClasses || in[0].shape[1] != op.classes * (op.classes - 1) / 2) {
      return error(Error::kMalformed, "it has {} pairs of {} classes", in[0].shape[1], op.classes);
    }
    return std::vector<TensorType>{{DType::kF32, Shape::of(in[0].shape[0], op.classes)}};
  }
};

}  // namespace tmc::ops
