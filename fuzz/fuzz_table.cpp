// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/table.hpp"

// Every input is refused or gives a table with a cell for each column, which reads back as it was written.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto& table : {tmc::parse_csv(text), tmc::parse_json_rows(text)}) {
    if (!table.ok()) continue;
    for (const auto& row : table->rows) {
      if (row.size() != table->columns.size()) __builtin_trap();
    }
    const auto again = tmc::parse_csv(tmc::to_csv(*table));
    if (!table->columns.empty() && (!again.ok() || again->rows != table->rows || again->columns != table->columns)) {
      __builtin_trap();
    }
  }
  return 0;
}
