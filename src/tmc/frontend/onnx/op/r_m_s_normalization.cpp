// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {

// x over the root of the mean of its squares, over the axes from `axis` on, times the scale.
Status import_r_m_s_normalization(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const ir::ValueId scale, context.input(1));
  const int rank = context.type(input).shape.rank();
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", -1));
  TMC_ASSIGN(const double epsilon, context.attributes().real("epsilon", 1e-5));
  TMC_ASSIGN(const int axis, ops::normalize_axis(given, rank));
  ops::Mean mean{.axes = {}, .keep_dims = true};
  for (int64_t next = axis; next < rank; ++next) mean.axes.push_back(next);
  TMC_ASSIGN(const ir::ValueId squares, context.append("_squares", ops::Mul{}, {input, input}));
  TMC_ASSIGN(const ir::ValueId power, context.append("_power", std::move(mean), {squares}));
  const ir::ValueId least = context.append_scalar("_epsilon", static_cast<float>(epsilon));
  TMC_ASSIGN(const ir::ValueId sum, context.append("_sum", ops::Add{}, {power, least}));
  TMC_ASSIGN(const ir::ValueId root, context.append("_root", ops::Sqrt{}, {sum}));
  TMC_ASSIGN(const ir::ValueId normalized, context.append("_normalized", ops::Div{}, {input, root}));
  return context.finish(ops::Mul{}, {normalized, scale});
}

}  // namespace tmc::frontend::onnx_format
