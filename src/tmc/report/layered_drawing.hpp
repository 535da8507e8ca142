// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A layered drawing of an acyclic graph (Sugiyama, Tagawa, Toda 1981): every vertex gets a rank below all that it
// depends on and a place within its rank, with few crossings and mostly straight edges. Deterministic.

#include <cstdint>
#include <vector>

namespace tmc::report {

struct Edge {
  int32_t from = 0, to = 0;  // from < to: vertices are given with producers first
};

struct Point {
  double x = 0;  // of a centre; a box is one wide, and boxes of one rank are at least one apart
  int32_t rank = 0;
};

struct Drawing {
  std::vector<Point> vertices;
  std::vector<std::vector<Point>> routes;  // of each edge: its ends, and where it passes the ranks between them
  double width = 0;                        // boxes lie within 0 and this
  int32_t ranks = 0;
};

Drawing draw_layered(int32_t vertices, const std::vector<Edge>& edges);

}  // namespace tmc::report
