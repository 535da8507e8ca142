// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The exponentials as the model has them, as a table.

#include "tmc/kernels/portable/pack/table.hpp"
#include "tmc/kernels/portable/softmax_s8.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<portable::SoftmaxS8>, const SoftmaxS8::Params&, std::span<const ConstantView> constants) {
  return portable::pack_tables(constants);
}

}  // namespace tmc::kernels
