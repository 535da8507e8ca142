// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/data/table_rows.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "tmc/base/host/element.hpp"
#include "tmc/base/host/number.hpp"
#include "tmc/base/host/texts.hpp"
#include "tmc/data/text_ports.hpp"

namespace tmc::data {
namespace {

using program::Tensor;

int64_t rows_of(const Shape& shape) {
  return shape.rank() < 2 ? 1 : shape[0];
}

std::vector<std::string> numbered(const std::string& name, int64_t count) {
  if (count == 1) return {name};
  std::vector<std::string> names;
  for (int64_t i = 0; i < count; ++i) names.push_back(fmt::format("{}_{}", name, i));
  return names;
}

std::vector<std::string> columns_of(const Model& model, const Tensor& tensor) {
  const Shape cells = cells_of(model, tensor);
  const int64_t count = cells.elements() / rows_of(cells);
  const ir::ValueId id = model.graph.find_value(tensor.name);
  if (id != ir::ValueId::kNone && std::ssize(model.graph.value(id).columns) == count) {
    return model.graph.value(id).columns;
  }
  return numbered(tensor.name, count);
}

// Some of the names, for a message.
std::string listed(const std::vector<std::string>& names) {
  constexpr size_t kMost = 20;
  const auto end = names.begin() + static_cast<ptrdiff_t>(std::min(kMost, names.size()));
  return fmt::format("'{}'{}", fmt::join(names.begin(), end, "', '"),
                     names.size() > kMost ? fmt::format(" and {} more", names.size() - kMost) : "");
}

std::string_view trimmed(std::string_view text) {
  const size_t first = std::min(text.find_first_not_of(" \t"), text.size());
  text.remove_prefix(first);
  return text.substr(0, text.find_last_not_of(" \t") + 1);
}

template <typename T>
bool parse_signed(std::string_view text, T& value) {
  return parse_number(text.starts_with('+') ? text.substr(1) : text, value);
}

// A double that stands for an integer, as tables with missing cells have it, is one.
template <typename T>
bool parse_integer(std::string_view text, T low, T high, T& value) {
  double real = 0;
  if (!parse_signed(text, value)) {
    constexpr double kExact = 9007199254740992.0;  // up to where a double holds every integer
    if (!parse_signed(text, real) || real != std::trunc(real) || std::abs(real) > kExact || (low == 0 && real < 0)) {
      return false;
    }
    value = static_cast<T>(real);
  }
  return value >= low && value <= high;
}

// Writes a cell as an element; what it should have been where it is none.
const char* store(std::string_view cell, DType dtype, std::byte* to) {
  if (dtype_is_float(dtype)) {
    double real = std::numeric_limits<double>::quiet_NaN();
    if (!cell.empty() && !parse_signed(cell, real)) return "a number";
    store_element(dtype, real, to);
    return nullptr;
  }
  if (dtype == DType::kBool) {
    const bool truth = cell == "true" || cell == "True" || cell == "1";
    if (!truth && cell != "false" && cell != "False" && cell != "0") return "true or false";
    *to = std::byte{truth};
    return nullptr;
  }
  if (dtype == DType::kU64) {
    uint64_t value = 0;
    if (!parse_integer<uint64_t>(cell, 0, UINT64_MAX, value)) return "a whole number";
    std::memcpy(to, &value, sizeof value);
    return nullptr;
  }
  int64_t value = 0;
  const bool is_unsigned = dtype == DType::kU8 || dtype == DType::kU16 || dtype == DType::kU32;
  const int bits = static_cast<int>(dtype_bytes(dtype)) * 8;
  const int64_t high = bits == 64 ? INT64_MAX : (int64_t{1} << (is_unsigned ? bits : bits - 1)) - 1;
  if (!parse_integer<int64_t>(cell, is_unsigned ? 0 : -high - 1, high, value)) return "a whole number in its range";
  if (bits == 64) {
    std::memcpy(to, &value, sizeof value);
  } else {
    store_element(dtype, static_cast<double>(value), to);
  }
  return nullptr;
}

std::string text_of(DType dtype, const std::byte* from) {
  if (dtype == DType::kBool) return *from != std::byte{0} ? "true" : "false";
  if (dtype == DType::kF64) return fmt::format("{}", load_element(dtype, from));
  if (dtype_is_float(dtype)) return fmt::format("{}", static_cast<float>(load_element(dtype, from)));
  if (dtype == DType::kU64) {
    uint64_t value = 0;
    std::memcpy(&value, from, sizeof value);
    return fmt::to_string(value);
  }
  int64_t value = 0;
  if (dtype == DType::kI64) {
    std::memcpy(&value, from, sizeof value);
  } else {
    value = static_cast<int64_t>(load_element(dtype, from));
  }
  return fmt::to_string(value);
}

// The inputs that a table is for, and which of its columns each takes.
struct Port {
  const Tensor* tensor;
  std::vector<size_t> columns;
};

Result<std::vector<Port>> match(const Model& model, const Table& table, const std::string& input) {
  std::map<std::string, size_t> places;
  for (size_t i = 0; i < table.columns.size(); ++i) places[std::string(trimmed(table.columns[i]))] = i;
  std::vector<Port> ports;
  std::vector<std::string> wanted, missing, unknown;
  for (const int32_t index : model.program.inputs) {
    const Tensor& tensor = model.program.tensors[static_cast<size_t>(index)];
    if (!input.empty() && tensor.name != input) continue;
    ports.push_back({&tensor, {}});
    Port& port = ports.back();
    for (const std::string& name : columns_of(model, tensor)) {
      wanted.push_back(name);
      const auto place = places.find(name);
      place == places.end() ? missing.push_back(name) : port.columns.push_back(place->second);
    }
  }
  if (ports.empty()) return error(Error::kBadInput, "the model has no input '{}'", input);
  for (const auto& [name, place] : places) {
    if (std::ranges::find(wanted, name) == wanted.end()) unknown.push_back(name);
  }
  if (missing.empty() && unknown.empty()) return ports;
  std::string what = missing.empty() ? "" : fmt::format("it lacks the columns {}", listed(missing));
  if (!unknown.empty()) {
    what += fmt::format("{}the model knows no columns {}", what.empty() ? "" : "; ", listed(unknown));
  }
  return Status(Error::kBadInput, what).with_hint(fmt::format("the model takes {}", listed(wanted)));
}

// Texts of all rows, whose cells are as they are written.
Result<NpyArray> texts_of(const Model& model, const Table& table, const Port& port, Shape shape) {
  std::vector<std::string> texts;
  size_t widest = 1;
  for (const auto& row : table.rows) {
    for (const size_t column : port.columns) widest = std::max(widest, texts.emplace_back(row[column]).size());
  }
  shape[shape.rank() - 1] = static_cast<int64_t>(widest);
  return fitted_texts(model, *port.tensor, {DType::kU8, shape, padded_texts(texts, widest), true});
}

Result<NpyArray> array_of(const Model& model, const Table& table, const Port& port) {
  const Tensor& tensor = *port.tensor;
  const int64_t rows = rows_of(cells_of(model, tensor));
  if (std::ssize(table.rows) % rows != 0) {
    return error(Error::kBadInput, "it has {} rows, the model takes {} at a time", table.rows.size(), rows)
        .with_hint("bind another number of rows with --shape, or give as many");
  }
  Shape shape = Shape::of(std::ssize(table.rows) / rows);
  for (const int64_t extent : tensor.shape) {
    if (!shape.push_back(extent)) return error(Error::kBadInput, "input '{}' has too many axes", tensor.name);
  }
  if (is_text(model, tensor)) return texts_of(model, table, port, shape);
  NpyArray array{tensor.dtype, shape, {}};
  const size_t bytes = dtype_bytes(tensor.dtype);
  array.bytes.resize(table.rows.size() * port.columns.size() * bytes);
  std::byte* to = array.bytes.data();
  for (size_t row = 0; row < table.rows.size(); ++row) {
    for (const size_t column : port.columns) {
      const std::string_view cell = trimmed(table.rows[row][column]);
      if (const char* wanted = store(cell, tensor.dtype, to)) {
        return error(Error::kBadInput, "'{}' of row {} is '{}', not {} ({})", table.columns[column], row + 1, cell,
                     wanted, dtype_name(tensor.dtype));
      }
      to += bytes;
    }
  }
  return array;
}

}  // namespace

Result<NamedArrays> inputs_of_table(const Model& model, const Table& table, const std::string& input) {
  TMC_ASSIGN(const std::vector<Port> ports, match(model, table, input));
  if (table.rows.empty()) return error(Error::kBadInput, "it has no rows");
  NamedArrays arrays;
  for (const Port& port : ports) {
    TMC_ASSIGN(arrays[port.tensor->name], array_of(model, table, port));
  }
  return arrays;
}

Result<Table> table_of_outputs(const Model& model, const NamedArrays& outputs) {
  const auto& program = model.program;
  int64_t rows = 1;
  for (const int32_t input : program.inputs) {
    if (model.input_is_window) continue;
    rows = std::max(rows, rows_of(cells_of(model, program.tensors[static_cast<size_t>(input)])));
  }
  Table table;
  for (const int32_t index : program.outputs) {
    const Tensor& tensor = program.tensors[static_cast<size_t>(index)];
    const NpyArray& array = outputs.at(tensor.name);
    const Shape cells = cells_of(model, tensor);
    const int64_t elements = cells.elements();
    if (elements % rows != 0) {
      return error(Error::kBadInput, "output '{}' has {} elements for {} rows", tensor.name, elements, rows)
          .with_hint("give -o a folder: the outputs become a .npy each");
    }
    const std::vector<std::string> names = numbered(tensor.name, elements / rows);
    table.columns.insert(table.columns.end(), names.begin(), names.end());
    const size_t bytes = static_cast<size_t>(tensor.bytes() / elements);
    table.rows.resize(array.bytes.size() / bytes / names.size());
    if (array.text) table.texts.insert(names.begin(), names.end());
    const std::byte* from = array.bytes.data();
    for (auto& row : table.rows) {
      for (size_t i = 0; i < names.size(); ++i, from += bytes) {
        row.push_back(array.text ? std::string(text_at(from, bytes)) : text_of(array.dtype, from));
      }
    }
  }
  return table;
}

}  // namespace tmc::data
