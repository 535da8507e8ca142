// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Placed programs built by hand, for tests that need one without a model file.

#include <string>
#include <vector>

#include "tmc/program/program.hpp"

namespace tmc::testing {

class ProgramBuilder {
 public:
  // `isas`: folders of kernel implementations, in order of preference; the last is "portable".
  ProgramBuilder(std::string name, std::vector<std::string> isas);

  // Each returns the index of the tensor. Tensors are int8, quantised with a scale and zero point of their own.
  int32_t add_input(const std::string& name, const Shape& shape);
  // A step of the first implementation of `kernel` that takes `params` and `constants` (the model's, in the contract's
  // order).
  int32_t add_step(const std::string& name, const std::string& kernel, std::vector<int32_t> params,
                   const std::vector<kernels::Blob>& constants, const std::vector<int32_t>& inputs,
                   const Shape& output);
  void set_output(int32_t tensor);
  program::Program& program() { return program_; }

  // With addresses. The builder is done with.
  program::Program place() &&;

 private:
  struct Choice {
    const kernels::ImplementationInfo* implementation = nullptr;
    std::vector<kernels::Blob> packed;
  };

  Choice choose(const std::string& kernel, const std::vector<int32_t>& params,
                const std::vector<kernels::Blob>& constants) const;
  int32_t add_buffer(const std::string& name, program::Buffer::Kind kind, int64_t bytes);
  int32_t add_tensor(const std::string& name, const Shape& shape, program::Buffer::Kind kind, int32_t step);

  std::vector<std::string> isas_;
  program::Program program_;
};

// conv2d 6x5x3 -> 6x5x4, depthwise 3x3 stride 2 -> 3x3x4, fully connected 36 -> 9, and twice 9 -> 9 with equal Params
// and different weights.
program::Program small_network(const std::string& name, unsigned seed,
                               const std::vector<std::string>& isas = {"portable"});

// Random bytes for every input.
std::vector<std::vector<std::byte>> random_inputs(const program::Program& program, unsigned seed);

}  // namespace tmc::testing
