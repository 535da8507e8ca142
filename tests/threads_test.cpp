// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0

// Attention of one thread and of several gives the same bytes, with the implementations of every instruction set, where
// storage puts it: as a rule over its queries.

#include <gtest/gtest.h>

#include "testing/targets_by_isa.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/ir/text.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc {
namespace {

using Bytes = std::vector<std::byte>;

struct Form {
  const char* name;
  const char *query, *key, *value, *mask, *output;  // shapes
  const char* attributes;
};
constexpr Form kForms[] = {
    {"full", "1,40,32", "1,40,32", "1,40,32", "", "1,40,32", "heads=4 kv_heads=4"},
    {"shared_keys", "1,33,32", "1,40,8", "1,40,8", "", "1,33,32", "heads=4 kv_heads=1 causal=true"},
    {"window", "1,50,16", "1,50,16", "1,50,16", "", "1,50,16", "heads=2 kv_heads=2 causal=true left_window=5"},
    {"linformer", "1,64,32", "1,16,32", "1,16,32", "", "1,64,32", "heads=4 kv_heads=4"},
    {"masked", "1,21,16", "1,30,16", "1,30,16", "1,2,21,30", "1,21,16", "heads=2 kv_heads=2"},
    {"one_mask", "1,21,16", "1,30,16", "1,30,16", "30", "1,21,16", "heads=2 kv_heads=2"},
    {"batch", "5,9,16", "5,12,8", "5,12,8", "5,1,1,12", "5,9,16", "heads=2 kv_heads=1"},
    {"narrow_values", "1,19,32", "1,19,32", "1,19,16", "", "1,19,16", "heads=4 kv_heads=4"},
    {"wide_values", "1,19,16", "1,19,16", "1,19,40", "", "1,19,40", "heads=2 kv_heads=2"},
};

std::string text_of(const Form& form, const std::string& type, const std::string& mask_type) {
  const std::string of = type == "i8" ? " scale=0.03 zero_point=3" : "";
  const bool is_masked = *form.mask != '\0';
  std::string text = "graph \"attention\" {\n";
  const std::pair<const char*, const char*> inputs[] = {{"q", form.query}, {"k", form.key}, {"v", form.value}};
  for (const auto& [name, shape] : inputs) {
    text += fmt::format("  input {}: {}[{}]{}\n", name, type, shape, of);
  }
  if (is_masked) text += fmt::format("  input m: {}[{}]\n", mask_type, form.mask);
  text += fmt::format("  y: {}[{}]{} = attention(q, k, v{}) {}\n  output y\n}}\n", type, form.output, of,
                      is_masked ? ", m" : "", form.attributes);
  return text;
}

std::vector<Bytes> random_inputs(const program::Program& program, std::mt19937& rng) {
  std::vector<Bytes> inputs;
  for (const int32_t input : program.inputs) {
    const program::Tensor& tensor = program.tensors[static_cast<size_t>(input)];
    Bytes& bytes = inputs.emplace_back(static_cast<size_t>(tensor.bytes()));
    for (size_t at = 0; at < bytes.size(); at += dtype_bytes(tensor.dtype)) {
      const float real = std::normal_distribution<float>()(rng);
      if (tensor.dtype == DType::kF32) std::memcpy(&bytes[at], &real, sizeof real);
      if (tensor.dtype == DType::kI8) bytes[at] = static_cast<std::byte>(static_cast<int8_t>(30 * real));
      if (tensor.dtype == DType::kBool) bytes[at] = static_cast<std::byte>(real > -0.5F);
    }
  }
  return inputs;
}

class AttentionOnThreads : public ::testing::TestWithParam<Form> {};

TEST_P(AttentionOnThreads, GivesTheSameBytes) {
  std::mt19937 rng(7);
  for (const std::string type : {"f32", "i8"}) {
    for (const Target& target : testing::targets_by_isa()) {
      const auto graph = ir::from_text(text_of(GetParam(), type, "bool"));
      ASSERT_TRUE(graph.ok()) << graph.status().text();
      auto open = select::select(*graph, target, {});
      ASSERT_TRUE(open.ok()) << open.status().text();
      const auto program = storage::place(std::move(*open));
      ASSERT_TRUE(program.ok()) << program.status().text();
      const std::vector<Bytes> inputs = random_inputs(*program, rng);
      std::vector<Bytes> expected;
      for (const int32_t threads : {1, 2, 3, 7}) {
        auto executor = exec::Executor::create(*program, {.count = threads, .least_instructions = 0});
        ASSERT_TRUE(executor.ok()) << executor.status().text();
        const auto outputs = executor->run(inputs);
        ASSERT_TRUE(outputs.ok()) << outputs.status().text();
        if (threads == 1) expected = *outputs;
        EXPECT_EQ(*outputs, expected) << type << " on " << target.name << ", " << threads << " threads";
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Forms, AttentionOnThreads, ::testing::ValuesIn(kForms),
                         [](const auto& of) { return std::string(of.param.name); });

}  // namespace
}  // namespace tmc
