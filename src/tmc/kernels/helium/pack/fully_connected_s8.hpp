// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// An input row is a row of dot products.

#include "tmc/kernels/helium/fully_connected_s8.hpp"
#include "tmc/kernels/helium/pack/dot_rows.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<helium::FullyConnectedS8>, const FullyConnectedS8::Params& p,
                  std::span<const ConstantView> views) {
  return helium::pack_dot_rows(views, p.input_zero_point);
}

}  // namespace tmc::kernels
