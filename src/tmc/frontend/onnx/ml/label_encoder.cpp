// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/structured.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {

namespace {

using ir::ValueId;

// A list of the table, as integers or as reals; both empty where it is one of strings.
struct EncoderList {
  std::vector<int64_t> integers;
  std::vector<float> reals;

  bool is_real() const { return !reals.empty(); }
  size_t size() const { return is_real() ? reals.size() : integers.size(); }
};

// From the attribute of either type, or from the tensor that newer files have.
Result<EncoderList> read_list(ImportContext& context, const std::string& role, const std::string& plural) {
  const Attributes attributes = context.attributes();
  EncoderList list;
  if (const auto* tensor = attributes.find(role + "_tensor")) {
    TMC_ASSIGN(const Constant constant, read_constant(tensor->t(), context.folder(), context.budget()));
    if (constant.type.dtype == DType::kF32) list.reals = constant.data.to_vector<float>();
    if (constant.type.dtype == DType::kI64) list.integers = constant.data.to_vector<int64_t>();
    if (list.size() > 0) return list;
  }
  TMC_ASSIGN(list.integers, attributes.integers(role + "_int64" + plural));
  TMC_ASSIGN(list.reals, attributes.reals(role + "_float" + plural));
  if (list.size() == 0 || (list.is_real() && !list.integers.empty())) {
    return error(Error::kUnsupportedType, "its {} are no lists of int64 or float32", role)
        .with_hint("map strings to integers outside of the model: cut it off behind this node");
  }
  return list;
}

Result<ValueId> append_list(ImportContext& context, const std::string& suffix, const EncoderList& list) {
  const Shape shape = Shape::of(static_cast<int64_t>(list.size()));
  return list.is_real() ? append_reals(context, suffix, shape, list.reals)
                        : append_integers(context, suffix, shape, list.integers);
}

// What is not in the table becomes this.
Result<EncoderList> read_default(ImportContext& context, bool is_real) {
  const Attributes attributes = context.attributes();
  EncoderList one;
  if (attributes.has("default_tensor")) {
    TMC_ASSIGN(one, read_list(context, "default", "s"));
    if (one.size() == 1 && one.is_real() == is_real) return one;
    return error(Error::kMalformed, "its default is not one number of the values' type");
  }
  if (is_real) {
    TMC_ASSIGN(const double value, attributes.real("default_float", -0.0));
    one.reals = {static_cast<float>(value)};
  } else {
    TMC_ASSIGN(const int64_t value, attributes.integer("default_int64", -1));
    one.integers = {value};
  }
  return one;
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

EncoderList some_of(const EncoderList& list, const std::vector<size_t>& entries) {
  EncoderList some;
  for (const size_t entry : entries) {
    if (list.is_real()) some.reals.push_back(list.reals[entry]);
    if (!list.is_real()) some.integers.push_back(list.integers[entry]);
  }
  return some;
}

// What a key that is no number stands for, which equals nothing.
Result<ValueId> append_of_nan(ImportContext& context, const EncoderList& keys, const EncoderList& values, ValueId input,
                              ValueId otherwise) {
  const auto found = std::ranges::find_if(keys.reals, [](float key) { return std::isnan(key); });
  if (found == keys.reals.end()) return otherwise;
  const auto entry = static_cast<size_t>(found - keys.reals.begin());
  TMC_ASSIGN(const ValueId value, append_list(context, "_of_nan", some_of(values, {entry})));
  TMC_ASSIGN(const ValueId is_nan, context.append("_is_nan", ops::IsNan{}, {input}));
  return context.append("_or_nan", ops::Where{}, {is_nan, value, otherwise});
}

}  // namespace

// Each element that is a key as the value of that key, any other as the default.
Status import_ml_label_encoder(ImportContext& context) {
  TMC_ASSIGN(const EncoderList keys, read_list(context, "keys", "s"));
  TMC_ASSIGN(const EncoderList values, read_list(context, "values", "s"));
  if (keys.size() != values.size()) {
    return error(Error::kMalformed, "it has {} keys and {} values", keys.size(), values.size());
  }
  TMC_ASSIGN(const ValueId input, context.input(0));
  const DType dtype = context.type(input).dtype;
  if (dtype != (keys.is_real() ? DType::kF32 : DType::kI64)) {
    return error(Error::kMalformed, "its keys have another type than its input, {}", dtype_name(dtype));
  }
  TMC_ASSIGN(const EncoderList otherwise, read_default(context, values.is_real()));
  TMC_ASSIGN(ValueId result, append_list(context, "_default", otherwise));
  const std::vector<size_t> entries = keys.is_real() ? counted_entries(keys.reals) : counted_entries(keys.integers);
  if (!entries.empty()) {
    TMC_ASSIGN(const ValueId all_keys, append_list(context, "_keys", some_of(keys, entries)));
    TMC_ASSIGN(const ValueId all_values, append_list(context, "_values", some_of(values, entries)));
    TMC_ASSIGN(const ValueId found, matches(context, "_value", input, all_keys));
    TMC_ASSIGN(const ValueId picked, pick_match(context, "_value", found, all_values));
    const int64_t last = context.type(found).shape.rank() - 1;
    TMC_ASSIGN(const ValueId is_known, context.append("_is_known", ops::ReduceAny{{last}, false}, {found}));
    TMC_ASSIGN(result, context.append("_or_default", ops::Where{}, {is_known, picked, result}));
  }
  TMC_ASSIGN(result, append_of_nan(context, keys, values, input, result));
  return finish_copy(context, 0, result);
}

}  // namespace tmc::frontend::onnx_format
