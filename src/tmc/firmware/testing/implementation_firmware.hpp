// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests and benches: kernel implementations with run-time Params as a firmware whose samples are cases of
// kernels/testing. A sample begins with words (implementation, offset of every buffer in the arena, Params), and holds
// inputs and packed constants; its output is the case's output at the arena's fixed place for it.

#include "tmc/firmware/run.hpp"
#include "tmc/kernels/testing/implementation_case.hpp"

namespace tmc::firmware {

class ImplementationFirmware {
 public:
  // Implementations of the target's instruction sets are built below `work`.
  static Result<ImplementationFirmware> build(Target target, const std::filesystem::path& work);

  const std::vector<const kernels::ImplementationInfo*>& implementations() const { return implementations_; }
  // Queues the case for the implementation; false where the implementation does not apply or the case is larger than
  // the arena.
  bool add(const kernels::ImplementationInfo& implementation, const kernels::testing::Case& test_case);
  // Runs what was queued, in order. A run's output begins with the case's output.
  Result<std::vector<SampleRun>> run();

 private:
  Target target_;
  Firmware firmware_;
  std::vector<const kernels::ImplementationInfo*> implementations_;
  std::vector<SampleBytes> samples_;
};

}  // namespace tmc::firmware
