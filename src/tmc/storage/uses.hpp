// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the steps of a program do to its buffers, whatever order they run in: the input of order search, constraints and
// lower bound. Sizes are in blocks of kAlignBytes, because every offset is a multiple of that.
//
// A buffer is cut into segments, runs of blocks that the same steps touch: one as a rule, several where steps write
// slices of a concatenation. A segment lives from the first to the last of its users, so that the slices not yet
// written, or no longer read, are free memory.

#include <cstdint>
#include <vector>

#include "tmc/program/program.hpp"

namespace tmc::storage {

// Bytes, or blocks, [begin, end) of a buffer.
struct Extent {
  int64_t begin = 0;
  int64_t end = 0;
  int64_t size() const { return end - begin; }
  bool intersects(const Extent& other) const { return begin < other.end && other.begin < end; }
};

// Bytes of its buffer that a kBuffer operand covers.
Extent operand_extent(const program::Program& program, const program::Operand& operand);

// And those of a tensor.
Extent tensor_extent(const program::Tensor& tensor);

struct Segment {
  int32_t buffer = 0;
  Extent blocks;               // within the buffer
  std::vector<int32_t> users;  // steps, ascending, each once
  bool at_start = false;       // holds an input before the first step
  bool at_end = false;         // is read after the last step
};

// The step's implementation lets an output segment run into an input segment that dies there:
// low <= offset(output's buffer) - offset(input's buffer) <= high, in blocks.
struct Window {
  int32_t input = 0, output = 0;  // segments
  int64_t low = 0, high = 0;
  int64_t shared = 0;  // the most blocks that the two can have in common
};
constexpr int64_t kUnbounded = int64_t{1} << 40;  // a limit that is none

struct StepUses {
  std::vector<int32_t> segments;      // that it touches, ascending
  std::vector<int32_t> predecessors;  // steps that run before it, ascending
  std::vector<Window> windows;        // by output, then input
};

struct Uses {
  std::vector<Segment> segments;
  std::vector<StepUses> steps;
  std::vector<int64_t> buffer_blocks;  // size of every buffer
};
// `overlap`: make windows.
Uses find_uses(const program::Program& program, bool overlap);

int64_t to_blocks(int64_t bytes);  // rounds up

}  // namespace tmc::storage
