// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The tables as the model has them.

#include "tmc/kernels/portable/pack/table.hpp"
#include "tmc/kernels/portable/pixels_s8.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<portable::PixelsS8>, const PixelsS8::Params&, std::span<const ConstantView> constants) {
  return portable::pack_tables(constants);
}

}  // namespace tmc::kernels
