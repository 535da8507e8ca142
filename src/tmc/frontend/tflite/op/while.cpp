// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/filled_sequence.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/where.hpp"

namespace tmc::frontend::tflite {
namespace {

using ir::ValueId;

// The trips of a loop, one after the other; equal ones become a loop of the program again (select/roll). As long as
// conditions are known they say how many there are. From one that is computed on every trip is, and the results are
// kept where the loop has ended, until a condition is known to be false.
class WhileImport {
 public:
  WhileImport(ImportContext& context, size_t condition, size_t body)
      : context_(context), condition_(context, condition), body_(context, body) {}

  Status run() {
    for (size_t i = 0; i < context_.input_count(); ++i) {
      TMC_ASSIGN(states_.emplace_back(), context_.input(i));
      if (auto sequence = FilledSequence::find(body_, i)) {
        body_.leave_out(sequence->operators(), sequence->output());
        sequences_.push_back(*std::move(sequence));
      }
    }
    results_ = states_;
    for (int64_t trip = 0;; ++trip) {
      TMC_ASSIGN(const std::vector<ValueId> goes_on, condition_.run(states_));
      if (context_.type(goes_on[0]).dtype != DType::kBool || context_.type(goes_on[0]).shape.elements() != 1) {
        return error(Error::kMalformed, "its condition is no truth value");
      }
      const auto known = context_.known(goes_on[0]);
      if (known && known->front() == 0) break;
      const int64_t most = known && goes_on_ == ValueId::kNone ? kMostTrips : kMostGuardedTrips;
      if (trip >= most) {
        return error(Error::kUnsupportedShape, "it runs more than {} times, or nobody knows how often", most)
            .with_hint("make a count of trips that is known here part of its condition");
      }
      if (!known) TMC_TRY(guard(goes_on[0], trip));
      TMC_TRY(run_trip(trip));
    }
    return finish();
  }

 private:
  static constexpr int64_t kMostTrips = 10'000;
  static constexpr int64_t kMostGuardedTrips = 1'000;  // of which each is computed and may not count

  // The loop may have ended before this trip.
  Status guard(ValueId goes_on, int64_t trip) {
    if (!sequences_.empty()) {
      return error(Error::kUnsupportedShape,
                   "how often it runs, and so what is in its output {}, is known at run time "
                   "alone",
                   sequences_[0].state())
          .with_hint("count its trips with constants");
    }
    if (goes_on_ == ValueId::kNone) {
      goes_on_ = goes_on;
      return {};
    }
    TMC_ASSIGN(goes_on_, context_.append(fmt::format("_goes_on{}", trip), ops::LogicalAnd{}, {goes_on_, goes_on}));
    return {};
  }

  Status run_trip(int64_t trip) {
    const int64_t writes = context_.variables().writes();
    TMC_ASSIGN(std::vector<ValueId> after, body_.run(states_));
    for (FilledSequence& sequence : sequences_) {
      after[sequence.state()] = states_[sequence.state()];
      TMC_TRY(sequence.keep_part(body_, context_.type(states_[sequence.state()])));
    }
    for (size_t i = 0; i < states_.size(); ++i) {
      if (context_.type(after[i]) != context_.type(states_[i])) {
        return error(Error::kUnsupportedShape, "state {} changes its type from trip to trip", i);
      }
      if (goes_on_ == ValueId::kNone || after[i] == results_[i]) {
        results_[i] = after[i];
        continue;
      }
      TMC_ASSIGN(results_[i], context_.append(fmt::format("_trip{}_state{}", trip, i), ops::Where{},
                                              {goes_on_, after[i], results_[i]}, context_.quantization(after[i])));
    }
    states_ = std::move(after);
    if (goes_on_ == ValueId::kNone || context_.variables().writes() == writes) return {};
    return error(Error::kUnsupportedOp, "it writes a variable, and how often it runs is known at run time alone")
        .with_hint("write the variable outside of the loop");
  }

  Status finish() {
    for (const FilledSequence& sequence : sequences_) {
      TMC_ASSIGN(results_[sequence.state()], sequence.join(context_, results_[sequence.state()]));
    }
    for (size_t i = 0; i < results_.size(); ++i) {
      const Shape& shape = context_.type(results_[i]).shape;
      TMC_TRY(context_.finish_output(i, ops::Reshape{{shape.begin(), shape.end()}}, {results_[i]}));
    }
    return {};
  }

  ImportContext& context_;
  Body condition_, body_;
  std::vector<FilledSequence> sequences_;
  std::vector<ValueId> states_;       // before the trip at hand, as if the loop had not ended
  std::vector<ValueId> results_;      // what they are where it has
  ValueId goes_on_ = ValueId::kNone;  // whether the loop has not ended; kNone: it is known that it has not
};

}  // namespace

Status import_while(ImportContext& context) {
  TMC_ASSIGN(const auto* options, context.options<schema::WhileOptions>());
  const size_t states = context.input_count();
  if (context.output_count() != states) return error(Error::kMalformed, "it has not as many outputs as inputs");
  TMC_ASSIGN(const size_t condition, Body::check_index(context, options->cond_subgraph_index(), states, 1));
  TMC_ASSIGN(const size_t body, Body::check_index(context, options->body_subgraph_index(), states, states));
  return WhileImport(context, condition, body).run();
}

}  // namespace tmc::frontend::tflite
