// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Which element of its inputs each element of an operator's output is, for the operators that only move elements:
// boxes, along whose axes the place in the input and the place in the output are linear in the index. Lowering, shape
// rules and the folding of constants all work from it. Places and strides are in elements.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/base/shape.hpp"

namespace tmc::ops {

struct MovedAxis {
  int64_t extent;
  int64_t input_stride;  // 0 where it repeats, negative where it goes backward
  int64_t output_stride;
};

struct Box {
  size_t input = 0;             // the operand's number
  int64_t from = 0, to = 0;     // the first element, in the input and in the output
  std::vector<MovedAxis> axes;  // outermost first
};

// Boxes do not overlap in the output; what none covers is filled with what the operator says.
struct IndexMap {
  Shape shape;  // of the output
  std::vector<Box> boxes;
};

// Indices into one axis that are read at the places from `to` on: the first, and how many in which steps, level by
// level, outermost first.
struct IndexRun {
  struct Level {
    int64_t count, step;
  };
  int64_t to = 0, first = 0;
  std::vector<Level> levels;
};

// These indices as few runs: equal steps are one, and so are equal runs that are equally far apart.
std::vector<IndexRun> runs_of(std::span<const int64_t> indices);
// The map that reads every axis of the input by itself, the output's extents being `shape`: a box for each choice of
// one run an axis. kUnsupportedShape where these are more than kMostBoxes.
Result<IndexMap> read_by_axis(const Shape& input, const Shape& shape, std::span<const std::vector<IndexRun>> axes);
inline constexpr size_t kMostBoxes = 1 << 16;

// The map of one box that covers the output in the order of its elements: axes of these extents, with these strides in
// the input, first the outermost.
struct StridedAxis {
  int64_t extent, stride;
};
IndexMap read_in_order(const Shape& shape, std::span<const StridedAxis> axes);

// Output axis i is axis perm[i] of the input; `perm` is a permutation of its axes.
IndexMap permuting(const Shape& shape, std::span<const int64_t> perm);

// Without axes of extent 1; neighbours that are one axis on both sides are.
std::vector<MovedAxis> merged(const std::vector<MovedAxis>& axes);
// Whether the output is input 0 as it lies.
bool is_identity(const IndexMap& map, const Shape& input);
bool covers_all(const IndexMap& map);
// The bytes of the output from those of all inputs, whose elements have element_bytes; what no box covers is zero.
std::vector<std::byte> moved(const IndexMap& map, std::span<const std::span<const std::byte>> inputs,
                             size_t element_bytes);

}  // namespace tmc::ops
