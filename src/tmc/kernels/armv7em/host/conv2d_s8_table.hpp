// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants of the implementations of armv7em/conv2d_s8_table.hpp; their work is linear in what the others' is.

#include "tmc/kernels/armv7em/conv2d_s8_table.hpp"
#include "tmc/kernels/armv7em/host/conv2d_s8.hpp"
#include "tmc/kernels/armv7em/host/conv2d_s8_pixels.hpp"
#include "tmc/kernels/host/table_after.hpp"

namespace tmc::kernels::armv7em {

template <typename Plain>
Blobs pack(Of<TableAfter<Plain>>, const Conv2dS8::Params& p, Constants constants) {
  return pack_before_table<Plain>(p, constants);
}

}  // namespace tmc::kernels::armv7em
