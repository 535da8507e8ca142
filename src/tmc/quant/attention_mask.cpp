// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/attention_mask.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/ops/op/attention.hpp"
#include "tmc/ops/op/quantize.hpp"

namespace tmc::quant {

Result<ir::ValueId> integer_mask(ir::Graph& graph, ir::NodeId node, ir::ValueId mask) {
  if (mask == ir::ValueId::kNone || graph.value(mask).type.dtype != DType::kF32) return mask;
  const Quantization units = Quantization::per_tensor(static_cast<float>(ops::Attention::kScoreUnit), 0);
  const std::string name = graph.value(mask).name + "_in_units";
  if (!graph.value(mask).is_constant()) {
    return graph.insert(node, name, ops::Quantize{.dtype = DType::kI16, .ties_to_even = true}, {mask}, units);
  }
  std::vector<int16_t> integers;
  for (const float real : graph.value(mask).data->to_vector<float>()) {
    const double in_units = std::isnan(real) ? 0 : std::round(static_cast<double>(real) / ops::Attention::kScoreUnit);
    integers.push_back(static_cast<int16_t>(std::clamp<double>(in_units, INT16_MIN, INT16_MAX)));
  }
  return graph.add_constant(name, {DType::kI16, graph.value(mask).type.shape}, ir::TensorData::of<int16_t>(integers),
                            units);
}

}  // namespace tmc::quant
