// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tables of 513 entries for functions of one int16 value, between which kernels interpolate
// (kernels/contract/detail/interpolation.hpp). As TFLite makes them: an entry is the function there, less half of what
// the line to the next entry is off in its middle.

#include <cstdint>
#include <functional>
#include <vector>

namespace tmc::select {

// Of reals from `low` to `high`, the last entry's; entries are in steps of `output_scale`, saturated.
std::vector<int16_t> interpolated_table(double low, double high, double output_scale,
                                        const std::function<double(double)>& function);

}  // namespace tmc::select
