// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/verify.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <map>

#include "tmc/check/compare.hpp"
#include "tmc/check/expected.hpp"
#include "tmc/check/oracle_moves.hpp"
#include "tmc/data/input_files.hpp"
#include "tmc/data/sample_data.hpp"
#include "tmc/data/text_ports.hpp"
#include "tmc/exec/executor.hpp"
#include "tmc/pipeline/sensor.hpp"

namespace tmc::check {
namespace {

using program::Operand;
using program::Program;
using program::Tensor;

constexpr double kFloatTolerance = 1e-5;  // of the largest magnitude
constexpr double kMovesTolerance = 1e-4;  // the same, as far as the oracle's own answer moves with its inputs' rounding
constexpr double kHalfTolerance = 2e-3;   // the same against float16, where the oracle rounds after every operator
constexpr double kBeyondOneStepAllowed = 1e-3;  // of the elements, against a float oracle
constexpr double kStepsAllowed = 2;             // against a float oracle
// Of the largest integer, against a float oracle: a recurrent layer of integers rounds its state in every step.
constexpr double kStateTolerance = 0.05;

bool is_recurrent(std::string_view op) {
  return op == "lstm" || op == "gru" || op == "rnn";
}

// How far a tensor may be from the oracle's.
struct Tolerance {
  bool float_oracle = false;  // computes in float what is quantised here
  // The newest LiteRT rounds once in fully connected layers, where ours and the older ones round twice.
  bool other_rounding = false;
  std::map<std::string, double> moves = {};  // of oracle_moves, where it was asked for them

  // Whether end to end says little, because a permitted step may become several further down.
  bool by_operator() const { return float_oracle || other_rounding; }

  // Of a tensor that operator `op` computed; `step` is that of the integers it stands for where only their reals were
  // recorded, else 0.
  bool accepts(const Tensor& tensor, std::string_view op, const TensorDifference& difference, double step = 0) const {
    if (dtype_is_float(tensor.dtype)) {
      const double share = difference.half_precision ? kHalfTolerance : kFloatTolerance;
      const auto move = moves.find(tensor.name);
      const double moved = move == moves.end() ? 0 : std::min(move->second, kMovesTolerance * difference.max_magnitude);
      return difference.max_abs_diff <= share * difference.max_magnitude + moved + (float_oracle ? step : 0);
    }
    if (other_rounding && op == "fully_connected") return difference.max_steps <= 1;
    if (!float_oracle) return difference.mismatched == 0;
    if (is_recurrent(op)) return difference.max_steps <= kStateTolerance * difference.max_magnitude;
    const double share = static_cast<double>(difference.beyond_one_step) / static_cast<double>(difference.elements);
    return share <= kBeyondOneStepAllowed && difference.max_steps <= kStepsAllowed;
  }
  // The same for one sample: a single element beyond one step may still be one of the few that are allowed.
  bool accepts_one(const Tensor& tensor, std::string_view op, const TensorDifference& difference, double step) const {
    if (dtype_is_float(tensor.dtype) || !float_oracle || is_recurrent(op)) return accepts(tensor, op, difference, step);
    return difference.max_steps <= kStepsAllowed;
  }
};

// The one tensor that the step behind `tensor` reads; nothing where it reads several or `tensor` is an input.
std::optional<size_t> source_of(const Program& program, size_t tensor) {
  const Tensor& result = program.tensors[tensor];
  if (result.step < 0) return std::nullopt;
  const program::Step& step = program.steps[static_cast<size_t>(result.step)];
  std::optional<int32_t> buffer;
  for (size_t i = 0; i < step.operands.size(); ++i) {
    if (step.implementation->kernel->buffers[i].role != kernels::Role::kInput) continue;
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

std::string node_of(const Compilation& compilation, const Tensor& tensor) {
  const ir::ValueId id = compilation.graph.find_value(tensor.name);
  if (id == ir::ValueId::kNone || compilation.graph.value(id).producer == ir::NodeId::kNone) return tensor.name;
  return compilation.graph.node(compilation.graph.value(id).producer).name;
}

class Verifier {
 public:
  // `ask_moves` gives what oracle_moves does, or nothing where the oracle is no float one that can be asked.
  using AskMoves = std::function<Result<std::map<std::string, double>>()>;

  Verifier(const Compilation& compilation, const VerifyOptions& options, const NamedArrays& expected,
           Tolerance tolerance, AskMoves ask_moves)
      : compilation_(compilation),
        options_(options),
        expected_(expected),
        tolerance_(std::move(tolerance)),
        ask_moves_(std::move(ask_moves)) {}

  Result<VerifyReport> run(const std::vector<Ports>& samples) {
    report_.samples = static_cast<int64_t>(samples.size());
    report_.pass = true;
    report_.by_operator = tolerance_.by_operator();
    TMC_TRY(check_expected());
    // Tracing is free in this process; a board is traced only where its outputs are wrong.
    if (compilation_.target.run.method == RunMethod::kInProcess) {
      TMC_ASSIGN(const std::vector<Tensors> traces, trace_samples(compilation_, samples));
      TMC_TRY(compare_outputs([&](size_t sample, size_t at) -> const TensorBytes& { return traces[sample].at(at); }));
      if (!report_.by_operator) TMC_TRY(find_first_difference(traces));
    } else {
      TMC_TRY(run_on_board(samples));
    }
    if (report_.by_operator) TMC_TRY(compare_operators(samples));
    report_.bit_exact = report_.mismatched == 0;
    report_.pass = report_.pass && report_.elements > 0;
    return report_;
  }

 private:
  const Program& program() const { return compilation_.program; }
  const NpyArray* expected(size_t tensor) const {
    const auto found = expected_.find(program().tensors[tensor].name);
    return found == expected_.end() ? nullptr : &found->second;
  }
  std::string_view op_of(const Tensor& tensor) const {
    return tensor.step < 0 ? "" : std::string_view(program().steps[static_cast<size_t>(tensor.step)].op);
  }

  // Of the integers that the tensor is the reals of, where the oracle says nothing of them; else 0.
  double step_of(const Tensor& tensor) const {
    if (op_of(tensor) != "dequantize") return 0;
    const auto source = source_of(program(), static_cast<size_t>(&tensor - program().tensors.data()));
    if (!source || expected(*source) || program().tensors[*source].quantization.per_axis()) return 0;
    return static_cast<double>(program().tensors[*source].quantization.scale());
  }

  // Where an output is compared: at itself, or where it is float and comes from a quantised tensor, at that one.
  size_t compared_at(size_t output) const {
    if (!dtype_is_float(program().tensors[output].dtype)) return output;
    for (std::optional<size_t> at = source_of(program(), output); at; at = source_of(program(), *at)) {
      if (!program().tensors[*at].quantization.empty() && expected(*at)) return *at;
    }
    return output;
  }

  std::vector<size_t> compared_tensors() const {
    std::vector<size_t> tensors;
    for (const int32_t output : program().outputs) {
      const auto own = static_cast<size_t>(output);
      // An oracle knows the file's model; a recording may know what was added to it.
      if (compilation_.added_outputs.contains(program().tensors[own].name) && !expected(own)) continue;
      const size_t at = compared_at(own);
      tensors.push_back(at);
      // What is made of the integers in float is the oracle's too where these are; a float oracle may differ in them.
      if (at != own && expected(own) && !report_.by_operator) tensors.push_back(own);
    }
    return tensors;
  }

  Status check_expected() const {
    for (const size_t at : compared_tensors()) {
      const Tensor& tensor = program().tensors[at];
      const NpyArray* array = expected(at);
      if (!array) {
        return error(Error::kBadInput, "the oracle gives no tensor '{}' that is {} [{}]", tensor.name,
                     dtype_name(tensor.dtype), fmt::join(tensor.shape, ", "));
      }
      if (array->shape[0] != report_.samples) {
        return error(Error::kBadInput, "the oracle gives {} samples of '{}', the inputs are {}", array->shape[0],
                     tensor.name, report_.samples);
      }
    }
    return {};
  }

  // The board gives what this process gives: integers bit for bit, floats, which its compiler may contract into fused
  // operations, within their tolerance. So what is said of this process holds for the board.
  Status run_on_board(const std::vector<Ports>& samples) {
    TMC_ASSIGN(const std::vector<Ports> outputs, run_samples(compilation_, samples));
    Compilation here = compilation_;
    here.target.run.method = RunMethod::kInProcess;
    TMC_ASSIGN(const std::vector<Tensors> local, trace_samples(here, samples));
    TMC_TRY(compare_outputs([&](size_t sample, size_t at) -> const TensorBytes& { return local[sample].at(at); }));
    for (size_t sample = 0; sample < samples.size(); ++sample) {
      for (size_t port = 0; port < outputs[sample].size(); ++port) {
        const auto tensor = static_cast<size_t>(program().outputs[port]);
        const TensorDifference difference =
            compare(program().tensors[tensor], outputs[sample][port], local[sample].at(tensor));
        if (!Tolerance{}.accepts(program().tensors[tensor], "", difference)) return blame_board(samples);
      }
    }
    return report_.pass || report_.by_operator ? Status() : find_first_difference(local);
  }

  // The board computes something else than this process: its own figures and its first node count.
  Status blame_board(const std::vector<Ports>& samples) {
    TMC_ASSIGN(const std::vector<Tensors> traces, trace_samples(compilation_, samples));
    const VerifyReport before = report_;
    report_ = {};
    report_.samples = before.samples;
    report_.by_operator = before.by_operator;
    TMC_TRY(compare_outputs([&](size_t sample, size_t at) -> const TensorBytes& { return traces[sample].at(at); }));
    report_.pass = false;
    return find_first_difference(traces);
  }

  // End to end: `actual(sample, tensor)` gives the bytes.
  template <typename Actual>
  Status compare_outputs(const Actual& actual) {
    for (const size_t at : compared_tensors()) {
      const Tensor& tensor = program().tensors[at];
      TensorDifference total;
      for (int64_t sample = 0; sample < report_.samples; ++sample) {
        total.add(compare(tensor, actual(static_cast<size_t>(sample), at), *expected(at), sample));
      }
      report_.end_to_end_elements += total.elements;
      report_.end_to_end_beyond_one_step += total.beyond_one_step;
      report_.end_to_end_max_steps = std::max(report_.end_to_end_max_steps, total.max_steps);
      if (!report_.by_operator) TMC_TRY(judge(tensor, total));
    }
    return {};
  }

  // Runs every step on the oracle's values: after a tensor is compared it is overwritten with them.
  Status compare_operators(const std::vector<Ports>& samples) {
    std::map<size_t, TensorDifference> totals;
    TMC_ASSIGN(exec::Executor executor, exec::Executor::create(program()));
    for (int64_t sample = 0; sample < report_.samples; ++sample) {
      const auto force = [&](int32_t step) {
        for (size_t at = 0; at < program().tensors.size(); ++at) {
          const Tensor& tensor = program().tensors[at];
          const NpyArray* array = tensor.step == step ? expected(at) : nullptr;
          if (!array) continue;
          const TensorDifference difference = compare(tensor, executor.read(tensor), *array, sample);
          totals[at].add(difference);
          note_difference(tensor, difference, sample);
          executor.write(tensor, as_program_holds_it(tensor, *array, sample));
        }
      };
      TMC_ASSIGN([[maybe_unused]] const Ports outputs, executor.run(samples[static_cast<size_t>(sample)], force));
    }
    for (const auto& [at, total] : totals) {
      TMC_TRY(judge(program().tensors[at], total));
      ++report_.intermediates_compared;
    }
    return {};
  }

  Status judge(const Tensor& tensor, const TensorDifference& total) {
    report_.tensors.push_back(tensor.name);
    report_.elements += total.elements;
    report_.mismatched += total.mismatched;
    report_.beyond_one_step += total.beyond_one_step;
    report_.max_abs_diff = std::max(report_.max_abs_diff, total.max_abs_diff);
    report_.max_steps = std::max(report_.max_steps, total.max_steps);
    bool is_accepted = tolerance_.accepts(tensor, op_of(tensor), total, step_of(tensor));
    if (!is_accepted && dtype_is_float(tensor.dtype) && ask_moves_) {
      if (tolerance_.moves.empty()) {
        TMC_ASSIGN(tolerance_.moves, ask_moves_());
      }
      report_.oracle_moves = std::max(report_.oracle_moves, tolerance_.moves[tensor.name]);
      is_accepted = tolerance_.accepts(tensor, op_of(tensor), total, step_of(tensor));
    }
    report_.pass = report_.pass && is_accepted;
    return {};
  }

  // Remembers the first tensor, in the order of steps within the first sample that has one, which is not as it may be.
  void note_difference(const Tensor& tensor, const TensorDifference& difference, int64_t sample) {
    if (report_.first_difference || tolerance_.accepts_one(tensor, op_of(tensor), difference, step_of(tensor))) return;
    report_.first_difference = {node_of(compilation_, tensor), tensor.name,         sample,
                                difference.first_element,      difference.expected, difference.actual};
  }

  Status find_first_difference(const std::vector<Tensors>& traces) {
    std::vector<size_t> order;
    for (const auto& [tensor, bytes] : traces.front()) {
      if (expected(tensor)) order.push_back(tensor);
    }
    std::ranges::stable_sort(order, {}, [&](size_t i) { return program().tensors[i].step; });
    for (const size_t at : order) {
      ++report_.intermediates_compared;
      const Tensor& tensor = program().tensors[at];
      for (int64_t sample = 0; !report_.first_difference && sample < report_.samples; ++sample) {
        const TensorBytes& bytes = traces[static_cast<size_t>(sample)].at(at);
        note_difference(tensor, compare(tensor, bytes, *expected(at), sample), sample);
        if (report_.first_difference && options_.dump) TMC_TRY(dump(tensor, bytes, *expected(at), sample));
      }
    }
    return {};
  }

  Status dump(const Tensor& tensor, const TensorBytes& actual, const NpyArray& array, int64_t sample) const {
    std::error_code failure;
    std::filesystem::create_directories(*options_.dump, failure);
    TMC_TRY(save_npy(*options_.dump / "expected.npy",
                     {tensor.dtype, tensor.shape, as_program_holds_it(tensor, array, sample)}));
    return save_npy(*options_.dump / "actual.npy", {tensor.dtype, tensor.shape, actual});
  }

  const Compilation& compilation_;
  const VerifyOptions& options_;
  const NamedArrays& expected_;
  Tolerance tolerance_;
  AskMoves ask_moves_;
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
    if (array != recording.end()) inputs[array->first] = data::widened(array->second);
  }
  return inputs;
}

}  // namespace

Result<VerifyReport> verify(const Compilation& compilation, const VerifyOptions& options) {
  const program::Program& program = compilation.program;
  const bool is_recording = is_file_oracle(options.oracle);
  if (!is_recording && pipeline::is_preprocessing(compilation.model)) {
    return error(Error::kBadUsage, "no runtime reads the YAML of a preprocessing")
        .with_hint("give --oracle FILE.npz with arrays 'readings' and 'features', as scipy computes them");
  }
  if (!is_recording && !compilation.options.import.states.empty()) {
    return error(Error::kBadUsage, "an oracle runs the model file, which knows nothing of --state")
        .with_hint("leave --state out: single steps are compared then");
  }
  if (!is_recording && !compilation.options.stream.axes.empty()) {
    return error(Error::kBadUsage, "an oracle runs the model file, which takes whole windows")
        .with_hint("leave --stream-axis out: windows are compared then, whose bits the steps have");
  }
  NamedArrays inputs = data::named_as_inputs(compilation, options.inputs);
  NamedArrays recording;
  if (is_recording) {
    TMC_ASSIGN(recording, load_npz(options.oracle));
    recording = data::as_program_has_them(compilation, std::move(recording));
    if (inputs.empty()) inputs = inputs_of(compilation, recording);
  }
  if (inputs.empty()) inputs = data::random_inputs(compilation, options.samples, options.seed);
  TMC_ASSIGN(inputs, data::with_fitted_texts(compilation, std::move(inputs)));
  TMC_ASSIGN(const std::vector<Ports> samples, data::to_samples(compilation, inputs));
  if (samples.empty()) return error(Error::kBadUsage, "no samples to verify");
  for (const int32_t input : program.inputs) {
    const Tensor& tensor = program.tensors[static_cast<size_t>(input)];
    TMC_TRY(data::require_sample_axis(tensor.name, tensor.shape, inputs.at(tensor.name).shape));
  }
  TMC_ASSIGN(const Expected expected, is_recording ? expected_of_recording(compilation, recording)
                                                   : ask_oracle(compilation, options.oracle, samples));
  const bool is_quantized =
      std::ranges::any_of(program.tensors, [](const Tensor& tensor) { return !tensor.quantization.empty(); });
  const bool is_of_onnx = options.oracle != "litert" && compilation.model.extension() == ".onnx";
  const Tolerance tolerance{.float_oracle = is_quantized && (is_of_onnx || compilation.quantized_here),
                            .other_rounding = expected.oracle == "newest litert"};
  Verifier::AskMoves ask_moves;
  if (!is_quantized && !is_recording) {
    ask_moves = [&] { return oracle_moves(compilation, options.oracle, samples, expected); };
  }
  TMC_ASSIGN(VerifyReport report,
             Verifier(compilation, options, expected.tensors, tolerance, std::move(ask_moves)).run(samples));
  report.oracle = expected.oracle;
  return report;
}

}  // namespace tmc::check
