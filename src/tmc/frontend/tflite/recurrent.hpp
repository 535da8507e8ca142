// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What importers of recurrent layers share: layers of one direction or two, whose states are variables of the file.

#include <functional>

#include "tmc/frontend/tflite/import_context.hpp"

namespace tmc::frontend::tflite {

struct Direction {
  std::string suffix;  // of the names of what is made for it
  bool reverse = false;
};
inline const Direction kOnlyDirection = {};
inline const Direction kForward = {"_forward", false};
inline const Direction kBackward = {"_backward", true};

// The operator's input `index` as [time, batch, inputs]. kUnsupportedShape for another rank.
Result<ir::ValueId> time_first(ImportContext& context, size_t index, bool time_major);

// The operator's input 0, [batch, inputs], as a sequence of one step. kUnsupportedShape for another rank.
Result<ir::ValueId> as_one_step(ImportContext& context);
// The operator's output, [batch, hidden], from states of one step.
Status finish_one_step(ImportContext& context, ir::ValueId states);

// kUnsupportedOp where an operator of two directions has the input `index`, which its layers would share.
Status refuse_auxiliary_input(const ImportContext& context, size_t index);

// The states after every step, [time, 1, batch, hidden], in operators of the graph: `step` gives the state, [batch,
// hidden], for what x, [time, batch, inputs], holds at a step, and calls its values after what it is given. What
// repeats becomes a loop of the program (storage/roll.hpp). kUnsupportedShape for more than kMostSteps.
inline constexpr int64_t kMostSteps = 2'000;
using RecurrentStep = std::function<Result<ir::ValueId>(ir::ValueId x, const std::string& suffix)>;
Result<ir::ValueId> in_steps(ImportContext& context, ir::ValueId x, const Direction& direction,
                             const RecurrentStep& step);

// Whether an input is a constant of int8, which a float layer multiplies as the graph's hybrid layers do.
Result<bool> has_int8_weights(const ImportContext& context, size_t index);

// What a function of the format makes of float values; kUnsupportedOp for one that recurrent layers do not have.
Result<ir::ValueId> activated(ImportContext& context, schema::ActivationFunctionType activation, ir::ValueId x,
                              const std::string& suffix);

// kMalformed where the value, which the message calls `what`, has another shape.
Status expect_shape(const ImportContext& context, ir::ValueId value, const Shape& shape, const char* what);

// How the graph's operators call a layer's function; kUnsupportedOp where they have none of it.
Result<std::string> gate_function(schema::ActivationFunctionType activation);

// A constant among those of several gates; negative where the gate is another's counterpart.
struct GatePart {
  size_t operand;
  bool is_negative = false;
};

// The constants of several gates, one behind the other along axis 0: integers as they are, each in its own scale, with
// `as_stored`, else as reals.
Result<ir::ValueId> join_gates(ImportContext& context, std::span<const GatePart> parts, bool as_stored,
                               const std::string& name);

// The variable `operand` becomes the state after the last step, of states [time, 1, batch, hidden].
Status write_last_state(ImportContext& context, size_t operand, ir::ValueId states, const Direction& direction);

// The operator's outputs from the states of its directions, [time, 1, batch, hidden]: one for each, or with `merge` one
// of them side by side.
Status finish_states(ImportContext& context, const std::vector<std::pair<Direction, ir::ValueId>>& states,
                     bool time_major, bool merge);

}  // namespace tmc::frontend::tflite
