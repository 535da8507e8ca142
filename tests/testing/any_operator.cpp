// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "testing/any_operator.hpp"

#include <algorithm>
#include <numeric>
#include <span>

#include "testing/known_operands.hpp"
#include "tmc/base/host/element.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/ops/op/gru.hpp"
#include "tmc/ops/op/lstm.hpp"
#include "tmc/ops/op/rnn.hpp"
#include "tmc/ops/op/signal_filter_bank.hpp"
#include "tmc/ops/op/tree_ensemble.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc::testing {
namespace {

using Rng = std::mt19937;

constexpr int64_t kMostElements = 3000;

int64_t roll(Rng& rng, int64_t low, int64_t high) {
  return std::uniform_int_distribution<int64_t>(low, high)(rng);
}

bool chance(Rng& rng, int percent) {
  return roll(rng, 1, 100) <= percent;
}

template <typename T>
const T& any_of(Rng& rng, const std::vector<T>& list) {
  return list[static_cast<size_t>(roll(rng, 0, std::ssize(list) - 1))];
}

// --- shapes

Shape any_shape(Rng& rng, int rank) {
  Shape shape;
  for (int axis = 0; axis < rank; ++axis) {
    const int64_t extent = any_of<int64_t>(rng, {1, 3, 3, 7, 7});
    shape.push_back(shape.elements() * extent > kMostElements ? 1 : extent);
  }
  return shape;
}

// The extents from `first` on, some of them replaced by 1.
Shape thinned(Rng& rng, const Shape& shape, int first) {
  Shape result;
  for (int axis = first; axis < shape.rank(); ++axis) result.push_back(chance(rng, 40) ? 1 : shape[axis]);
  return result;
}

// Those of a recurrent layer over a sequence, and none where the operator is another.
std::vector<Shape> recurrent_shapes(Rng& rng, const ops::OpInfo& info, const Shape& sequence) {
  const ops::RecurrentForm* form = nullptr;
  if (&info == &ops::op_info<ops::Lstm>()) form = &ops::Lstm::kForm;
  if (&info == &ops::op_info<ops::Gru>()) form = &ops::Gru::kForm;
  if (&info == &ops::op_info<ops::Rnn>()) form = &ops::Rnn::kForm;
  if (form == nullptr || sequence.rank() != 3) return {};
  const int64_t hidden = any_of<int64_t>(rng, {1, 3, 8});
  const int64_t sums = form->gates * hidden;
  std::vector<Shape> shapes = {Shape::of(sums, sequence[2]), Shape::of(sums, hidden)};
  shapes.insert(shapes.end(), form->biases, Shape::of(sums));
  shapes.insert(shapes.end(), form->states, Shape::of(sequence[1], hidden));
  if (form->peepholes && chance(rng, 50)) shapes.push_back(Shape::of(3 * hidden));
  return shapes;
}

// Those of trees over features; `data` then makes trees of them.
std::vector<ops::TensorType> tree_types(const ops::OpInfo& info) {
  if (&info != &ops::op_info<ops::TreeEnsemble>()) return {};
  return {{DType::kI32, Shape::of(3, 4)}, {DType::kF32, Shape::of(3)}, {DType::kI32, Shape::of(2)},
          {DType::kF32, Shape::of(2)},    {DType::kI32, Shape::of(2)}, {DType::kF32, Shape::of(2)}};
}

// A test of the first feature with a leaf on either side, twice.
void make_trees(Rng& rng, std::vector<AnyOperand>& operands) {
  const std::vector<int32_t> nodes = {0, static_cast<int32_t>(roll(rng, 0, 5)), 1, 2, -1, 0, 1, 0, -1, 1, 1, 0};
  const auto set = [&](size_t input, const std::vector<int32_t>& values) {
    const auto bytes = std::as_bytes(std::span(values));
    operands[input].data.assign(bytes.begin(), bytes.end());
  };
  set(ops::TreeEnsemble::kNodes, nodes);
  set(ops::TreeEnsemble::kRoots, {0, 0});
  set(ops::TreeEnsemble::kTargets, {0, 1});
  for (size_t i = 1; i < operands.size(); ++i) operands[i].constant = true;
}

// Bands within nine bins and ten weights.
void make_bands(std::vector<AnyOperand>& operands) {
  for (size_t i = 1; i < operands.size(); ++i) operands[i].constant = true;
  for (size_t i = ops::SignalFilterBank::kBinStarts; i < operands.size(); ++i) {
    for (size_t at = 0; at < operands[i].data.size(); at += 2) {
      store_element(DType::kI16, static_cast<double>((i + at) % 4), &operands[i].data[at]);
    }
  }
}

// A shape that some operator may want beside those before it.
Shape any_other_shape(Rng& rng, const std::vector<ops::TensorType>& before) {
  const Shape& first = before.front().shape;
  const Shape& last = before.back().shape;
  switch (roll(rng, 0, 6)) {
    case 0:
      return first;
    case 1:
      return thinned(rng, first, static_cast<int>(roll(rng, 0, first.rank())));
    case 2:
      return last.rank() > 0 ? Shape::of(last[0]) : Shape();
    case 3: {  // weights: as many elements along the last axis
      Shape shape = any_shape(rng, static_cast<int>(roll(rng, 1, 4)));
      if (first.rank() > 0) shape[shape.rank() - 1] = chance(rng, 80) ? first.back() : 1;
      return shape;
    }
    case 4: {  // a matrix to multiply with
      Shape shape = any_shape(rng, static_cast<int>(roll(rng, 2, 3)));
      if (first.rank() > 0) shape[shape.rank() - 2] = first.back();
      return shape;
    }
    case 5:  // a table of bytes for each channel
      return Shape::of(first.rank() > 0 ? first.back() : 1, 256);
    default:
      return any_shape(rng, static_cast<int>(roll(rng, 0, 6)));
  }
}

// --- numbers

bool is_narrow(DType dtype) {
  return dtype == DType::kI8 || dtype == DType::kU8 || dtype == DType::kI16 || dtype == DType::kI32;
}

Quantization any_quantization(Rng& rng, const ops::TensorType& type) {
  if (!is_narrow(type.dtype) || chance(rng, 15)) return {};
  const auto scale = [&] { return 0.01F * static_cast<float>(roll(rng, 1, 9)); };
  if (type.shape.rank() > 0 && type.shape[0] > 0 && chance(rng, 15)) {
    Quantization quantization{{}, {}, 0};
    for (int64_t i = 0; i < type.shape[0]; ++i) quantization.scales.push_back(scale());
    quantization.zero_points.assign(quantization.scales.size(), 0);
    return quantization;
  }
  const bool has_zero_point = dtype_bytes(type.dtype) == 1 ? chance(rng, 60) : chance(rng, 10);
  const int64_t middle = type.dtype == DType::kU8 ? 128 : 0;
  return Quantization::per_tensor(scale(), static_cast<int32_t>(middle + (has_zero_point ? roll(rng, -20, 20) : 0)));
}

double any_number(Rng& rng, DType dtype, bool quantized) {
  if (dtype == DType::kF32) return std::uniform_real_distribution<double>(-4, 4)(rng);
  if (dtype == DType::kBool) return static_cast<double>(roll(rng, 0, 1));
  if (quantized && dtype == DType::kI8) return static_cast<double>(roll(rng, -128, 127));
  if (quantized && dtype == DType::kU8) return static_cast<double>(roll(rng, 0, 255));
  if (quantized && dtype == DType::kI16) return static_cast<double>(roll(rng, -3000, 3000));
  const bool is_signed = dtype_is_float(dtype) || dtype == DType::kI8 || dtype == DType::kI16 || dtype == DType::kI32 ||
                         dtype == DType::kI64;
  return static_cast<double>(roll(rng, is_signed ? -8 : 0, 8));
}

AnyOperand any_operand(Rng& rng, const ops::TensorType& type, bool constant) {
  AnyOperand operand{type, any_quantization(rng, type), constant, {}, {}};
  const auto bytes = static_cast<size_t>(dtype_bytes(type.dtype));
  operand.data.resize(static_cast<size_t>(type.shape.elements()) * bytes);
  for (size_t at = 0; at < operand.data.size(); at += bytes) {
    if (type.dtype == DType::kBF16) break;  // zeros
    store_element(type.dtype, any_number(rng, type.dtype, !operand.quantization.empty()), &operand.data[at]);
  }
  operand.reals = to_reals(type, operand.quantization, operand.data);
  return operand;
}

// An int32 operand after two quantised ones is a bias: in the product of their scales.
void read_as_bias(std::vector<AnyOperand>& operands) {
  if (operands.size() != 3 || operands[2].type.dtype != DType::kI32) return;
  const Quantization& image = operands[0].quantization;
  const Quantization& weights = operands[1].quantization;
  if (image.empty() || image.per_axis() || weights.empty()) return;
  AnyOperand& bias = operands[2];
  bias.quantization = {};
  for (size_t i = 0; i < bias.reals.size(); ++i) {
    const size_t channel = std::min(i, weights.scales.size() - 1);
    const double steps = load_element(DType::kI32, &bias.data[4 * i]);
    bias.reals[i] = steps * static_cast<double>(image.scale()) * static_cast<double>(weights.scales[channel]);
  }
}

// --- attributes

std::vector<int64_t> any_list(Rng& rng, const Shape& shape) {
  const auto rank = static_cast<size_t>(shape.rank());
  std::vector<int64_t> list(shape.begin(), shape.end());
  switch (roll(rng, 0, 7)) {
    case 0:  // an order of axes
      std::iota(list.begin(), list.end(), 0);
      std::ranges::shuffle(list, rng);
      return list;
    case 1:  // the same elements in another shape
      std::ranges::shuffle(list, rng);
      return list;
    case 2:
      return {shape.elements()};
    case 3:
      return std::vector<int64_t>(rank, roll(rng, 0, 2));
    case 4: {  // before and after every axis
      std::vector<int64_t> pads;
      for (size_t i = 0; i < 2 * rank; ++i) pads.push_back(chance(rng, 50) ? 0 : roll(rng, 0, 2));
      return pads;
    }
    case 5: {  // some axes
      std::erase_if(list, [&](int64_t) { return chance(rng, 50); });
      std::iota(list.begin(), list.end(), roll(rng, 0, 1));
      return list;
    }
    case 6:  // fewer of every axis
      for (int64_t& extent : list) extent = roll(rng, std::min<int64_t>(1, extent), extent);
      return list;
    default:
      return list;
  }
}

ops::FieldValue any_value(Rng& rng, const ops::FieldValue& now, const Shape& shape) {
  static const std::vector<std::string> kWords = {"nhwc", "nchw", "none", "relu", "relu6", "relu_n1_to_1",
                                                  "i8",   "u8",   "i16",  "f32",  "i32"};
  if (std::holds_alternative<bool>(now)) return chance(rng, 50);
  if (std::holds_alternative<int64_t>(now)) return roll(rng, -1, 3);
  if (std::holds_alternative<double>(now)) return any_of<double>(rng, {0, 0.5, 1, 1.5, 6, -1});
  if (std::holds_alternative<std::string>(now)) return any_of(rng, kWords);
  return any_list(rng, shape);
}

ops::AnyOp any_attributes(Rng& rng, const ops::OpInfo& info, const Shape& shape) {
  std::shared_ptr<const void> attributes = info.make_default();
  for (const ops::NamedValue& field : info.get_fields(attributes.get())) {
    const bool is_list = std::holds_alternative<std::vector<int64_t>>(field.value);
    if (!is_list && chance(rng, 50)) continue;
    const ops::NamedValue changed{field.name, any_value(rng, field.value, shape)};
    auto with = info.with_fields(attributes.get(), {&changed, 1});
    if (with.ok()) attributes = *with;
  }
  return {info, std::move(attributes)};
}

// --- nodes

DType any_other_dtype(Rng& rng, DType first) {
  if (chance(rng, 60)) return first;
  return any_of<DType>(rng, {DType::kI8, DType::kI8, DType::kF32, DType::kF16, DType::kI32, DType::kI16, DType::kU8});
}

Result<std::vector<ops::TensorType>> infer(const ops::AnyOp& op, const std::vector<ops::TensorType>& types) {
  std::vector<const ops::TensorType*> pointers;
  for (const ops::TensorType& type : types) pointers.push_back(&type);
  return op.info().infer(op.attributes(), {pointers});
}

// Whether an operator's result is its operand's reals in another form.
bool changes_form_only(const ops::AnyOp& op) {
  return op.name() == "quantize" || op.name() == "dequantize" || op.name() == "requantize";
}

Result<std::vector<Bytes>> run_portably(const ir::Graph& graph, const std::vector<Bytes>& inputs) {
  TMC_ASSIGN(const Target host, load_target("host"));
  TMC_ASSIGN(program::Program open, select::select(graph, host, {}));
  TMC_ASSIGN(const program::Program placed, storage::place(std::move(open), {storage::Sharing::kNone}));
  TMC_ASSIGN(exec::Executor executor, exec::Executor::create(placed));
  return executor.run(inputs);
}

AnyOperand in_float(const AnyOperand& operand) {
  AnyOperand real{{DType::kF32, operand.type.shape}, {}, operand.constant, {}, operand.reals};
  real.data.resize(operand.reals.size() * sizeof(float));
  for (size_t i = 0; i < operand.reals.size(); ++i) store_element(DType::kF32, operand.reals[i], &real.data[4 * i]);
  return real;
}

}  // namespace

std::vector<double> to_reals(const ops::TensorType& type, const Quantization& quantization, const Bytes& data) {
  const auto bytes = static_cast<size_t>(dtype_bytes(type.dtype));
  const auto inner = static_cast<size_t>(quantization.per_axis() ? type.shape.elements(1, type.shape.rank()) : 1);
  std::vector<double> reals;
  for (size_t at = 0; at < data.size(); at += bytes) {
    const double stored = load_element(type.dtype, &data[at]);
    const size_t channel = reals.size() / std::max<size_t>(1, inner);
    reals.push_back(quantization.empty() ? stored
                                         : (stored - quantization.zero_point(channel)) *
                                               static_cast<double>(quantization.scale(channel)));
  }
  return reals;
}

std::optional<AnyNode> any_node(Rng& rng, const ops::OpInfo& info, DType dtype, int rank, bool empty, int attempts) {
  for (int attempt = 0; attempt < attempts; ++attempt) {
    Shape shape = any_shape(rng, rank);
    if (empty && rank > 0) shape[static_cast<int>(roll(rng, 0, rank - 1))] = 0;
    const ops::AnyOp op = any_attributes(rng, info, shape);
    std::vector<ops::TensorType> types = {{dtype, shape}};
    const int64_t count = roll(rng, 1, 3);
    const std::vector<Shape> known = recurrent_shapes(rng, info, shape);
    for (const Shape& other : known) types.push_back({dtype, other});
    const std::vector<ops::TensorType> of_trees = tree_types(info);
    types.insert(types.end(), of_trees.begin(), of_trees.end());
    const std::vector<ops::TensorType> of_others = known_operands(rng, info);
    if (!of_others.empty()) types = of_others;
    const bool is_known = types.size() > 1 || !of_others.empty();
    for (int64_t i = 1; !is_known && i < count; ++i) {
      types.push_back({any_other_dtype(rng, dtype), any_other_shape(rng, types)});
    }
    const auto output = infer(op, types);
    if (!output.ok() || output->size() != 1 || output->front().shape.elements() > 20 * kMostElements) continue;
    std::vector<AnyOperand> operands;
    for (const ops::TensorType& type : types)
      operands.push_back(any_operand(rng, type, chance(rng, operands.empty() ? 5 : 60)));
    read_as_bias(operands);
    if (!of_trees.empty()) make_trees(rng, operands);
    if (&info == &ops::op_info<ops::SignalFilterBank>()) make_bands(operands);
    return AnyNode{op, std::move(operands), output->front()};
  }
  return std::nullopt;
}

std::optional<std::vector<double>> real_meaning(const AnyNode& node) {
  if (changes_form_only(node.op)) return node.operands.front().reals;
  // Plain integers are divided, and overflow, in a way of their own.
  const auto is_quantized = [](const AnyOperand& operand) { return !operand.quantization.empty(); };
  const bool cumulates = node.op.name() == "cum_sum" || node.op.name() == "cum_prod";
  const bool computes = node.op.is_unary() || node.op.is_binary() || node.op.reduces() || cumulates;
  if (computes && !dtype_is_float(node.output.dtype) && std::ranges::none_of(node.operands, is_quantized)) {
    return std::nullopt;
  }
  AnyNode real{node.op, {}, {DType::kF32, node.output.shape}};
  std::vector<ops::TensorType> types;
  for (const AnyOperand& operand : node.operands) {
    real.operands.push_back(in_float(operand));
    types.push_back(real.operands.back().type);
  }
  const auto output = infer(real.op, types);
  if (!output.ok() || output->front() != real.output) return std::nullopt;
  const auto run = run_portably(graph_of(real, {}, ir::Requantization::kTwoRoundings), inputs_of(real));
  if (!run.ok()) return std::nullopt;
  return to_reals(real.output, {}, run->front());
}

ir::Graph graph_of(const AnyNode& node, const Quantization& output, ir::Requantization requantization) {
  ir::Graph graph;
  graph.name = "any";
  graph.requantization = requantization;
  std::vector<ir::ValueId> inputs;
  for (const AnyOperand& operand : node.operands) {
    const std::string name = fmt::format("x{}", inputs.size());
    inputs.push_back(operand.constant ? graph.add_constant(name, operand.type, ir::TensorData(Bytes(operand.data)),
                                                           operand.quantization)
                                      : graph.add_input(name, operand.type, operand.quantization));
  }
  const ir::ValueId y = graph.add_value("y", node.output, output);
  graph.add_node("the_node", node.op, inputs, {y});
  graph.add_output(y);
  return graph;
}

std::vector<Bytes> inputs_of(const AnyNode& node) {
  std::vector<Bytes> inputs;
  for (const AnyOperand& operand : node.operands) {
    if (!operand.constant) inputs.push_back(operand.data);
  }
  return inputs;
}

}  // namespace tmc::testing
