// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// A state of a WHILE that its body fills part by part, as converters write the outputs of a recurrent layer: the body
// gives it with a part along axis 0 replaced, by CONCATENATION(SLICE, part, SLICE) or by DYNAMIC_UPDATE_SLICE, and
// reads it nowhere else. What is put together of parts at the end is not copied at every trip.

#include <map>
#include <optional>

#include "tmc/frontend/tflite/body.hpp"

namespace tmc::frontend::tflite {

class FilledSequence {
 public:
  // None where state number `state` of the body is no such sequence.
  static std::optional<FilledSequence> find(const Body& body, size_t state);

  size_t state() const { return state_; }
  // The operators that replace the part, which the body need not run, and the output that they give.
  const std::vector<size_t>& operators() const { return operators_; }
  int32_t output() const { return output_; }
  // After a run of the body: keeps the part that it gave.
  Status keep_part(Body& body, const ops::TensorType& whole);
  // All of it: `before` where no trip gave a part.
  Result<ir::ValueId> join(ImportContext& context, ir::ValueId before) const;

 private:
  Result<int64_t> place_of(Body& body, int64_t extent, const ops::TensorType& whole) const;

  size_t state_ = 0;
  std::vector<size_t> operators_;
  int32_t output_ = -1;
  int32_t part_ = -1;                     // the tensor
  int32_t begins_ = -1, sizes_ = -1;      // of CONCATENATION: of the slice behind the part, and of the one before it
  std::map<int64_t, ir::ValueId> parts_;  // by where they begin
};

}  // namespace tmc::frontend::tflite
