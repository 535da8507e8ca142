// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an implementation's overlap rule means of an output and an input that share bytes.

#include "tmc/kernels/kernel.hpp"

namespace tmc::program {

// Borders are offsets into one region, or addresses.
template <typename Place>
bool allows(const kernels::Overlap& rule, const Place& output, const Place& input) {
  using kernels::Overlap;
  switch (rule.kind) {
    case Overlap::Kind::kNever:
      return false;
    case Overlap::Kind::kForward:
      return output.begin <= input.begin + rule.slack_bytes;
    case Overlap::Kind::kBackward:
      return output.end >= input.end - rule.slack_bytes;
    case Overlap::Kind::kSameBegin:
      return output.begin == input.begin;
  }
  return false;
}

}  // namespace tmc::program
