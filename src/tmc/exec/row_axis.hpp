// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Along what a step can be cut, by what its contract accesses.

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "tmc/program/program.hpp"

namespace tmc::exec {

// Rows that follow one another in the output and in every input that has them.
struct RowAxis {
  int32_t rows = 0;
  std::function<void(std::span<int32_t> params, int32_t first, int32_t count)> limit;  // the step's Params to some rows
};
// None where the kernel's outputs need more than some rows, or nobody has asked for its parts yet.
std::optional<RowAxis> row_axis_of(const kernels::KernelInfo& kernel, std::span<const int32_t> params);

}  // namespace tmc::exec
