// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Every operator of the table with operands of every dtype, of ranks 0 to 6 and extents of 1, 3, 7 and 0, through every
// phase but the reading of a file, for every instruction set: what comes out is what the operator means in reals, or it
// is refused by name and with a code. A new operator is met here by itself. Under the sanitizers this finds steps that
// touch what is not theirs.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "testing/any_operator.hpp"
#include "testing/compilers.hpp"
#include "testing/targets_by_isa.hpp"
#include "tmc/backend/cpp/backend.hpp"
#include "tmc/backend/cpp/folder.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/ops/op/basic_lstm_step.hpp"
#include "tmc/ops/op/cached_attention.hpp"
#include "tmc/ops/op/custom.hpp"
#include "tmc/ops/op/integer_lstm_step.hpp"
#include "tmc/ops/op/sound_bands.hpp"
#include "tmc/ops/op/svdf.hpp"
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
  if (dtype_is_float(dtype) || dtype == DType::kBool) return {};
  const bool same_dtype = dtype == node.operands.front().type.dtype;
  if (same_dtype && !first.per_axis() && (first.empty() || rng() % 2 == 0)) return first;
  double most = 0.05;
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
  constexpr int kAttempts = 800;
  auto node = testing::any_node(rng, info, dtype, rank, empty, kAttempts);
  if (!node) return std::nullopt;
  // The bits of another type mean nothing as reals: all targets are to give the same ones.
  const bool has_meaning = !empty && node->op.name() != "bit_cast";
  auto expected = has_meaning ? testing::real_meaning(*node) : std::nullopt;
  const Quantization output = output_quantization(rng, *node, expected);
  const auto rounding = rng() % 2 == 0 ? ir::Requantization::kTwoRoundings : ir::Requantization::kOneRounding;
  ir::Graph graph = testing::graph_of(*node, output, rounding);
  return Case{std::move(*node), std::move(expected), output, std::move(graph)};
}

Result<program::Program> compiled(const ir::Graph& graph, const Target& target) {
  pipeline::Compilation compilation;
  compilation.model = "any";
  compilation.target = target;
  compilation.graph = graph;
  for (const pipeline::Phase& phase : pipeline::phases()) {
    if (phase.name != "import") TMC_TRY(phase.run(compilation));
  }
  return std::move(compilation.program);
}

Result<Bytes> run(const program::Program& program, const std::vector<Bytes>& inputs,
                  const exec::Threads& threads = {}) {
  TMC_ASSIGN(exec::Executor executor, exec::Executor::create(program, threads));
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
  // A pool's limits are in steps of its input.
  const Quantization& first = of.node.operands[0].quantization;
  const double input_steps = first.empty() ? 0 : static_cast<double>(first.scale()) / 2;
  const auto scale = static_cast<double>(of.output.scale());
  if (of.node.output.dtype != DType::kI16) return 2 * scale + input_steps;
  // LiteRT's functions of int16 interpolate between the entries of a table, and give 2^-15ths.
  return 8 * scale + 1e-3 * largest + input_steps + 1.0 / 32768;
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
    const auto by_threads = run(*program, inputs, {.count = 3, .least_instructions = 0});
    EXPECT_TRUE(by_threads.ok() && *by_threads == *output) << "three threads\n" << describe(of, target);
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

// Another sequence of cases where TMC_SEED says so.
unsigned seed() {
  const char* chosen = std::getenv("TMC_SEED");
  return chosen != nullptr ? static_cast<unsigned>(std::stoul(chosen)) : 17;
}

class EveryType : public ::testing::TestWithParam<const ops::OpInfo*> {};

TEST_P(EveryType, IsRightOrRefusedByName) {
  if (GetParam() == &ops::op_info<ops::Custom>()) GTEST_SKIP() << "it means what its user says";
  if (GetParam() == &ops::op_info<ops::BasicLstmStep>()) {
    GTEST_SKIP() << "it has three outputs; tests/test_tflite_recurrent_forms.py steps it";
  }
  if (GetParam() == &ops::op_info<ops::IntegerLstmStep>()) {
    GTEST_SKIP() << "it has two outputs; tests/test_tflite_integer_lstm.py steps it";
  }
  if (GetParam() == &ops::op_info<ops::SoundBands>()) {
    GTEST_SKIP() << "its widths say how many weights there are; tests/test_sound.py hears them";
  }
  if (GetParam() == &ops::op_info<ops::CachedAttention>()) {
    GTEST_SKIP() << "it has three outputs; tests/test_decoder.py steps it";
  }
  if (GetParam() == &ops::op_info<ops::Svdf>()) GTEST_SKIP() << "it has two outputs; tests/test_states.py steps it";
  const std::vector<Target> targets = testing::targets_by_isa();
  Rng rng(seed());
  std::map<DType, Count> counts;
  for (const DType dtype : kDtypes) {
    for (int rank = 0; rank <= kMostRank; ++rank) {
      const bool is_common = dtype == DType::kF32 || dtype == DType::kI8 || dtype == DType::kI16;
      const int rounds = is_common ? 2 : dtype == DType::kU8 ? 4 : 1;
      for (int round = 0; round < rounds; ++round) {
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
  // Another sequence may hold nothing that a convolution takes.
  if (std::getenv("TMC_SEED") == nullptr) {
    EXPECT_GT(all.right + all.alike, 0) << "nothing was computed";
  }
}

std::string name_of(const ::testing::TestParamInfo<const ops::OpInfo*>& of) {
  return of.param->name;
}

INSTANTIATE_TEST_SUITE_P(Operators, EveryType, ::testing::ValuesIn(ops::all_ops().begin(), ops::all_ops().end()),
                         name_of);

// --- the same as generated code

// A compiled case with what exec gives.
struct Generated {
  program::Program program;
  std::vector<Bytes> inputs;
  Bytes output;
};

std::vector<Generated> any_programs(size_t count) {
  const std::vector<Target> targets = testing::targets_by_isa();
  Rng rng(23);
  std::vector<Generated> programs;
  for (size_t i = 0; programs.size() < count; ++i) {
    const DType dtype = std::array{DType::kF32, DType::kI8, DType::kI8, DType::kI16, DType::kU8}[rng() % 5];
    const auto rank = static_cast<int>(rng() % (kMostRank + 1));
    const auto of = any_case(rng, *ops::all_ops()[i % ops::all_ops().size()], dtype, rank, /*empty=*/false);
    if (!of) continue;
    auto program = compiled(of->graph, targets[i % targets.size()]);
    if (!program.ok()) continue;
    program->name = fmt::format("any{}", programs.size());
    const std::vector<Bytes> inputs = testing::inputs_of(of->node);
    auto output = run(*program, inputs);
    EXPECT_TRUE(output.ok()) << output.status().text();
    if (output.ok()) programs.push_back({std::move(*program), inputs, std::move(*output)});
  }
  return programs;
}

std::string list_of(const Bytes& bytes) {
  std::string text;
  for (const std::byte byte : bytes) text += fmt::format("{},", static_cast<int>(byte));
  return text;
}

int64_t address_of(const program::Program& program, int32_t port) {
  const program::Tensor& tensor = program.tensors[static_cast<size_t>(port)];
  return program.buffers[static_cast<size_t>(tensor.buffer)].offset + tensor.byte_offset;
}

// Of what is no number the sign is the compiler's.
constexpr const char* kSame = R"(#include <string.h>
static bool same_bytes(const unsigned char* a, const unsigned char* b, size_t size) { return memcmp(a, b, size) == 0; }
static bool same_floats(const unsigned char* a, const unsigned char* b, size_t size) {
  for (size_t at = 0; at < size; at += sizeof(float)) {
    float x, y;
    memcpy(&x, a + at, sizeof x);
    memcpy(&y, b + at, sizeof y);
    if (!same_bytes(a + at, b + at, sizeof x) && (x == x || y == y)) return false;
  }
  return true;
}
)";

// The model's sources in one unit, with a function that runs it and says whether its output is what exec gives.
std::string checked_source(const Generated& of) {
  const program::Program& program = of.program;
  std::string text = fmt::format("#include \"{0}/model.cpp\"\n#include \"{0}/weights.cpp\"\n", program.name);
  text += fmt::format("{}bool check_{}() {{\n  static_cast<void>(same_bytes), static_cast<void>(same_floats);\n", kSame,
                      program.name);
  text += fmt::format("  alignas(16) static unsigned char arena[{}];\n", std::max<int64_t>(1, program.arena_bytes()));
  text += "  memset(arena, 0x5a, sizeof arena);\n";
  for (size_t i = 0; i < of.inputs.size(); ++i) {
    text +=
        fmt::format("  static const unsigned char in{0}[] = {{{1}}};\n  memcpy(arena + {2}, in{0}, sizeof in{0});\n", i,
                    list_of(of.inputs[i]), address_of(program, program.inputs[i]));
  }
  text +=
      fmt::format("  {}_run(arena);\n  static const unsigned char out[] = {{{}}};\n", program.name, list_of(of.output));
  const bool is_float = program.tensors[static_cast<size_t>(program.outputs[0])].dtype == DType::kF32;
  return text + fmt::format("  return same_{}(arena + {}, out, sizeof out);\n}}\n", is_float ? "floats" : "bytes",
                            address_of(program, program.outputs[0]));
}

TEST(EveryTypeGenerated, GivesTheBytesOfExec) {
  constexpr size_t kPrograms = 200;
  if (!testing::is_installed("g++")) GTEST_SKIP() << "g++ is not installed";
  const auto scratch = ScratchFolder::make();
  ASSERT_TRUE(scratch.ok());
  std::string declarations, calls;
  std::vector<std::string> arguments = {
      "g++", "-std=c++17", "-O0",     "-fsanitize=address,undefined", "-fno-sanitize-recover=all",
      "-o",  "runner",     "main.cpp"};
  for (const Generated& of : any_programs(kPrograms)) {
    const std::string& name = of.program.name;
    const auto files = backend::cpp::generate(of.program, {});
    ASSERT_TRUE(files.ok()) << files.status().text();
    ASSERT_TRUE(backend::cpp::write_folder(scratch->path() / name, *files).ok());
    ASSERT_TRUE(write_file(scratch->path() / (name + ".cpp"), checked_source(of)).ok());
    arguments.push_back(name + ".cpp");
    declarations += fmt::format("bool check_{}();\n", name);
    calls += fmt::format("  if (!check_{0}()) puts(\"{0} ({1}) differs\"), ++wrong;\n", name,
                         of.program.steps.front().implementation->label());
  }
  const std::string main =
      "#include <stdio.h>\n" + declarations + "int main() {\n  int wrong = 0;\n" + calls + "  return wrong > 0;\n}\n";
  ASSERT_TRUE(write_file(scratch->path() / "main.cpp", main).ok());
  ASSERT_EQ(testing::failure_of(arguments, scratch->path()), "");
  EXPECT_EQ(testing::failure_of({(scratch->path() / "runner").string()}, scratch->path()), "");
}

}  // namespace
}  // namespace tmc
