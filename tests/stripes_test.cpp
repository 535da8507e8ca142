// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// A program gives the same bytes in stripes of rows as whole, for every group of steps and every height that can run
// by rows, wherever storage puts the buffers.

#include "tmc/storage/stripes.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <optional>
#include <random>

#include "testing/program_builder.hpp"
#include "testing/random_graph.hpp"
#include "testing/targets_by_isa.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/program/params.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/lives.hpp"
#include "tmc/storage/order.hpp"
#include "tmc/storage/replay.hpp"
#include "tmc/storage/storage.hpp"
#include "tmc/storage/striping.hpp"
#include "tmc/storage/striping/groups.hpp"

namespace tmc {
namespace {

using Bytes = std::vector<std::byte>;
using program::Program;
using storage::StorageOptions;

Program placed(const Program& program, const StorageOptions& options) {
  auto result = storage::place(program, options);
  EXPECT_TRUE(result.ok()) << result.status().text();
  const Status status = storage::replay(*result);
  EXPECT_TRUE(status.ok()) << status.text();
  return std::move(result).value();
}

// By name: outputs at the end, and every tensor that is whole right after the step that completes it.
std::map<std::string, Bytes> contents_of(const Program& program, const std::vector<Bytes>& inputs) {
  auto executor = exec::Executor::create(program);
  EXPECT_TRUE(executor.ok()) << executor.status().text();
  std::map<std::string, Bytes> contents;
  auto outputs = executor->run(inputs, [&](int32_t step) {
    for (const program::Tensor& tensor : program.tensors) {
      if (tensor.step == step) contents[tensor.name] = executor->read(tensor);
    }
  });
  EXPECT_TRUE(outputs.ok()) << outputs.status().text();
  for (size_t i = 0; i < outputs->size(); ++i) contents["output " + std::to_string(i)] = (*outputs)[i];
  return contents;
}

void expect_same(const Program& plain, const Program& striped) {
  const auto inputs = testing::random_inputs(plain, 9);
  const auto expected = contents_of(placed(plain, {.sharing = storage::Sharing::kNone}), inputs);
  const auto actual = contents_of(striped, inputs);
  for (const auto& [name, bytes] : actual) ASSERT_EQ(expected.at(name), bytes) << "tensor '" << name << "'";
}

const StorageOptions kQuick{.reorder = false, .max_search_checks = 5'000};

// A convolution or a pool that writes over the rows that it reads.
bool is_window_in_place(const program::Step& step) {
  const auto& buffers = step.implementation->kernel->buffers;
  if (step.stripe < 0 ||
      program::find_param(*step.implementation->kernel, kernels::Words(step.params), "kernel_h").empty()) {
    return false;
  }
  const auto role_is = [&](size_t i, kernels::Role role) {
    return buffers[i].role == role && step.operands[i].kind == program::Operand::Kind::kBuffer;
  };
  for (size_t i = 0; i < step.operands.size(); ++i) {
    for (size_t j = 0; j < step.operands.size(); ++j) {
      if (role_is(i, kernels::Role::kInput) && role_is(j, kernels::Role::kOutput) &&
          step.operands[i].index == step.operands[j].index) {
        return true;
      }
    }
  }
  return false;
}

void expect_same_in_stripes(const Target& target) {
  std::mt19937 rng(61);
  int striped = 0;
  int moved = 0;
  int longest = 0;
  for (int round = 0; round < 800; ++round) {
    const ir::Graph graph = testing::random_graph(rng, 3 + round % 8);
    auto plain = select::select(graph, target, {});
    ASSERT_TRUE(plain.ok()) << plain.status().text();
    const auto steps = static_cast<int32_t>(plain->steps.size());
    if (steps == 0) continue;
    for (int attempt = 0; attempt < 4; ++attempt) {
      const int32_t first = std::uniform_int_distribution<int32_t>(0, steps - 1)(rng);
      const int32_t last = std::uniform_int_distribution<int32_t>(first, std::min(steps - 1, first + 4))(rng);
      const int32_t rows = std::uniform_int_distribution<int32_t>(1, 4)(rng);
      const auto result = storage::with_stripes(*plain, {first, last, rows});
      if (!result) continue;
      ++striped;
      moved += result->plan.moved_bytes > 0 ? 1 : 0;
      longest = std::max(longest, result->plan.striped_nodes);
      ASSERT_NO_FATAL_FAILURE(expect_same(*plain, placed(*result, kQuick)))
          << "round " << round << " on " << target.name << ", steps " << first << ".." << last << ", " << rows
          << " rows";
    }
  }
  EXPECT_GT(striped, 150) << target.name;
  EXPECT_GT(moved, 20) << target.name;
  EXPECT_GE(longest, 3) << target.name;
}

TEST(Stripes, KeepEveryTensorOfRandomGraphs) {
  for (const Target& target : testing::targets_by_isa()) {
    ASSERT_NO_FATAL_FAILURE(expect_same_in_stripes(target));
  }
}

// What with_stripes drops is what exists only row by row: everything that is read elsewhere is still there, whole.
TEST(Stripes, StreamingBringsTheArenaDown) {
  const Target target = testing::targets_by_isa().front();
  std::mt19937 rng(62);
  int smaller = 0;
  for (int round = 0; round < 400; ++round) {
    const auto plain = select::select(testing::random_graph(rng, 4 + round % 10), target, {});
    ASSERT_TRUE(plain.ok()) << plain.status().text();
    StorageOptions options{.max_order_sets = 100, .max_search_checks = 5'000};
    const Program whole = placed(*plain, options);
    options.stripe_to_bytes = 0;
    const Program streamed = placed(*plain, options);
    ASSERT_LE(streamed.arena_bytes(), whole.arena_bytes());
    smaller += streamed.arena_bytes() < whole.arena_bytes() ? 1 : 0;
    EXPECT_EQ(streamed.plan.striped_nodes > 0, streamed.arena_bytes() < whole.arena_bytes());
    ASSERT_NO_FATAL_FAILURE(expect_same(*plain, streamed)) << "round " << round;
    options.stripe_to_bytes = whole.arena_bytes();
    EXPECT_EQ(placed(*plain, options).plan.striped_nodes, 0) << "nothing to gain: within the limit";
  }
  EXPECT_GT(smaller, 20);
}

// What is free is taken as far as it gets, what costs the whole arena never, and what saves too little not either.
TEST(Stripes, AreTradedForWhatTheyCost) {
  const Target target = testing::targets_by_isa().front();
  std::mt19937 rng(64);
  int smaller = 0;
  for (int round = 0; round < 600; ++round) {
    const auto plain = select::select(testing::random_graph(rng, 4 + round % 10), target, {});
    ASSERT_TRUE(plain.ok()) << plain.status().text();
    StorageOptions options{.isa = target.isa, .max_order_sets = 100, .max_search_checks = 5'000};
    const Program whole = placed(*plain, options);
    options.trade = storage::StripeTrade{[](const Program&) { return 0.0; }};
    const Program traded = placed(*plain, options);
    ASSERT_NO_FATAL_FAILURE(expect_same(*plain, traded)) << "round " << round;
    const auto bytes = static_cast<double>(whole.arena_bytes());
    EXPECT_EQ(traded.plan.striped_nodes > 0, traded.arena_bytes() < whole.arena_bytes());
    if (traded.plan.striped_nodes == 0) continue;
    ++smaller;
    const double saved = 1 - static_cast<double>(traded.arena_bytes()) / bytes;
    EXPECT_GE(saved, 0.1);
    options.trade->least_saving = saved + 0.01;
    EXPECT_EQ(placed(*plain, options).arena_bytes(), whole.arena_bytes()) << "saves too little";
    // Against the logarithm: a half of the arena is worth as much as a half of what is left then.
    for (const double difference : {-0.1, 0.1}) {
      const double price = -std::log(1 - saved) + difference;
      options.trade = storage::StripeTrade{[price](const Program& program) {
        const auto is_stripe = [](const program::Step& step) { return step.stripe >= 0; };
        return std::ranges::any_of(program.steps, is_stripe) ? price : 0.0;
      }};
      EXPECT_EQ(placed(*plain, options).plan.striped_nodes > 0, difference < 0) << "round " << round;
    }
  }
  EXPECT_GT(smaller, 10);
}

// A layer of `outputs` channels behind `input`, with random weights.
ir::ValueId append_conv(std::mt19937& rng, ir::Graph& graph, ir::ValueId input, int64_t outputs, ops::Conv2d op) {
  const int64_t kernel = op.groups > 1 ? 3 : 1;
  const int64_t depth = graph.value(input).type.shape[3] / op.groups;
  const auto add = [&](const char* name, const Shape& shape, Quantization quantization, auto low, auto high) {
    std::vector<decltype(low)> values(static_cast<size_t>(shape.elements()));
    for (auto& value : values) {
      value = static_cast<decltype(low)>(std::uniform_int_distribution<int>(low, high)(rng));
    }
    const DType dtype = sizeof(low) == 1 ? DType::kI8 : DType::kI32;
    return graph.add_constant(name, {dtype, shape}, ir::TensorData::of(std::span<const decltype(low)>(values)),
                              std::move(quantization));
  };
  const ir::ValueId weights =
      add("w", Shape::of(outputs, kernel, kernel, depth), Quantization::per_tensor(0.01F, 0), int8_t{-90}, int8_t{90});
  const ir::ValueId bias =
      add("b", Shape::of(outputs), Quantization::per_tensor(0.005F, 0), int32_t{-2000}, int32_t{2000});
  auto output = graph.append("c", op, {input, weights, bias}, Quantization::per_tensor(0.5F, -3));
  EXPECT_TRUE(output.ok()) << output.status().text();
  return *output;
}

// An inverted residual block. The depthwise layer writes over the rows that it reads: of these the next stripe needs
// the last ones only.
TEST(Stripes, RowsLieOverThoseThatTheyAreMadeOf) {
  std::mt19937 rng(65);
  for (const Target& target : testing::targets_by_isa()) {
    int in_place = 0;
    for (const int stride : {1, 2}) {
      ir::Graph graph;
      ir::ValueId value =
          graph.add_input("x", {DType::kI8, Shape::of(1, 24, 16, 8)}, Quantization::per_tensor(0.5F, 3));
      value = append_conv(rng, graph, value, 16, {});
      const int end = stride == 1 ? 1 : 0;
      value = append_conv(rng, graph, value, 16,
                          {.stride_h = stride,
                           .stride_w = stride,
                           .pad_top = 1,
                           .pad_left = 1,
                           .pad_bottom = end,
                           .pad_right = end,
                           .groups = 16});
      graph.add_output(append_conv(rng, graph, value, 8, {}));
      const auto plain = select::select(graph, target, {});
      ASSERT_TRUE(plain.ok()) << plain.status().text();
      for (int32_t rows = 1; rows <= 6; ++rows) {
        const auto striped = storage::with_stripes(*plain, {0, 2, rows});
        ASSERT_TRUE(striped);
        in_place += std::ranges::any_of(striped->steps, is_window_in_place) ? 1 : 0;
        ASSERT_NO_FATAL_FAILURE(expect_same(*plain, placed(*striped, kQuick))) << target.name << ", " << rows;
      }
    }
    EXPECT_GE(in_place, target.name == "mps2-an500" ? 6 : 0);
  }
}

// 8, 16 and 8 channels, one image after the other: two layers apart need most.
TEST(Stripes, TwoPeaksAreMendedAtOnce) {
  const Target target = testing::targets_by_isa().front();
  std::mt19937 rng(66);
  ir::Graph graph;
  ir::ValueId value = graph.add_input("x", {DType::kI8, Shape::of(1, 24, 16, 8)}, Quantization::per_tensor(0.5F, 3));
  for (int block = 0; block < 2; ++block) {
    value = append_conv(rng, graph, value, 32, {});
    value = append_conv(rng, graph, value, 32,
                        {.pad_top = 1, .pad_left = 1, .pad_bottom = 1, .pad_right = 1, .groups = 32});
    value = append_conv(rng, graph, value, 8, {});
  }
  graph.add_output(value);
  const auto plain = select::select(graph, target, {});
  ASSERT_TRUE(plain.ok()) << plain.status().text();
  StorageOptions options{.isa = target.isa};
  const Program whole = placed(*plain, options);
  options.stripe_to_bytes = 0;
  const Program least = placed(*plain, options);
  EXPECT_LT(least.arena_bytes(), whole.arena_bytes() / 2);
  ASSERT_NO_FATAL_FAILURE(expect_same(*plain, least));
  options.stripe_to_bytes = whole.arena_bytes() / 2;
  const Program halved = placed(*plain, options);
  EXPECT_LE(halved.arena_bytes(), whole.arena_bytes() / 2);
  EXPECT_LT(halved.steps.size(), least.steps.size()) << "no more stripes than the limit asks for";
  options.stripe_to_bytes = std::nullopt;
  options.trade = storage::StripeTrade{[](const Program& program) { return 1e-3 * program.plan.striped_nodes; }};
  EXPECT_LT(placed(*plain, options).arena_bytes(), whole.arena_bytes() / 2);
}

// What the plan goes by, group by group, holds of the whole program.
TEST(Stripes, GroupsNeedWhatTheirStepsNeedAlone) {
  const Target target = testing::targets_by_isa().front();
  std::mt19937 rng(67);
  int covers = 0;
  int with_several = 0;
  int different = 0;
  for (int round = 0; round < 300; ++round) {
    const auto plain = select::select(testing::random_graph(rng, 4 + round % 12), target, {});
    ASSERT_TRUE(plain.ok()) << plain.status().text();
    if (plain->steps.empty()) continue;
    const storage::StripeOptions options;
    storage::Groups groups(*plain, options);
    int64_t limit = groups.peak_blocks() - 1;
    while (const auto cover = groups.cheapest({limit, limit}, 1e12)) {
      std::optional<Program> striped = *plain;
      for (auto choice = cover->choices.rbegin(); choice != cover->choices.rend(); ++choice) {
        striped = storage::with_stripes(*striped, choice->stripes);
        ASSERT_TRUE(striped);
      }
      const storage::Uses uses = storage::find_uses(*striped, options.overlap);
      const std::vector<bool> all(uses.buffer_blocks.size(), true);
      // Less where one group cuts what another one reads into more segments: then more of them may lie over others.
      const int64_t bound = storage::lower_bound_blocks(uses, storage::given_order(uses), all);
      ASSERT_LE(bound, cover->blocks()) << "round " << round;
      different += bound < cover->blocks() ? 1 : 0;
      ++covers;
      with_several += cover->choices.size() > 1 ? 1 : 0;
      limit = cover->blocks() - 1;
    }
  }
  EXPECT_GT(covers, 50);
  EXPECT_LT(different, covers / 20);
  EXPECT_GT(with_several, 5);
}

int64_t sum_of_macs(const Program& program) {
  int64_t macs = 0;
  for (const program::Step& step : program.steps) macs += step.macs;
  return macs;
}

TEST(Stripes, ComputeNothingTwice) {
  const Target target = testing::targets_by_isa().front();
  std::mt19937 rng(63);
  int compared = 0;
  for (int round = 0; round < 100; ++round) {
    const auto plain = select::select(testing::random_graph(rng, 5), target, {});
    ASSERT_TRUE(plain.ok());
    const auto steps = static_cast<int32_t>(plain->steps.size());
    for (int32_t rows = 1; rows <= 2 && steps > 1; ++rows) {
      const auto striped = storage::with_stripes(*plain, {0, steps - 1, rows});
      if (!striped) continue;
      ++compared;
      EXPECT_LE(sum_of_macs(*striped), sum_of_macs(*plain));
    }
  }
  EXPECT_GT(compared, 5);
}

}  // namespace
}  // namespace tmc
