// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Lays constants out as highway/detail/int8_layers.hpp describes. Constants: weights i8, bias i32, multiplier i32,
// shift i32, one of each an output. nullopt where a channel has a multiplier or a shift that no importer makes.

#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::highway {

// Weights [outputs, runs, values], for inputs less the zero point; every run is filled up to whole quads.
Blobs pack_rows(int32_t outputs, int32_t runs, int32_t values, int32_t zero_point, int32_t output_zero_point,
                Constants constants);

// Weights [outputs, inputs] of rows that are quantised at run time, with their sums before them; scales and biases of
// the outputs are filled up to whole blocks. Constants: weights i8, weight_scale f32, bias f32.
Blobs pack_hybrid_rows(int32_t outputs, int32_t inputs, Constants constants);

// Weights [channels, taps], likewise.
Blobs pack_taps(int32_t channels, int32_t taps, int32_t zero_point, int32_t output_zero_point, Constants constants);

}  // namespace tmc::kernels::highway
