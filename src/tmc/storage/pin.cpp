// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/pin.hpp"

#include <algorithm>
#include <numeric>

namespace tmc::storage {
namespace {

using program::Operand;
using program::Program;

// MACs of the steps that read each constant, and what all constants of such a step weigh together.
std::vector<double> macs_a_byte(const Program& program) {
  std::vector<double> gains(program.constants.size());
  for (const program::Step& step : program.steps) {
    int64_t bytes = 0;
    for (const Operand& operand : step.operands) {
      if (operand.kind != Operand::Kind::kConstant) continue;
      bytes += std::ssize(program.constants[static_cast<size_t>(operand.index)].blob.bytes);
    }
    for (const Operand& operand : step.operands) {
      if (operand.kind != Operand::Kind::kConstant || bytes == 0) continue;
      gains[static_cast<size_t>(operand.index)] += static_cast<double>(step.macs) / static_cast<double>(bytes);
    }
  }
  return gains;
}

int64_t aligned_bytes(const program::Constant& constant) {
  const int64_t bytes = std::ssize(constant.blob.bytes);
  return (bytes + program::kAlignBytes - 1) / program::kAlignBytes * program::kAlignBytes;
}

}  // namespace

int64_t pin_weights(Program& program, const PinRequest& request) {
  const std::vector<double> gains = macs_a_byte(program);
  std::vector<size_t> order(program.constants.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::ranges::stable_sort(order, std::greater<>(), [&](size_t i) { return gains[i]; });
  int64_t pinned = 0;
  for (const size_t i : order) {
    program::Constant& constant = program.constants[i];
    if (gains[i] == 0 || pinned + aligned_bytes(constant) > request.bytes) continue;
    constant.pinned = true;
    pinned += aligned_bytes(constant);
  }
  program.pin_region = pinned > 0 ? request.region : "";
  return pinned;
}

}  // namespace tmc::storage
