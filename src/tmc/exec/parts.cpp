// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exec/parts.hpp"

#include <algorithm>

#include "tmc/exec/row_axis.hpp"
#include "tmc/program/extents.hpp"
#include "tmc/program/overlaps.hpp"

namespace tmc::exec {
namespace {

using kernels::Role;
using program::Step;

struct Place {
  Role role;
  const std::byte *begin, *end;
  bool is_empty() const { return begin == end; }
  bool intersects(const Place& other) const {
    return !is_empty() && !other.is_empty() && begin < other.end && other.begin < end;
  }
};

Place place_of(const Step& step, const Part& part, std::span<void* const> pointers, size_t operand) {
  const auto* begin = static_cast<const std::byte*>(pointers[operand]);
  const Role role = step.implementation->kernel->buffers[operand].role;
  if (begin == nullptr) return {role, nullptr, nullptr};
  begin += part.offsets[operand];
  return {role, begin, begin + part.bytes[operand]};
}

std::vector<int32_t> limited(const Step& step, const RowAxis& axis, int32_t first, int32_t count) {
  std::vector<int32_t> params = step.params;
  axis.limit(params, first, count);
  return params;
}

// Those rows; none where the implementation does not take as few. What lies before them is what rows up to the first of
// them touch and the first alone does not.
std::optional<Part> part_of(const Step& step, const RowAxis& axis, int32_t first, int32_t count) {
  const kernels::KernelInfo& kernel = *step.implementation->kernel;
  Part part{limited(step, axis, first, count), {}, {}};
  const auto bytes = program::needed_bytes(kernel, part.params);
  const auto before = program::needed_bytes(kernel, limited(step, axis, 0, first + 1));
  const auto one = program::needed_bytes(kernel, limited(step, axis, 0, 1));
  if (!bytes.ok() || !before.ok() || !one.ok() || !step.implementation->applies(part.params)) return std::nullopt;
  part.bytes = *bytes;
  for (size_t i = 0; i < part.bytes.size(); ++i) {
    const bool is_tensor = kernel.buffers[i].role == Role::kInput || kernel.buffers[i].role == Role::kOutput;
    part.offsets.push_back(is_tensor ? (*before)[i] - (*one)[i] : 0);
    if (!is_tensor) part.bytes[i] = 0;
  }
  return part;
}

// Whether what one part writes at `output` leaves alone what another one, or the same, has at `other`.
bool leaves(const Step& step, const Part& part, const Place& output, const Place& other, size_t operand, bool is_same) {
  if (!output.intersects(other)) return true;
  if (!is_same) return false;
  return other.role == Role::kInput &&
         program::allows(step.implementation->overlap(part.params, static_cast<int>(operand)), output, other);
}

}  // namespace

std::vector<Part> parts_of(const Step& step, int32_t count, double least_instructions) {
  if (count < 2 || step.implementation->foreign != nullptr) return {};
  const auto axis = row_axis_of(*step.implementation->kernel, step.params);
  if (!axis) return {};
  const double worth = step.implementation->instructions(step.params) / std::max(least_instructions, 1.0);
  const int32_t parts = std::min({count, axis->rows, worth < count ? static_cast<int32_t>(worth) : count});
  std::vector<Part> result;
  for (int32_t i = 0; i < parts; ++i) {
    const auto border = [&](int32_t at) { return static_cast<int32_t>(int64_t{axis->rows} * at / parts); };
    auto part = part_of(step, *axis, border(i), border(i + 1) - border(i));
    if (!part) return {};
    result.push_back(std::move(*part));
  }
  return result;
}

bool may_run_at_once(const Step& step, std::span<const Part> parts, std::span<void* const> pointers) {
  for (const Part& writer : parts) {
    for (size_t i = 0; i < pointers.size(); ++i) {
      const Place output = place_of(step, writer, pointers, i);
      if (output.role != Role::kOutput) continue;
      for (const Part& other : parts) {
        for (size_t j = 0; j < pointers.size(); ++j) {
          const bool is_same = &other == &writer;
          if (is_same && i == j) continue;
          if (!leaves(step, writer, output, place_of(step, other, pointers, j), j, is_same)) return false;
        }
      }
    }
  }
  return true;
}

}  // namespace tmc::exec
