// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/onnx/body.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/frontend/onnx/unrolled.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cast.hpp"
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
    return finish_counts();
  }

 private:
  Result<int64_t> most_trips() {
    const bool is_open = context_.is_at_run_time(0) || context_.is_at_run_time(1);
    if (const auto bound = trips_bound()) {
      is_bound_ = is_open || !context_.has_input(0);
      if (is_bound_) return std::min(*bound, kMostTrips);
    }
    if (const auto declared = declared_trips(); is_open && declared) {
      context_.warn(fmt::format("it is taken to run {} times, as the file declares for its outputs", *declared));
      is_declared_ = true;
      return std::min(*declared, kMostTrips);
    }
    if (context_.is_at_run_time(0)) {
      return error(Error::kUnsupportedShape, "its trip count ('{}') is known at run time only", context_.input_name(0))
          .with_hint(fmt::format("say how often it runs at most: --bound {}=N", context_.input_name(0)));
    }
    if (!context_.has_input(0)) return kMostTrips;
    TMC_ASSIGN(const std::vector<int64_t> trips, context_.constant_ints(0, "trip count"));
    if (trips.size() != 1) return error(Error::kMalformed, "its trip count is no number");
    if (trips[0] <= kMostTrips) return trips[0];
    is_cut_ = true;
    return kMostTrips;
  }

  // By the name of the trip count, or of an output that has an element for each trip.
  std::optional<int64_t> trips_bound() {
    if (const auto bound = context_.bound_of(context_.input_name(0))) return bound;
    for (size_t i = 0; i < sequences_.size(); ++i) {
      if (const auto bound = context_.bound_of(context_.output_name(states_ + i))) return bound;
    }
    return std::nullopt;
  }

  std::optional<int64_t> declared_trips() const {
    for (size_t i = 0; i < sequences_.size(); ++i) {
      const Shape* shape = context_.declared_shape(states_ + i);
      if (shape != nullptr && shape->rank() > 0) return (*shape)[0];
    }
    return std::nullopt;
  }

  // The condition of a trip holds as long as the count says, too.
  Status count_trip(int64_t trip) {
    if (!context_.is_at_run_time(0)) return {};
    const std::string suffix = fmt::format("_trip{}", trip);
    TMC_ASSIGN(ValueId count, integers_of(context_, 0, "trips"));
    TMC_ASSIGN(count, reshaped(context_, suffix + "_trips", count, Shape()));
    TMC_ASSIGN(const ValueId number, append_integers(context_, suffix + "_number", Shape(), {trip}));
    TMC_ASSIGN(ValueId counts, context_.append(suffix + "_counts", ops::Less{}, {number, count}));
    if (!condition_.constant) {
      TMC_ASSIGN(ValueId condition, context_.value_of(condition_));
      TMC_ASSIGN(condition, reshaped(context_, suffix + "_condition", condition, Shape()));
      TMC_ASSIGN(counts, context_.append(suffix + "_runs", ops::LogicalAnd{}, {counts, condition}));
    }
    condition_ = {};
    condition_.value = counts;
    return {};
  }

  // Of outputs with an element for each trip, how many are of trips that were run.
  Status finish_counts() {
    if (runs_.empty() || sequences_.empty()) return {};
    ValueId count = ValueId::kNone;
    for (size_t trip = 0; trip < runs_.size(); ++trip) {
      const std::string suffix = fmt::format("_trip{}", trip);
      TMC_ASSIGN(ValueId one, context_.append(suffix + "_one", ops::Cast{DType::kI64}, {runs_[trip]}));
      TMC_ASSIGN(one, reshaped(context_, suffix + "_scalar", one, Shape()));
      if (trip > 0) {
        TMC_ASSIGN(one, context_.append(suffix + "_sum", ops::Add{}, {count, one}));
      }
      count = one;
    }
    for (size_t i = 0; i < sequences_.size(); ++i) TMC_TRY(context_.finish_count(states_ + i, count));
    return {};
  }

  // What a trip that is not run leaves of its elements is zeros.
  Status clear_where_ended(std::vector<FileTensor>& outputs, int64_t trip) {
    TMC_ASSIGN(const ValueId goes_on, context_.value_of(condition_));
    runs_.push_back(goes_on);
    for (size_t i = 0; i < sequences_.size(); ++i) {
      FileTensor& element = outputs[1 + states_ + i];
      TMC_ASSIGN(const ValueId value, context_.value_of(element));
      const std::string suffix = fmt::format("_trip{}_element{}", trip, i);
      const DType dtype = context_.type(value).dtype;
      const ValueId zero = context_.graph().add_constant(context_.first_output_name() + suffix + "_zero", {dtype, {}},
                                                         ir::TensorData(std::vector<std::byte>(dtype_bytes(dtype))));
      element = {};
      TMC_ASSIGN(element.value, context_.append(suffix, ops::Where{}, {goes_on, value, zero}));
    }
    return {};
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
    if (is_declared_) condition_ = constant_of(DType::kBool, 1);
    if (is_bound_) TMC_TRY(count_trip(trip));
    const bool may_have_ended = !condition_.constant;
    if (may_have_ended && !sequences_.empty() && !is_bound_) {
      return error(Error::kUnsupportedShape,
                   "how often it runs, and so the extent of its output {}, is known at run "
                   "time alone",
                   states_)
          .with_hint(fmt::format("give it a constant condition, or say how often it runs at most: --bound {}=N",
                                 context_.output_name(states_)));
    }
    std::vector<FileTensor> inputs = {constant_of(DType::kI64, trip), condition_};
    inputs.insert(inputs.end(), state_.begin(), state_.end());
    TMC_ASSIGN(std::vector<FileTensor> outputs, context_.import_body(*body_, inputs));
    if (may_have_ended && !sequences_.empty()) TMC_TRY(clear_where_ended(outputs, trip));
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
  bool is_declared_ = false;   // the file declares how many elements its outputs have
  bool is_bound_ = false;      // the caller says how often it runs at most
  std::vector<ValueId> runs_;  // of trips that may have been left out, whether they were run
  FileTensor condition_;
  std::vector<FileTensor> state_;
  std::vector<std::vector<FileTensor>> sequences_;
};

}  // namespace

Status import_loop(ImportContext& context) {
  return LoopImport(context).run();
}

}  // namespace tmc::frontend::onnx_format
