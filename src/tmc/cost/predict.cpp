// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/cost/predict.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

#include "tmc/program/params_record.hpp"
#include "tmc/program/repeats.hpp"
#include "tmc/program/stored_constants.hpp"

namespace tmc::cost {
namespace {

using program::Instance;
using program::Program;

const FormCost* find_implementation(const FormTable& table, const kernels::ImplementationInfo& implementation) {
  const auto found = table.implementations.find(implementation.label());
  return found == table.implementations.end() ? nullptr : &found->second;
}

LayerCost layer_cost(const program::Step& step, const FormCost* fitted) {
  LayerCost layer;
  layer.features = step.implementation->cost_features(step.params);
  // Coefficients of other features than the implementation has now are as good as none.
  if (fitted == nullptr || fitted->coefficients.size() != layer.features.size()) {
    layer.instructions = step.implementation->instructions(step.params);
    return layer;
  }
  layer.fitted = true;
  layer.instructions = std::inner_product(layer.features.begin(), layer.features.end(), fitted->coefficients.begin(),
                                          fitted->base_instructions);
  layer.relative_error = fitted->relative_error;
  return layer;
}

// A specialised instance holds no code for features that are zero.
double instance_bytes(const FormCost& fitted, const kernels::CostFeatures& features) {
  double bytes = fitted.code_bytes;
  if (fitted.code_coefficients.size() != features.size()) return bytes;
  for (std::size_t i = 0; i < features.size(); ++i) bytes += features[i] > 0 ? fitted.code_coefficients[i] : 0;
  return bytes;
}

// A call loads addresses, which takes fewer bytes near the beginning of the arena than the calls of the fit take on
// average.
constexpr double kCallError = 0.75;
// Between sections and functions of an image, whichever it is.
constexpr double kPaddingBytes = 64;
// Of instances whose bytes were fitted without keeping how well.
constexpr double kCodeError = 0.1;

// Of an implementation that nobody has measured: as much as the others take on average.
double typical_code_bytes(const FormTable& table) {
  double sum = 0;
  for (const auto& [name, cost] : table.implementations) sum += cost.code_bytes;
  return table.implementations.empty() ? 0 : sum / static_cast<double>(table.implementations.size());
}

// What a shared instance is called with lies in flash, each once.
double params_bytes(const Program& program, const Instance& instance) {
  if (instance.params) return 0;
  std::set<std::vector<int32_t>> distinct;
  for (const int32_t step : instance.steps) distinct.insert(program.steps[static_cast<std::size_t>(step)].params);
  const int64_t bytes = program::record_bytes(program::params_record(program, instance));
  return static_cast<double>(distinct.size()) * static_cast<double>(bytes);
}

// Whether each step has a call of its own: those that repeat others are called in loops.
std::vector<bool> steps_with_calls(const Program& program) {
  std::vector<bool> has_call(program.steps.size(), true);
  for (const program::Repeat& repeat : program::find_repeats(program)) {
    std::fill(has_call.begin() + repeat.first + repeat.period, has_call.begin() + repeat.end(), false);
  }
  return has_call;
}

class CodeFootprint {
 public:
  explicit CodeFootprint(const Program& program) : has_call_(steps_with_calls(program)) {}

  // Adds an instance with the calls of its steps, the first of which has these features; returns its own bytes.
  // `fitted` is its implementation's cost in `of_form`, null where there is none.
  double add(const Program& program, const Instance& instance, const kernels::CostFeatures& features,
             const FormTable& of_form, const FormCost* fitted) {
    const auto calls = std::ranges::count_if(
        instance.steps, [this](int32_t step) { return has_call_[static_cast<std::size_t>(step)]; });
    const double own_bytes = fitted ? instance_bytes(*fitted, features) : typical_code_bytes(of_form);
    bytes_ += own_bytes + params_bytes(program, instance);
    bytes_ += of_form.step_bytes * static_cast<double>(calls);
    error_bytes_ += kCallError * of_form.step_bytes * static_cast<double>(calls);
    run_bytes_ = std::max(run_bytes_, of_form.run_bytes);
    error_bytes_ +=
        fitted == nullptr ? kUnfittedError * own_bytes : fitted->code_error_bytes.value_or(kCodeError * own_bytes);
    if (fitted == nullptr) return own_bytes;
    add_helpers(fitted->helpers, of_form);
    if (fitted->rare_feature < features.size() && features[fitted->rare_feature] > 0)
      add_helpers(fitted->rare_helpers, of_form);
    return own_bytes;
  }

  double total() const {
    double total = bytes_ + run_bytes_;
    for (const auto& [helper, bytes] : helper_bytes_) total += bytes;
    return total;
  }
  double error_bytes() const { return error_bytes_; }

 private:
  void add_helpers(const std::vector<std::string>& helpers, const FormTable& of_form) {
    for (const std::string& helper : helpers) {
      double& bytes = helper_bytes_[helper];
      bytes = std::max(bytes, of_form.helper_bytes.at(helper));
    }
  }

  std::vector<bool> has_call_;
  double bytes_ = 0;
  double run_bytes_ = 0;
  double error_bytes_ = kPaddingBytes;
  std::map<std::string, double> helper_bytes_;
};

// Of a board that nobody has linked an image for: as much as the largest of the others.
double image_bytes(const CostTable& table, const std::string& target) {
  const auto found = table.image_bytes.find(target);
  if (found != table.image_bytes.end()) return found->second;
  double most = 0;
  for (const auto& [board, bytes] : table.image_bytes) most = std::max(most, bytes);
  return most;
}

}  // namespace

LayerCost sum_of(const Cost& cost, const program::Layer& layer) {
  LayerCost sum = cost.layers[static_cast<std::size_t>(layer.steps.front())];
  sum.instructions = 0;
  double error_instructions = 0;
  for (const int32_t step : layer.steps) {
    const LayerCost& part = cost.layers[static_cast<std::size_t>(step)];
    sum.instructions += part.instructions;
    error_instructions += part.relative_error * part.instructions;
    sum.fitted = sum.fitted && part.fitted;
  }
  if (sum.instructions > 0) sum.relative_error = error_instructions / sum.instructions;
  return sum;
}

Cost predict(const Program& program, const Target& target, Optimize optimize, const CostTable* table) {
  Cost cost;
  cost.arena_bytes = program.arena_bytes();
  cost.layers.resize(program.steps.size());
  static const CostTable kNoTable;
  CodeFootprint code(program);
  for (const Instance& instance : program::make_instances(program, optimize)) {
    const FormTable& of_form = (table ? *table : kNoTable).of(form_of(optimize, instance.params.has_value()));
    const FormCost* const fitted = find_implementation(of_form, *instance.implementation);
    for (const int32_t index : instance.steps) {
      LayerCost& layer = cost.layers[static_cast<std::size_t>(index)];
      const program::Step& step = program.steps[static_cast<std::size_t>(index)];
      layer = layer_cost(step, fitted);
      layer.instructions *= program::trips_of(program, step);
      layer.instance = cost.instances.size();
    }
    const LayerCost& first = cost.layers[static_cast<std::size_t>(instance.steps.front())];
    const double bytes = code.add(program, instance, first.features, of_form, fitted);
    cost.instances.push_back(
        {instance.function, instance.implementation, instance.params.has_value(), std::llround(bytes)});
  }
  double error_instructions = 0;
  for (const LayerCost& layer : cost.layers) {
    cost.instructions += layer.instructions;
    error_instructions += layer.relative_error * layer.instructions;
  }
  if (cost.instructions > 0) cost.relative_error = error_instructions / cost.instructions;
  for (const program::Step& step : program.steps) cost.macs += step.macs;
  if (table && target.board) {
    const program::ConstantBytes constants = program::constant_bytes(program);
    const int64_t code_bytes = std::llround(code.total() + image_bytes(*table, target.name)) + constants.tables;
    cost.flash = FlashCost{code_bytes, constants.weights, code.error_bytes()};
  }
  return cost;
}

}  // namespace tmc::cost
