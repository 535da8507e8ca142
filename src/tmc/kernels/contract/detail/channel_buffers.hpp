// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Buffers of the contracts whose constants are weights and what belongs to an output channel.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

template <typename Element>
struct ChannelBuffers {
  const Element* input;
  const void* weights;  // as the implementation's pack lays them out
  const void*
      channels;  // bias, multiplier and shift of every output channel, as the implementation's pack lays them out
  Element* output;
  void* scratch;
};

// The same of weights that int8 does not hold.
struct WideChannelBuffers {
  const int8_t* input;
  const int16_t* weights;
  const void* channels;
  int8_t* output;
  void* scratch;
};

// The same of int8 outputs of which a table is looked up.
struct TableChannelBuffers {
  const int8_t* input;
  const void* weights;
  const void* channels;
  const int8_t* table;  // [256], of which element q + 128 is the output where it would be q without
  int8_t* output;
  void* scratch;
};

inline constexpr BufferInfo kTableChannelBuffers[] = {{"input", Role::kInput},       {"weights", Role::kConstant},
                                                      {"channels", Role::kConstant}, {"table", Role::kConstant},
                                                      {"output", Role::kOutput},     {"scratch", Role::kScratch}};

inline constexpr BufferInfo kChannelBuffers[] = {{"input", Role::kInput},
                                                 {"weights", Role::kConstant},
                                                 {"channels", Role::kConstant},
                                                 {"output", Role::kOutput},
                                                 {"scratch", Role::kScratch}};

}  // namespace tmc::kernels
