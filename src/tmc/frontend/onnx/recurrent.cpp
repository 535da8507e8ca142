// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/onnx/recurrent.hpp"

#include <algorithm>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/expand.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using ir::ValueId;

// The operator's inputs.
constexpr size_t kX = 0, kW = 1, kR = 2, kB = 3, kLengths = 4, kFirstState = 5, kPeepholes = 7;

const std::vector<int64_t> kSwapTimeAndBatch = {1, 0, 2};

class RecurrentImport {
 public:
  RecurrentImport(ImportContext& context, const ops::RecurrentForm& form, std::string_view default_functions)
      : context_(context), form_(form), default_functions_(default_functions) {}

  Status run(const std::function<ops::AnyOp(const Direction&)>& make) {
    TMC_TRY(read_attributes());
    TMC_TRY(read_inputs());
    std::vector<std::vector<ValueId>> parts(1 + form_.states);  // by output, then direction
    for (int64_t i = 0; i < directions_; ++i) {
      TMC_ASSIGN(const Direction direction, direction_at(i));
      TMC_ASSIGN(const std::vector<ValueId> inputs, inputs_of(i));
      TMC_ASSIGN(const std::vector<ValueId> states,
                 context_.graph().append_all(context_.first_output_name() + suffix("_states", i), make(direction),
                                             inputs, {}));
      TMC_TRY(append_results(direction, i, states, parts));
    }
    for (size_t output = 0; output < parts.size(); ++output) {
      if (context_.has_output(output)) TMC_TRY(finish(output, parts[output]));
    }
    return {};
  }

 private:
  static std::string suffix(const char* what, int64_t direction) { return fmt::format("{}{}", what, direction); }

  Status read_attributes() {
    const Attributes attributes = context_.attributes();
    TMC_ASSIGN(const std::string direction, attributes.text("direction", "forward"));
    if (direction != "forward" && direction != "reverse" && direction != "bidirectional") {
      return error(Error::kMalformed, "its direction is '{}'", direction);
    }
    directions_ = direction == "bidirectional" ? 2 : 1;
    reverse_first_ = direction == "reverse";
    TMC_ASSIGN(clip_, attributes.real("clip", 0));
    TMC_ASSIGN(const int64_t layout, attributes.integer("layout", 0));
    batch_first_ = layout != 0;
    return read_functions(attributes);
  }

  // Those of all directions, with the parameters that the file lists for those that take any.
  Status read_functions(const Attributes& attributes) {
    const auto* names = attributes.find("activations");
    if (names == nullptr) return {};
    if (std::ssize(names->strings()) != directions_ * static_cast<int64_t>(form_.functions)) {
      return error(Error::kMalformed, "it has {} activations for {} directions", names->strings_size(), directions_);
    }
    const auto* alphas = attributes.find("activation_alpha");
    const auto* betas = attributes.find("activation_beta");
    int next_alpha = 0, next_beta = 0;
    for (const std::string& name : names->strings()) {
      const function::GateName* known = ops::find_gate(name);
      if (known == nullptr) return error(Error::kUnsupportedOp, "its activation '{}' is not known", name);
      const auto next = [](const auto* list, int& at, double otherwise) {
        return list != nullptr && at < list->floats_size() ? static_cast<double>(list->floats(at++)) : otherwise;
      };
      std::string text = known->name;
      if (known->parameters > 0) text += fmt::format(":{}", next(alphas, next_alpha, known->alpha));
      if (known->parameters > 1) text += fmt::format(":{}", next(betas, next_beta, known->beta));
      functions_.push_back(std::move(text));
    }
    return {};
  }

  Status read_inputs() {
    TMC_ASSIGN(x_, context_.input(kX));
    if (context_.type(x_).shape.rank() != 3) return error(Error::kMalformed, "its input is no sequence of rank 3");
    if (batch_first_) {
      TMC_ASSIGN(x_, context_.append("_time_first", ops::Transpose{kSwapTimeAndBatch}, {x_}));
    }
    TMC_ASSIGN(const Shape weights, context_.shape_of(kR));
    if (weights.rank() != 3 || weights[0] != directions_) {
      return error(Error::kMalformed, "its weights are not those of {} directions", directions_);
    }
    hidden_ = weights[2];
    const Shape& x = context_.type(x_).shape;
    time_ = x[0];
    batch_ = x[1];
    if (!context_.has_input(kLengths)) return {};
    const auto lengths = context_.constant_ints(kLengths, "length of its sequences");
    if (!lengths.ok()) return lengths.status();
    if (std::ranges::all_of(*lengths, [&](int64_t length) { return length == time_; })) return {};
    return error(Error::kUnsupportedShape, "its sequences end before their last step, which is step {}", time_)
        .with_hint("give every sequence the same length, and leave sequence_lens out");
  }

  Result<Direction> direction_at(int64_t index) const {
    Direction direction{.reverse = reverse_first_ || index == 1,
                        .sequence = context_.has_output(0) && time_ > 1,
                        .cell = form_.states > 1 && context_.has_output(2),
                        .clip = clip_,
                        .functions = default_functions_};
    if (functions_.empty()) return direction;
    const auto first = functions_.begin() + index * static_cast<int64_t>(form_.functions);
    direction.functions = fmt::format("{}", fmt::join(first, first + static_cast<int64_t>(form_.functions), " "));
    return direction;
  }

  // What an input holds for a direction: [extents], where it is [directions, extents].
  Result<ValueId> part(ValueId value, int64_t direction, const std::string& name, const std::vector<int64_t>& extents) {
    const Shape shape = context_.type(value).shape;
    if (shape.rank() != static_cast<int>(extents.size()) + 1 || shape[0] != directions_) {
      return error(Error::kMalformed, "its {} are not those of {} directions", name.substr(1), directions_);
    }
    if (directions_ > 1) {
      ops::Slice slice = ops::Slice::whole(shape);
      slice.read(0, direction, 1);
      TMC_ASSIGN(value, context_.append(suffix((name + "_of").c_str(), direction), slice, {value}));
    }
    return context_.append(suffix(name.c_str(), direction), ops::Reshape{extents}, {value});
  }

  Result<ValueId> optional_part(size_t input, int64_t direction, const std::string& name,
                                const std::vector<int64_t>& extents) {
    TMC_ASSIGN(const ValueId value, context_.optional_input(input));
    if (value == ValueId::kNone) return value;
    return part(value, direction, name, extents);
  }

  Status append_biases(int64_t direction, std::vector<ValueId>& inputs) {
    const int64_t sums = form_.gates * hidden_;
    TMC_ASSIGN(const ValueId both, optional_part(kB, direction, "_biases", {2 * sums}));
    if (both == ValueId::kNone) {
      inputs.insert(inputs.end(), form_.biases, ValueId::kNone);
      return {};
    }
    ValueId halves[2];
    for (int64_t i = 0; i < 2; ++i) {
      ops::Slice half = ops::Slice::whole(Shape::of(2 * sums));
      half.read(0, i * sums, sums);
      TMC_ASSIGN(halves[i], context_.append(suffix(i == 0 ? "_bias" : "_recurrent_bias", direction), half, {both}));
    }
    if (form_.biases == 2) {
      inputs.insert(inputs.end(), std::begin(halves), std::end(halves));
      return {};
    }
    TMC_ASSIGN(const ValueId sum, context_.append(suffix("_sum", direction), ops::Add{}, {halves[0], halves[1]}));
    inputs.push_back(sum);
    return {};
  }

  // Zeros where the file has none.
  Result<ValueId> state(size_t index, int64_t direction) {
    TMC_ASSIGN(ValueId given, context_.optional_input(kFirstState + index));
    const std::string name = fmt::format("_state{}_", index);
    if (given == ValueId::kNone) {
      const ValueId zero = context_.append_scalar(suffix((name + "zero").c_str(), direction), 0);
      return context_.append(suffix(name.c_str(), direction), ops::Expand{{batch_, hidden_}}, {zero});
    }
    if (batch_first_ && context_.type(given).shape.rank() == 3) {
      TMC_ASSIGN(given, context_.append(suffix((name + "first").c_str(), direction), ops::Transpose{kSwapTimeAndBatch},
                                        {given}));
    }
    return part(given, direction, name, {batch_, hidden_});
  }

  Result<std::vector<ValueId>> inputs_of(int64_t direction) {
    const int64_t sums = form_.gates * hidden_;
    std::vector<ValueId> inputs = {x_};
    TMC_ASSIGN(const ValueId w, context_.input(kW));
    TMC_ASSIGN(inputs.emplace_back(), part(w, direction, "_weights", {sums, context_.type(x_).shape[2]}));
    TMC_ASSIGN(const ValueId r, context_.input(kR));
    TMC_ASSIGN(inputs.emplace_back(), part(r, direction, "_recurrent_weights", {sums, hidden_}));
    TMC_TRY(append_biases(direction, inputs));
    for (size_t i = 0; i < form_.states; ++i) {
      TMC_ASSIGN(inputs.emplace_back(), state(i, direction));
    }
    if (!form_.peepholes) return inputs;
    TMC_ASSIGN(const ValueId peepholes, optional_part(kPeepholes, direction, "_peepholes", {3 * hidden_}));
    if (peepholes != ValueId::kNone) inputs.push_back(peepholes);
    return inputs;
  }

  // Output 0, every step's first state; output 1 + s, the last step's state s.
  Status append_results(const Direction& direction, int64_t index, const std::vector<ValueId>& states,
                        std::vector<std::vector<ValueId>>& parts) {
    const Shape shape = context_.type(states[0]).shape;
    for (size_t output = 0; output < parts.size(); ++output) {
      if (!context_.has_output(output)) continue;
      ValueId part = states[output == 2 ? 1 : 0];
      if (output == 1 && shape[0] > 1) {
        ops::Slice slice = ops::Slice::whole(shape);
        slice.read(0, direction.reverse ? 0 : shape[0] - 1, 1);
        TMC_ASSIGN(part, context_.append(suffix("_last", index), slice, {part}));
      }
      parts[output].push_back(part);
    }
    return {};
  }

  // [steps, directions, batch, hidden] as the format has the output.
  Status finish(size_t output, const std::vector<ValueId>& parts) {
    const std::string name = fmt::format("_result{}", output);
    ValueId all = parts[0];
    if (parts.size() > 1) {
      TMC_ASSIGN(all, context_.append(name, ops::Concat{.axis = 1}, parts));
    }
    if (output > 0) {
      TMC_ASSIGN(all, context_.append(name + "_last", ops::Reshape{{directions_, batch_, hidden_}}, {all}));
    }
    std::vector<int64_t> order = output == 0 ? std::vector<int64_t>{0, 1, 2, 3} : std::vector<int64_t>{0, 1, 2};
    if (batch_first_) order = output == 0 ? std::vector<int64_t>{2, 0, 1, 3} : kSwapTimeAndBatch;
    return context_.finish_output(output, ops::Transpose{order}, {all});
  }

  ImportContext& context_;
  const ops::RecurrentForm& form_;
  std::string default_functions_;
  std::vector<std::string> functions_;  // of all directions; empty: the default ones
  int64_t directions_ = 1, time_ = 0, batch_ = 0, hidden_ = 0;
  bool reverse_first_ = false;
  bool batch_first_ = false;
  double clip_ = 0;
  ValueId x_ = ValueId::kNone;
};

}  // namespace

Status import_recurrent(ImportContext& context, const ops::RecurrentForm& form, std::string_view default_functions,
                        const std::function<ops::AnyOp(const Direction&)>& make) {
  return RecurrentImport(context, form, default_functions).run(make);
}

}  // namespace tmc::frontend::onnx_format
