// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Program: with which kernel, in which order, at which address. The second of the two hubs: `select` writes it with
// open addresses, `storage` fills them in, `exec` runs it, the backends print it.
//
// Buffers are ranges of the arena (or of another RAM region); constants are flash. A step is one call of one
// implementation. Steps that stand together may be a loop, which runs them several times over operands that advance.
// A Program is a value; ImplementationInfo pointers live for ever.

#include <cstdint>
#include <string>
#include <vector>

#include "tmc/base/host/quantization.hpp"
#include "tmc/base/host/status.hpp"
#include "tmc/base/shape.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::program {

constexpr int64_t kOpen = -1;  // an address that storage has not chosen yet
constexpr int32_t kAlignBytes = 16;

struct Buffer {
  enum class Kind : uint8_t { kActivation, kInput, kOutput, kScratch, kState };
  std::string name;
  Kind kind = Kind::kActivation;
  int64_t bytes = 0;
  int32_t region = 0;      // index into Program::regions
  int64_t offset = kOpen;  // within the region, a multiple of kAlignBytes
};

struct Constant {
  std::string name;
  kernels::Blob blob;
  bool pinned = false;  // copied to Program::pin_region at start-up and read there; else read in flash
};

struct Operand {
  enum class Kind : uint8_t { kNone, kBuffer, kConstant };
  Kind kind = Kind::kNone;
  int32_t index = 0;        // of the buffer or constant
  int64_t byte_offset = 0;  // into the buffer: a part of it (a slice of a concatenation)
  int64_t bytes = 0;        // that it covers from there, gaps included; 0: all up to the buffer's end
  // In a loop: how much further it begins each time. It covers what all trips touch; below 0 the first trip has the
  // end.
  int64_t advance_bytes = 0;
};

struct Step {
  std::string name;  // of the graph's node
  std::string op;    // of its operator
  const kernels::ImplementationInfo* implementation = nullptr;
  std::vector<int32_t> params;    // words of the contract's Params
  std::vector<Operand> operands;  // one for each of the contract's kBuffers
  int64_t macs = 0;
  std::string choice;   // why this implementation, in words
  int32_t stripe = -1;  // a node that runs in stripes of rows has a step for each: which one; -1: the whole node
  int32_t loop = -1;    // index into Program::loops; -1: runs once
};

// The steps that name it run in their order, as often as it says. What they touch lives as long as the loop runs, so
// that what one trip leaves the next one finds.
struct Loop {
  int32_t trips = 1;
};

// A tensor of the graph, whole in its buffer from after `step` until the buffer is reused: for oracles and dumps.
struct Tensor {
  std::string name;
  DType dtype = DType::kI8;
  Shape shape;
  Quantization quantization;
  std::string channels_last_of = {};  // as ir::Value has it
  int32_t buffer = 0;
  int64_t byte_offset = 0;
  int32_t step = -1;  // -1: before the first step (an input)
  int64_t bytes() const { return shape.elements() * dtype_bytes(dtype); }
};

struct Region {
  std::string name;  // of the target's memory
  int64_t used_bytes = 0;
};

// How storage arrived at its addresses.
struct PlanInfo {
  std::string method;             // "optimal search" or "best fit"
  int64_t lower_bound_bytes = 0;  // of all regions; no plan of this order can be smaller
  bool optimal = false;           // proven
  bool reordered = false;         // the steps run in another order than the model's
  int32_t views = 0;              // copies that were not made, because a buffer is a part of another one
  int32_t striped_nodes = 0;      // that run in stripes of rows
  int64_t moved_bytes = 0;        // by a run, to keep rows from one stripe to the next
};

struct Program {
  std::string name;  // of the model: a C identifier in lower case
  std::string target;
  std::vector<Region> regions;  // each an arena; one, which may lie in any memory, unless storage was asked to split it
  std::vector<Buffer> buffers;
  std::vector<Constant> constants;
  std::vector<Step> steps;
  std::vector<Loop> loops;  // in the order of their steps
  std::vector<Tensor> tensors;
  std::vector<int32_t> inputs, outputs;  // indices into tensors, in the model's order
  // The buffer that lasts from one run to the next, and the constant that it begins as; kNone where there is none, or
  // where it begins as zeros.
  static constexpr int32_t kNone = -1;
  int32_t state_buffer = kNone;
  int32_t initial_state = kNone;
  PlanInfo plan;
  bool keep_inputs = false;  // inputs survive a run
  std::string pin_region;    // of the target's memory; empty where no constant is pinned

  int64_t arena_bytes() const;  // of all regions
};

// How often the step runs.
int32_t trips_of(const Program& program, const Step& step);
// Where the operand of a step begins in its buffer at that trip.
int64_t begin_of(const Operand& operand, int32_t trip, int32_t trips);
// The steps from `first` on that run as one: those of its loop, or the one. One behind the last of them.
int32_t end_of_loop(const Program& program, int32_t first);

// Steps between which a buffer's bytes must stay: first write (or -1 for an input) to last read (or steps.size() for an
// output). A loop uses at all of its steps what it uses at any.
struct Lifetime {
  int32_t first = 0;
  int32_t last = -1;  // before `first`: never used
};
std::vector<Lifetime> lifetimes(const Program& program);

// Whether every buffer has its address.
bool is_placed(const Program& program);

// Checks what exec, backends and storage rely on: indices in range, operands that match their contract's roles and
// dtypes and have the bytes that its Params ask for (program/extents.hpp), buffers large enough for their tensors,
// words of the right count, quantisation of the tensor's shape, whole elements in constants, and addresses where they
// are given. With `placed`, all are.
Status verify(const Program& program, bool placed);

}  // namespace tmc::program
