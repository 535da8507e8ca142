// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A program gives the same bytes wherever storage puts its buffers: every tensor of a program placed with overlaps and
// in another order is compared with the same program where every buffer has bytes of its own.

#include <gtest/gtest.h>

#include <random>

#include "testing/program_builder.hpp"
#include "testing/random_graph.hpp"
#include "testing/targets_by_isa.hpp"
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

const StorageOptions kQuick{.max_order_sets = 300, .max_search_checks = 20'000};
const StorageOptions kBuffersOnly{.sharing = Sharing::kBuffers, .max_order_sets = 300, .max_search_checks = 20'000};

Program placed(const Program& program, const StorageOptions& options) {
  auto result = storage::place(program, options);
  EXPECT_TRUE(result.ok()) << result.status().text();
  const Status status = storage::replay(*result);
  EXPECT_TRUE(status.ok()) << status.text();
  return std::move(result).value();
}

const program::Tensor& input_of(const Program& program, size_t port) {
  return program.tensors[static_cast<size_t>(program.inputs[port])];
}

struct Contents {
  std::vector<Bytes> tensors;  // right after the step that completes each
  std::vector<Bytes> outputs;  // at the end
  std::vector<Bytes> inputs;   // at the end, where the program keeps them
};

Contents contents_of(const Program& program, const std::vector<Bytes>& inputs) {
  Contents contents{std::vector<Bytes>(program.tensors.size()), {}, {}};
  auto executor = exec::Executor::create(program);
  EXPECT_TRUE(executor.ok()) << executor.status().text();
  const auto read_tensors = [&](int32_t step) {
    for (size_t i = 0; i < program.tensors.size(); ++i) {
      if (program.tensors[i].step == step) contents.tensors[i] = executor->read(program.tensors[i]);
    }
  };
  // An input, or another name of one, is whole before the first step, of which the executor says nothing.
  for (size_t i = 0; i < inputs.size(); ++i) executor->write(input_of(program, i), inputs[i]);
  read_tensors(-1);
  auto outputs = executor->run(inputs, read_tensors);
  EXPECT_TRUE(outputs.ok()) << outputs.status().text();
  contents.outputs = std::move(outputs).value();
  for (size_t i = 0; program.keep_inputs && i < inputs.size(); ++i) {
    contents.inputs.push_back(executor->read(input_of(program, i)));
  }
  return contents;
}

// What the programs of a test had in common with what can go wrong.
struct Seen {
  int reordered = 0;
  int overlapping = 0;  // outputs that run into inputs save memory
};

void expect_same_wherever_placed(const Program& program, const StorageOptions& options, Seen& seen) {
  const Program apart = placed(program, {.sharing = Sharing::kNone});
  const Program shared = placed(program, options);
  seen.reordered += shared.plan.reordered ? 1 : 0;
  seen.overlapping += shared.arena_bytes() < placed(program, kBuffersOnly).arena_bytes() ? 1 : 0;
  const auto inputs = testing::random_inputs(program, 5);
  const Contents expected = contents_of(apart, inputs);
  const Contents actual = contents_of(shared, inputs);
  EXPECT_LE(shared.arena_bytes(), apart.arena_bytes());
  ASSERT_EQ(expected.tensors.size(), actual.tensors.size());
  for (size_t i = 0; i < expected.tensors.size(); ++i) {
    ASSERT_FALSE(expected.tensors[i].empty()) << "tensor " << i << " is never whole";
    ASSERT_EQ(expected.tensors[i], actual.tensors[i]) << "tensor '" << program.tensors[i].name << "', whole after step "
                                                      << apart.tensors[i].step << " and " << shared.tensors[i].step;
  }
  ASSERT_EQ(expected.outputs, actual.outputs);
  ASSERT_EQ(expected.inputs, actual.inputs);
  ASSERT_EQ(actual.inputs, program.keep_inputs ? inputs : std::vector<Bytes>());
}

TEST(Placement, KeepsEveryTensorOfRandomPrograms) {
  std::mt19937 rng(31);
  Seen seen;
  for (int round = 0; round < 600; ++round) {
    const storage::testing::RandomProgramOptions options{.steps = 2 + round % 25, .max_bytes = round % 2 ? 400 : 80};
    expect_same_wherever_placed(storage::testing::random_program(rng, options), kQuick, seen);
    if (HasFatalFailure()) FAIL() << "in round " << round;
  }
  EXPECT_GT(seen.reordered, 100);
  EXPECT_GT(seen.overlapping, 300);
}

void expect_same_for_real_kernels(const Target& target) {
  std::mt19937 rng(32);
  Seen seen;
  for (int round = 0; round < 120; ++round) {
    const ir::Graph graph = testing::random_graph(rng, 3 + round % 12);
    const auto program = select::select(graph, target, {.keep_inputs = round % 5 == 0});
    ASSERT_TRUE(program.ok()) << program.status().text();
    expect_same_wherever_placed(*program, kQuick, seen);
    if (::testing::Test::HasFatalFailure()) FAIL() << "in round " << round << " on " << target.name;
  }
  EXPECT_GT(seen.reordered, 10);
  EXPECT_GT(seen.overlapping, 60);
}

TEST(Placement, KeepsEveryTensorOfRealKernels) {
  for (const Target& target : testing::targets_by_isa()) {
    ASSERT_NO_FATAL_FAILURE(expect_same_for_real_kernels(target));
  }
}

}  // namespace
}  // namespace tmc
