// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Since when memory is idle: to some milliseconds, for a quarter of the time that std::chrono's clock takes to read.

#include <chrono>

namespace tmc::memory {

using Time = std::chrono::steady_clock::time_point;
using Clock = Time (*)();

Time coarse_clock();

}  // namespace tmc::memory
