// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/integer_form.hpp"

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/clip.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/gelu.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/ops/op/softmax.hpp"

namespace tmc::quant {
namespace {

template <typename... Ops>
bool is_one_of(const ops::AnyOp& op) {
  return (op.is<Ops>() || ...);
}

}  // namespace

IntegerForm integer_form(const ops::AnyOp& op) {
  if (is_one_of<ops::Conv2d, ops::FullyConnected>(op)) return IntegerForm::kLayer;
  if (is_one_of<ops::Add, ops::Sub, ops::Mul>(op)) return IntegerForm::kArithmetic;
  if (op.has_table() ||
      is_one_of<ops::Matmul, ops::AveragePool2d, ops::Mean, ops::ReduceSum, ops::Softmax, ops::Gelu>(op)) {
    return IntegerForm::kFunction;
  }
  if (op.moves_elements() || is_one_of<ops::MaxPool2d, ops::Relu, ops::Clip>(op)) return IntegerForm::kDataMovement;
  return IntegerForm::kNone;
}

bool has_int16_form(const ops::AnyOp& op) {
  // Others are tables, whose points may lie too far apart.
  if (op.has_table()) return is_one_of<ops::Sigmoid, ops::Tanh, ops::HardSwish, ops::LeakyRelu>(op);
  return integer_form(op) != IntegerForm::kNone && !op.is<ops::Gelu>();
}

}  // namespace tmc::quant
