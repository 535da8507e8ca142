// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// An LSTM of int16 activations and int8 weights, as TensorFlow Lite Micro has it (micro/kernels/lstm_eval_common.cc):
// products of scales of inputs and weights are rounded to float, all other quotients are double.

#include "tmc/select/lowering.hpp"

namespace tmc::select {

// The node, an ops::Lstm. kUnsupportedType where its constants are computed or per channel, where it has other than the
// plain functions, or peepholes, and where a scale is none that the kernels have.
Status emit_int16_lstm(Lowering& lowering);

}  // namespace tmc::select
