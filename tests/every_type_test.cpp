// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Every operator of the table with operands of every dtype, of ranks 0 to 6 and extents of 1, 3, 7 and 0, through every
// phase but the reading of a file, for every instruction set: what comes out is what the operator means in reals, or it
// is refused by name and with a code. A new operator is met here by itself. Under the sanitizers this finds steps that
// touch what is not theirs.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "testing/any_operator.hpp"
#include "testing/compilers.hpp"
#include "testing/targets_by_isa.hpp"
#include "tmc/backend/cpp/backend.hpp"
#include "tmc/backend/cpp/folder.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/pipeline/compile.hpp"

namespace tmc {
namespace {

using testing::AnyNode;
using testing::Bytes;
using Rng = std::mt19937;

constexpr DType kDtypes[] = {DType::kF32, DType::kF16, DType::kBF16, DType::kF64, DType::kI8,  DType::kU8,  DType::kI16,
                             DType::kU16, DType::kI32, DType::kU32,  DType::kI64, DType::kU64, DType::kBool};
constexpr int kMostRank = 6;

// A node with what is to come out of it.
struct Case {
  AnyNode node;
  std::optional<std::vector<double>> expected;  // reals; none where there is no float form to compare with
  Quantization output;
  ir::Graph graph;
};

// The output's integers span what is expected, or are in the first operand's scale.
Quantization output_quantization(Rng& rng, const AnyNode& node, const std::optional<std::vector<double>>& expected) {
  const DType dtype = node.output.dtype;
  const Quantization& first = node.operands.front().quantization;
  if (dtype_is_float(dtype) || dtype == DType::kBool || first.per_axis()) return {};
  const bool same_dtype = dtype == node.operands.front().type.dtype;
  if (same_dtype && (first.empty() || rng() % 2 == 0)) return first;
  double most = 1e-3;
  for (const double real : expected.value_or(std::vector<double>())) {
    if (std::isfinite(real)) most = std::max(most, std::abs(real));
  }
  const double steps = dtype_bytes(dtype) == 1 ? 100 : 30'000;
  const int32_t zero_point = dtype == DType::kI8   ? static_cast<int32_t>(rng() % 20) - 10
                             : dtype == DType::kU8 ? 128
                                                   : 0;
  return Quantization::per_tensor(static_cast<float>(most / steps), zero_point);
}

std::optional<Case> any_case(Rng& rng, const ops::OpInfo& info, DType dtype, int rank, bool empty) {
  constexpr int kAttempts = 60;
  auto node = testing::any_node(rng, info, dtype, rank, empty, kAttempts);
  if (!node) return std::nullopt;
  auto expected = empty ? std::nullopt : testing::real_meaning(*node);
  const Quantization output = output_quantization(rng, *node, expected);
  const auto rounding = rng() % 2 == 0 ? ir::Requantization::kTwoRoundings : ir::Requantization::kOneRounding;
  ir::Graph graph = testing::graph_of(*node, output, rounding);
  return Case{std::move(*node), std::move(expected), output, std::move(graph)};
}

Result<program::Program> compiled(const ir::Graph& graph, const Target& target) {
  pipeline::Compilation compilation{
      .model = "any", .options = {}, .target = target, .graph = graph, .program = {}, .quantization = {}};
  for (const pipeline::Phase& phase : pipeline::phases()) {
    if (phase.name != "import") TMC_TRY(phase.run(compilation));
  }
  return std::move(compilation.program);
}

Result<Bytes> run(const program::Program& program, const std::vector<Bytes>& inputs) {
  TMC_ASSIGN(exec::Executor executor, exec::Executor::create(program));
  TMC_ASSIGN(const std::vector<Bytes> outputs, executor.run(inputs));
  return outputs.front();
}

// A float layer with int8 weights sees its input in 255 steps.
bool is_hybrid(const AnyNode& node) {
  return node.operands[0].type.dtype == DType::kF32 && node.operands.size() > 1 &&
         node.operands[1].type.dtype == DType::kI8;
}

// How far an element may be from what is expected, which is in reals.
double tolerance(const Case& of, double expected, double largest) {
  const double rounding = 1e-4 * (1 + std::abs(expected));
  if (is_hybrid(of.node)) return 0.03 * largest + rounding;
  if (of.output.empty()) return dtype_is_float(of.node.output.dtype) ? rounding : 0;
  const double steps = of.node.output.dtype == DType::kI16 ? 8 : 2;
  return steps * static_cast<double>(of.output.scale());
}

// The number of the output that is nearest to a real.
double representable(const Case& of, double real) {
  if (of.output.empty()) return real;
  const DType dtype = of.node.output.dtype;
  const auto scale = static_cast<double>(of.output.scale());
  const int32_t zero_point = of.output.zero_point();
  if (std::isnan(real)) return 0;
  return (std::clamp<double>(real / scale + zero_point, dtype_min(dtype), dtype_max(dtype)) - zero_point) * scale;
}

// What is wrong with the first element that is; empty where none is.
std::string difference(const Case& of, const Bytes& actual) {
  const std::vector<double> reals = testing::to_reals(of.node.output, of.output, actual);
  double largest = 0;
  for (const double real : *of.expected) largest = std::isfinite(real) ? std::max(largest, std::abs(real)) : largest;
  for (size_t i = 0; i < reals.size(); ++i) {
    const double expected = representable(of, (*of.expected)[i]);
    const bool same = reals[i] == expected || (std::isnan(reals[i]) && std::isnan(expected));
    if (same || std::abs(reals[i] - expected) <= tolerance(of, expected, largest)) continue;
    return fmt::format("element {} is {}, not {}", i, reals[i], expected);
  }
  return "";
}

// A refusal that a user can do something with.
bool is_by_name(const Status& status) {
  const bool is_of_model = static_cast<int>(status.code()) >> 8 == 3;
  return is_of_model && status.text().find('\'') != std::string::npos;
}

std::string describe(const Case& of, const Target& target) {
  std::string text = target.name + "\n";
  text += ir::to_text(of.graph);
  return text;
}

struct Count {
  int right = 0, alike = 0, refused = 0;
};

// Compiles and runs for every target; counts what came of it.
void check(const Case& of, const std::vector<Target>& targets, Count& count) {
  const std::vector<Bytes> inputs = testing::inputs_of(of.node);
  std::optional<Bytes> first;
  for (const Target& target : targets) {
    const auto program = compiled(of.graph, target);
    if (!program.ok()) {
      EXPECT_TRUE(is_by_name(program.status())) << program.status().text() << "\n" << describe(of, target);
      ++count.refused;
      continue;
    }
    const auto output = run(*program, inputs);
    ASSERT_TRUE(output.ok()) << output.status().text() << "\n" << describe(of, target);
    if (!first) first = *output;
    if (of.expected) {
      EXPECT_EQ(difference(of, *output), "") << describe(of, target);
      ++count.right;
    } else {
      EXPECT_EQ(*output, *first) << describe(of, target);
      ++count.alike;
    }
  }
}

class EveryType : public ::testing::TestWithParam<const ops::OpInfo*> {};

TEST_P(EveryType, IsRightOrRefusedByName) {
  const std::vector<Target> targets = testing::targets_by_isa();
  Rng rng(17);
  std::map<DType, Count> counts;
  for (const DType dtype : kDtypes) {
    for (int rank = 0; rank <= kMostRank; ++rank) {
      const bool is_common = dtype == DType::kF32 || dtype == DType::kI8 || dtype == DType::kI16;
      for (int round = 0; round < (is_common ? 4 : 1); ++round) {
        const auto of = any_case(rng, *GetParam(), dtype, rank, rank > 0 && rng() % 8 == 0);
        if (of) check(*of, targets, counts[dtype]);
      }
    }
  }
  Count all;
  for (const auto& [dtype, count] : counts) {
    fmt::print("{:>5}: {} right, {} alike, {} refused\n", dtype_name(dtype), count.right, count.alike, count.refused);
    all = {all.right + count.right, all.alike + count.alike, all.refused + count.refused};
  }
  EXPECT_GT(all.right, 0) << "nothing was computed";
}

std::string name_of(const ::testing::TestParamInfo<const ops::OpInfo*>& of) {
  return of.param->name;
}

INSTANTIATE_TEST_SUITE_P(Operators, EveryType, ::testing::ValuesIn(ops::all_ops().begin(), ops::all_ops().end()),
                         name_of);

}  // namespace
}  // namespace tmc
