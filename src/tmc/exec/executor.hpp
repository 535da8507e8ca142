// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Runs a placed Program in this process, with the same implementations and the same arena layout as on the chip (those
// of another instruction set run through their portable intrinsics). Owns its arena and its threads; the Program must
// outlive it. One caller at a time.

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "tmc/exec/parts.hpp"
#include "tmc/exec/workers.hpp"
#include "tmc/program/program.hpp"

namespace tmc::exec {

// Steps run on several threads where they fall into parts (exec/parts.hpp), with the same bits.
struct Threads {
  int32_t count = 1;
  double least_instructions = 100'000;  // of a part: what handing it over takes is little beside them
};

class Executor {
 public:
  // Error: the program is not placed or inconsistent, foreign code of it cannot be compiled here, or TMC_FORCE_ISA
  // names no instruction set that there is.
  static Result<Executor> create(const program::Program& program, const Threads& threads = {});

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
  void make_parts(const Threads& threads);
  void run_step(size_t step, int32_t trip, int32_t trips);
  void run_parts(const program::Step& step, std::span<const Part> parts, std::span<void* const> pointers);

  const program::Program* program_;
  std::vector<Arena> regions_;
  std::vector<Arena> constants_;
  std::map<const kernels::ImplementationInfo*, kernels::ForeignCode::Function> foreign_;
  std::vector<std::vector<Part>> parts_;  // of every step; empty where none has any
  std::vector<Arena> scratch_;            // of every part that runs at once
  std::unique_ptr<Workers> workers_;
  std::vector<void*> pointers_;  // to the operands of the step that runs: a step takes no memory
};

}  // namespace tmc::exec
