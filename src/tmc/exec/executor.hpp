// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs a placed Program in this process, with the same implementations and the same arena layout as on the chip (those
// of another instruction set run through their portable intrinsics). Owns its arena; the Program must outlive it. One
// thread at a time.

#include <functional>
#include <map>
#include <span>
#include <vector>

#include "tmc/program/program.hpp"

namespace tmc::exec {

class Executor {
 public:
  // Error: the program is not placed or inconsistent, or foreign code of it cannot be compiled here.
  static Result<Executor> create(const program::Program& program);

  // `inputs` holds the bytes of every input tensor in the program's order; the result those of the outputs.
  // `after_step`, where given, is called after every step, for those of a loop after its last trip, and may read
  // tensors through `read`.
  using AfterStep = std::function<void(int32_t step)>;
  Result<std::vector<std::vector<std::byte>>> run(std::span<const std::vector<std::byte>> inputs,
                                                  const AfterStep& after_step = {});
  // The state becomes what it was before the first run.
  void reset();
  // The bytes of a tensor as they are in the arena now.
  std::vector<std::byte> read(const program::Tensor& tensor) const;
  // Overwrites a tensor, so that what reads it later sees these bytes; `bytes` has the tensor's size.
  void write(const program::Tensor& tensor, std::span<const std::byte> bytes);

 private:
  struct Arena {
    std::vector<std::byte> storage;
    std::byte* begin = nullptr;
  };
  explicit Executor(const program::Program& program) : program_(&program) {}
  std::byte* address(int32_t buffer, int64_t byte_offset) const;
  void run_step(const program::Step& step, int32_t trip, int32_t trips);

  const program::Program* program_;
  std::vector<Arena> regions_;
  std::vector<Arena> constants_;
  std::map<const kernels::ImplementationInfo*, kernels::ForeignCode::Function> foreign_;
};

}  // namespace tmc::exec
