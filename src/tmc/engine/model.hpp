// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A model image that was checked, with the kernels of this process that it names: what contexts run. Immutable; may be
// shared by threads. The image's bytes stay where they are.

#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "tmc/engine/mapped_file.hpp"
#include "tmc/engine/ports.hpp"
#include "tmc/engine/step_check.hpp"

namespace tmc::engine {

struct LoadOptions {
  bool checks_hash = false;  // of the constants, in time that grows with them
  Trust trust = Trust::kNone;
};

// Steps that run together: one, or those of a loop.
struct Pass {
  uint32_t first = 0, end = 0;
  uint32_t trips = 1;
};

class Model {
 public:
  // kNotFound, kIo, and as from_bytes.
  static Result<std::shared_ptr<const Model>> load(const std::filesystem::path& path, const LoadOptions& options);
  // Of bytes at a multiple of 64 that outlive the model. kMalformed with the record or the step that does not hold,
  // kUnsupportedOp with the kernel that is not here or cannot be checked.
  static Result<std::shared_ptr<const Model>> from_bytes(std::span<const std::byte> bytes, const LoadOptions& options);

  const image::Image& image() const { return image_; }
  std::span<const StepView> steps() const { return steps_; }
  std::span<const Pass> passes() const { return passes_; }
  std::span<const Port> inputs() const { return inputs_; }
  std::span<const Port> outputs() const { return outputs_; }
  // Of each region in one arena, at multiples of 64; and bytes of all.
  std::span<const size_t> region_offsets() const { return region_offsets_; }
  size_t arena_bytes() const { return arena_bytes_; }

 private:
  Status open(std::span<const std::byte> bytes, const LoadOptions& options);
  Status find_kernels(std::vector<const kernels::ImplementationInfo*>& implementations) const;
  Status add_steps(Trust trust);
  void add_passes();
  Status place_regions();

  MappedFile file_;
  image::Image image_;
  std::vector<StepView> steps_;
  std::vector<Pass> passes_;
  std::vector<uint64_t> ends_;  // by operand: step_check.hpp
  std::vector<Port> inputs_, outputs_;
  std::vector<size_t> region_offsets_;
  size_t arena_bytes_ = 0;
};

}  // namespace tmc::engine
