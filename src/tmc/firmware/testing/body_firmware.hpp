// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For tests and benches: kernel bodies with run-time Params as a firmware whose samples are cases of
// kernels/testing. A sample begins with words (body, offset of every buffer in the arena, Params), and holds inputs and
// packed constants; its output is the case's output at the arena's fixed place for it.

#include "tmc/firmware/run.hpp"
#include "tmc/kernels/testing/body_case.hpp"

namespace tmc::firmware {

class BodyFirmware {
 public:
  // Bodies of the target's instruction sets are built below `work`.
  static Result<BodyFirmware> build(Target target, const std::filesystem::path& work);

  const std::vector<const kernels::BodyInfo*>& bodies() const { return bodies_; }
  // Queues the case for the body; false where the body does not apply or the case is larger than the arena.
  bool add(const kernels::BodyInfo& body, const kernels::testing::Case& test_case);
  // Runs what was queued, in order. A run's output begins with the case's output.
  Result<std::vector<SampleRun>> run();

 private:
  Target target_;
  Firmware firmware_;
  std::vector<const kernels::BodyInfo*> bodies_;
  std::vector<SampleBytes> samples_;
};

}  // namespace tmc::firmware
