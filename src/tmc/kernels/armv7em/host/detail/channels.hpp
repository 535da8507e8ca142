// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Lays out bias and requantisation for the implementations of this folder, and proves what they rely on: that a sum has
// no more than 24 bits, for any input, and that the requantisation is exact (detail/channel.hpp). The input's zero
// point is folded into the bias, because padding is filled with it.

#include "tmc/kernels/armv7em/detail/single_rows.hpp"
#include "tmc/kernels/armv7em/host/detail/equal_channel.hpp"
#include "tmc/kernels/host/channel_constants.hpp"

namespace tmc::kernels::armv7em {

template <typename Params>
OutputRange output_range(const Params& p) {
  return {p.output_zero_point, p.activation_min, p.activation_max};
}

// nullopt where a proof fails. A channel that is the same for every input gets weights of zero in `constants`; one
// whose requantisation is not exact as it stands gets one that is (host/detail/equal_channel.hpp). An implementation
// that offers `max_widening` multiplies a channel's weights by 2^widening.
std::optional<std::vector<Channel>> prove_channels(ChannelConstants& constants, int32_t input_zero_point,
                                                   const OutputRange& output, int32_t max_widening = 0);

// The same for implementations of detail/single_rows.hpp and detail/dense_rows.hpp, whose sums may take 32 bits and
// wrap as the contract's do. Weights are int8 or int16.
template <typename Weight>
std::optional<std::vector<WideChannel>> prove_wide_channels(ChannelConstantsOf<Weight>& constants,
                                                            int32_t input_zero_point, const OutputRange& output);

Blob channels_blob(const std::vector<Channel>& channels);

// nullopt unless all channels of the second blob, which `channels_blob` made, round once.
Blobs blobs_that_round_once(Blobs blobs);

}  // namespace tmc::kernels::armv7em
