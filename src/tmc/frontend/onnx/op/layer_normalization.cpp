// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <numeric>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/ops/functions.hpp"

namespace tmc::frontend::onnx_format {

// In the steps that its function body in ONNX's specification has (opset 17): centred, divided by the deviation, times
// scale, plus bias. The second and third output are the mean and the inverse of the deviation.
Status import_layer_normalization(ImportContext& context) {
  TMC_ASSIGN(const ir::ValueId input, context.input(0));
  TMC_ASSIGN(const double epsilon, context.attributes().real("epsilon", 1e-5));
  TMC_ASSIGN(const int64_t given, context.attributes().integer("axis", -1));
  const int rank = context.type(input).shape.rank();
  const int64_t axis = given < 0 ? given + rank : given;
  if (axis < 0 || axis >= rank) return error(Error::kMalformed, "axis {} of a tensor of rank {}", given, rank);
  std::vector<int64_t> axes(static_cast<size_t>(rank - axis));
  std::iota(axes.begin(), axes.end(), axis);
  const ops::Mean mean{.axes = axes, .keep_dims = true};
  TMC_ASSIGN(const ir::ValueId centre, context.append("_mean", mean, {input}));
  TMC_ASSIGN(const ir::ValueId centred, context.append("_centred", ops::Sub{}, {input, centre}));
  TMC_ASSIGN(const ir::ValueId squares, context.append("_squares", ops::Mul{}, {centred, centred}));
  TMC_ASSIGN(const ir::ValueId variance, context.append("_variance", mean, {squares}));
  TMC_ASSIGN(const ir::ValueId raised,
             context.append("_raised", ops::Add{},
                            {variance, context.append_scalar("_epsilon", static_cast<float>(epsilon))}));
  TMC_ASSIGN(const ir::ValueId deviation, context.append("_deviation", ops::Sqrt{}, {raised}));
  TMC_ASSIGN(const ir::ValueId normalized, context.append("_normalized", ops::Div{}, {centred, deviation}));
  if (context.has_output(1)) TMC_TRY(context.finish_output(1, ops::Mean{.axes = axes, .keep_dims = true}, {input}));
  if (context.has_output(2)) {
    TMC_TRY(context.finish_output(2, ops::Div{}, {context.append_scalar("_one", 1), deviation}));
  }
  TMC_ASSIGN(const ir::ValueId scale, context.input(1));
  if (!context.has_input(2)) return context.finish(ops::Mul{}, {normalized, scale});
  TMC_ASSIGN(const ir::ValueId scaled, context.append("_scaled", ops::Mul{}, {normalized, scale}));
  TMC_ASSIGN(const ir::ValueId bias, context.input(2));
  return context.finish(ops::Add{}, {scaled, bias});
}

}  // namespace tmc::frontend::onnx_format
