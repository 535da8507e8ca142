// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights of the float products in the order of detail/float_tile.hpp.

#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// From [channels, inputs] to [blocks of four channels][groups of four inputs][4 inputs][4 channels].
template <typename T>
std::vector<T> to_blocks(const std::vector<T>& weights, size_t channels, size_t inputs) {
  const size_t filled = (inputs + 3) / 4 * 4;
  std::vector<T> blocks((channels + 3) / 4 * 4 * filled);
  for (size_t channel = 0; channel < channels; ++channel) {
    for (size_t i = 0; i < inputs; ++i) {
      blocks[(channel / 4 * filled + i) * 4 + channel % 4] = weights[channel * inputs + i];
    }
  }
  return blocks;
}

// constants: weights f32 or f16 [channels, inputs], bias f32 [channels]. The bias is filled up to blocks of four too.
inline std::vector<Blob> pack_float_blocks(Constants constants) {
  std::vector<float> bias = constants[1].to_vector<float>();
  const size_t channels = bias.size();
  const size_t inputs = constants[0].bytes.size() / dtype_bytes(constants[0].dtype) / channels;
  Blob weights = constants[0].dtype == DType::kF16
                     ? make_blob(DType::kF16, to_blocks(constants[0].to_vector<uint16_t>(), channels, inputs))
                     : make_blob(DType::kF32, to_blocks(constants[0].to_vector<float>(), channels, inputs));
  bias.resize((channels + 3) / 4 * 4);
  return {std::move(weights), make_blob(DType::kF32, bias)};
}

}  // namespace tmc::kernels::armv7em
