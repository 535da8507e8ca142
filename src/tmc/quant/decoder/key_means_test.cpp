// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/decoder/key_means.hpp"

#include <gtest/gtest.h>

#include "tmc/ir/text.hpp"
#include "tmc/ops/op/cached_attention.hpp"

namespace tmc::quant {
namespace {

// Two heads of keys of two elements; `of_key` are the angles that turn them, and `more` is read besides.
Result<ir::Graph> step(const std::string& of_key, const std::string& more) {
  return ir::from_text(fmt::format(R"(graph "step" {{
  input query: f32[1,1,8]
  input key: f32[1,1,4]
  input value: f32[1,4]
  input place: i32[3]
  input keys: f32[3,4]
  input values: f32[3,4]
  cosines: f32[1,1] = rotary_angles(place) steps=[1000]
  sines: f32[1,1] = rotary_angles(place) sine=true steps=[1000]
  others: f32[1,1] = rotary_angles(place) steps=[7]
  turned_query: f32[1,1,8] = rotary_embedding(query, cosines, sines) heads=4
  turned_key: f32[1,1,4] = rotary_embedding(key, {}, sines) heads=2
  queries: f32[1,8] = reshape(turned_query) shape=[1,8]
  new_key: f32[1,4] = reshape(turned_key) shape=[1,4]
  y: f32[1,8], new_keys: f32[3,4], new_values: f32[3,4] = cached_attention(queries, new_key, value, keys, values, place) heads=4 kv_heads=2
  output y
  output new_keys
  output new_values
  output others
{}}}
)",
                                   of_key, more));
}

std::optional<TurnedKeys> turned_in(const std::string& of_key, const std::string& more = "") {
  const auto graph = step(of_key, more);
  if (!graph.ok()) ADD_FAILURE() << graph.status().text();
  if (!graph.ok()) return std::nullopt;
  for (const ir::NodeId id : graph->order()) {
    if (graph->node(id).op.is<ops::CachedAttention>()) return turned_keys(*graph, id);
  }
  return std::nullopt;
}

TEST(KeyMeans, AreOfKeysThatTurnAsQueriesDo) {
  const auto turned = turned_in("cosines");
  ASSERT_TRUE(turned.has_value());
  EXPECT_EQ(turned->kv_heads, 2);
  EXPECT_EQ(turned->size, 2);
  EXPECT_EQ(turned->steps, std::vector<int64_t>{1000});
  EXPECT_FALSE(turned_in("others").has_value());
}

TEST(KeyMeans, AreNotTakenOffKeysThatAreReadElsewhere) {
  EXPECT_FALSE(turned_in("cosines", "  output new_key\n").has_value());
  EXPECT_FALSE(turned_in("cosines", "  output turned_key\n").has_value());
}

TEST(KeyMeans, AndTheLargestPairsAreFound) {
  auto turned = turned_in("cosines");
  ASSERT_TRUE(turned.has_value());
  KeyMeanSeeker seeker(std::move(*turned));
  seeker.add_keys(std::vector<float>{0, 3, 0, 0});
  seeker.add_keys(std::vector<float>{0, 5, 0, 1});
  seeker.add_queries(std::vector<float>{0, 0, 3, 4, 9, 9, 9, 9});
  seeker.add_queries(std::vector<float>{1, 0, 0, 0, 0, 0, 0, 0});
  const KeyMean found = seeker.found();
  EXPECT_EQ(found.mean, (std::vector<float>{0, 4, 0, 0.5F}));
  EXPECT_FLOAT_EQ(found.most_key, 1);
  EXPECT_FLOAT_EQ(found.most_query, 20);  // of the second query that looks at the first head
}

}  // namespace
}  // namespace tmc::quant
