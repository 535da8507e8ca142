// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/quantize.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/quant/calibrate/visible_states.hpp"
#include "tmc/quant/correction/correction.hpp"
#include "tmc/quant/measure/layers.hpp"
#include "tmc/quant/mixed.hpp"
#include "tmc/quant/scheme/float_weights.hpp"
#include "tmc/quant/scheme/insert_pairs.hpp"
#include "tmc/quant/scheme/recurrent.hpp"
#include "tmc/quant/scheme/unbounded.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;

// Below this many rows the caller is warned.
constexpr int64_t kFewRows = 32;
// Candidates are judged on every fourth row, at most on this many; corrections learn from as many of the others.
constexpr int64_t kEveryRow = 4;
constexpr int64_t kMostJudgedRows = 128;
constexpr int64_t kMostLearningRows = 256;
// The layers' noise is measured on at most this many rows.
constexpr int64_t kLayerRows = 32;
// A correction stays where it lowers the outputs' error by this share: less could be chance.
constexpr double kWorthwhile = 0.02;

struct RowSplit {
  std::vector<int64_t> judged, learning;
};

RowSplit split_rows(int64_t rows) {
  if (rows < 2 * kEveryRow) return {spread_rows(rows, rows), spread_rows(rows, rows)};
  RowSplit split;
  for (int64_t row = 0; row < rows; ++row) (row % kEveryRow == 0 ? split.judged : split.learning).push_back(row);
  const auto thin = [](std::vector<int64_t>& from, int64_t most) {
    std::vector<int64_t> some;
    for (const int64_t at : spread_rows(static_cast<int64_t>(from.size()), most)) {
      some.push_back(from[static_cast<size_t>(at)]);
    }
    from = std::move(some);
  };
  thin(split.judged, kMostJudgedRows);
  thin(split.learning, kMostLearningRows);
  return split;
}

class Quantizer {
 public:
  Quantizer(const QuantizeInputs& inputs, const QuantizeOptions& options)
      : inputs_(&inputs), options_(&options), scheme_(options.scheme) {}

  Result<Report> run(Graph& graph) {
    TMC_TRY(check_corrections());
    graph.requantization = ir::Requantization::kOneRounding;
    widen_weights(graph);
    separate_states(graph);
    TMC_ASSIGN(real_, inputs_->runner->open(graph));
    note_rows();
    work_.graph = graph;
    TMC_TRY(plan(work_));
    split_ = split_rows(inputs_->rows->size());
    TMC_ASSIGN(judge_, Judge::create(*real_, *inputs_->rows, split_.judged, judged_values(graph)));
    TMC_ASSIGN(Ranges ranges, best_ranges(work_));
    Noise noise = ranges.noise;
    take(std::move(ranges));
    TMC_TRY(correction_all(noise));
    TMC_TRY(relieve());
    TMC_TRY(measure(graph));
    graph = work_.graph;
    TMC_TRY(insert_pairs(graph, work_.plan));
    return std::move(report_);
  }

 private:
  Status check_corrections() const {
    std::string known;
    for (const Correction* correction : all_corrections()) known += std::string(" ") + correction->name;
    for (const std::string& name : options_->corrections) {
      const bool found = std::ranges::any_of(all_corrections(),
                                             [&](const Correction* correction) { return name == correction->name; });
      if (!found) return error(Error::kBadUsage, "there is no correction '{}'", name).with_hint("there are:" + known);
    }
    return {};
  }

  void note_rows() {
    report_.rows = inputs_->rows->size();
    if (report_.rows >= kFewRows) return;
    report_.warnings.push_back(fmt::format(
        "{} calibration rows are few: ranges and the choice of corrections may miss what the model will see; "
        "give some hundred",
        report_.rows));
  }

  Status plan(Work& work) const {
    TMC_ASSIGN(const Graph visible, with_visible_states(work.graph));
    TMC_ASSIGN(const auto session, inputs_->runner->open(visible));
    std::set<std::string, std::less<>> unbounded;
    for (const ir::ValueId id : unbounded_values(visible)) unbounded.insert(visible.value(id).name);
    TMC_ASSIGN(work.statistics, calibrate(*session, *inputs_->rows, inputs_->progress, unbounded));
    TMC_ASSIGN(work.plan, make_plan(work.graph, work.statistics, scheme_));
    return {};
  }

  bool corrects() const { return options_->correction || !options_->corrections.empty(); }

  // A plan with ranges chosen one way, and what it costs at the outputs.
  struct Ranges {
    Work work;
    Scheme scheme;
    Noise noise;
    std::vector<RangesReport> tried;  // where there was a choice
  };

  // The best way of all for the work's graph, whose values are calibrated.
  Result<Ranges> best_ranges(const Work& work) const {
    if (!options_->try_ranges || scheme_.numbers.activations == DType::kI16) {
      Noise noise;
      if (corrects()) {
        TMC_ASSIGN(noise, noise_of(work));
      }
      return Ranges{work, scheme_, noise, {}};
    }
    std::optional<Ranges> best;
    std::vector<RangesReport> tried;
    for (const RangeMethod method : kRangeMethods) {
      Ranges ranges{work, scheme_, {}, {}};
      ranges.scheme.ranges.method = method;
      TMC_ASSIGN(ranges.work.plan, make_plan(work.graph, work.statistics, ranges.scheme));
      TMC_ASSIGN(ranges.noise, noise_of(ranges.work));
      tried.push_back({to_string(method), ranges.noise.snr_db()});
      if (!best || ranges.noise.relative() < best->noise.relative()) best = std::move(ranges);
    }
    best->tried = std::move(tried);
    return *std::move(best);
  }

  void take(Ranges ranges) {
    work_ = std::move(ranges.work);
    scheme_ = ranges.scheme;
    report_.tried = std::move(ranges.tried);
    report_.ranges =
        to_string(scheme_.numbers.activations == DType::kI16 ? RangeMethod::kMinMax : scheme_.ranges.method);
  }

  Result<Noise> noise_of(const Work& work) const {
    TMC_ASSIGN(const auto session, open_quantized(work.graph, work.plan, *inputs_->runner));
    TMC_ASSIGN(const Verdict verdict, judge_->judge(*session));
    return verdict.noise;
  }

  Status correction_all(Noise noise) {
    if (!corrects()) return plan_alternatives();
    for (const CorrectionStage stage : {CorrectionStage::kGraph, CorrectionStage::kPlan}) {
      if (stage == CorrectionStage::kPlan) TMC_TRY(plan_alternatives());
      for (const Correction* correction : all_corrections()) {
        const bool is_forced = options_->corrections.contains(correction->name);
        if (correction->stage == stage && (options_->correction || is_forced))
          TMC_TRY(try_correction(*correction, is_forced, noise));
      }
    }
    return {};
  }

  Status try_correction(const Correction& correction, bool is_forced, Noise& noise) {
    CorrectionReport outcome{.name = correction.name,
                             .doc = correction.doc,
                             .outcome = "nothing to change",
                             .snr_before_db = noise.snr_db(),
                             .snr_after_db = noise.snr_db()};
    Work candidate = work_;
    const CorrectionContext context{inputs_->runner, inputs_->rows, split_.learning, inputs_->progress, scheme_};
    TMC_ASSIGN(const bool changed, correction.apply(candidate, context));
    if (changed) {
      TMC_ASSIGN(Ranges after, corrected(correction.stage, std::move(candidate)));
      const bool helps = after.noise.relative() < (1 - kWorthwhile) * noise.relative();
      outcome.snr_after_db = after.noise.snr_db();
      outcome.outcome = is_forced ? "asked for" : helps ? "kept" : "no gain";
      if (is_forced || helps) {
        noise = after.noise;
        take(std::move(after));
      }
    }
    report_.corrections.push_back(std::move(outcome));
    return {};
  }

  // Another graph has other values, and the best ranges for them may be chosen another way.
  Result<Ranges> corrected(CorrectionStage stage, Work candidate) const {
    if (stage == CorrectionStage::kGraph) {
      TMC_TRY(plan(candidate));
      return best_ranges(candidate);
    }
    TMC_ASSIGN(const Noise noise, noise_of(candidate));
    return Ranges{std::move(candidate), scheme_, noise, report_.tried};
  }

  // Whether nodes and tensors are made more exact by what they cost.
  bool mixes() const { return options_->keep_float_worst > 0 || options_->max_drop.has_value(); }

  // What the plan would be without four-bit weights and with activations of 16 bits, on the graph that graph
  // corrections left.
  Status plan_alternatives() {
    if (!mixes()) return {};
    Scheme scheme = scheme_;
    scheme.numbers.weights = {};
    eight_bit_.graph = work_.graph;
    TMC_ASSIGN(eight_bit_.plan, make_plan(work_.graph, work_.statistics, scheme));
    scheme.numbers.activations = DType::kI16;
    TMC_ASSIGN(sixteen_bit_, make_plan(work_.graph, work_.statistics, scheme));
    return {};
  }

  Status relieve() {
    report_.kept_float.assign(options_->scheme.keep_float.begin(), options_->scheme.keep_float.end());
    if (!mixes()) return {};
    const Alternatives alternatives(work_, eight_bit_, sixteen_bit_);
    const auto rank = [&](std::vector<Relief> reliefs) {
      return by_sensitivity(alternatives, std::move(reliefs), *real_, *inputs_, *judge_);
    };
    TMC_ASSIGN(const std::vector<Relief> floats, rank(alternatives.to_float()));
    const auto worst = std::min(static_cast<size_t>(options_->keep_float_worst), floats.size());
    std::vector<Relief> chosen(floats.begin(), floats.begin() + static_cast<int64_t>(worst));
    if (options_->max_drop) {
      ReliefPaths paths;
      TMC_ASSIGN(paths.first, rank(alternatives.to_eight_bit()));
      TMC_ASSIGN(std::vector<Relief> tensors, rank(alternatives.to_sixteen_bit()));
      paths.ways = {floats, std::move(tensors)};
      TMC_TRY(find_mixture(alternatives, paths));
      const auto point = std::ranges::find_if(report_.frontier, &FrontierPoint::chosen);
      chosen.erase(chosen.begin(), chosen.begin() + static_cast<int64_t>(std::min(worst, point->kept_float.size())));
      const std::vector<Relief> found = paths.reliefs(*point);
      chosen.insert(chosen.begin(), found.begin(), found.end());
    }
    name_reliefs(work_.graph, chosen, report_);
    Mixture mixture = alternatives.relieved(chosen);
    work_.graph = std::move(mixture.graph);
    work_.plan = std::move(mixture.plan);
    return {};
  }

  Status find_mixture(const Alternatives& alternatives, const ReliefPaths& paths) {
    RowSource& rows = scored_rows();
    TMC_ASSIGN(const Judge judge,
               Judge::create(*real_, rows, spread_rows(rows.size(), rows.size()), output_values(work_.graph)));
    TMC_ASSIGN(report_.frontier, find_frontier(alternatives, paths, *inputs_, judge, *options_->max_drop));
    if (std::ranges::any_of(report_.frontier, &FrontierPoint::chosen)) return {};
    std::string tried;
    for (const FrontierPoint& point : report_.frontier) {
      tried += fmt::format(
          "\n  {} nodes in float, {} raised to eight-bit weights, {} tensors to 16 bits: {:.2f} points lost{}",
          point.kept_float.size(), point.eight_bit.size(), point.sixteen_bit.size(), 100 * point.drop,
          point.fits ? "" : ", over the budget");
    }
    return error(Error::kBudgetExceeded,
                 "no mixture of float and integers loses at most {:.2f} points within the budget:{}",
                 100 * *options_->max_drop, tried)
        .with_hint("allow more flash with --budget or a larger --max-drop");
  }

  RowSource& scored_rows() const { return inputs_->score_rows ? *inputs_->score_rows : *inputs_->rows; }

  Status measure(const Graph& original) {
    report_.layers = describe_layers(work_.graph, work_.plan, work_.statistics);
    TMC_ASSIGN(const auto quantized, open_quantized(work_.graph, work_.plan, *inputs_->runner));
    // What graph corrections changed is compared with the graph that they made, outputs with the original's.
    TMC_ASSIGN(const auto repaired, inputs_->runner->open(work_.graph));
    TMC_TRY(measure_layers(*repaired, *quantized, *inputs_->rows, spread_rows(report_.rows, kLayerRows), report_.layers,
                           inputs_->progress));
    RowSource& rows = scored_rows();
    if (!inputs_->labels.empty() && static_cast<int64_t>(inputs_->labels.size()) != rows.size()) {
      return error(Error::kBadInput, "{} labels for {} rows", inputs_->labels.size(), rows.size())
          .with_hint("give one label for each row that is scored");
    }
    TMC_ASSIGN(const Judge judge,
               Judge::create(*real_, rows, spread_rows(rows.size(), rows.size()), output_values(original)));
    TMC_ASSIGN(const Verdict verdict, judge.judge(*quantized, inputs_->labels));
    ScoreReport& score = report_.score;
    score.rows = verdict.rows;
    score.held_out = inputs_->score_rows != nullptr;
    score.snr_db = verdict.noise.snr_db();
    score.agreement = verdict.share(verdict.agree);
    if (!inputs_->labels.empty()) {
      score.float_accuracy = verdict.share(verdict.float_right);
      score.accuracy = verdict.share(verdict.right);
    }
    return {};
  }

  const QuantizeInputs* inputs_;
  const QuantizeOptions* options_;
  Scheme scheme_;                  // the options', with the ranges that were chosen
  std::unique_ptr<Session> real_;  // the original graph
  RowSplit split_;
  std::optional<Judge> judge_;
  Work work_;
  Mixture eight_bit_;
  Plan sixteen_bit_;
  Report report_;
};

}  // namespace

Result<Report> quantize(Graph& graph, const QuantizeInputs& inputs, const QuantizeOptions& options) {
  return Quantizer(inputs, options).run(graph);
}

}  // namespace tmc::quant
