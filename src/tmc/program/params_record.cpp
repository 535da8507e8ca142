// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/program/params_record.hpp"

#include <algorithm>

namespace tmc::program {
namespace {

int32_t bytes_of(int32_t least, int32_t most) {
  if (least >= INT8_MIN && most <= INT8_MAX) return 1;
  return least >= INT16_MIN && most <= INT16_MAX ? 2 : 4;
}

// For each word of a kernel's Params.
std::vector<bool> float_words(const kernels::KernelInfo& kernel) {
  std::vector<bool> is_float;
  for (const kernels::ParamInfo& param : kernel.params) {
    is_float.insert(is_float.end(), static_cast<std::size_t>(param.count), param.is_float);
  }
  return is_float;
}

}  // namespace

std::vector<RecordField> params_record(const Program& program, const Instance& instance) {
  std::vector<RecordField> record;
  if (instance.params) return record;
  const std::vector<bool> is_float = float_words(*instance.implementation->kernel);
  for (std::size_t word = 0; word < is_float.size(); ++word) {
    const auto value_of = [&](int32_t step) { return program.steps[static_cast<std::size_t>(step)].params[word]; };
    const auto [least, most] = std::ranges::minmax(instance.steps, {}, value_of);
    if (value_of(least) == value_of(most)) continue;
    record.push_back({word, is_float[word] ? 4 : bytes_of(value_of(least), value_of(most))});
  }
  std::ranges::stable_sort(record, std::ranges::greater(), &RecordField::bytes);
  return record;
}

int64_t record_bytes(const std::vector<RecordField>& record) {
  int64_t bytes = 0;
  for (const RecordField& field : record) bytes += field.bytes;
  const int64_t alignment = record.empty() ? 1 : record.front().bytes;
  return (bytes + alignment - 1) / alignment * alignment;
}

}  // namespace tmc::program
