// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/body.hpp"
#include "tmc/frontend/onnx/unrolled.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

FileTensor constant_of(DType dtype, int64_t value) {
  const int64_t integers[] = {value};
  if (dtype == DType::kI64) return {.constant = Constant{{dtype, {}}, integer_data(dtype, integers)}};
  const std::byte truth[] = {std::byte{value != 0}};
  return {.constant =
              Constant{{dtype, {}}, ir::TensorData(std::vector<std::byte>(std::begin(truth), std::end(truth)))}};
}

// The trips of a loop, one after the other. As long as the conditions are known they say how many there are; from one
// that is computed on, every trip up to the given count is computed, and keeps the state where the loop has ended.
class LoopImport {
 public:
  explicit LoopImport(ImportContext& context) : context_(context) {}

  Status run() {
    TMC_ASSIGN(body_, body_of(context_, "body"));
    states_ = context_.input_count() < 2 ? 0 : context_.input_count() - 2;
    if (body_->input_size() != static_cast<int>(states_) + 2 || body_->output_size() <= static_cast<int>(states_)) {
      return error(Error::kMalformed, "its body has {} inputs and {} outputs for {} states", body_->input_size(),
                   body_->output_size(), states_);
    }
    sequences_.resize(static_cast<size_t>(body_->output_size()) - 1 - states_);
    TMC_ASSIGN(const int64_t trips, most_trips());
    TMC_TRY(read_states());
    for (int64_t trip = 0; trip < trips && !ended(); ++trip) TMC_TRY(run_trip(trip));
    for (size_t i = 0; i < states_; ++i) TMC_TRY(context_.finish_output_as(i, state_[i]));
    for (size_t i = 0; i < sequences_.size(); ++i) TMC_TRY(finish_sequence(context_, states_ + i, sequences_[i], 0));
    return {};
  }

 private:
  Result<int64_t> most_trips() {
    if (!context_.has_input(0)) return kMostTrips;
    TMC_ASSIGN(const std::vector<int64_t> trips, context_.constant_ints(0, "trip count"));
    if (trips.size() != 1) return error(Error::kMalformed, "its trip count is no number");
    if (trips[0] <= kMostTrips) return trips[0];
    is_cut_ = true;
    return kMostTrips;
  }

  Status read_states() {
    condition_ = constant_of(DType::kBool, 1);
    if (context_.has_input(1)) {
      TMC_ASSIGN(condition_, context_.file_tensor(1));
    }
    for (size_t i = 0; i < states_; ++i) {
      TMC_ASSIGN(state_.emplace_back(), context_.file_tensor(2 + i));
    }
    return {};
  }

  bool ended() const { return condition_.constant && condition_.constant->data.bytes()[0] == std::byte{0}; }

  Status run_trip(int64_t trip) {
    if (trip + 1 == kMostTrips && (is_cut_ || !context_.has_input(0))) {
      return error(Error::kUnsupportedShape, "it runs more than {} times, or nobody knows how often", kMostTrips)
          .with_hint("give it a constant trip count that bounds it");
    }
    const bool may_have_ended = !condition_.constant;
    if (may_have_ended && !sequences_.empty()) {
      return error(Error::kUnsupportedShape,
                   "how often it runs, and so the extent of its output {}, is known at run "
                   "time alone",
                   states_)
          .with_hint("give it a constant condition");
    }
    std::vector<FileTensor> inputs = {constant_of(DType::kI64, trip), condition_};
    inputs.insert(inputs.end(), state_.begin(), state_.end());
    TMC_ASSIGN(std::vector<FileTensor> outputs, context_.import_body(*body_, inputs));
    if (may_have_ended) TMC_TRY(keep_where_ended(outputs, trip));
    condition_ = outputs[0];
    if (condition_.refused) condition_ = constant_of(DType::kBool, 0);
    std::copy_n(outputs.begin() + 1, states_, state_.begin());
    for (size_t i = 0; i < sequences_.size(); ++i) sequences_[i].push_back(outputs[1 + states_ + i]);
    return {};
  }

  // The condition stays false once it is, and the states what they are.
  Status keep_where_ended(std::vector<FileTensor>& outputs, int64_t trip) {
    TMC_ASSIGN(const ValueId goes_on, context_.value_of(condition_));
    TMC_ASSIGN(const ValueId next, context_.value_of(outputs[0]));
    const std::string suffix = fmt::format("_trip{}", trip);
    for (size_t i = 0; i < states_; ++i) {
      TMC_ASSIGN(const ValueId before, context_.value_of(state_[i]));
      TMC_ASSIGN(const ValueId after, context_.value_of(outputs[1 + i]));
      if (context_.type(before) != context_.type(after)) {
        return error(Error::kUnsupportedShape, "state {} changes its type from trip to trip", i);
      }
      outputs[1 + i] = {};
      TMC_ASSIGN(outputs[1 + i].value,
                 context_.append(fmt::format("{}_state{}", suffix, i), ops::Where{}, {goes_on, after, before}));
    }
    outputs[0] = {};
    TMC_ASSIGN(outputs[0].value, context_.append(suffix + "_goes_on", ops::LogicalAnd{}, {goes_on, next}));
    return {};
  }

  ImportContext& context_;
  const ::onnx::GraphProto* body_ = nullptr;
  size_t states_ = 0;
  bool is_cut_ = false;
  FileTensor condition_;
  std::vector<FileTensor> state_;
  std::vector<std::vector<FileTensor>> sequences_;
};

}  // namespace

Status import_loop(ImportContext& context) {
  return LoopImport(context).run();
}

}  // namespace tmc::frontend::onnx_format
