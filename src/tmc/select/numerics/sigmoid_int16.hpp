// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What `sigmoid` and `tanh` of int16 share: the kernel sigmoid_s16 with TFLite's table and rescaling.

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// The kernel's table.
std::vector<uint16_t> sigmoids_int16();

enum class SigmoidKind { kLogistic, kTanh };

// kUnsupportedType where the input's scale is beyond what the reference's 32 bits hold.
Status emit_sigmoid_int16(Lowering& lowering, SigmoidKind kind);

}  // namespace tmc::select
