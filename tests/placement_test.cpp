// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A program gives the same bytes wherever storage puts its buffers: every tensor of a program placed with overlaps and
// in another order is compared with the same program where every buffer has bytes of its own.

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "testing/program_builder.hpp"
#include "testing/random_graph.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/replay.hpp"
#include "tmc/storage/storage.hpp"
#include "tmc/storage/testing/random_program.hpp"

namespace tmc {
namespace {

using Bytes = std::vector<std::byte>;
using program::Program;
using storage::Sharing;
using storage::StorageOptions;

Program placed(const Program& program, const StorageOptions& options) {
  auto result = storage::place(program, options);
  EXPECT_TRUE(result.ok()) << result.status().text();
  const Status status = storage::replay(*result);
  EXPECT_TRUE(status.ok()) << status.text();
  return std::move(result).value();
}

// Bytes of every tensor right after the step that completes it, and of the outputs at the end; by index.
std::map<std::pair<size_t, bool>, Bytes> all_tensors(const Program& program, const std::vector<Bytes>& inputs) {
  std::map<std::pair<size_t, bool>, Bytes> tensors;
  auto executor = exec::Executor::create(program);
  EXPECT_TRUE(executor.ok()) << executor.status().text();
  const auto outputs = executor->run(inputs, [&](int32_t step) {
    for (size_t i = 0; i < program.tensors.size(); ++i) {
      if (program.tensors[i].step == step) tensors[{i, false}] = executor->read(program.tensors[i]);
    }
  });
  EXPECT_TRUE(outputs.ok()) << outputs.status().text();
  for (size_t i = 0; i < outputs->size(); ++i) tensors[{i, true}] = (*outputs)[i];
  return tensors;
}

void expect_same_wherever_placed(const Program& program, const StorageOptions& options) {
  const Program apart = placed(program, {.sharing = Sharing::kNone});
  const Program shared = placed(program, options);
  const auto inputs = testing::random_inputs(program, 5);
  const auto expected = all_tensors(apart, inputs);
  const auto actual = all_tensors(shared, inputs);
  EXPECT_LE(shared.arena_bytes(), apart.arena_bytes());
  ASSERT_EQ(expected.size(), actual.size());
  for (const auto& [key, bytes] : expected) {
    ASSERT_EQ(bytes, actual.at(key)) << (key.second ? "output " : "tensor ") << key.first << " of '" << program.name
                                     << "' differs";
  }
}

constexpr StorageOptions kQuick{.max_order_sets = 300, .max_search_checks = 20'000};

TEST(Placement, KeepsEveryTensorOfRandomPrograms) {
  std::mt19937 rng(31);
  for (int round = 0; round < 600; ++round) {
    const storage::testing::RandomProgramOptions options{.steps = 2 + round % 25, .max_bytes = round % 2 ? 400 : 80};
    expect_same_wherever_placed(storage::testing::random_program(rng, options), kQuick);
    if (HasFatalFailure()) FAIL() << "in round " << round;
  }
}

void expect_same_for_real_kernels(const std::string& target_name) {
  std::mt19937 rng(32);
  const auto target = load_target(target_name);
  ASSERT_TRUE(target.ok());
  for (int round = 0; round < 120; ++round) {
    const ir::Graph graph = testing::random_graph(rng, 3 + round % 12);
    const auto program = select::select(graph, *target, {.keep_inputs = round % 5 == 0});
    ASSERT_TRUE(program.ok()) << program.status().text();
    expect_same_wherever_placed(*program, kQuick);
    if (::testing::Test::HasFatalFailure()) FAIL() << "in round " << round << " on " << target_name;
  }
}

TEST(Placement, KeepsEveryTensorOfRealKernels) {
  expect_same_for_real_kernels("host");
  expect_same_for_real_kernels("mps2-an500");
}

}  // namespace
}  // namespace tmc
