// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of portable/conv2d_hybrid_s4.hpp.

#include "tmc/kernels/host/leaning_groups.hpp"
#include "tmc/kernels/portable/conv2d_hybrid_s4.hpp"
#include "tmc/kernels/portable/host/detail/terms.hpp"

namespace tmc::kernels::portable {

inline Blobs pack(Of<Conv2dHybridS4>, const Conv2dHybridS4::Params& p, Constants constants) {
  const auto split =
      split_leaning_groups(constants[0].to_vector<int8_t>(), static_cast<size_t>(kernels::Conv2dHybridS4::inputs(p)),
                           static_cast<size_t>(p.group_inputs));
  if (!split) return std::nullopt;
  std::vector<uint8_t> packed((split->integers.size() + 1) / 2);
  for (size_t i = 0; i < split->integers.size(); ++i) {
    packed[i / 2] = static_cast<uint8_t>(packed[i / 2] | split->integers[i] << (i % 2 * 4));
  }
  for (size_t i = 0; i < split->multipliers.size(); ++i) {
    packed.push_back(static_cast<uint8_t>(split->multipliers[i] | split->zero_points[i] << 4));
  }
  return {{make_blob(DType::kI8, packed), make_blob(DType::kF32, constants[1].to_vector<float>()),
           make_blob(DType::kF32, constants[2].to_vector<float>())}};
}

// What its work is linear in: detail/terms.hpp.
inline CostFeatures cost_features(Of<Conv2dHybridS4>, const Conv2dHybridS4::Params& p) {
  return window_terms(kernels::Conv2dHybridS4::in_bytes(p));
}

}  // namespace tmc::kernels::portable
