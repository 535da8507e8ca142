// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/labels.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/structured.hpp"
#include "tmc/frontend/onnx/text.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

namespace {

using ir::ValueId;

Result<ValueId> append_list(ImportContext& context, const std::string& suffix, const LabelList& list) {
  const Shape shape = Shape::of(static_cast<int64_t>(list.size()));
  return list.is_real() ? append_reals(context, suffix, shape, list.reals)
                        : append_integers(context, suffix, shape, list.integers);
}

// The numbers of the entries that count: the first of equal keys, and none of keys that are no number.
template <typename Key>
std::vector<size_t> counted_entries(const std::vector<Key>& keys) {
  std::set<Key> known;
  std::vector<size_t> entries;
  for (size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] == keys[i] && known.insert(keys[i]).second) entries.push_back(i);
  }
  return entries;
}

std::vector<size_t> counted_entries(const LabelList& keys) {
  if (keys.is_text()) return counted_entries(keys.strings);
  return keys.is_real() ? counted_entries(keys.reals) : counted_entries(keys.integers);
}

LabelList some_of(const LabelList& list, const std::vector<size_t>& entries) {
  LabelList some;
  for (const size_t entry : entries) {
    if (list.is_text()) {
      some.strings.push_back(list.strings[entry]);
    } else if (list.is_real()) {
      some.reals.push_back(list.reals[entry]);
    } else {
      some.integers.push_back(list.integers[entry]);
    }
  }
  return some;
}

// Truth values [..., keys]: which of them each element is.
Result<ValueId> matches_of(ImportContext& context, const LabelList& keys) {
  if (keys.is_text()) {
    TMC_ASSIGN(const ValueId text, context.text(0));
    return string_matches(context, "_value", text, keys.strings);
  }
  TMC_ASSIGN(const ValueId input, context.input(0));
  const DType dtype = context.type(input).dtype;
  if (dtype != (keys.is_real() ? DType::kF32 : DType::kI64)) {
    return error(Error::kMalformed, "its keys have another type than its input, {}", dtype_name(dtype));
  }
  TMC_ASSIGN(const ValueId all, append_list(context, "_keys", keys));
  return matches(context, "_value", input, all);
}

// What a key that is no number stands for, which equals nothing.
Result<ValueId> append_of_nan(ImportContext& context, const LabelTable& table, ValueId otherwise) {
  const auto found = std::ranges::find_if(table.keys.reals, [](float key) { return std::isnan(key); });
  if (found == table.keys.reals.end()) return otherwise;
  const auto entry = static_cast<size_t>(found - table.keys.reals.begin());
  TMC_ASSIGN(const ValueId input, context.input(0));
  TMC_ASSIGN(const ValueId value, append_list(context, "_of_nan", some_of(table.values, {entry})));
  TMC_ASSIGN(const ValueId is_nan, context.append("_is_nan", ops::IsNan{}, {input}));
  return context.append("_or_nan", ops::Where{}, {is_nan, value, otherwise});
}

Result<ValueId> append_labelled(ImportContext& context, const LabelTable& table) {
  TMC_ASSIGN(ValueId result, append_list(context, "_default", table.otherwise));
  const std::vector<size_t> entries = counted_entries(table.keys);
  if (!entries.empty()) {
    TMC_ASSIGN(const ValueId found, matches_of(context, some_of(table.keys, entries)));
    TMC_ASSIGN(const ValueId all_values, append_list(context, "_values", some_of(table.values, entries)));
    TMC_ASSIGN(const ValueId picked, pick_match(context, "_value", found, all_values));
    const int64_t last = context.type(found).shape.rank() - 1;
    TMC_ASSIGN(const ValueId is_known, context.append("_is_known", ops::ReduceAny{{last}, false}, {found}));
    TMC_ASSIGN(result, context.append("_or_default", ops::Where{}, {is_known, picked, result}));
  }
  return append_of_nan(context, table, result);
}

LabelList numbers_from_0(size_t first, size_t count) {
  LabelList list;
  list.integers.resize(count);
  std::iota(list.integers.begin(), list.integers.end(), static_cast<int64_t>(first));
  return list;
}

// Strings are looked up by the number of the entry.
Status finish_with_strings(ImportContext& context, const LabelTable& table) {
  const size_t count = table.values.size();
  const LabelTable numbered{table.keys, numbers_from_0(0, count), numbers_from_0(count, 1)};
  std::vector<std::string> strings = table.values.strings;
  strings.push_back(table.otherwise.strings.front());
  TMC_ASSIGN(const ValueId number, append_labelled(context, numbered));
  TMC_ASSIGN(const ValueId rows, append_strings(context, "_strings", Shape::of(std::ssize(strings)), strings));
  TMC_TRY(context.finish(ops::Lookup{0}, {rows, number}));
  context.set_text();
  return {};
}

}  // namespace

Status finish_labelled(ImportContext& context, const LabelTable& table) {
  if (table.keys.size() != table.values.size()) {
    return error(Error::kMalformed, "it has {} keys and {} values", table.keys.size(), table.values.size());
  }
  if (table.otherwise.size() != 1 || table.otherwise.is_text() != table.values.is_text() ||
      table.otherwise.is_real() != table.values.is_real()) {
    return error(Error::kMalformed, "its default is not one element of the values' type");
  }
  if (table.values.is_text()) return finish_with_strings(context, table);
  TMC_ASSIGN(ValueId result, append_labelled(context, table));
  if (!table.values.is_real()) {
    TMC_ASSIGN(result, as_dtype(context, "_narrow", result, table.values.dtype));
  }
  return finish_copy(context, 0, result);
}

LabelTable table_of_names(ImportContext& context, const std::vector<std::string>& names,
                          const std::vector<int64_t>& numbers, int64_t unknown_number,
                          const std::string& unknown_name) {
  const LabelList all_names{.integers = {}, .reals = {}, .strings = names};
  const LabelList all_numbers{.integers = numbers, .reals = {}, .strings = {}};
  if (context.is_text(0)) return {all_names, all_numbers, {.integers = {unknown_number}, .reals = {}, .strings = {}}};
  return {all_numbers, all_names, {.integers = {}, .reals = {}, .strings = {unknown_name}}};
}

}  // namespace tmc::frontend::onnx_format
