// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which channels have to stay. A channel stays where it is part of the model's interface or an operand of something
// that knows no channels; where a layer whose output stays reads it, unless what it holds is a constant that fits into
// the bias; and with every channel that operators between layers tie it to.

#include <cstdint>
#include <vector>

#include "tmc/opt/channels/ranges.hpp"

namespace tmc::opt {

// By value id: the channels that stay, ascending.
using KeptChannels = std::vector<std::vector<int32_t>>;

// Where channels of a tensor go, as many constant ones stay as make up a multiple of `multiple`, so far as there are
// such; and always one.
KeptChannels live_channels(const ir::Graph& graph, const ChannelRanges& ranges, int32_t multiple);

// Whether a layer can do without an input channel of that range: one that adds nothing or, where windows stay within
// the image, the same everywhere.
bool can_fold(const LayerWeights& weights, const ChannelRange& range);

}  // namespace tmc::opt
