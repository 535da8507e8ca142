// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Small programs as model images, and what they compute, written here once more.

#include <cstdint>
#include <vector>

#include "tmc/base/host/aligned_bytes.hpp"
#include "tmc/program/program.hpp"

namespace tmc::engine {

AlignedBytes image_of(const program::Program& program);

namespace testing {

constexpr int32_t kWidth = 20;

// Fully connected layers of kWidth to kWidth int8, one behind the other.
program::Program layers(int count);
std::vector<int8_t> samples(int seed);  // kWidth of them
std::vector<int8_t> expected(int layers, std::vector<int8_t> values);

}  // namespace testing
}  // namespace tmc::engine
