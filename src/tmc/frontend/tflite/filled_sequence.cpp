// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/filled_sequence.hpp"

#include <algorithm>

#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

const schema::Operator& operator_at(const Body& body, size_t at) {
  return *body.graph().operators()->Get(static_cast<flatbuffers::uoffset_t>(at));
}

size_t count_of(const flatbuffers::Vector<int32_t>* tensors) {
  return tensors == nullptr ? 0 : tensors->size();
}

// The operator that gives the tensor; none where none or one with several outputs does.
std::optional<size_t> producer_of(const Body& body, int32_t tensor) {
  if (body.graph().operators() == nullptr) return std::nullopt;
  for (size_t at = 0; at < body.graph().operators()->size(); ++at) {
    const auto* outputs = operator_at(body, at).outputs();
    if (count_of(outputs) == 1 && outputs->Get(0) == tensor) return at;
  }
  return std::nullopt;
}

// How often operators read the tensor.
int64_t reads_of(const Body& body, int32_t tensor) {
  int64_t reads = 0;
  for (const schema::Operator* op : *body.graph().operators()) {
    if (op->inputs() != nullptr) reads += std::ranges::count(*op->inputs(), tensor);
  }
  return reads;
}

// A slice of `sequence`, whose result is read once.
std::optional<size_t> slice_of(const Body& body, int32_t tensor, int32_t sequence) {
  const std::optional<size_t> at = producer_of(body, tensor);
  if (!at || reads_of(body, tensor) != 1) return std::nullopt;
  const schema::Operator& slice = operator_at(body, *at);
  const bool fits = body.view().operator_name(slice) == "slice" && count_of(slice.inputs()) == 3;
  return fits && slice.inputs()->Get(0) == sequence ? at : std::nullopt;
}

}  // namespace

std::optional<FilledSequence> FilledSequence::find(const Body& body, size_t state) {
  const auto index = static_cast<flatbuffers::uoffset_t>(state);
  const int32_t before = body.graph().inputs()->Get(index);
  const int32_t after = body.graph().outputs()->Get(index);
  const std::optional<size_t> producer = producer_of(body, after);
  const bool is_read_elsewhere = std::ranges::count(*body.graph().outputs(), after) != 1 ||
                                 std::ranges::count(*body.graph().outputs(), before) != 0;
  if (!producer || is_read_elsewhere || reads_of(body, after) != 0) return std::nullopt;
  const schema::Operator& op = operator_at(body, *producer);
  const std::string name = body.view().operator_name(op);
  FilledSequence found;
  found.state_ = state;
  found.output_ = after;
  if (count_of(op.inputs()) != 3) return std::nullopt;
  found.part_ = op.inputs()->Get(1);
  if (name == "dynamic_update_slice") {
    if (op.inputs()->Get(0) != before || reads_of(body, before) != 1) return std::nullopt;
    found.operators_ = {*producer};
    found.begins_ = op.inputs()->Get(2);
    return found;
  }
  const auto* options = op.builtin_options_as_ConcatenationOptions();
  const bool joins = name == "concatenation" && options != nullptr && options->axis() == 0 &&
                     options->fused_activation_function() == schema::ActivationFunctionType::NONE;
  if (!joins || reads_of(body, before) != 2) return std::nullopt;
  const std::optional<size_t> first = slice_of(body, op.inputs()->Get(0), before);
  const std::optional<size_t> last = slice_of(body, op.inputs()->Get(2), before);
  if (!first || !last || *first == *last) return std::nullopt;
  found.operators_ = {*producer, *first, *last};
  found.sizes_ = operator_at(body, *first).inputs()->Get(2);
  found.begins_ = operator_at(body, *last).inputs()->Get(1);
  return found;
}

// Where the part of that extent begins.
Result<int64_t> FilledSequence::place_of(Body& body, int64_t extent, const ops::TensorType& whole) const {
  const auto first_of = [&](int32_t tensor) -> Result<int64_t> {
    TMC_ASSIGN(const ValueId value, body.context().value_of(tensor));
    const auto known = body.context().known(value);
    if (known && std::ssize(*known) == whole.shape.rank()) return known->front();
    return error(Error::kUnsupportedShape, "where it writes into its state {} is known at run time alone", state_)
        .with_hint("count its trips from a constant on");
  };
  TMC_ASSIGN(const int64_t begin, first_of(begins_));
  const int64_t last = whole.shape[0] - extent;
  if (sizes_ < 0) return std::clamp<int64_t>(begin, 0, last);
  TMC_ASSIGN(const int64_t before, first_of(sizes_));
  if (before >= 0 && before <= last && begin == before + extent) return before;
  return error(Error::kUnsupportedShape, "its state {} changes its extent from trip to trip", state_);
}

Status FilledSequence::keep_part(Body& body, const ops::TensorType& whole) {
  TMC_ASSIGN(const ValueId part, body.context().value_of(part_));
  ops::TensorType rest = body.context().type(part);
  if (rest.shape.rank() != whole.shape.rank() || rest.shape.rank() == 0) {
    return error(Error::kMalformed, "what it writes into its state {} has another rank", state_);
  }
  const int64_t extent = rest.shape[0];
  rest.shape[0] = whole.shape[0];
  if (rest != whole || extent > whole.shape[0]) {
    return error(Error::kUnsupportedShape, "what it writes into its state {} is no part along axis 0", state_);
  }
  TMC_ASSIGN(const int64_t begin, place_of(body, extent, whole));
  for (const auto& [other, value] : parts_) {
    const int64_t end = other + body.context().type(value).shape[0];
    const bool is_same = other == begin && end == begin + extent;
    if (!is_same && begin < end && other < begin + extent) {
      return error(Error::kUnsupportedShape, "what its trips write into its state {} overlaps", state_);
    }
  }
  parts_[begin] = part;
  return {};
}

Result<ValueId> FilledSequence::join(ImportContext& context, ValueId before) const {
  if (parts_.empty()) return before;
  const Shape shape = context.type(before).shape;
  std::vector<ValueId> all;
  int64_t at = 0;
  const auto fill_until = [&](int64_t begin) -> Status {
    if (at == begin) return {};
    ops::Slice kept = ops::Slice::whole(shape);
    kept.read(0, at, begin - at);
    TMC_ASSIGN(all.emplace_back(), context.append(fmt::format("_state{}_from{}", state_, at), std::move(kept), {before},
                                                  context.quantization(before)));
    return {};
  };
  for (const auto& [begin, part] : parts_) {
    TMC_TRY(fill_until(begin));
    all.push_back(part);
    at = begin + context.type(part).shape[0];
  }
  TMC_TRY(fill_until(shape[0]));
  if (all.size() == 1) return all[0];
  return context.append(fmt::format("_state{}_joined", state_), ops::Concat{.axis = 0}, all,
                        context.quantization(all[0]));
}

}  // namespace tmc::frontend::tflite
