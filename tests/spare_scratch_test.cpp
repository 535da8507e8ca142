// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Implementations that save instructions with scratch of their own do not raise the arena, and change no byte.

#include "tmc/storage/spare_scratch.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "testing/program_builder.hpp"
#include "testing/random_graph.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/replay.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc {
namespace {

using program::Program;

// Steps that do what another implementation does in less scratch; those with a table in them spend flash alone.
int64_t spending_steps(const Program& program) {
  return std::ranges::count_if(program.steps,
                               [](const program::Step& step) { return step.implementation->instead_of != nullptr; });
}

std::vector<std::vector<std::byte>> outputs_of(const Program& program, unsigned seed) {
  auto executor = exec::Executor::create(program);
  EXPECT_TRUE(executor.ok()) << executor.status().text();
  auto outputs = executor->run(testing::random_inputs(program, seed));
  EXPECT_TRUE(outputs.ok()) << outputs.status().text();
  return *outputs;
}

TEST(SpareScratch, SpeedDoesNotRaiseTheArena) {
  const Target target = load_target("mps2-an500").value();
  std::mt19937 rng(71);
  int64_t asked = 0;
  int64_t spent = 0;
  for (int round = 0; round < 150; ++round) {
    const ir::Graph graph = testing::random_graph(rng, 3 + round % 8);
    const auto fast = select::select(graph, target, {.spend_flash = true});
    const auto plain = select::select(graph, target, {.spend_flash = false});
    ASSERT_TRUE(fast.ok() && plain.ok());
    EXPECT_EQ(spending_steps(*plain), 0);
    storage::StorageOptions options{.isa = target.isa, .max_order_sets = 100, .max_search_checks = 5'000};
    if (round % 3 == 0) options.stripe_to_bytes = 0;
    const auto placed_fast = storage::place(*fast, options);
    const auto placed_plain = storage::place(*plain, options);
    ASSERT_TRUE(placed_fast.ok() && placed_plain.ok());
    EXPECT_TRUE(storage::replay(*placed_fast).ok());
    EXPECT_EQ(placed_fast->arena_bytes(), placed_plain->arena_bytes()) << "round " << round;
    const auto seed = static_cast<unsigned>(round);
    EXPECT_EQ(outputs_of(*placed_fast, seed), outputs_of(*placed_plain, seed)) << "round " << round;
    asked += spending_steps(*fast);
    spent += spending_steps(*placed_fast);
  }
  EXPECT_GT(asked, 50);
  EXPECT_GT(spent, asked / 10) << "where there is room";
}

TEST(SpareScratch, ANodeGetsItsImplementationBackWithinTheLimit) {
  const Target target = load_target("mps2-an500").value();
  std::mt19937 rng(72);
  int found = 0;
  for (int round = 0; round < 100; ++round) {
    const auto fast = select::select(testing::random_graph(rng, 3), target, {});
    ASSERT_TRUE(fast.ok());
    if (spending_steps(*fast) == 0) continue;
    ++found;
    Program spared = *fast;
    const auto implementations = storage::spare_scratch(spared);
    EXPECT_EQ(std::ssize(implementations), spending_steps(*fast));
    EXPECT_EQ(spending_steps(spared), 0);
    for (const storage::SparedImplementation& implementation : implementations) {
      EXPECT_FALSE(storage::spend_scratch(spared, implementation, true, 16)) << "nothing has room";
      EXPECT_TRUE(storage::spend_scratch(spared, implementation, true, 1 << 30));
    }
    ASSERT_EQ(spared.buffers.size(), fast->buffers.size());
    for (size_t i = 0; i < spared.steps.size(); ++i)
      EXPECT_EQ(spared.steps[i].implementation, fast->steps[i].implementation);
    for (size_t i = 0; i < spared.buffers.size(); ++i) EXPECT_EQ(spared.buffers[i].bytes, fast->buffers[i].bytes);
  }
  EXPECT_GT(found, 10);
}

}  // namespace
}  // namespace tmc
