// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/past.hpp"

#include <algorithm>

#include "tmc/frontend/common/decoder.hpp"
#include "tmc/frontend/model_file.hpp"
#include "tmc/ir/compare.hpp"
#include "tmc/opt/decoder/stream_past.hpp"
#include "tmc/pipeline/evaluator.hpp"
#include "tmc/pipeline/passes.hpp"

namespace tmc::pipeline {
namespace {

using frontend::ImportOptions;
using frontend::PastPorts;

// The past of the second import at most: its masks are looked at element by element.
constexpr int64_t kLongPast = 8192;

// The past of the first: several blocks, as of the second, so that passes choose the same moves for both.
int64_t short_past(int64_t block) {
  return 13 + 2 * block;
}

class PastImport {
 public:
  PastImport(const std::filesystem::path& model, const ImportOptions& options, PastPorts ports, Refusals& refusals)
      : model_(model),
        options_(options),
        ports_(std::move(ports)),
        stream_(frontend::StreamOptions::of(options)),
        refusals_(refusals) {
    for (const char* bound : {"window", "sinks", "block"}) options_.bounds.erase(bound);
  }

  // Where the import refused something, the graph is nothing.
  Result<ir::Graph> run() {
    frontend::StreamOptions longest = stream_;
    if (longest.window == 0) longest.window = kLongPast;
    TMC_TRY(longest.check());
    const int64_t few_tokens = short_past(stream_.block);
    TMC_ASSIGN(Imported few, imported(few_tokens));
    if (!refusals_.empty()) return ir::Graph();
    warn_of_outputs(few);
    TMC_TRY(settle_window(opt::longest_text(few.graph, few.past)));
    const int64_t all = std::max(stream_.window - stream_.block, few_tokens + 1);
    options_.warn = [](const std::string&) {};  // it was said before
    TMC_ASSIGN(Imported many, imported(all));
    if (!refusals_.empty()) return ir::Graph();
    TMC_ASSIGN(ir::Graph step, streamed(std::move(few)));
    TMC_ASSIGN(const ir::Graph other, streamed(std::move(many)));
    const std::string difference = ir::first_difference(step, other);
    if (difference.empty()) {
      if (const int64_t positions = opt::longest_text(step)) TMC_TRY(stream_.check_learned(positions));
      return step;
    }
    return error(Error::kUnsupportedOp, "behind {} tokens it computes otherwise than behind {}: {}", few_tokens, all,
                 difference)
        .with_hint(
            "export it with its positions as an input (position_ids), or bind the lengths of its caches with --shape "
            "to have it as it is");
  }

 private:
  struct Imported {
    ir::Graph graph;
    opt::PastGraph past;
  };

  Result<Imported> imported(int64_t past) {
    Imported made;
    options_.past = frontend::PastLengths{.past = past, .tokens = stream_.block};
    TMC_ASSIGN(made.graph, frontend::load_model(model_, options_, refusals_));
    if (!refusals_.empty()) return made;
    for (const char* pass :
         {"remove_identities", "fold_constants", "fuse_rotary", "fuse_attention", "join_moves", "remove_dead_code"}) {
      TMC_TRY(run_pass(made.graph, pass));
    }
    made.past.tokens = made.graph.find_value(ports_.tokens);
    made.past.positions = made.graph.find_value(ports_.positions);
    made.past.logits = made.graph.outputs()[ports_.logits];
    made.past.past = past;
    made.past.block = stream_.block;
    for (const PastPorts::Cache& cache : ports_.caches) {
      made.past.caches.push_back({made.graph.find_value(cache.past), made.graph.outputs()[cache.present], cache.axis});
    }
    return made;
  }

  // A step gives logits alone.
  void warn_of_outputs(const Imported& imported) const {
    for (const ir::ValueId output : imported.graph.outputs()) {
      const auto& caches = imported.past.caches;
      const bool is_cache = std::ranges::find(caches, output, &opt::PastGraph::Cache::present) != caches.end();
      if (is_cache || output == imported.past.logits) continue;
      options_.warn(fmt::format("the output '{}' is left out of the decoder's step, which gives '{}'",
                                imported.graph.value(output).name, imported.graph.value(imported.past.logits).name));
    }
  }

  Status settle_window(int64_t positions) {
    if (stream_.window == 0 && positions == 0) {
      return error(Error::kBadUsage, "the decoder does not say how long its texts may be")
          .with_hint("give the tokens that it keeps keys and values of, as in --window 512");
    }
    if (stream_.window == 0) stream_.window = positions;
    TMC_TRY(stream_.check());
    if (stream_.window <= kLongPast) return {};
    return error(Error::kBadUsage, "a window of {} tokens is longer than the {} that such a decoder may have",
                 stream_.window, kLongPast)
        .with_hint(fmt::format("give --window {} or less", kLongPast));
  }

  Result<ir::Graph> streamed(Imported imported) {
    KernelEvaluator evaluator;
    const opt::Stream stream{.window = stream_.window, .sinks = stream_.sinks};
    return opt::stream_past(std::move(imported.graph), imported.past, stream, evaluator);
  }

  const std::filesystem::path& model_;
  ImportOptions options_;
  const PastPorts ports_;
  frontend::StreamOptions stream_;
  Refusals& refusals_;
};

}  // namespace

Result<std::optional<ir::Graph>> import_past(const std::filesystem::path& model, const ImportOptions& options,
                                             Refusals& refusals) {
  TMC_ASSIGN(std::optional<PastPorts> ports, frontend::find_past(model, options));
  if (!ports) return std::optional<ir::Graph>();
  TMC_ASSIGN(ir::Graph graph, PastImport(model, options, *std::move(ports), refusals).run());
  return std::optional(std::move(graph));
}

}  // namespace tmc::pipeline
