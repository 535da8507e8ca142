// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Tables of named columns as texts: CSV as RFC 4180 has it, with a header, and JSON as a list of objects or an object
// on each line. The files are untrusted.

#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "tmc/base/host/status.hpp"

namespace tmc {

// Numbers are cells as they are written; what is missing (nothing in CSV, null in JSON) is an empty one.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // a cell for each column
  std::set<std::string> texts = {};            // columns whose cells are texts to JSON, whatever they look like
};

// kBadInput, with the line, where rows differ in their number of cells, a quote does not end, columns have one name, or
// there is no header. A mark of the byte order is skipped, and so are empty lines.
Result<Table> parse_csv(std::string_view text);
// kBadInput, with the number of the row, where it is no list of objects, rows differ in their members, or a member is a
// list or an object.
Result<Table> parse_json_rows(std::string_view text);

// The formats that names of files say: .csv, .json (a list), and .jsonl or .ndjson (a row on each line; either is read
// as the other, too).
bool is_table(const std::filesystem::path& path);
Result<Table> load_table(const std::filesystem::path& path);
// Numbers of JSON are written as they are in the cells; `nan` and the infinities, for which it has none, are null.
Status save_table(const std::filesystem::path& path, const Table& table);

std::string to_csv(const Table& table);
std::string to_json_rows(const Table& table, bool by_line);

}  // namespace tmc
