// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The inverse of dtype_name (base/dtype.hpp), for the readers of the text and JSON forms.

#include <optional>
#include <string_view>

#include "tmc/base/dtype.hpp"

namespace tmc {

inline std::optional<DType> dtype_from_name(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(DType::kBool); ++i) {
    if (name == dtype_name(static_cast<DType>(i))) return static_cast<DType>(i);
  }
  return std::nullopt;
}

}  // namespace tmc
