// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/calibrate/calibrate.hpp"

#include <algorithm>
#include <cmath>

namespace tmc::quant {
namespace {

Status not_finite(const TensorInfo& tensor, size_t element, float value, int64_t row) {
  return error(Error::kBadInput, "tensor '{}' holds {} at element {} in row {} of the calibration data", tensor.name,
               value, element, row)
      .with_hint("if it is an input, mend or remove that row; else check that the data are scaled as in training");
}

}  // namespace

Result<Statistics> calibrate(Session& session, RowSource& rows, const Progress& progress,
                             const std::set<std::string, std::less<>>& unbounded) {
  if (rows.size() == 0) {
    return error(Error::kBadInput, "the calibration data hold no rows")
        .with_hint("give some hundred rows such as the model will see");
  }
  Statistics statistics;
  Status failure;
  for (int64_t row = 0; row < rows.size(); ++row) {
    TMC_ASSIGN(const Row inputs, rows.read(row));
    TMC_TRY(session.run(inputs, [&](size_t at, std::span<std::byte> bytes) {
      const TensorInfo& tensor = session.tensors()[at];
      if (tensor.type.dtype != DType::kF32 || !failure.ok()) return;
      std::vector<float> values = reals(tensor, bytes);
      if (unbounded.contains(tensor.name)) std::erase_if(values, [](float value) { return !std::isfinite(value); });
      const auto bad = std::ranges::find_if_not(values, [](float value) { return std::isfinite(value); });
      if (bad != values.end()) {
        failure = not_finite(tensor, static_cast<size_t>(bad - values.begin()), *bad, row);
      } else {
        statistics[tensor.name].add(values);
      }
    }));
    TMC_TRY(failure);
    progress("calibrating", row + 1, rows.size());
  }
  return statistics;
}

}  // namespace tmc::quant
