// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/decoder.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <map>
#include <random>

#include "tmc/base/host/bytes.hpp"
#include "tmc/ops/op/cached_attention.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/quantize.hpp"
#include "tmc/quant/decoder/narrow_weights.hpp"

namespace tmc::quant {
namespace {

using ir::Graph;
using ir::NodeId;
using ir::ValueId;
using Attention = ops::CachedAttention;

constexpr size_t kTokens = 0, kPlace = 1;            // of the graph's inputs
constexpr float kMost = 127, kMostOfFourBits = 105;  // values in four bits have no more

std::vector<NodeId> attentions(const Graph& graph) {
  std::vector<NodeId> found;
  std::ranges::copy_if(graph.order(), std::back_inserter(found),
                       [&](NodeId id) { return graph.node(id).op.is<Attention>(); });
  return found;
}

constexpr size_t kRead[] = {Attention::kQuery, Attention::kKey, Attention::kValue};

// Inputs of an attention to the largest sizes of what they read.
using Largest = DecoderRanges::value_type;

// Finds them over texts of the model, which takes a token a run, and moments of what layers read.
class Listener {
 public:
  Listener(const Graph& graph, Session& session) : session_(&session), moments_(graph) {
    for (const NodeId id : attentions(graph)) {
      for (const size_t input : kRead) names_.push_back(graph.value(graph.node(id).inputs[input]).name);
      std::optional<TurnedKeys> turned = turned_keys(graph, id);
      means_.emplace_back();
      if (!turned) continue;
      query_seekers_[graph.value(turned->queries(graph)).name] = means_.size() - 1;
      key_seekers_[graph.value(turned->keys(graph)).name] = means_.size() - 1;
      means_.back().emplace(std::move(*turned));
    }
    for (const std::string& name : names_) largest_[name] = 0;
    logits_name_ = graph.value(graph.outputs()[0]).name;
    slots_ = graph.value(graph.node(attentions(graph).front()).inputs[Attention::kKeyCache]).type.shape[0];
  }

  Status run(const DecoderSamples& samples, const Progress& progress) {
    std::mt19937 rng(samples.seed);
    const int64_t length = std::min(samples.longest, slots_);
    int32_t token = samples.first_token;
    for (int64_t seen = 0; seen < samples.tokens; ++seen) {
      const int64_t position = seen % length;
      if (position == 0) token = samples.first_token;
      TMC_TRY(step(token, static_cast<int32_t>(position)));
      token = sampled(rng);
      progress("calibrating", seen + 1, samples.tokens);
    }
    moments_.finish();
    return {};
  }

  // Nothing is listened to afterwards.
  DecoderSeen seen() && {
    DecoderSeen seen{DecoderRanges(names_.size() / std::size(kRead)), {}, std::move(moments_)};
    for (const auto& each : means_) seen.means.push_back(each ? std::optional(each->found()) : std::nullopt);
    for (size_t i = 0; i < names_.size(); ++i) {
      seen.largest[i / std::size(kRead)][kRead[i % std::size(kRead)]] = largest_.at(names_[i]);
    }
    return seen;
  }

 private:
  Status step(int32_t token, int32_t position) {
    const int32_t place[] = {position, position, position};
    const Row row = {bytes_of(std::span<const int32_t>(&token, 1)), bytes_of(std::span<const int32_t>(place))};
    Status failure;
    TMC_TRY(session_->run(row, [&](size_t at, std::span<std::byte> bytes) {
      const TensorInfo& tensor = session_->tensors()[at];
      if (tensor.name == logits_name_) logits_ = reals(tensor, bytes);
      if (moments_.wants(tensor.name)) moments_.add(tensor.name, reals(tensor, bytes));
      const auto queries = query_seekers_.find(tensor.name), keys = key_seekers_.find(tensor.name);
      if (queries != query_seekers_.end()) means_[queries->second]->add_queries(reals(tensor, bytes));
      if (keys != key_seekers_.end()) means_[keys->second]->add_keys(reals(tensor, bytes));
      const auto found = largest_.find(tensor.name);
      if (found == largest_.end()) return;
      for (const float value : reals(tensor, bytes)) {
        if (!std::isfinite(value) && failure.ok()) {
          failure = error(Error::kBadInput, "tensor '{}' holds {} in a text of the model's own", tensor.name, value)
                        .with_hint("check the weights: they are to be finite");
        }
        found->second = std::max(found->second, std::abs(value));
      }
    }));
    return failure;
  }

  // A token, as likely as the logits say.
  int32_t sampled(std::mt19937& rng) const {
    const float most = std::ranges::max(logits_);
    std::vector<double> until;
    double sum = 0;
    for (const float logit : logits_) until.push_back(sum += std::exp(static_cast<double>(logit - most)));
    const double drawn = static_cast<double>(rng()) / 4294967296.0 * sum;
    return static_cast<int32_t>(
        std::min<std::ptrdiff_t>(std::ranges::upper_bound(until, drawn) - until.begin(), std::ssize(until) - 1));
  }

  Session* session_;
  std::vector<std::string> names_;  // of what attentions read
  LayerMoments moments_;
  std::map<std::string, float> largest_;
  std::vector<std::optional<KeyMeanSeeker>> means_;            // of attentions
  std::map<std::string, size_t> query_seekers_, key_seekers_;  // among them
  std::string logits_name_;
  std::vector<float> logits_;
  int64_t slots_ = 0;
};

class DecoderQuantizer {
 public:
  DecoderQuantizer(Graph& graph, const WeightForm& form, CacheForm cache, const DecoderSeen& seen)
      : graph_(&graph), cache_(cache), seen_(&seen), weights_(graph, form, seen.moments) {}

  Status run() {
    const std::vector<NodeId> order = graph_->order();
    auto largest = seen_->largest.begin();
    auto mean = seen_->means.begin();
    for (const NodeId id : order) {
      const ir::AnyOp op = graph_->node(id).op;
      if (op.is<ops::FullyConnected>()) TMC_TRY(weights_.narrow_layer(id));
      if (op.is<ops::Lookup>()) TMC_TRY(weights_.narrow_table(id));
      if (op.is<Attention>()) TMC_TRY(narrow_attention(id, *largest++, *mean++));
    }
    return graph_->sort();
  }

 private:
  static Quantization symmetric(float most, float integer = kMost) {
    return Quantization::per_tensor(most > 0 ? most / integer : 1, 0);
  }

  Status narrow_attention(NodeId id, Largest largest, const std::optional<KeyMean>& key_mean) {
    if (const auto turned = turned_keys(*graph_, id); cache_.key_bits == 4 && turned && key_mean) {
      TMC_TRY(keep_keys_less_mean(*graph_, id, *turned, *key_mean));
      largest[Attention::kKey] = key_mean->most_key;
    }
    const std::vector<ValueId> inputs = graph_->node(id).inputs, outputs = graph_->node(id).outputs;
    const bool is_four_bit = cache_.value_bits == 4;
    const Quantization of_values = symmetric(largest.at(Attention::kValue), is_four_bit ? kMostOfFourBits : kMost);
    for (const size_t input : kRead) {
      const std::string name = graph_->value(inputs[input]).name + ".int8";
      const Quantization of_input = input == Attention::kValue ? of_values : symmetric(largest.at(input));
      TMC_ASSIGN(const ValueId integers,
                 graph_->insert(id, name, ops::Quantize{.ties_to_even = true}, {inputs[input]}, of_input));
      graph_->node(id).inputs[input] = integers;
    }
    auto op = graph_->node(id).op.get<Attention>();
    op.key_bits = cache_.key_bits;
    op.value_bits = cache_.value_bits;
    graph_->node(id).op = op;
    const auto type_of = [&](size_t input) { return graph_->value(graph_->node(id).inputs[input]).type; };
    const int64_t slots = type_of(Attention::kKeyCache).shape[0];
    narrow_state(inputs[Attention::kKeyCache], outputs[1], op.key_cache(slots, type_of(Attention::kKey)),
                 op.key_bits == 4 ? Quantization{} : symmetric(largest.at(Attention::kKey)));
    narrow_state(inputs[Attention::kValueCache], outputs[2], op.value_cache(slots, type_of(Attention::kValue)),
                 is_four_bit ? Quantization{} : of_values);
    ir::Value& real = graph_->value(outputs[0]);
    const ValueId mean = graph_->add_value(real.name + ".int8", {DType::kI8, real.type.shape}, of_values);
    graph_->value(mean).producer = id;
    graph_->node(id).outputs[0] = mean;
    graph_->value(outputs[0]).producer = NodeId::kNone;
    graph_->add_node(graph_->value(outputs[0]).name + ".real", ops::Dequantize{}, {mean}, {outputs[0]});
    return {};
  }

  // Zeros are what an empty cache holds in integers too.
  void narrow_state(ValueId before, ValueId after, const ops::TensorType& type, const Quantization& quantization) {
    for (const ValueId id : {before, after}) {
      graph_->value(id).type = type;
      graph_->value(id).quantization = quantization;
    }
    for (ir::State& state : graph_->states) {
      if (graph_->inputs()[state.input] != before) continue;
      const std::vector<std::byte> zeros(static_cast<size_t>(type.shape.elements()));
      state.initial =
          graph_->add_constant(graph_->value(before).name + ".empty", type, ir::TensorData(zeros), quantization);
    }
  }

  Graph* graph_;
  CacheForm cache_;
  const DecoderSeen* seen_;
  WeightNarrower weights_;
};

}  // namespace

bool is_decoder(const Graph& graph) {
  const std::vector<NodeId> found = attentions(graph);
  const auto is_of_border = [&](NodeId id) {
    return graph.inputs().size() > kPlace && graph.node(id).inputs[Attention::kPlace] == graph.inputs()[kPlace];
  };
  return !found.empty() && std::ranges::all_of(found, is_of_border) &&
         graph.value(graph.inputs()[kTokens]).type.dtype == DType::kI32 && graph.states.size() == 2 * found.size() &&
         !graph.outputs().empty();
}

Result<DecoderSeen> listen(const Graph& step, Runner& runner, const DecoderSamples& samples, const Progress& progress) {
  TMC_ASSIGN(const auto session, runner.open(step));
  Listener listener(step, *session);
  TMC_TRY(listener.run(samples, progress));
  return std::move(listener).seen();
}

Status quantize_decoder(Graph& graph, const WeightForm& form, CacheForm cache, const DecoderSeen& seen) {
  return DecoderQuantizer(graph, form, cache, seen).run();
}

}  // namespace tmc::quant
