// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Compares one tensor of a program with what an oracle says of it.

#include <cstdint>
#include <span>
#include <vector>

#include "tmc/base/host/npy.hpp"
#include "tmc/program/program.hpp"

namespace tmc::check {

struct TensorDifference {
  bool half_precision = false;  // the oracle's values are float16
  int64_t elements = 0;
  int64_t mismatched = 0;       // that differ at all
  int64_t beyond_one_step = 0;  // integer tensors: by more than 1
  double max_steps = 0;         // integer tensors
  double max_abs_diff = 0;      // in real units; infinite where an infinity or not-a-number stands on one side only
  double max_magnitude = 0;     // of the oracle's values, without infinities and the like (the lowest float of a mask)
  int64_t first_element = -1;   // that differs most
  double expected = 0, actual = 0;

  void add(const TensorDifference& other);
};

// Whether `array`, which stacks samples of the oracle's tensor, can be compared: both integer or both float, elements
// as many. An oracle's uint8 is our int8 shifted by 128.
bool comparable(const program::Tensor& tensor, const NpyArray& array);

// The oracle's tensor in the program's dtype.
std::vector<std::byte> as_program_holds_it(const program::Tensor& tensor, const NpyArray& array, int64_t sample);

// `actual` are the tensor's bytes in sample `sample`.
TensorDifference compare(const program::Tensor& tensor, std::span<const std::byte> actual, const NpyArray& array,
                         int64_t sample);

// The same against bytes in the program's own form.
TensorDifference compare(const program::Tensor& tensor, std::span<const std::byte> actual,
                         std::span<const std::byte> expected);

}  // namespace tmc::check
