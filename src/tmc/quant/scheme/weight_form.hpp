// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace tmc::quant {

// Integers of symmetric weights are within [-kMostEightBit, kMostEightBit]; in four bits, before they are multiplied,
// within [-kMostFourBit, kMostFourBit].
inline constexpr int32_t kMostEightBit = 127, kMostFourBit = 7;

// How weights are stored. In four bits, `group_inputs` successive weights of an output channel share a multiplier; 0:
// all of them.
struct WeightForm {
  int32_t bits = 8;
  int64_t group_inputs = 0;

  constexpr int32_t most() const { return bits == 4 ? kMostFourBit : kMostEightBit; }
  bool operator==(const WeightForm&) const = default;
};
// "int8", "int4", "int4:32".
std::string to_string(const WeightForm& form);

}  // namespace tmc::quant
