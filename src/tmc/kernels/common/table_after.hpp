// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Layers of which a table is looked up in every output (contract/conv2d.hpp, contract/fully_connected.hpp).

#include "tmc/kernels/contract/detail/channel_buffers.hpp"

namespace tmc::kernels {

inline ChannelBuffers<int8_t> without_table(const TableChannelBuffers& b) {
  return {b.input, b.weights, b.channels, b.output, b.scratch};
}

// By the value itself.
inline const int8_t* centre_of(const int8_t* table) {
  return table + 128;
}

inline void look_up(const int8_t* table, int8_t* values, int32_t count) {
  for (int32_t i = 0; i < count; ++i) values[i] = centre_of(table)[values[i]];
}

// Whether outputs have all of int8: a layer clamps them before they are looked up, which a table does as well.
template <typename Params>
constexpr bool has_full_range(const Params& p) {
  return p.activation_min <= -128 && p.activation_max >= 127;
}

}  // namespace tmc::kernels
