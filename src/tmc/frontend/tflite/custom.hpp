// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Operators that `--custom` describes.

#include "tmc/custom/load.hpp"
#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

// `name`: as ModelView::operator_name gives it; `operators` may be null.
std::vector<std::shared_ptr<const custom::Operator>> custom_operators(std::string_view name,
                                                                      const custom::Operators* operators);
Status import_custom(ImportContext& context);

}  // namespace tmc::frontend::tflite
