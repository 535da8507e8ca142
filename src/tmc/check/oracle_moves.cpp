// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/oracle_moves.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "tmc/base/host/element.hpp"

namespace tmc::check {
namespace {

constexpr int kRuns = 2;

void nudge(const program::Tensor& tensor, std::mt19937& rng, TensorBytes& bytes) {
  if (tensor.dtype != DType::kF32) return;
  for (size_t at = 0; at < bytes.size(); at += sizeof(float)) {
    const auto value = static_cast<float>(load_element(tensor.dtype, &bytes[at]));
    const float toward = rng() % 2 == 0 ? INFINITY : -INFINITY;
    store_element(tensor.dtype, static_cast<double>(std::nextafter(value, toward)), &bytes[at]);
  }
}

// Over elements that are numbers in both.
double largest_move(const NpyArray& a, const NpyArray& b) {
  double largest = 0;
  const auto width = static_cast<size_t>(dtype_bytes(a.dtype));
  for (size_t at = 0; at + width <= std::min(a.bytes.size(), b.bytes.size()); at += width) {
    const double move = std::abs(load_element(a.dtype, &a.bytes[at]) - load_element(b.dtype, &b.bytes[at]));
    if (std::isfinite(move)) largest = std::max(largest, move);
  }
  return largest;
}

}  // namespace

Result<std::map<std::string, double>> oracle_moves(const Compilation& compilation, const std::string& oracle,
                                                   const std::vector<Ports>& samples, const Expected& expected) {
  const program::Program& program = compilation.program;
  std::mt19937 rng(1);
  std::map<std::string, double> moves;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<Ports> nudged = samples;
    for (Ports& sample : nudged) {
      for (size_t i = 0; i < sample.size(); ++i) {
        nudge(program.tensors[static_cast<size_t>(program.inputs[i])], rng, sample[i]);
      }
    }
    TMC_ASSIGN(const Expected moved, ask_oracle(compilation, oracle, nudged));
    for (const auto& [name, array] : moved.tensors) {
      const auto before = expected.tensors.find(name);
      if (before == expected.tensors.end() || array.dtype != DType::kF32) continue;
      if (before->second.dtype == array.dtype) moves[name] = std::max(moves[name], largest_move(before->second, array));
    }
  }
  return moves;
}

}  // namespace tmc::check
