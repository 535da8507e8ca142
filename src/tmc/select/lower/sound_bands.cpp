// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/ops/op/sound_bands.hpp"

#include <numeric>

#include "tmc/kernels/contract/sound_features.hpp"
#include "tmc/select/numerics/signal.hpp"
#include "tmc/select/numerics/sound.hpp"

namespace tmc::select {
namespace {

constexpr int32_t kUnitOfSamples = 14;  // bits of a unit where samples are not scaled up: the window takes one of 15

// What the kernel relies on: no sum leaves 32 bits, and all bins are there.
Status check_sums(const ops::SoundBands& op, const std::vector<int16_t>& window, const std::vector<int16_t>& widths,
                  int64_t weights) {
  double sum = 0;
  for (const int16_t point : window) sum += std::abs(point);
  const double sharpened = 1 + std::abs(op.pre_emphasis) * 0x1p-15;
  const double most = std::ldexp(sum * sharpened, op.unit_bits - 15) + static_cast<double>(window.size());
  if (most > 0x1p30) {
    return error(Error::kUnsupportedOp, "units of 2^-{} are too small for its window: sums leave 32 bits", op.unit_bits)
        .with_hint("take fewer unit_bits");
  }
  int64_t bins = 0;
  for (const int16_t width : widths) {
    if (width < 0) return error(Error::kMalformed, "a band of {} bins", width);
    bins += width;
  }
  if (bins == weights && op.first_bin + bins <= op.length / 2 + 1) return {};
  return error(Error::kMalformed, "bands of {} bins from {} on have {} weights, and {} bins are there", bins,
               op.first_bin, weights, op.length / 2 + 1);
}

}  // namespace

Status lower_sound_bands(Lowering& lowering) {
  using Op = ops::SoundBands;
  const auto& op = lowering.node().op.get<Op>();
  TMC_TRY(check_constants(lowering));
  const auto window = lowering.input(Op::kWindow).data->to_vector<int16_t>();
  const auto weights = lowering.input(Op::kWeights).data->to_vector<uint16_t>();
  const auto widths = lowering.input(Op::kWidths).data->to_vector<int16_t>();
  TMC_TRY(check_sums(op, window, widths, std::ssize(weights)));
  const std::vector<int32_t> twiddles = sound_twiddles(op.length);
  const kernels::SoundBands::Params params{.input_elements = elements_of(lowering.input(0)),
                                           .output_elements = elements_of(lowering.output()),
                                           .window = static_cast<int32_t>(window.size()),
                                           .twiddles = static_cast<int32_t>(twiddles.size()),
                                           .weights = static_cast<int32_t>(weights.size()),
                                           .widths = static_cast<int32_t>(widths.size()),
                                           .frames = static_cast<int32_t>(lowering.output().type.shape[0]),
                                           .hop = op.hop,
                                           .skip = op.skip,
                                           .length = op.length,
                                           .first_bin = op.first_bin,
                                           .pre_emphasis = op.pre_emphasis,
                                           .scale_bits = op.unit_bits - kUnitOfSamples};
  return lowering.emit<kernels::SoundBands>(
      params,
      {kernels::make_blob(DType::kI16, window), kernels::make_blob(DType::kI32, twiddles, /*is_table=*/true),
       kernels::make_blob(DType::kU16, weights), kernels::make_blob(DType::kI16, widths)},
      {lowering.input_ref(0)}, {lowering.output_ref()});
}

}  // namespace tmc::select
