// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/base/host/table.hpp"

#include <algorithm>
#include <cctype>
#include <unordered_set>

#include "tmc/base/host/files.hpp"
#include "tmc/base/host/json.hpp"

namespace tmc {
namespace {

std::string extension_of(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(), [](unsigned char c) { return std::tolower(c); });
  return extension;
}

Status check_columns(const std::vector<std::string>& columns) {
  std::unordered_set<std::string_view> seen;
  for (const std::string& name : columns) {
    if (!seen.insert(name).second) return error(Error::kBadInput, "it has two columns '{}'", name);
  }
  return {};
}

// One record after the other; quotes may hold commas and ends of lines.
class CsvReader {
 public:
  explicit CsvReader(std::string_view text) : text_(text) {
    if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
  }

  Result<Table> run() {
    Table table;
    while (!text_.empty()) {
      const int64_t line = line_;
      TMC_ASSIGN(std::vector<std::string> record, next());
      if (record.size() == 1 && record[0].empty() && !was_quoted_) continue;
      if (table.columns.empty()) {
        table.columns = std::move(record);
        TMC_TRY(check_columns(table.columns));
        continue;
      }
      if (record.size() != table.columns.size()) {
        return error(Error::kBadInput, "line {} has {} cells, the header has {}", line, record.size(),
                     table.columns.size());
      }
      table.rows.push_back(std::move(record));
    }
    if (table.columns.empty()) return error(Error::kBadInput, "it has no header that names the columns");
    return table;
  }

 private:
  Result<std::vector<std::string>> next() {
    std::vector<std::string> record;
    was_quoted_ = false;
    while (true) {
      std::string& cell = record.emplace_back();
      TMC_TRY(read_cell(cell));
      if (text_.empty()) return record;
      const char end = text_.front();
      text_.remove_prefix(1);
      if (end == ',') continue;
      if (end == '\r' && text_.starts_with('\n')) text_.remove_prefix(1);
      ++line_;
      return record;
    }
  }

  // Ends before the comma or the end of the line.
  Status read_cell(std::string& cell) {
    if (!text_.starts_with('"')) {
      const size_t size = std::min(text_.find_first_of(",\r\n"), text_.size());
      cell = text_.substr(0, size);
      text_.remove_prefix(size);
      return {};
    }
    const int64_t first = line_;
    was_quoted_ = true;
    text_.remove_prefix(1);
    while (true) {
      const size_t size = text_.find('"');
      if (size == std::string_view::npos) return error(Error::kBadInput, "the quote in line {} does not end", first);
      const std::string_view part = text_.substr(0, size);
      line_ += std::ranges::count(part, '\n');
      cell += part;
      text_.remove_prefix(size + 1);
      if (!text_.starts_with('"')) break;
      cell += '"';
      text_.remove_prefix(1);
    }
    if (text_.empty() || text_.find_first_of(",\r\n") == 0) return {};
    return error(Error::kBadInput, "line {} goes on behind a quote", line_);
  }

  std::string_view text_;
  int64_t line_ = 1;
  bool was_quoted_ = false;
};

// The rows of a list, or of the lines.
Result<std::vector<json::Value>> json_rows(std::string_view text) {
  std::vector<json::Value> rows;
  const size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '[') {
    TMC_ASSIGN(json::Value list, json::parse(text));
    return std::vector<json::Value>(*list.as<json::Value::Array>());
  }
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    Result<json::Value> row = json::parse(line);
    if (!row.ok()) return error(Error::kBadInput, "row {} is no JSON", rows.size() + 1);
    rows.push_back(std::move(row).value());
  }
  return rows;
}

Result<std::string> cell_of(const json::Value& value) {
  if (value.is_null()) return std::string();
  if (const auto* text = value.as<std::string>()) return *text;
  if (!value.as<json::Value::Array>() && !value.as<json::Value::Object>()) return value.dump();
  return error(Error::kBadInput, "it is no number, but a list or an object");
}

std::string quoted(const std::string& cell) {
  // The last one begins a mark of the byte order.
  if (cell.find_first_of(",\"\r\n\xEF") == std::string::npos) return cell;
  std::string out = "\"";
  for (const char c : cell) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

void append_record(const std::vector<std::string>& cells, std::string& out) {
  for (size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    // A line of nothing would be skipped.
    out += cells.size() == 1 && cells[i].empty() ? "\"\"" : quoted(cells[i]);
  }
  out += "\r\n";
}

json::Value json_cell(const std::string& cell) {
  const Result<json::Value> value = json::parse(cell);
  return value.ok() ? *value : json::Value();
}

}  // namespace

Result<Table> parse_csv(std::string_view text) {
  return CsvReader(text).run();
}

Result<Table> parse_json_rows(std::string_view text) {
  TMC_ASSIGN(const std::vector<json::Value> rows, json_rows(text));
  Table table;
  for (size_t i = 0; i < rows.size(); ++i) {
    const auto* members = rows[i].as<json::Value::Object>();
    if (members == nullptr) return error(Error::kBadInput, "row {} is no object", i + 1);
    if (i == 0) {
      for (const json::Value::Member& one : *members) table.columns.push_back(one.name);
      TMC_TRY(check_columns(table.columns));
    }
    if (members->size() != table.columns.size()) {
      return error(Error::kBadInput, "row {} has {} members, the first has {}", i + 1, members->size(),
                   table.columns.size());
    }
    std::vector<std::string>& cells = table.rows.emplace_back();
    for (const std::string& column : table.columns) {
      const json::Value* value = json::member(rows[i], column);
      if (value == nullptr) return error(Error::kBadInput, "row {} has no member '{}'", i + 1, column);
      Result<std::string> cell = cell_of(*value);
      if (!cell.ok()) return error(Error::kBadInput, "'{}' of row {}: {}", column, i + 1, cell.status().message());
      cells.push_back(std::move(cell).value());
    }
  }
  if (table.rows.empty()) return error(Error::kBadInput, "it has no rows");
  return table;
}

bool is_table(const std::filesystem::path& path) {
  const std::string extension = extension_of(path);
  return extension == ".csv" || extension == ".json" || extension == ".jsonl" || extension == ".ndjson";
}

Result<Table> load_table(const std::filesystem::path& path) {
  TMC_ASSIGN(const std::string text, read_file(path));
  return extension_of(path) == ".csv" ? parse_csv(text) : parse_json_rows(text);
}

std::string to_csv(const Table& table) {
  std::string out;
  append_record(table.columns, out);
  for (const auto& row : table.rows) append_record(row, out);
  return out;
}

std::string to_json_rows(const Table& table, bool by_line) {
  json::Value list = json::Value::array();
  std::string lines;
  for (const auto& row : table.rows) {
    json::Value object = json::Value::object();
    for (size_t i = 0; i < row.size(); ++i) {
      const bool is_text = table.texts.contains(table.columns[i]);
      object.append(table.columns[i], is_text ? json::Value(row[i]) : json_cell(row[i]));
    }
    if (by_line) {
      lines += object.dump() + "\n";
    } else {
      list.push_back(std::move(object));
    }
  }
  return by_line ? lines : list.dump(2) + "\n";
}

Status save_table(const std::filesystem::path& path, const Table& table) {
  const std::string extension = extension_of(path);
  return write_file(path, extension == ".csv" ? to_csv(table) : to_json_rows(table, extension != ".json"));
}

}  // namespace tmc
