// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A window is a row of dot products; its weights lie as the model has them.

#include "tmc/kernels/helium/conv2d_s8.hpp"
#include "tmc/kernels/helium/pack/dot_rows.hpp"

namespace tmc::kernels {

inline Blobs pack(Tag<helium::Conv2dS8>, const Conv2dS8::Params& p, std::span<const ConstantView> views) {
  return helium::pack_dot_rows(views, p.input_zero_point);
}

}  // namespace tmc::kernels
