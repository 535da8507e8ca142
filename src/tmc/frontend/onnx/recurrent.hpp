// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the importers of LSTM, GRU and RNN share: one operator of the graph (ops/recurrent.hpp) a direction, whose
// results are put together.

#include <functional>

#include "tmc/frontend/onnx/import_context.hpp"
#include "tmc/ops/recurrent.hpp"

namespace tmc::frontend::onnx_format {

// What the operator of one direction is to say.
struct Direction {
  bool reverse;
  bool sequence;  // the states of every step, not of the last alone
  bool cell;      // the second state, after the last step, as well
  double clip;
  std::string functions;
};

// `default_functions`: those of one direction where the file names none. Refuses sequences that end at different steps.
Status import_recurrent(ImportContext& context, const ops::RecurrentForm& form, std::string_view default_functions,
                        const std::function<ops::AnyOp(const Direction&)>& make);

}  // namespace tmc::frontend::onnx_format
