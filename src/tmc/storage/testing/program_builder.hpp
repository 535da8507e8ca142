// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Writes programs of fake implementations, a step a line.

#include <string>
#include <vector>

#include "tmc/program/program.hpp"
#include "tmc/storage/testing/fake_implementation.hpp"

namespace tmc::storage::testing {

// A run of bytes in a buffer.
struct Place {
  int32_t buffer = 0;
  int64_t byte_offset = 0;
  int64_t bytes = 0;
};

struct Input {
  Place place;
  kernels::Overlap overlap;  // of the step's output with it; all of one step are of one kind or none
};

class ProgramBuilder {
 public:
  int32_t buffer(int64_t bytes);
  Place whole(int32_t buffer) const;
  Place input(int64_t bytes);
  void output(const Place& place);
  void step(const std::vector<Input>& inputs, const Place& output, int64_t scratch_bytes = 0);
  // The same with an output of its own, which is returned.
  Place step(const std::vector<Input>& inputs, int64_t output_bytes, int64_t scratch_bytes = 0);
  // Copies all bytes of one place to another of the same size, by a real implementation.
  void copy(const Place& from, const Place& to);
  program::Program take() { return std::move(program_); }

 private:
  int32_t tensor(const Place& place, int32_t step);

  program::Program program_;
};

}  // namespace tmc::storage::testing
