// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Holds a step of an image to what its kernel touches, so that no run reads or writes outside of what the step's
// operands say. The records of the image were checked (image/check.hpp).

#include <cstdint>
#include <vector>

#include "tmc/base/host/status.hpp"
#include "tmc/image/image.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::engine {

// Whether what the image says of its constants, and their values, is believed where nobody but the kernel knows.
enum class Trust : uint8_t { kNone, kConstants };

constexpr uint32_t kMostOperands = 64;  // of a kernel

struct StepView {
  const image::Step* record = nullptr;
  const kernels::ImplementationInfo* implementation = nullptr;
  kernels::Words words;
  const image::Operand* operands = nullptr;  // one for each of the kernel's buffers
  uint32_t trips = 1;
};

// Where the bytes end, counted from the buffer's begin, that all trips touch at each operand; 0 of what is no buffer.
// kMalformed: an operand of another kind or dtype, one that is shorter than what the kernel touches or begins within an
// element; numbers among the Params that no arithmetic is defined for, or Params that the kernel does not apply to.
// kUnsupportedOp: without trust, a kernel whose constants cannot be checked.
Result<std::vector<uint64_t>> check_step(const image::Image& image, const StepView& step, Trust trust);

}  // namespace tmc::engine
