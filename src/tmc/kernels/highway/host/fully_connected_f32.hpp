// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementation of highway/fully_connected_f32.hpp.

#include "tmc/kernels/highway/detail/float_rows.hpp"
#include "tmc/kernels/highway/fully_connected_f32.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::highway {

inline Blobs pack(Of<FullyConnectedF32>, const FullyConnectedF32::Params& p, Constants constants) {
  constexpr auto kLanes = static_cast<size_t>(kFloatBlock);
  const auto weights = constants[0].to_vector<float>();
  auto bias = constants[1].to_vector<float>();
  const auto inputs = static_cast<size_t>(p.inputs);
  const size_t outputs = bias.size(), blocks = (outputs + kLanes - 1) / kLanes;
  std::vector<float> packed(blocks * kLanes * inputs);
  for (size_t o = 0; o < outputs; ++o) {
    for (size_t i = 0; i < inputs; ++i) {
      packed[(o / kLanes * inputs + i) * kLanes + o % kLanes] = weights[o * inputs + i];
    }
  }
  bias.resize(blocks * kLanes);
  return {{make_blob(DType::kF32, packed), make_blob(DType::kF32, bias)}};
}

}  // namespace tmc::kernels::highway
