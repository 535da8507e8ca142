// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Local response normalisation (Krizhevsky, Sutskever and Hinton 2012): x / (bias + weight * sum)^beta, where the sum
// is of the squares at neighbouring channels. That is a mean over a window along the channels whose padding counts.

#include <algorithm>
#include <string>

#include "tmc/base/host/status.hpp"
#include "tmc/ir/graph.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/reshape.hpp"

namespace tmc::frontend {

struct LocalResponse {
  int axis = 0;                   // of the channels
  int64_t before = 0, after = 0;  // neighbours of a channel, at least 0
  double weight = 1, bias = 1, beta = 1;
};

// Ends the node at hand with that of x, which is float.
template <typename ImportContext>
Status finish_local_response(ImportContext& context, ir::ValueId x, const LocalResponse& form) {
  const Shape shape = context.type(x).shape;
  if (context.type(x).dtype != DType::kF32) {
    return error(Error::kUnsupportedType, "it normalises {}", dtype_name(context.type(x).dtype))
        .with_hint("keep this layer in float32");
  }
  const int64_t channels = shape[form.axis];
  // Neighbours that no channel has need not be looked at.
  const int64_t before = std::clamp<int64_t>(form.before, 0, std::max<int64_t>(channels - 1, 0));
  const int64_t after = std::clamp<int64_t>(form.after, 0, std::max<int64_t>(channels - 1, 0));
  ops::AveragePool2d pool;
  pool.kernel_h = static_cast<int32_t>(before + after + 1);
  pool.pad_top = static_cast<int32_t>(before);
  pool.pad_bottom = static_cast<int32_t>(after);
  pool.count_include_pad = before + after > 0;
  const auto scalar = [&](const char* suffix, double value) {
    const auto real = static_cast<float>(value);
    return context.graph().add_constant(context.output_name() + suffix, {DType::kF32, {}},
                                        ir::TensorData::of(std::span<const float>(&real, 1)));
  };
  const std::vector<int64_t> image = {shape.elements(0, form.axis), channels,
                                      shape.elements(form.axis + 1, shape.rank()), 1};
  TMC_ASSIGN(ir::ValueId value, context.append("_squares", ops::Mul{}, {x, x}));
  TMC_ASSIGN(value, context.append("_image", ops::Reshape{image}, {value}));
  TMC_ASSIGN(value, context.append("_means", pool, {value}));
  TMC_ASSIGN(value, context.append("_shaped", ops::Reshape{{shape.begin(), shape.end()}}, {value}));
  TMC_ASSIGN(value, context.append("_weighted", ops::Mul{}, {value, scalar("_weight", form.weight * pool.kernel_h)}));
  TMC_ASSIGN(value, context.append("_raised", ops::Add{}, {value, scalar("_bias", form.bias)}));
  TMC_ASSIGN(value, context.append("_power", ops::Pow{}, {value, scalar("_beta", form.beta)}));
  return context.finish(ops::Div{}, {x, value});
}

}  // namespace tmc::frontend
