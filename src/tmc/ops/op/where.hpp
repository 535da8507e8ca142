// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

struct Where {
  static constexpr const char* kName = "where";
  static constexpr const char* kDoc =
      "Elements of the second operand where the first, of truth values, is true, and of the third elsewhere. All "
      "three broadcast.";

  static constexpr auto fields() { return std::tuple{}; }

  static Inferred infer(const Where&, const InferInputs& in) {
    TMC_TRY(check_inputs(in, 3, 3));
    if (in[0].dtype != DType::kBool) return error(Error::kMalformed, "the condition is {}", dtype_name(in[0].dtype));
    if (in[1].dtype != in[2].dtype) {
      return error(Error::kMalformed, "the alternatives are {} and {}", dtype_name(in[1].dtype),
                   dtype_name(in[2].dtype));
    }
    TMC_ASSIGN(const Shape alternatives, broadcast(in[1].shape, in[2].shape));
    TMC_ASSIGN(const Shape shape, broadcast(in[0].shape, alternatives));
    return std::vector<TensorType>{{in[1].dtype, shape}};
  }
};

}  // namespace tmc::ops
