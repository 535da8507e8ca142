// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/open_shape.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "tmc/ir/verifier.hpp"

namespace tmc::frontend {
namespace {

std::string symbol_of(const OpenShape& file, int axis) {
  return file.symbols.empty() ? "" : file.symbols[static_cast<size_t>(axis)];
}

// "[batch, 3, ?]"
std::string extents_text(const OpenShape& file) {
  std::vector<std::string> words;
  for (int axis = 0; axis < file.extents.rank(); ++axis) {
    const std::string symbol = symbol_of(file, axis);
    words.push_back(file.extents[axis] >= 0 ? fmt::to_string(file.extents[axis]) : symbol.empty() ? "?" : symbol);
  }
  return fmt::format("[{}]", fmt::join(words, ", "));
}

std::string shape_hint(const std::string& input, const OpenShape& file) {
  std::string text;
  for (const int64_t extent : file.extents) {
    text += fmt::format("{}{}", text.empty() ? "" : "x", extent >= 0 ? extent : 1);
  }
  std::string hint = fmt::format("give its shape: --shape {}={}", input, text.empty() ? "1x..." : text);
  for (int axis = 0; axis < file.extents.rank(); ++axis) {
    const std::string symbol = symbol_of(file, axis);
    if (file.extents[axis] < 0 && !symbol.empty()) return hint + fmt::format(", or --shape {}=1", symbol);
  }
  return hint;
}

Status contradicts(const std::string& input, const Shape& given, const OpenShape& file) {
  return error(Error::kBadUsage, "the shape {} is given, the file has {}", fmt::join(given, "x"), extents_text(file))
      .at_node(input)
      .with_hint(shape_hint(input, file));
}

}  // namespace

Result<Shape> ShapeBinder::bind(const std::string& input) {
  const OpenShape& file = inputs_[input];
  Shape shape = file.extents;
  if (const auto given = options_.shapes.find(input); given != options_.shapes.end()) {
    shape = given->second;
  } else {
    for (int axis = 0; axis < shape.rank(); ++axis) {
      const auto symbol = options_.shapes.find(symbol_of(file, axis));
      if (shape[axis] >= 0 || symbol == options_.shapes.end()) continue;
      if (symbol->second.rank() != 1) {
        return error(Error::kBadUsage, "'{}' is one extent, given is {}", symbol->first, fmt::join(symbol->second, "x"))
            .with_hint(shape_hint(input, file));
      }
      shape[axis] = symbol->second[0];
    }
    const bool open = std::ranges::any_of(shape, [](int64_t extent) { return extent < 0; });
    if (open || !file.has_rank) {
      return error(Error::kUnsupportedShape, "the file leaves the input's shape open: {}",
                   file.has_rank ? extents_text(file) : "it says nothing of it")
          .at_node(input)
          .with_hint(shape_hint(input, file));
    }
  }
  TMC_TRY(agree(input, file, shape));
  if (shape.elements() == 0) {
    return error(Error::kUnsupportedShape, "the input [{}] has no elements", fmt::join(shape, ", "))
        .at_node(input)
        .with_hint("export the model with extents of 1 or more");
  }
  return shape;
}

Status ShapeBinder::agree(const std::string& input, const OpenShape& file, const Shape& shape) {
  if (!file.has_rank) return {};
  if (shape.rank() != file.extents.rank()) return contradicts(input, shape, file);
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (file.extents[axis] >= 0 && file.extents[axis] != shape[axis]) return contradicts(input, shape, file);
    const std::string symbol = symbol_of(file, axis);
    if (file.extents[axis] >= 0 || symbol.empty()) continue;
    const auto [known, is_new] = symbols_.emplace(symbol, Bound{shape[axis], input});
    if (is_new || known->second.extent == shape[axis]) continue;
    return error(Error::kBadUsage, "the extent '{}' is {} in input '{}' and {} in input '{}'", symbol,
                 known->second.extent, known->second.input, shape[axis], input)
        .with_hint("give both inputs the same");
  }
  return {};
}

Status ShapeBinder::check_names() const {
  std::set<std::string> names, symbols;
  for (const auto& [input, file] : inputs_) {
    names.insert(input);
    symbols.insert(file.symbols.begin(), file.symbols.end());
  }
  symbols.erase("");
  for (const auto& [name, shape] : options_.shapes) {
    if (names.contains(name) || symbols.contains(name)) continue;
    std::string hint = fmt::format("its inputs are '{}'", fmt::join(names, "', '"));
    if (!symbols.empty()) hint += fmt::format(", its open extents '{}'", fmt::join(symbols, "', '"));
    return error(Error::kBadUsage, "a shape is given for '{}', which is no input of the model", name).with_hint(hint);
  }
  return {};
}

}  // namespace tmc::frontend
