// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What quantising cost. For machines one object with "model", "rows", "ranges", "tried", "warnings", "repairs",
// "layers" (histograms included), "score", "frontier" and "kept_float"; absent figures are null. For people a page of
// its own.

#include "tmc/base/host/json.hpp"
#include "tmc/quant/report.hpp"

namespace tmc::report {

// `model`: the file's name.
json::Value quantization_json(const std::string& model, const quant::Report& report);
std::string quantization_html(const std::string& model, const quant::Report& report);

}  // namespace tmc::report
