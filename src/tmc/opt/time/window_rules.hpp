// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Frame rules of what slides a window over its input: convolutions and pools.

#include "tmc/opt/time/frame_rules.hpp"

namespace tmc::opt {

// Without an operator where the node is none of these, or needs the whole window.
Result<FrameRule> window_rule(const ir::Graph& graph, const ir::Node& node, const Frames& frames);

// Of zeros behind the last frame, which are not there when the frame is.
Status padded_behind();

}  // namespace tmc::opt
