// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/report/layered_drawing.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace tmc::report {
namespace {

std::vector<int32_t> ranks_of(const Drawing& drawing) {
  std::vector<int32_t> ranks;
  for (const Point& point : drawing.vertices) ranks.push_back(point.rank);
  return ranks;
}

TEST(LayeredDrawing, NothingAndOneBox) {
  EXPECT_EQ(draw_layered(0, {}).ranks, 0);
  const Drawing one = draw_layered(1, {});
  EXPECT_EQ(one.ranks, 1);
  EXPECT_DOUBLE_EQ(one.width, 1);
  EXPECT_DOUBLE_EQ(one.vertices[0].x, 0.5);
}

TEST(LayeredDrawing, ChainIsStraight) {
  const Drawing drawing = draw_layered(4, {{0, 1}, {1, 2}, {2, 3}});
  EXPECT_THAT(ranks_of(drawing), testing::ElementsAre(0, 1, 2, 3));
  for (const Point& point : drawing.vertices) EXPECT_DOUBLE_EQ(point.x, 0.5);
  EXPECT_DOUBLE_EQ(drawing.width, 1);
}

TEST(LayeredDrawing, SkipEdgePassesBesideTheBoxes) {
  // A residual block: 0 -> 1 -> 2 -> 3 and 0 -> 3.
  const Drawing drawing = draw_layered(4, {{0, 1}, {1, 2}, {2, 3}, {0, 3}});
  const std::vector<Point>& route = drawing.routes[3];
  ASSERT_EQ(route.size(), 4U);
  for (const size_t i : {1U, 2U}) {
    EXPECT_EQ(route[i].rank, static_cast<int32_t>(i));
    EXPECT_GE(std::abs(route[i].x - drawing.vertices[i].x), 0.6 - 1e-9);
  }
}

TEST(LayeredDrawing, CrossedPairsAreUncrossed) {
  // 0 -> 3 and 1 -> 2 cross when 2 stands left of 3.
  const Drawing drawing = draw_layered(4, {{0, 3}, {1, 2}});
  EXPECT_LT((drawing.vertices[0].x - drawing.vertices[1].x) * (drawing.vertices[2].x - drawing.vertices[3].x), 0);
}

TEST(LayeredDrawing, AnyGraphKeepsItsRules) {
  std::mt19937 random(7);
  for (int round = 0; round < 50; ++round) {
    const auto vertices = static_cast<int32_t>(2 + random() % 40);
    std::vector<Edge> edges;
    for (int32_t to = 1; to < vertices; ++to) {
      for (auto k = random() % 3; k > 0; --k) {
        edges.push_back({static_cast<int32_t>(random() % static_cast<std::mt19937::result_type>(to)), to});
      }
    }
    const Drawing drawing = draw_layered(vertices, edges);
    for (const Edge& edge : edges) {
      EXPECT_LT(drawing.vertices[static_cast<size_t>(edge.from)].rank,
                drawing.vertices[static_cast<size_t>(edge.to)].rank);
    }
    for (size_t a = 0; a < drawing.vertices.size(); ++a) {
      EXPECT_GE(drawing.vertices[a].x, 0.5 - 1e-9);
      EXPECT_LE(drawing.vertices[a].x, drawing.width - 0.5 + 1e-9);
      for (size_t b = 0; b < a; ++b) {
        if (drawing.vertices[a].rank != drawing.vertices[b].rank) continue;
        EXPECT_GE(std::abs(drawing.vertices[a].x - drawing.vertices[b].x), 1 - 1e-9);
      }
    }
  }
}

TEST(LayeredDrawing, MuchTooManyPassagesAreDrawnStraight) {
  // Every vertex of a chain also reads the first: quadratically many passages.
  constexpr int32_t kVertices = 1000;
  std::vector<Edge> edges;
  for (int32_t to = 1; to < kVertices; ++to) {
    edges.push_back({to - 1, to});
    edges.push_back({0, to});
  }
  const Drawing drawing = draw_layered(kVertices, edges);
  EXPECT_EQ(drawing.ranks, kVertices);
  EXPECT_EQ(drawing.routes.back().size(), 2U);
}

}  // namespace
}  // namespace tmc::report
