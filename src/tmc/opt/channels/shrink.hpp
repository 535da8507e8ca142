// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Takes the channels that do not stay out of tensors, weights, biases and attributes.

#include "tmc/opt/channels/liveness.hpp"

namespace tmc::opt {

// Folds what the channels that go add to a layer's sums into its biases, and clears the weights of channels that stay
// though they are constant. Error: kInternal where an operator then infers another type than it should.
Status shrink_channels(ir::Graph& graph, const ChannelRanges& ranges, const KeptChannels& kept);

}  // namespace tmc::opt
