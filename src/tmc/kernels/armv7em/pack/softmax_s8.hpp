// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The exponentials of all 256 differences, from the largest difference to 0.

#include "tmc/kernels/armv7em/softmax_s8.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<armv7em::SoftmaxS8>, const SoftmaxS8::Params&, std::span<const ConstantView> constants) {
  auto exponentials = constants[0].to_vector<int32_t>();
  exponentials.resize(armv7em::SoftmaxS8::kDifferences);
  return {{make_blob(DType::kI32, std::vector(exponentials.rbegin(), exponentials.rend()), /*is_table=*/true)}};
}

}  // namespace tmc::kernels
