// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Code of an implementation that is no part of this program: an operator that the user brings along (tmc/custom).
// Immutable but for what `load` keeps; may be shared by threads.

#include <cstdint>
#include <span>

#include "tmc/base/host/embedded.hpp"
#include "tmc/base/host/status.hpp"

namespace tmc::kernels {

class ForeignCode {
 public:
  struct Function {
    void (*run)(const int32_t* words, void* const* buffers) = nullptr;
  };

  virtual ~ForeignCode() = default;
  // The header that declares the implementation's type, which a generated folder carries among the kernels' headers.
  virtual const EmbeddedFile& adapter() const = 0;
  // What it includes: files that a generated folder carries as they are.
  virtual std::span<const EmbeddedFile> files() const = 0;
  // The implementation, compiled for this host when it is first asked for. kToolMissing, or kToolFailed with what the
  // compiler says.
  virtual Result<Function> load() const = 0;
};

}  // namespace tmc::kernels
