// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What the lowerings of recurrent operators (ops/recurrent.hpp) share: a loop over time, whose steps are the products
// with the weights and the kernel of the gates (kernels/contract/recurrent_f32.hpp), around states that stay in their
// place.

#include <functional>
#include <optional>

#include "tmc/ops/recurrent.hpp"
#include "tmc/select/lowering.hpp"
#include "tmc/select/numerics/affine.hpp"

namespace tmc::select {

// Of the node at hand.
class Recurrence {
 public:
  Recurrence(Lowering& lowering, const ops::RecurrentForm& form);

  int32_t batch() const { return batch_; }
  int32_t hidden() const { return hidden_; }

  // A place for states, which the loop's steps read and write: it begins as those of the node's inputs, one after the
  // other.
  Result<Ref> add_states(size_t first, size_t count);
  // The input at the step of the loop.
  const Ref& input() const { return input_; }

  // What an output of the node holds: a state after every step or, without `sequence`, after the last. Of integers in
  // another dtype or scale than the output's it holds what they stand for.
  struct Given {
    size_t output;
    Ref state;
    bool sequence;
    std::optional<Affine> affine = std::nullopt;  // of the state's integers
  };
  // The loop: `step` emits what becomes of the states at a time step.
  Status emit_loop(bool reverse, const std::vector<Given>& gives, const std::function<Status()>& step);

  // Rows [batch, .] times gates first..first + count of the float weights, plus those of the bias.
  struct Gates {
    int64_t first, count;
  };
  static constexpr size_t kNoBias = 0;
  Result<Ref> emit_sums(const std::string& suffix, const Ref& rows, size_t weights, Gates gates, size_t bias);

 private:
  bool repeats() const { return time_ > 1; }
  Status copy(const Ref& from, const Ref& to, int64_t bytes);
  Status give(const Given& given, int64_t direction);
  Status convert(const Given& given, const Ref& to);
  Status emit_layer(const Ref& rows, const ir::Value& weights, Gates gates, size_t bias, const Ref& sums);
  Status emit_product(const std::string& suffix, const Ref& rows, size_t weights, Gates gates, size_t bias,
                      const Ref& sums);

  Lowering* lowering_;
  size_t first_state_;  // of the node's inputs
  int32_t time_, batch_, hidden_;
  Ref input_;
};

// Fills rows, hidden, gates, states, clip and the functions of a float kernel. kMalformed as parse_gate_functions.
template <typename Params>
Result<Params> gate_params(const Recurrence& of, int32_t gates, int32_t states, double clip,
                           const ops::RecurrentForm& form, std::string_view functions) {
  TMC_ASSIGN(const std::vector<ops::GateFunction> parsed, ops::parse_gate_functions(functions, form.functions));
  Params p{};
  p.rows = of.batch();
  p.hidden = of.hidden();
  p.gates = gates;
  p.states = states;
  p.clip = ops::clip_limit(clip);
  for (size_t i = 0; i < std::min(std::size(p.functions), parsed.size()); ++i) {
    p.functions[i] = static_cast<int32_t>(parsed[i].gate);
    p.alphas[i] = static_cast<float>(parsed[i].alpha);
    p.betas[i] = static_cast<float>(parsed[i].beta);
  }
  return p;
}

}  // namespace tmc::select
