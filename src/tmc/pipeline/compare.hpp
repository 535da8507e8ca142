// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Compares one tensor of a program with what an oracle says of it.

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "tmc/base/host/npy.hpp"
#include "tmc/program/program.hpp"

namespace tmc::pipeline {

struct TensorDifference {
  int64_t elements = 0;
  int64_t mismatched = 0;       // that differ at all
  int64_t beyond_one_step = 0;  // integer tensors: by more than 1
  double max_steps = 0;         // integer tensors
  double max_abs_diff = 0;      // in real units
  double max_magnitude = 0;     // of the oracle's values
  int64_t first_element = -1;   // that differs most
  double expected = 0, actual = 0;

  void add(const TensorDifference& other);
};

// Whether `array`, which stacks samples of the oracle's tensor, can be compared: both integer or both float, elements
// as many. An oracle's uint8 is our int8 shifted by 128.
bool comparable(const program::Tensor& tensor, const NpyArray& array);

// The array that an oracle gives for the tensor: under its own name, or for X_nhwc, which the change of layout made of
// X, under X. Null where there is none that is comparable.
const NpyArray* find_array(const std::map<std::string, NpyArray>& arrays, const program::Tensor& tensor);

// The oracle's tensor as the program would hold it: its dtype and its layout.
std::vector<std::byte> as_program_holds_it(const program::Tensor& tensor, const NpyArray& array, int64_t sample);

// `actual` are the tensor's bytes in sample `sample`. An image that the oracle holds as [n, c, h, w] and the program as
// [n, h, w, c] is permuted.
TensorDifference compare(const program::Tensor& tensor, std::span<const std::byte> actual, const NpyArray& array,
                         int64_t sample);

// The same against bytes in the program's own form.
TensorDifference compare(const program::Tensor& tensor, std::span<const std::byte> actual,
                         std::span<const std::byte> expected);

}  // namespace tmc::pipeline
