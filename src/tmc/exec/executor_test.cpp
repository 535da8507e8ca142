// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/exec/executor.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <random>

#include "tmc/kernels/contract/attention.hpp"

namespace tmc::exec {
namespace {

using program::Buffer;
using program::Operand;
using program::Program;
using Params = kernels::AttentionF32::Params;

// A grouped one that sees a few keys behind, with a mask of its own for every head and query.
Params any_attention(std::mt19937& rng) {
  const auto pick = [&rng](int32_t least, int32_t most) {
    return std::uniform_int_distribution<int32_t>(least, most)(rng);
  };
  Params p{};
  p.batch = pick(1, 2);
  p.kv_heads = pick(1, 2);
  p.heads = p.kv_heads * pick(1, 2);
  p.queries = pick(1, 40);
  p.keys = pick(1, 50);
  p.size = p.value_size = pick(1, 9);
  p.lowest = -pick(0, 60);
  p.highest = pick(0, 3) == 0 ? INT32_MAX : pick(0, 10);
  p.has_mask = 1;
  p.mask_dtype = static_cast<int32_t>(DType::kF32);
  const int32_t strides[] = {p.heads * p.queries * p.keys, p.queries * p.keys, p.keys, 1};
  std::ranges::copy(strides, p.mask_strides);
  p.query_elements = p.output_elements = p.batch * p.queries * p.heads * p.size;
  p.key_elements = p.value_elements = p.batch * p.keys * p.kv_heads * p.size;
  p.mask_elements = p.batch * strides[0];
  p.scale = 0.3F;
  return p;
}

// One step. The output begins `ahead` bytes before the queries, or apart where that is below 0.
Program program_of(const Params& p, int64_t ahead) {
  Program program;
  program.name = "attention";
  program.target = "host";
  program::Step step;
  step.name = step.op = "attention";
  step.implementation = kernels::implementations_of(*kernels::find_kernel("attention_f32"), "portable").front();
  step.params = kernels::to_words(p);
  int64_t end = std::max<int64_t>(ahead, 0);
  const auto add = [&](const char* name, Buffer::Kind kind, int64_t bytes, int64_t offset) {
    step.operands.push_back({Operand::Kind::kBuffer, static_cast<int32_t>(program.buffers.size()), 0, 0});
    program.buffers.push_back({name, kind, bytes, 0, offset});
    end = std::max(end, (offset + bytes + 15) / 16 * 16);
  };
  const std::pair<const char*, int32_t> inputs[] = {
      {"query", p.query_elements}, {"key", p.key_elements}, {"value", p.value_elements}, {"mask", p.mask_elements}};
  for (const auto& [name, elements] : inputs) {
    program.tensors.push_back(
        {name, DType::kF32, Shape::of(elements), {}, "", static_cast<int32_t>(program.buffers.size()), 0, -1});
    program.inputs.push_back(static_cast<int32_t>(program.inputs.size()));
    add(name, Buffer::Kind::kInput, elements * 4, end);
  }
  const int64_t output = ahead < 0 ? end : program.buffers.front().offset - ahead;
  program.tensors.push_back({"y", DType::kF32, Shape::of(p.output_elements), {}, "", 4, 0, 0});
  program.outputs = {4};
  add("y", Buffer::Kind::kOutput, p.output_elements * 4, output);
  add("scratch", Buffer::Kind::kScratch, step.implementation->scratch_bytes(step.params), end);
  program.regions = {{"arena", end}};
  program.steps = {step};
  return program;
}

std::vector<std::vector<std::byte>> random_inputs(const Program& program, std::mt19937& rng) {
  std::vector<std::vector<std::byte>> inputs;
  for (const int32_t input : program.inputs) {
    std::vector<float> values(static_cast<size_t>(program.tensors[static_cast<size_t>(input)].shape.elements()));
    for (float& value : values) value = std::normal_distribution<float>()(rng);
    const auto bytes = std::as_bytes(std::span(values));
    inputs.emplace_back(bytes.begin(), bytes.end());
  }
  return inputs;
}

// What one thread, two, three and seven make of it is the same.
TEST(Threads, GiveTheSameBits) {
  std::mt19937 rng(1);
  for (int round = 0; round < 60; ++round) {
    const Params p = any_attention(rng);
    // Apart, over the queries, and before them, where parts would overwrite one another's queries.
    const Program program = program_of(p, round % 3 == 0 ? -1 : round % 3 == 1 ? 0 : 32);
    const auto inputs = random_inputs(program, rng);
    std::vector<std::vector<std::byte>> expected;
    for (const int32_t threads : {1, 2, 3, 7}) {
      auto executor = Executor::create(program, {.count = threads, .least_instructions = 0});
      ASSERT_TRUE(executor.ok()) << executor.status().text();
      for (int run = 0; run < 3; ++run) {
        const auto outputs = executor->run(inputs);
        ASSERT_TRUE(outputs.ok()) << outputs.status().text();
        if (expected.empty()) expected = *outputs;
        ASSERT_EQ(*outputs, expected) << "round " << round << ", " << threads << " threads";
      }
    }
  }
}

TEST(Parts, CoverTheRowsOnce) {
  std::mt19937 rng(2);
  Params p = any_attention(rng);
  while (p.batch > 1 || p.queries < 7) p = any_attention(rng);
  const Program program = program_of(p, -1);
  const std::vector<Part> parts = parts_of(program.steps[0], 3, 0);
  ASSERT_EQ(parts.size(), 3U);
  int64_t query = 0;
  for (const Part& part : parts) {
    EXPECT_EQ(part.offsets[0], query);
    EXPECT_EQ(part.offsets[1], 0);
    EXPECT_EQ(part.offsets[3] * p.heads * p.size, query * p.keys);
    query += part.bytes[0];
  }
  EXPECT_EQ(query, p.query_elements * 4);
  EXPECT_EQ(parts_of(program.steps[0], 3, 1e9).size(), 0U) << "what is not worth a part";
}

TEST(Parts, RunAtOnceWhereTheyWriteApart) {
  std::mt19937 rng(3);
  Params p = any_attention(rng);
  while (p.batch > 1 || p.queries < 7) p = any_attention(rng);
  p.has_mask = 0;
  p.mask_elements = p.query_elements;
  const Program program = program_of(p, -1);
  const std::vector<Part> parts = parts_of(program.steps[0], 2, 0);
  std::vector<float> memory(static_cast<size_t>(4 * (p.query_elements + p.key_elements)) + 64);
  float* const query = memory.data() + 16;
  float* const keys = query + 2 * p.query_elements;
  const auto may = [&](float* output) {
    const std::vector<void*> pointers = {query, keys, keys + p.key_elements, query, output, nullptr};
    return may_run_at_once(program.steps[0], parts, pointers);
  };
  EXPECT_TRUE(may(query));
  EXPECT_TRUE(may(query + p.query_elements));
  EXPECT_FALSE(may(query - 1));
  EXPECT_FALSE(may(query + 1));
  EXPECT_FALSE(may(keys));
}

TEST(Workers, RunEveryTaskOnce) {
  Workers workers(3);
  for (const int32_t count : {1, 2, 3, 7, 100}) {
    std::vector<std::atomic<int>> done(static_cast<size_t>(count));
    workers.run(count, [&](int32_t task) { ++done[static_cast<size_t>(task)]; });
    for (const auto& times : done) EXPECT_EQ(times, 1);
  }
}

}  // namespace
}  // namespace tmc::exec
