// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The operator of the graph that is a reduction over axes (function/function.hpp).

#include <tuple>
#include <vector>

#include "tmc/function/function.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::ops {

template <typename F>
struct ReductionOp {
  using Function = F;
  static constexpr const char* kName = F::kName;
  static constexpr const char* kDoc = F::kDoc;

  std::vector<int64_t> axes;
  bool keep_dims = false;

  static constexpr auto fields() {
    return std::tuple{Field{"axes", &ReductionOp::axes}, Field{"keep_dims", &ReductionOp::keep_dims}};
  }

  static Inferred infer(const ReductionOp& op, const InferInputs& in) {
    if (F::kHasOneAxis && op.axes.size() != 1)
      return error(Error::kMalformed, "it has {} axes, not one", op.axes.size());
    TMC_ASSIGN(const Shape shape, reduced_shape(in, op.axes, op.keep_dims));
    using First = typename F::Types::First;
    using Result = function::Result<F, First>;
    return std::vector<TensorType>{{std::is_same_v<Result, First> ? in[0].dtype : kDTypeOf<Result>, shape}};
  }
};

}  // namespace tmc::ops
