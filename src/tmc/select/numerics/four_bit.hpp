// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Layers whose int8 weights four bits hold (kernels/host/four_bit_groups.hpp): however they came to be, they are stored
// in half the bytes. In the graph they are weights like others.

#include "tmc/kernels/contract/conv2d_s4.hpp"
#include "tmc/select/lowering.hpp"

namespace tmc::select {

// Emits conv2d_s4 where the weights are of that form; false: they are not, or the convolution has groups of channels.
// `params` and `constants` are those of conv2d_s8.
Result<bool> emit_four_bit(Lowering& lowering, const kernels::Conv2dS8::Params& params,
                           const std::vector<kernels::Blob>& constants);

}  // namespace tmc::select
