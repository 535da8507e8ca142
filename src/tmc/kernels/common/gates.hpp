// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What implementations of recurrent kernels (contract/recurrent_f32.hpp, contract/recurrent_s8.hpp) share.

#include "tmc/kernels/kernel.hpp"

namespace tmc::kernels {

// The new state over the old one.
constexpr Overlap kSamePlace{Overlap::Kind::kSameBegin, 0};

// Of an integer LSTM, in their order; a gate's number has so many integer bits.
constexpr int32_t kInputGate = 0, kOutputGate = 1, kForgetGate = 2, kCellGate = 3;
constexpr int32_t kGateBits = 3;

}  // namespace tmc::kernels
