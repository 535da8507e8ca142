// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The pass remove_channels (opt/pass/remove_channels.cpp) as the target's kernels like it best: the graph as it is and
// with channels rounded up to multiples of 1, 2 and 4 are priced by the cost model, and the cheapest is taken.

#include "tmc/pipeline/compile.hpp"

namespace tmc::pipeline {

// Adds to `removed` what went. Where the graph cannot be lowered, all channels go that can, and `select` says why.
Status remove_channels(Compilation& compilation);

// The same before quantising, where one is asked for: what is calibrated is then one graph whatever the target, so that
// a model has the same integers everywhere. Channels go down to a multiple of 4, and the others after quantising.
Status remove_float_channels(Compilation& compilation);

}  // namespace tmc::pipeline
