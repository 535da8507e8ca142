// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Weights as the model has them; channels as records.

#include "tmc/kernels/portable/conv2d_s16.hpp"
#include "tmc/kernels/portable/pack/channel.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<portable::Conv2dS16>, const Conv2dS16::Params&, std::span<const ConstantView> constants) {
  return portable::pack_weights_and_channels(constants);
}

}  // namespace tmc::kernels
