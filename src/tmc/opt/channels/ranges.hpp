// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What is proven of every channel of every tensor, for any input of finite values: bounds, and where they are equal a
// constant. Sums are bounded from the weights and the bounds of what they read; rescaling, tables and the other
// operators are computed by the evaluator, so a constant has exactly the bits that the kernels give it.

#include <vector>

#include "tmc/ir/pass.hpp"
#include "tmc/opt/channels/layer_weights.hpp"

namespace tmc::opt {

// By value id, then by channel.
using ChannelRanges = std::vector<std::vector<ChannelRange>>;

// Without an evaluator less is proven.
ChannelRanges channel_ranges(const ir::Graph& graph, ir::Evaluator* evaluator);

}  // namespace tmc::opt
