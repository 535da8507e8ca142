// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/integer_form.hpp"

#include <algorithm>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/attention.hpp"
#include "tmc/ops/op/average_pool2d.hpp"
#include "tmc/ops/op/clip.hpp"
#include "tmc/ops/op/conv2d.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/gelu.hpp"
#include "tmc/ops/op/gru.hpp"
#include "tmc/ops/op/layer_norm.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/lstm.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/max_pool2d.hpp"
#include "tmc/ops/op/rms_norm.hpp"
#include "tmc/ops/op/rnn.hpp"
#include "tmc/ops/op/rotary_embedding.hpp"
#include "tmc/ops/op/softmax.hpp"

namespace tmc::quant {
namespace {

template <typename... Ops>
bool is_one_of(const ops::AnyOp& op) {
  return (op.is<Ops>() || ...);
}

}  // namespace

std::optional<RecurrentLayer> recurrent_layer(const ops::AnyOp& op) {
  if (const auto* lstm = op.get_if<ops::Lstm>()) {
    if (lstm->functions != ops::Lstm{}.functions || lstm->clip != 0 || lstm->input_forget) return std::nullopt;
    return RecurrentLayer{ops::Lstm::kForm, false};
  }
  if (const auto* gru = op.get_if<ops::Gru>()) {
    if (gru->functions != ops::Gru{}.functions || gru->clip != 0) return std::nullopt;
    return RecurrentLayer{ops::Gru::kForm, true};
  }
  if (const auto* rnn = op.get_if<ops::Rnn>()) {
    const bool is_tanh = rnn->functions == ops::Rnn{}.functions;
    if ((!is_tanh && rnn->functions != "relu") || rnn->clip != 0) return std::nullopt;
    return RecurrentLayer{ops::Rnn::kForm, is_tanh};
  }
  return std::nullopt;
}

IntegerForm integer_form(const ops::AnyOp& op) {
  if (is_one_of<ops::Conv2d, ops::FullyConnected>(op)) return IntegerForm::kLayer;
  if (is_one_of<ops::Add, ops::Sub, ops::Mul>(op)) return IntegerForm::kArithmetic;
  if (op.has_table() ||
      is_one_of<ops::Matmul, ops::AveragePool2d, ops::Mean, ops::ReduceSum, ops::Softmax, ops::Gelu>(op)) {
    return IntegerForm::kFunction;
  }
  if (const auto* attention = op.get_if<ops::Attention>()) {
    const bool is_integer = attention->softcap <= ops::Attention::kMostIntegerSoftcap && attention->scale >= 0;
    return is_integer ? IntegerForm::kFunction : IntegerForm::kNone;
  }
  if (is_one_of<ops::LayerNorm, ops::RmsNorm>(op)) return IntegerForm::kWithConstants;
  if (op.is<ops::RotaryEmbedding>()) return IntegerForm::kFunction;
  if (recurrent_layer(op)) return IntegerForm::kRecurrent;
  if (op.moves_elements() || is_one_of<ops::MaxPool2d, ops::Relu, ops::Clip, ops::Lookup>(op))
    return IntegerForm::kDataMovement;
  return IntegerForm::kNone;
}

std::span<const ir::ValueId> quantized_inputs(const ir::Node& node) {
  constexpr size_t kTable = 1, kTurned = 1, kQueryKeyValue = 3;
  size_t most = node.inputs.size();
  if (node.op.is<ops::Lookup>()) most = std::min(most, kTable);
  if (node.op.is<ops::RotaryEmbedding>()) most = std::min(most, kTurned);
  if (node.op.is<ops::Attention>()) most = std::min(most, kQueryKeyValue);
  return std::span(node.inputs).first(most);
}

bool has_int16_form(const ops::AnyOp& op) {
  // Others are tables, whose points may lie too far apart.
  if (op.has_table()) return is_one_of<ops::Sigmoid, ops::Tanh, ops::HardSwish, ops::LeakyRelu>(op);
  const IntegerForm form = integer_form(op);
  return form != IntegerForm::kNone && form != IntegerForm::kRecurrent &&
         !is_one_of<ops::Gelu, ops::RotaryEmbedding, ops::Attention>(op);
}

}  // namespace tmc::quant
