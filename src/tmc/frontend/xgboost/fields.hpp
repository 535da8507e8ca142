// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Fields of XGBoost's JSON: numbers are written as numbers, or as texts that hold one. kMalformed for anything else,
// with the field's name.

#include <string>
#include <vector>

#include "tmc/base/host/json.hpp"

namespace tmc::frontend::xgboost {

Result<int64_t> integer(const json::Value& object, const char* name);
// `otherwise` where the field is absent.
Result<int64_t> integer(const json::Value& object, const char* name, int64_t otherwise);
Result<std::string> text(const json::Value& object, const char* name);
// Truth values are 0 and 1. An absent list is empty.
Result<std::vector<int64_t>> integers(const json::Value& object, const char* name);
Result<std::vector<float>> reals(const json::Value& object, const char* name);
Result<std::vector<std::string>> texts(const json::Value& object, const char* name);
// One real or a list of them, either of which may stand in a text: 0.5, "5E-1", "[5E-1,2E0]".
Result<std::vector<float>> one_or_more_reals(const json::Value& object, const char* name);

}  // namespace tmc::frontend::xgboost
