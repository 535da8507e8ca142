// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/verify.hpp"

#include <algorithm>

#include "tmc/pipeline/compare.hpp"
#include "tmc/pipeline/sample_data.hpp"

namespace tmc::pipeline {
namespace {

using program::Operand;
using program::Program;
using program::Tensor;

constexpr double kFloatTolerance = 1e-5;        // of the largest magnitude
constexpr double kBeyondOneStepAllowed = 1e-3;  // of the elements, against a float oracle
constexpr double kStepsAllowed = 2;             // against a float oracle

// How far a tensor may be from the oracle's.
struct Tolerance {
  bool float_oracle = false;

  bool accepts(const Tensor& tensor, const TensorDifference& difference) const {
    if (dtype_is_float(tensor.dtype)) return difference.max_abs_diff <= kFloatTolerance * difference.max_magnitude;
    if (!float_oracle) return difference.mismatched == 0;
    const double share = static_cast<double>(difference.beyond_one_step) / static_cast<double>(difference.elements);
    return share <= kBeyondOneStepAllowed && difference.max_steps <= kStepsAllowed;
  }
};

// The one tensor that the step behind `tensor` reads; nothing where it reads several or `tensor` is an input.
std::optional<size_t> source_of(const Program& program, size_t tensor) {
  const Tensor& result = program.tensors[tensor];
  if (result.step < 0) return std::nullopt;
  const program::Step& step = program.steps[static_cast<size_t>(result.step)];
  std::optional<int32_t> buffer;
  for (size_t i = 0; i < step.operands.size(); ++i) {
    if (step.body->kernel->buffers[i].role != kernels::Role::kInput) continue;
    if (step.operands[i].kind != Operand::Kind::kBuffer) continue;
    if (buffer && *buffer != step.operands[i].index) return std::nullopt;
    buffer = step.operands[i].index;
  }
  std::optional<size_t> source;
  for (size_t i = 0; i < program.tensors.size(); ++i) {
    if (buffer && program.tensors[i].buffer == *buffer && program.tensors[i].step < result.step) source = i;
  }
  return source;
}

// Where an output is compared: at itself, or where it is float and comes from a quantised tensor, at that one.
size_t compared_at(const Program& program, const NamedArrays& expected, size_t output) {
  const auto known = [&](size_t i) {
    const auto array = expected.find(program.tensors[i].name);
    return array != expected.end() && comparable(program.tensors[i], array->second);
  };
  if (!dtype_is_float(program.tensors[output].dtype)) return output;
  for (std::optional<size_t> at = source_of(program, output); at; at = source_of(program, *at)) {
    if (!dtype_is_float(program.tensors[*at].dtype) && known(*at)) return *at;
  }
  return output;
}

std::string node_of(const Compilation& compilation, const Tensor& tensor) {
  const ir::ValueId id = compilation.graph.find_value(tensor.name);
  if (id == ir::ValueId::kNone || compilation.graph.value(id).producer == ir::NodeId::kNone) return tensor.name;
  return compilation.graph.node(compilation.graph.value(id).producer).name;
}

class Verifier {
 public:
  Verifier(const Compilation& compilation, const VerifyOptions& options, const NamedArrays& expected,
           Tolerance tolerance)
      : compilation_(compilation), options_(options), expected_(expected), tolerance_(tolerance) {}

  Result<VerifyReport> run(const std::vector<Ports>& samples) {
    report_.samples = static_cast<int64_t>(samples.size());
    reset();
    TMC_TRY(check_expected(report_.samples));
    // Tracing is free in this process; a board is traced only where its outputs are wrong or lie behind the compared
    // tensor.
    const bool in_process = compilation_.target.run.method == RunMethod::kInProcess;
    std::vector<size_t> targets = compared_tensors();
    const bool outputs_suffice = std::ranges::all_of(targets, [&](size_t at) { return output_port(at).has_value(); });
    if (!in_process && outputs_suffice) {
      TMC_ASSIGN(const std::vector<Ports> outputs, run_samples(compilation_, samples));
      for (const size_t at : targets)
        judge(at, [&](size_t sample) -> const TensorBytes& { return outputs[sample][*output_port(at)]; });
      if (report_.pass) return finish();
      reset();
    }
    TMC_ASSIGN(const std::vector<Tensors> traces, trace_samples(compilation_, samples));
    for (const size_t at : targets) {
      judge(at, [&](size_t sample) -> const TensorBytes& { return traces[sample].at(at); });
    }
    TMC_TRY(find_first_difference(traces));
    return finish();
  }

 private:
  const Program& program() const { return compilation_.program; }

  std::vector<size_t> compared_tensors() const {
    std::vector<size_t> at;
    for (const int32_t output : program().outputs) {
      at.push_back(compared_at(program(), expected_, static_cast<size_t>(output)));
    }
    return at;
  }

  std::optional<size_t> output_port(size_t tensor) const {
    const auto port = std::ranges::find(program().outputs, static_cast<int32_t>(tensor));
    if (port == program().outputs.end()) return std::nullopt;
    return static_cast<size_t>(port - program().outputs.begin());
  }

  Status check_expected(int64_t samples) const {
    for (const size_t at : compared_tensors()) {
      const Tensor& tensor = program().tensors[at];
      const auto array = expected_.find(tensor.name);
      if (array == expected_.end() || !comparable(tensor, array->second)) {
        return error(Error::kBadInput, "the oracle gives no tensor '{}' of {} elements and matching type", tensor.name,
                     tensor.shape.elements());
      }
      if (array->second.shape[0] < samples) {
        return error(Error::kBadInput, "the oracle gives {} samples of '{}', {} were asked for", array->second.shape[0],
                     tensor.name, samples);
      }
    }
    return {};
  }

  template <typename Actual>
  void judge(size_t at, const Actual& actual) {
    const Tensor& tensor = program().tensors[at];
    TensorDifference total;
    for (int64_t sample = 0; sample < report_.samples; ++sample) {
      total.add(compare(tensor, actual(static_cast<size_t>(sample)), expected_.at(tensor.name), sample));
    }
    report_.tensors.push_back(tensor.name);
    report_.elements += total.elements;
    report_.mismatched += total.mismatched;
    report_.beyond_one_step += total.beyond_one_step;
    report_.max_abs_diff = std::max(report_.max_abs_diff, total.max_abs_diff);
    report_.max_steps = std::max(report_.max_steps, total.max_steps);
    report_.pass = report_.pass && tolerance_.accepts(tensor, total);
  }

  // In the order of steps: the first tensor that is not as the oracle has it.
  Status find_first_difference(const std::vector<Tensors>& traces) {
    std::vector<size_t> order;
    for (const auto& [tensor, bytes] : traces.front()) {
      const auto array = expected_.find(program().tensors[tensor].name);
      if (array != expected_.end() && comparable(program().tensors[tensor], array->second)) order.push_back(tensor);
    }
    std::ranges::stable_sort(order, {}, [&](size_t i) { return program().tensors[i].step; });
    for (const size_t at : order) {
      ++report_.intermediates_compared;
      const Tensor& tensor = program().tensors[at];
      for (int64_t sample = 0; !report_.first_difference && sample < report_.samples; ++sample) {
        const TensorBytes& bytes = traces[static_cast<size_t>(sample)].at(at);
        const TensorDifference difference = compare(tensor, bytes, expected_.at(tensor.name), sample);
        const bool differs = tolerance_.float_oracle && !dtype_is_float(tensor.dtype)
                                 ? difference.beyond_one_step > 0
                                 : !tolerance_.accepts(tensor, difference);
        if (!differs) continue;
        report_.first_difference = {node_of(compilation_, tensor), tensor.name,         sample,
                                    difference.first_element,      difference.expected, difference.actual};
        if (options_.dump) TMC_TRY(dump(tensor, bytes, sample));
      }
    }
    return {};
  }

  Status dump(const Tensor& tensor, const TensorBytes& actual, int64_t sample) const {
    const NpyArray& all = expected_.at(tensor.name);
    const int64_t bytes = tensor.shape.elements() * dtype_bytes(all.dtype);
    Shape shape;
    for (int axis = 1; axis < all.shape.rank(); ++axis) shape.push_back(all.shape[axis]);
    const auto first = all.bytes.begin() + sample * bytes;
    std::error_code failure;
    std::filesystem::create_directories(*options_.dump, failure);
    TMC_TRY(save_npy(*options_.dump / "expected.npy", {all.dtype, shape, {first, first + bytes}}));
    return save_npy(*options_.dump / "actual.npy", {tensor.dtype, tensor.shape, actual});
  }

  void reset() {
    const int64_t samples = report_.samples;
    report_ = {};
    report_.samples = samples;
    report_.pass = true;
  }

  VerifyReport finish() {
    report_.bit_exact = report_.mismatched == 0;
    return report_;
  }

  const Compilation& compilation_;
  const VerifyOptions& options_;
  const NamedArrays& expected_;
  Tolerance tolerance_;
  VerifyReport report_;
};

bool is_file_oracle(const std::string& oracle) {
  return oracle.ends_with(".npz");
}

// The inputs among the arrays of a recording.
NamedArrays inputs_of(const Compilation& compilation, const NamedArrays& recording) {
  NamedArrays inputs;
  for (const int32_t input : compilation.program.inputs) {
    const auto array = recording.find(compilation.program.tensors[static_cast<size_t>(input)].name);
    if (array != recording.end()) inputs.insert(*array);
  }
  return inputs;
}

}  // namespace

Result<VerifyReport> verify(const Compilation& compilation, const VerifyOptions& options) {
  NamedArrays inputs = options.inputs;
  NamedArrays expected;
  if (is_file_oracle(options.oracle)) {
    TMC_ASSIGN(expected, load_npz(options.oracle));
    if (inputs.empty()) inputs = inputs_of(compilation, expected);
  }
  if (inputs.empty()) inputs = random_inputs(compilation, options.samples, options.seed);
  TMC_ASSIGN(std::vector<Ports> samples, to_samples(compilation, inputs));
  if (samples.empty()) return error(Error::kBadUsage, "no samples to verify");
  if (!is_file_oracle(options.oracle)) {
    TMC_ASSIGN(expected, run_oracle(options.oracle, compilation.model, inputs));
  }
  const Tolerance tolerance{.float_oracle = options.oracle != "litert" && compilation.model.extension() == ".onnx"};
  return Verifier(compilation, options, expected, tolerance).run(samples);
}

}  // namespace tmc::pipeline
