// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementation of armv7em/conv2d_hybrid_s4_rows.hpp.

#include "tmc/kernels/armv7em/conv2d_hybrid_s4_rows.hpp"
#include "tmc/kernels/host/leaning_groups.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// The words of detail/nibble_rows.hpp.
class NibbleRowPacker {
 public:
  NibbleRowPacker(const Conv2dHybridS4Rows::Params& p, const LeaningGroups& split) : p_(p), split_(split) {}

  std::vector<uint32_t> run() const {
    const int32_t steps = Conv2dHybridS4Rows::steps(p_), of_part = Conv2dHybridS4Rows::steps_of_part(p_);
    const int32_t blocks = Conv2dHybridS4Rows::blocks(p_);
    std::vector<uint32_t> words, parts;
    for (int32_t begin = 0; begin < steps; begin += of_part) {
      for (int32_t block = 0; block < blocks; ++block) {
        for (int32_t step = begin; step < std::min(begin + of_part, steps); ++step) {
          words.push_back(lane(block, 4 * step) | lane(block, 4 * step + 2) << 16);
          words.push_back(lane(block, 4 * step + 1) | lane(block, 4 * step + 3) << 16);
        }
        parts.push_back(part(block, 4 * begin));
      }
    }
    words.insert(words.end(), parts.begin(), parts.end());
    return words;
  }

 private:
  bool has_output(int32_t output) const { return output < p_.output_c; }
  size_t group(int32_t output, int32_t input) const {
    const int32_t last = kernels::Conv2dHybridS4::groups(p_) - 1;
    return static_cast<size_t>(output * (last + 1) + std::min(input / p_.group_inputs, last));
  }
  // An input that is none is its group's zero point, which adds nothing; so does an output that is none.
  uint32_t integer(int32_t output, int32_t input) const {
    if (!has_output(output)) return 0;
    if (input >= p_.input_c) return split_.zero_points[group(output, input)];
    return split_.integers[static_cast<size_t>(output * p_.input_c + input)];
  }

  // Of the last output less 8, modulo 16.
  uint32_t lane(int32_t block, int32_t input) const {
    uint32_t digits = 0;
    for (int32_t i = 0; i < kNibbleBlock; ++i) digits |= integer(block * kNibbleBlock + i, input) << (4 * i);
    return digits ^ 0x8000;
  }
  uint32_t part(int32_t block, int32_t input) const {
    uint32_t word = 0;
    for (int32_t i = 0; i < kNibbleBlock; ++i) {
      const int32_t output = block * kNibbleBlock + i;
      if (!has_output(output)) continue;
      const size_t at = group(output, input);
      word |= uint32_t{split_.multipliers[at]} << (4 * i) | uint32_t{split_.zero_points[at]} << (16 + 4 * i);
    }
    return word ^ 0x80000000;
  }

  const Conv2dHybridS4Rows::Params& p_;
  const LeaningGroups& split_;
};

inline Blobs pack(Of<Conv2dHybridS4Rows>, const Conv2dHybridS4Rows::Params& p, Constants constants) {
  const auto split = split_leaning_groups(constants[0].to_vector<int8_t>(), static_cast<size_t>(p.input_c),
                                          static_cast<size_t>(p.group_inputs));
  if (!split) return std::nullopt;
  return {{make_blob(DType::kU32, NibbleRowPacker(p, *split).run()),
           make_blob(DType::kF32, constants[1].to_vector<float>()),
           make_blob(DType::kF32, constants[2].to_vector<float>())}};
}

// What its work is linear in: rows, their groups of four inputs, blocks of outputs, their groups and parts, and
// outputs.
inline CostFeatures cost_features(Of<Conv2dHybridS4Rows>, const Conv2dHybridS4Rows::Params& p) {
  const double rows = p.batch, steps = Conv2dHybridS4Rows::steps(p), blocks = Conv2dHybridS4Rows::blocks(p);
  return {rows,
          rows * steps,
          rows * blocks,
          rows * blocks * Conv2dHybridS4Rows::parts(p),
          rows * blocks * steps,
          rows * p.output_c};
}

}  // namespace tmc::kernels::armv7em
