// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Fully connected layer over int16 activations (detail/int16_product.hpp) for sums that `pack` proves to have 32 bits.

#include "tmc/kernels/armv7em/detail/int16_product.hpp"

namespace tmc::kernels::armv7em {

struct FullyConnectedS16 : Int16Product<ShortChannel> {};

// Fully connected layer over int16 activations (detail/int16_product.hpp) for any weights, biases and multipliers.
struct FullyConnectedS16Wide : Int16Product<LongChannel> {};

}  // namespace tmc::kernels::armv7em
