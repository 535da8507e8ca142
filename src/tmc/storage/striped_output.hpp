// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What steps that run in stripes (stripes.hpp) hand to one another.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tmc::storage {

// A step of the group reads what another one of it writes.
struct StripeReader {
  int32_t step = 0;  // within the group
  size_t operand = 0;
};

// What a step of the group writes, and where its rows lie.
struct StripedOutput {
  int32_t buffer = 0;
  std::vector<StripeReader> readers;
  bool is_whole = true;      // its buffer holds all rows; otherwise a line buffer
  int32_t shares_with = -1;  // the step whose output's rows lie where these rows lie: it runs in place
  // The step over whose rows, in its line buffer, these are written; nobody reads them after the stripe. Where they
  // begin there, for each stripe.
  int32_t lies_over = -1;
  std::vector<int64_t> begins_over = {};
  std::vector<int32_t> ends;  // rows that are there after each stripe
  int32_t line_rows = 0;      // of the line buffer
  int32_t line_begin = 0;     // the first row in it, now
};

}  // namespace tmc::storage
