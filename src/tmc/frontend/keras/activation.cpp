// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/activation.hpp"

#include <algorithm>
#include <limits>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/clip.hpp"
#include "tmc/ops/op/gelu.hpp"
#include "tmc/ops/op/softmax.hpp"

namespace tmc::frontend::keras {
namespace {

using ir::ValueId;

struct Activation {
  std::string_view name;
  Result<ValueId> (*append)(LayerContext& context, ValueId value);
};

template <typename Op>
Result<ValueId> append_plain(LayerContext& context, ValueId value) {
  return context.append("_activated", Op{}, {value});
}

Result<ValueId> append_nothing(LayerContext&, ValueId value) {
  return value;
}

Result<ValueId> append_relu6(LayerContext& context, ValueId value) {
  return context.append("_activated", ops::Clip{.min = 0, .max = 6}, {value});
}

Result<ValueId> append_swish(LayerContext& context, ValueId value) {
  TMC_ASSIGN(const ValueId gate, context.append("_sigmoid", ops::Sigmoid{}, {value}));
  return context.append("_activated", ops::Mul{}, {value, gate});
}

// Another line in Keras 2.
Result<ValueId> append_hard_sigmoid(LayerContext& context, ValueId value) {
  const double slope = context.version() < 3 ? 0.2 : 1.0 / 6;
  TMC_ASSIGN(const ValueId line, context.append("_slope", ops::Mul{}, {value, context.scalar("_sixth", slope)}));
  TMC_ASSIGN(const ValueId raised, context.append("_raised", ops::Add{}, {line, context.scalar("_half", 0.5)}));
  return context.append("_activated", ops::Clip{.min = 0, .max = 1}, {raised});
}

Result<ValueId> append_leaky_relu(LayerContext& context, ValueId value) {
  ops::LeakyRelu op;
  op.attributes = {0.2};
  return context.append("_activated", op, {value});
}

Result<ValueId> append_log_softmax(LayerContext& context, ValueId value) {
  ops::ReduceLogSumExp sum;
  sum.axes = {-1};
  sum.keep_dims = true;
  TMC_ASSIGN(const ValueId whole, context.append("_whole", std::move(sum), {value}));
  return context.append("_activated", ops::Sub{}, {value, whole});
}

constexpr Activation kActivations[] = {
    {"linear", append_nothing},
    {"relu", append_plain<ops::Relu>},
    {"relu6", append_relu6},
    {"sigmoid", append_plain<ops::Sigmoid>},
    {"tanh", append_plain<ops::Tanh>},
    {"softmax", append_plain<ops::Softmax>},
    {"log_softmax", append_log_softmax},
    {"elu", append_plain<ops::Elu>},
    {"selu", append_plain<ops::Selu>},
    {"celu", append_plain<ops::Celu>},
    {"softplus", append_plain<ops::Softplus>},
    {"softsign", append_plain<ops::Softsign>},
    {"swish", append_swish},
    {"silu", append_swish},
    {"gelu", append_plain<ops::Gelu>},
    {"mish", append_plain<ops::Mish>},
    {"exponential", append_plain<ops::Exp>},
    {"hard_sigmoid", append_hard_sigmoid},
    {"hard_silu", append_plain<ops::HardSwish>},
    {"hard_swish", append_plain<ops::HardSwish>},
    {"leaky_relu", append_leaky_relu},
};

}  // namespace

Result<std::string> activation_name(const Config& config, std::string_view member) {
  if (!config.has(member)) return std::string("linear");
  if (config.json()[member].as<std::string>() != nullptr) return config.text(member, "linear");
  // A function: {"class_name": "function", "config": "relu"}.
  const Config object = config.at(member);
  if (object.json()["config"].as<std::string>() != nullptr) return object.text("config", "linear");
  TMC_ASSIGN(const std::string class_name, object.text("class_name", "?"));
  return error(Error::kUnsupportedOp, "its activation is a layer of class '{}'", class_name)
      .with_hint("make a layer of its own of it");
}

Result<ValueId> activate(LayerContext& context, const std::string& name, ValueId value) {
  const auto* found = std::ranges::find(kActivations, name, &Activation::name);
  if (found == std::end(kActivations)) return error(Error::kUnsupportedOp, "there is no activation '{}'", name);
  return found->append(context, value);
}

Status finish_activated(LayerContext& context, ValueId value) {
  TMC_ASSIGN(const std::string name, activation_name(context.config(), "activation"));
  TMC_ASSIGN(value, activate(context, name, value));
  return context.finish_as(value);
}

Result<std::string> gate_of(LayerContext& context, const Config& config, std::string_view member) {
  TMC_ASSIGN(const std::string name, activation_name(config, member));
  if (name == "linear") return std::string("affine:1:0");
  if (name == "leaky_relu") return std::string("leakyrelu:0.2");
  if (name == "hard_sigmoid") {
    return std::string(context.version() < 3 ? "hardsigmoid:0.2:0.5" : "hardsigmoid:0.16666666666666666:0.5");
  }
  constexpr std::string_view kSame[] = {"sigmoid", "tanh", "relu", "elu", "softsign", "softplus"};
  if (std::ranges::find(kSame, name) != std::end(kSame)) return name;
  return error(Error::kUnsupportedOp, "its gates have the activation '{}'", name);
}

}  // namespace tmc::frontend::keras
