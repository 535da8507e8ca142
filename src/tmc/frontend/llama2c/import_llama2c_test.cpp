// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/llama2c/import_llama2c.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tmc/frontend/common/testing/damaged_model.hpp"
#include "tmc/frontend/llama2c/testing/small_checkpoint.hpp"
#include "tmc/ir/text.hpp"

namespace tmc::frontend {
namespace {

using llama2c::small_checkpoint;
using ::testing::HasSubstr;

std::vector<float> weights_of(const ir::Graph& graph, const char* name) {
  return graph.value(graph.find_value(name)).data->to_vector<float>();
}

TEST(ImportLlama2c, WeightsAreWhereTheirVersionHasThem) {
  constexpr size_t kNorms = 5 * 8, kEmbedding = 5 * 8;
  const auto counted = [](size_t at) { return static_cast<float>(at % 16) / 8 - 1; };
  for (const int32_t version : {0, 1, 2}) {
    const auto graph = import_llama2c(small_checkpoint(version));
    ASSERT_TRUE(graph.ok()) << graph.status().text();
    const size_t embedding = version == 0 ? 0 : kNorms;
    EXPECT_EQ(weights_of(*graph, "embedding.weight")[3], counted(embedding + 3)) << version;
    // Of the second layer's queries; a legacy file has norms before them.
    const size_t query = embedding + kEmbedding + (version == 0 ? 2 * 8 : 0) + 8 * 8;
    EXPECT_EQ(weights_of(*graph, "layer1.query.weight")[9], counted(query + 9)) << version;
    const size_t gate = query + 8 * 8 + 4 * 4 * 8 + 2 * 8 * 8 + (version == 0 ? 2 * 8 : 0);
    EXPECT_EQ(weights_of(*graph, "layer0.gate.weight")[5], counted(gate + 5)) << version;
    EXPECT_EQ(weights_of(*graph, "layer0.down.weight")[5], counted(gate + 2 * 12 * 8 + 5)) << version;
    EXPECT_EQ(graph->find_value("classifier.weight") != ir::ValueId::kNone, version == 0);
  }
}

TEST(ImportLlama2c, TheStepHasItsCachesAsStates) {
  const auto graph =
      import_llama2c(small_checkpoint(0), {.shapes = {}, .bounds = {{"window", 4}, {"sinks", 1}, {"block", 3}}});
  ASSERT_TRUE(graph.ok()) << graph.status().text();
  EXPECT_EQ(graph->states.size(), 4U);
  EXPECT_EQ(graph->value(graph->inputs()[2]).type.shape, Shape::of(4, 4));
  EXPECT_EQ(graph->value(graph->outputs()[0]).type.shape, Shape::of(3, 5));
  EXPECT_THAT(ir::to_text(*graph), HasSubstr("sinks=1"));
}

TEST(ImportLlama2c, AWindowGoesWithItsSinksAndBlocks) {
  using Bounds = std::map<std::string, int64_t>;
  for (const Bounds& bounds : {Bounds{{"window", 4}, {"sinks", 4}}, Bounds{{"window", 4}, {"block", 5}},
                               Bounds{{"window", -1}}, Bounds{{"block", 0}}}) {
    const auto graph = import_llama2c(small_checkpoint(1), {.shapes = {}, .bounds = bounds});
    EXPECT_EQ(graph.status().code(), Error::kBadUsage) << graph.status().text();
  }
}

TEST(ImportLlama2c, FormatIsToldByTheMarkOrTheLength) {
  for (const int32_t version : {0, 1, 2}) EXPECT_TRUE(is_llama2c(small_checkpoint(version))) << version;
  std::vector<std::byte> file = small_checkpoint(0);
  file.pop_back();
  EXPECT_FALSE(is_llama2c(file));
  EXPECT_THAT(import_llama2c(file).status().text(), HasSubstr("its header asks for"));
  EXPECT_FALSE(is_llama2c({}));
}

TEST(ImportLlama2c, SurvivesDamage) {
  for (const int32_t version : {0, 1, 2}) {
    survives_mutations(small_checkpoint(version), 100,
                       [](std::span<const std::byte> damaged) { return import_llama2c(damaged); });
  }
}

}  // namespace
}  // namespace tmc::frontend
