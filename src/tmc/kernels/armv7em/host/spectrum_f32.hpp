// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Constants and cost of the implementations of armv7em/spectrum_f32.hpp.

#include "tmc/kernels/armv7em/spectrum_f32.hpp"
#include "tmc/kernels/host/registry.hpp"

namespace tmc::kernels::armv7em {

// The twiddles of the stages in the order in which they are read, then those between real samples and their pairs.
template <typename Params>
Blobs pack_turns(const Params& p, Constants constants) {
  const auto turns = constants[0].to_vector<float>();
  const int32_t points = fourier::points_of(p);
  std::vector<float> packed;
  const auto append = [&](int32_t angle, float factor) {
    for (int32_t part = 0; part < 2; ++part) packed.push_back(factor * turns[static_cast<size_t>(2 * angle + part)]);
  };
  for (int32_t m = fourier::first_radix(points); m < points; m *= 4) {
    const int32_t step = p.length / (4 * m);
    for (int32_t k = 1; k < m; ++k) {
      for (int32_t i = 1; i < 4; ++i) append(i * k * step, 1);
    }
  }
  if (fourier::is_halved(p)) {
    const float factor = fourier::is_real_output(p) ? 1 : 0.5F * p.factor;
    for (int32_t k = 0; k <= points / 2; ++k) append(k, factor);
  }
  return {{make_blob(DType::kF32, packed, /*is_table=*/true)}};
}
inline Blobs pack(Of<DftF32>, const DftF32::Params& p, Constants constants) {
  return pack_turns(p, constants);
}
inline Blobs pack(Of<StftF32>, const StftF32::Params& p, Constants constants) {
  return pack_turns(p, constants);
}

// What its work is linear in: fourier::Work.
template <bool kWindow, typename Params>
CostFeatures fourier_terms(const Params& p) {
  const fourier::Work work = fourier::work_of<kWindow>(p);
  return {work.lines, work.points, work.joined, work.groups, work.staged};
}
inline CostFeatures cost_features(Of<DftF32>, const DftF32::Params& p) {
  return fourier_terms<false>(p);
}
inline CostFeatures cost_features(Of<StftF32>, const StftF32::Params& p) {
  return fourier_terms<true>(p);
}

}  // namespace tmc::kernels::armv7em
