// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "images.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tmc/backend/image/write.hpp"
#include "tmc/image/format.hpp"
#include "tmc/kernels/contract/fully_connected.hpp"

namespace tmc::engine {

using program::Buffer;
using program::Operand;

AlignedBytes image_of(const program::Program& program) {
  const auto written = backend::image::write(program);
  EXPECT_TRUE(written.ok()) << written.status().text();
  return AlignedBytes::copy_of(*written, image::kImageAlignBytes);
}

namespace testing {
namespace {

int8_t weight_of(int layer, int32_t output, int32_t input) {
  return static_cast<int8_t>((layer * 7 + output * 5 + input * 3) % 23 - 11);
}

kernels::Blob weights_of(int layer) {
  std::vector<int8_t> weights;
  for (int32_t o = 0; o < kWidth; ++o) {
    for (int32_t i = 0; i < kWidth; ++i) weights.push_back(weight_of(layer, o, i));
  }
  return kernels::make_blob(DType::kI8, weights);
}

// A bias of twice the output, times 1/64.
kernels::Blob channels() {
  std::vector<int32_t> records;
  for (int32_t o = 0; o < kWidth; ++o) records.insert(records.end(), {2 * o, 1 << 30, -5});
  return kernels::make_blob(DType::kI32, records);
}

}  // namespace

program::Program layers(int count) {
  program::Program program;
  program.name = "layers";
  program.target = "host";
  program.regions = {{"arena", (count + 1) * 32}};
  for (int i = 0; i <= count; ++i) {
    const auto kind = i == 0 ? Buffer::Kind::kInput : i == count ? Buffer::Kind::kOutput : Buffer::Kind::kActivation;
    program.buffers.push_back({"b" + std::to_string(i), kind, kWidth, 0, i * 32});
  }
  for (int i = 0; i < count; ++i) {
    program.constants.push_back({"w" + std::to_string(i), weights_of(i)});
    program.constants.push_back({"c" + std::to_string(i), channels()});
    program::Step step;
    step.name = "dense" + std::to_string(i);
    step.op = "fully_connected";
    step.implementation = kernels::find_implementation("portable", "fully_connected_s8");
    step.params = kernels::to_words(kernels::FullyConnectedS8::Params{1, kWidth, kWidth, 5, 5, -128, 127});
    step.operands = {{Operand::Kind::kBuffer, i},
                     {Operand::Kind::kConstant, 2 * i},
                     {Operand::Kind::kConstant, 2 * i + 1},
                     {Operand::Kind::kBuffer, i + 1},
                     {}};
    program.steps.push_back(step);
  }
  program.tensors = {{"x", DType::kI8, Shape::of(1, kWidth), Quantization::per_tensor(0.1F, 5), "", 0, 0, -1},
                     {"y", DType::kI8, Shape::of(1, kWidth), {}, "", count, 0, count - 1}};
  program.inputs = {0};
  program.outputs = {1};
  return program;
}

std::vector<int8_t> samples(int seed) {
  std::mt19937 rng(static_cast<uint32_t>(seed));
  std::vector<int8_t> values(kWidth);
  for (int8_t& value : values) value = static_cast<int8_t>(rng());
  return values;
}

std::vector<int8_t> expected(int layers, std::vector<int8_t> values) {
  for (int layer = 0; layer < layers; ++layer) {
    std::vector<int8_t> next;
    for (int32_t o = 0; o < kWidth; ++o) {
      int32_t sum = 2 * o;
      for (int32_t i = 0; i < kWidth; ++i) sum += weight_of(layer, o, i) * (values[static_cast<size_t>(i)] - 5);
      // TFLite rounds twice: a doubling high product, then the shift, ties away from zero.
      const auto halves = static_cast<int32_t>(std::lround(sum / 2.0 + (sum % 2 != 0 && sum < 0 ? 0.5 : 0.0)));
      const auto scaled = static_cast<int32_t>(std::lround(halves / 32.0));
      next.push_back(static_cast<int8_t>(std::clamp(scaled + 5, -128, 127)));
    }
    values = next;
  }
  return values;
}

}  // namespace testing
}  // namespace tmc::engine
