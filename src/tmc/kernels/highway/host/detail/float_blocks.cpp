// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/kernels/highway/host/detail/float_blocks.hpp"

#include <algorithm>

#include "tmc/base/float16.hpp"
#include "tmc/kernels/highway/detail/float_layers.hpp"

namespace tmc::kernels::highway {
namespace {

std::vector<float> to_floats(const ConstantView& weights) {
  if (weights.dtype != DType::kF16) return weights.to_vector<float>();
  const auto halves = weights.to_vector<uint16_t>();
  std::vector<float> values(halves.size());
  std::ranges::transform(halves, values.begin(), widen_f16);
  return values;
}

}  // namespace

Blobs pack_float_rows(int32_t outputs, int32_t groups, Constants constants) {
  const std::vector<float> weights = to_floats(constants[0]);
  const auto bias = constants[1].to_vector<float>();
  const size_t inputs = weights.size() / static_cast<size_t>(outputs);
  const auto in_group = static_cast<size_t>(outputs / groups);
  const auto in_blocks = static_cast<size_t>(float_blocks(outputs / groups) * kOutputBlock);
  std::vector<float> blocks(static_cast<size_t>(groups) * in_blocks * inputs);
  std::vector<float> begins(static_cast<size_t>(groups) * in_blocks);
  for (size_t o = 0; o < static_cast<size_t>(outputs); ++o) {
    const size_t place = o / in_group * in_blocks + o % in_group;
    begins[place] = bias[o];
    float* const to = blocks.data() + place / kOutputBlock * kOutputBlock * inputs + place % kOutputBlock;
    for (size_t i = 0; i < inputs; ++i) to[i * kOutputBlock] = weights[o * inputs + i];
  }
  return {{make_blob(DType::kF32, blocks), make_blob(DType::kF32, begins)}};
}

}  // namespace tmc::kernels::highway
