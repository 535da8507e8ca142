// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A float island in an int8 graph: the borders dequantise and quantise, the layers between run in float, with float16
// and with int8 weights, and the implementations of every instruction set give what the real numbers say.

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "testing/targets_by_isa.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc {
namespace {

using Bytes = std::vector<std::byte>;

// f16 1, -2, 0.5 and 3; 0.25 times 4, -4, 2 and 8 in int8.
constexpr const char* kIsland = R"(graph "island" {
  input x: i8[1,2] scale=0.5 zero_point=3
  const half: f16[2,2] = x"003c00c000380042"
  const bias: f32[2] = [0.25,-1]
  const small: i8[2,2] scale=0.25 = [4,-4,2,8]
  real: f32[1,2] = dequantize(x)
  first: f32[1,2] = fully_connected(real, half, bias) activation=relu
  second: f32[1,2] = fully_connected(first, small)
  third: f32[1,2] = tanh(second)
  y: i8[1,2] scale=0.0078125 = quantize(third)
  z: i8[1,2] scale=0.0078125 = relu(y)
  output z
}
)";

std::array<double, 2> by_hand(int a, int b) {
  const double x[2] = {0.5 * (a - 3), 0.5 * (b - 3)};
  double first[2] = {std::fmax(0, x[0] - 2 * x[1] + 0.25), std::fmax(0, 0.5 * x[0] + 3 * x[1] - 1)};
  // The hybrid layer sees its input in parts in 127 of the largest.
  const double largest = std::fmax(first[0], first[1]);
  for (double& value : first) value = largest > 0 ? std::round(value / largest * 127) * largest / 127 : 0;
  const double second[2] = {first[0] - first[1], 0.5 * first[0] + 2 * first[1]};
  return {std::fmax(0, std::tanh(second[0])) * 128, std::fmax(0, std::tanh(second[1])) * 128};
}

TEST(MixedGraph, AFloatIslandRunsBetweenIntegers) {
  const auto graph = ir::from_text(kIsland);
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  for (const Target& target : testing::targets_by_isa()) {
    auto open = select::select(*graph, target, {});
    ASSERT_TRUE(open.ok()) << open.status().text();
    const auto placed = storage::place(std::move(*open));
    ASSERT_TRUE(placed.ok()) << placed.status().text();
    auto executor = exec::Executor::create(*placed);
    ASSERT_TRUE(executor.ok()) << executor.status().text();
    std::mt19937 rng(5);
    for (int round = 0; round < 50; ++round) {
      std::uniform_int_distribution<> pick(-5, 10);
      const int a = pick(rng);
      const int b = pick(rng);
      const std::vector<Bytes> inputs = {{static_cast<std::byte>(a), static_cast<std::byte>(b)}};
      const auto outputs = executor->run(inputs);
      ASSERT_TRUE(outputs.ok()) << outputs.status().text();
      const std::array<double, 2> expected = by_hand(a, b);
      for (size_t i = 0; i < 2; ++i) {
        const auto actual = static_cast<int8_t>(outputs->front()[i]);
        EXPECT_NEAR(actual, std::fmin(expected[i], 127), 0.51) << target.name << " " << a << " " << b;
      }
    }
  }
}

TEST(MixedGraph, OnlyWhatIsWrongIsRefused) {
  const auto graph = ir::from_text(R"(graph "sum" {
  input a: i8[2] scale=0.5
  input b: i8[2] scale=0.5
  y: i8[2] scale=0.5 = pow(a, b)
  output y
}
)");
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  const auto program = select::select(*graph, testing::targets_by_isa().front(), {});
  ASSERT_FALSE(program.ok());
  EXPECT_NE(program.status().text().find("'a' is quantised, pow has no form for quantised operands"), std::string::npos)
      << program.status().text();
}

}  // namespace
}  // namespace tmc
