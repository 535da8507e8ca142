// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The table as the model has it.

#include "tmc/kernels/portable/pack/table.hpp"
#include "tmc/kernels/portable/sigmoid_s16.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<portable::SigmoidS16>, const SigmoidS16::Params&, std::span<const ConstantView> constants) {
  return portable::pack_tables(constants);
}

}  // namespace tmc::kernels
