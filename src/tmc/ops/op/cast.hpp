// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Cast {
  static constexpr const char* kName = "cast";
  static constexpr const char* kDoc =
      "The elements as another dtype. Reals lose what is behind the point and are limited to what an integer holds, "
      "integers keep their lowest bits, and what is not zero is true.";

  DType to = DType::kF32;

  static constexpr auto fields() { return std::tuple{Field{"to", &Cast::to}}; }

  static Inferred infer(const Cast& op, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 1, 1));
    return std::vector<TensorType>{{op.to, in[0].shape}};
  }
};

}  // namespace tmc::ops
