// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Forms in which pairs of elements are turned by angles, read as what a rotary embedding does.

#include "tmc/opt/attention/linear_forms.hpp"

namespace tmc::opt {

struct Turns {
  View result;  // where each element of the value comes from in x
  View x;       // the elements that are turned and those between them, as they lie in the source
  int64_t batch = 1, length = 1, heads = 1, size = 0, rotated = 0;
  bool interleaved = false;
  std::vector<Multiple> cosines, sines;  // [length, rotated / 2]
};

// None where the forms are no such thing.
std::optional<Turns> turns_of(const std::vector<Form>& forms);

}  // namespace tmc::opt
