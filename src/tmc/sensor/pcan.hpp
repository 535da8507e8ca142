// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// PCAN of the YAML (preprocess/pcan.hpp) by the operators that TFLite Micro's front end is made of.

#include "tmc/preprocess/spec.hpp"
#include "tmc/sensor/builder.hpp"

namespace tmc::sensor {

struct PcanConstants {
  int32_t lost_bits = 0;  // of bands before, so that they have room for the bits behind the point of the noise
  int32_t snr_shift = 0;
  std::vector<int16_t> gains;
};
// Of bands that are multiples of 2^-`unit_bits` of full scale. kBadUsage, with the keys, where no gain fits.
Result<PcanConstants> pcan_constants(const preprocess::PcanSpec& spec, int32_t unit_bits);

struct Normalized {
  ValueId bands = ValueId::kNone;  // u32 [frames, channels], kPcanOutputBits behind the point
  ValueId noise = ValueId::kNone;  // u32 [channels], after the last frame
};
// Of bands u32 [frames, channels] and the noise before them.
Normalized append_pcan(Builder& builder, ValueId bands, ValueId noise, const preprocess::PcanSpec& spec,
                       const PcanConstants& made);

}  // namespace tmc::sensor
