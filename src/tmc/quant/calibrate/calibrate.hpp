// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Calibration: runs a float graph on rows of data and streams every float tensor it computes through a histogram.
// Memory is one histogram a tensor, whatever the number of rows.

#include <map>
#include <set>
#include <string>

#include "tmc/quant/calibrate/histogram.hpp"
#include "tmc/quant/measure/session.hpp"

namespace tmc::quant {

// By the tensor's name.
using Statistics = std::map<std::string, Histogram, std::less<>>;

// Tensors named in `unbounded` may hold what is no finite number, which is left out. Error (kBadInput): no rows; a row
// or another tensor computed from it holds such, with the tensor, the row and the hint.
Result<Statistics> calibrate(Session& session, RowSource& rows, const Progress& progress,
                             const std::set<std::string, std::less<>>& unbounded = {});

}  // namespace tmc::quant
