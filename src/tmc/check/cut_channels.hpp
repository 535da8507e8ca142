// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tensors of an oracle, which has all channels, beside those from which the compiler took some.

#include "tmc/base/host/npy.hpp"
#include "tmc/ir/pass.hpp"

namespace tmc::check {

// The array with those channels along `axis` that are left; as it is where it has another number of channels.
NpyArray cut_channels(const NpyArray& array, int axis, const ir::RemovedWork::Cut& cut);

}  // namespace tmc::check
