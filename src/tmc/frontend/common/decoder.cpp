// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/common/decoder.hpp"

#include <cmath>
#include <numbers>
#include <numeric>

#include "tmc/frontend/common/constants.hpp"
#include "tmc/ir/verifier.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/cached_attention.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/fully_connected.hpp"
#include "tmc/ops/op/gelu.hpp"
#include "tmc/ops/op/layer_norm.hpp"
#include "tmc/ops/op/lookup.hpp"
#include "tmc/ops/op/reshape.hpp"
#include "tmc/ops/op/rms_norm.hpp"
#include "tmc/ops/op/rotary_angles.hpp"
#include "tmc/ops/op/rotary_embedding.hpp"
#include "tmc/ops/op/slice.hpp"

namespace tmc::frontend {
namespace {

using ir::ValueId;
using Weight = DecoderWeight;

constexpr int64_t kMostSlots = 1 << 20;

// Turns of the pairs of a head per position, in parts of 2^32.
std::vector<int64_t> rotary_steps(const DecoderShape& shape) {
  std::vector<int64_t> steps;
  for (int64_t i = 0; i < shape.size() / 2; ++i) {
    const double angle = std::pow(shape.theta, -2.0 * static_cast<double>(i) / static_cast<double>(shape.size()));
    steps.push_back(std::llround(angle / (2 * std::numbers::pi) * 4294967296.0));
  }
  return steps;
}

struct Angles {
  ValueId cosines = ValueId::kNone, sines = ValueId::kNone;
};

class DecoderBuilder {
 public:
  DecoderBuilder(const DecoderShape& shape, const DecoderWeights& weights, const StreamOptions& stream)
      : shape_(shape), weights_(weights), stream_(stream) {}

  Result<ir::Graph> run() {
    graph_.name = "decoder";
    const ValueId tokens = graph_.add_input("tokens", {DType::kI32, Shape::of(stream_.block)});
    cache_ = graph_.add_input("cache", {DType::kI32, Shape::of(3)});
    if (!shape_.learned_positions) {
      TMC_ASSIGN(angles_, add_angles("position", 0));
    }
    if (stream_.sinks > 0) {
      TMC_ASSIGN(sink_angles_, add_angles("sink_position", stream_.window));
    }
    TMC_ASSIGN(const ValueId embedding, constant(Weight::kEmbedding));
    TMC_ASSIGN(ValueId x, graph_.append("embedded", ops::Lookup{}, {embedding, tokens}));
    if (shape_.learned_positions) {
      TMC_ASSIGN(x, add_positions(x));
    }
    for (int64_t layer = 0; layer < shape_.layers; ++layer) {
      layer_ = layer;
      TMC_ASSIGN(x, add_attention(x));
      TMC_ASSIGN(x, add_feed_forward(x));
    }
    TMC_ASSIGN(x, add_norm("final_norm", Weight::kFinalNorm, x));
    ValueId classifier = embedding;
    if (shape_.has_own_classifier) {
      TMC_ASSIGN(classifier, constant(Weight::kClassifier));
    }
    TMC_ASSIGN(const ValueId logits, graph_.append("logits", ops::FullyConnected{}, {x, classifier}));
    graph_.add_output(logits);
    for (size_t i = 0; i < caches_.size(); ++i) {
      graph_.states.push_back({.input = 2 + i, .output = 1 + i, .initial = empty_cache_});
      graph_.add_output(caches_[i]);
    }
    TMC_TRY(ir::verify(graph_));
    return std::move(graph_);
  }

 private:
  std::string named(const std::string& what) const { return fmt::format("layer{}.{}", layer_, what); }

  // Of this layer, where it has its own.
  Result<ValueId> constant(Weight weight, bool is_bias = false) {
    const DecoderTensor tensor{weight, is_of_each_layer(weight) ? layer_ : 0, is_bias};
    Shape shape = shape_of(tensor, shape_);
    TMC_TRY(budget_.take(static_cast<size_t>(shape.elements()) * sizeof(float)));
    TMC_ASSIGN(const std::vector<float> elements, weights_(tensor));
    // Text is no longer than the window.
    if (weight == Weight::kPositions) shape[0] = stream_.window;
    return graph_.add_constant(name_of(tensor), {DType::kF32, shape},
                               ir::TensorData::of(std::span(elements).first(static_cast<size_t>(shape.elements()))));
  }

  // What an operator reads: x, the weight, and the bias that goes with it.
  Result<std::vector<ValueId>> operands(Weight weight, ValueId x) {
    TMC_ASSIGN(const ValueId by, constant(weight));
    std::vector<ValueId> inputs = {x, by};
    if (!shape_.biased.contains(weight)) return inputs;
    TMC_ASSIGN(const ValueId bias, constant(weight, true));
    inputs.push_back(bias);
    return inputs;
  }

  Result<ValueId> add_norm(const std::string& name, Weight scale, ValueId x) {
    TMC_ASSIGN(const std::vector<ValueId> inputs, operands(scale, x));
    if (shape_.layer_norms) return graph_.append(name, ops::LayerNorm{.epsilon = shape_.epsilon}, inputs);
    return graph_.append(name, ops::RmsNorm{.epsilon = shape_.epsilon}, inputs);
  }

  Result<ValueId> add_product(Weight weight, ValueId x) {
    TMC_ASSIGN(const std::vector<ValueId> inputs, operands(weight, x));
    return graph_.append(named(name_of(weight)), ops::FullyConnected{}, inputs);
  }

  // The rows of a table for the positions of the tokens.
  Result<ValueId> add_positions(ValueId x) {
    TMC_ASSIGN(const ValueId table, constant(Weight::kPositions));
    ops::Slice first = ops::Slice::whole(Shape::of(3));
    first.read(0, 0, 1);
    TMC_ASSIGN(ValueId at, graph_.append("first_position", first, {cache_}));
    if (stream_.block > 1) {
      std::vector<int32_t> counted(static_cast<size_t>(stream_.block));
      std::iota(counted.begin(), counted.end(), 0);
      const ValueId tokens = graph_.add_constant("block", {DType::kI32, Shape::of(stream_.block)},
                                                 ir::TensorData::of(std::span<const int32_t>(counted)));
      TMC_ASSIGN(at, graph_.append("at_positions", ops::Add{}, {at, tokens}));
    }
    TMC_ASSIGN(const ValueId rows, graph_.append("position_rows", ops::Lookup{}, {table, at}));
    return graph_.append("placed", ops::Add{}, {x, rows});
  }

  Result<Angles> add_angles(const std::string& name, int64_t window) {
    Angles angles;
    ops::RotaryAngles op{.sine = false, .tokens = stream_.block, .window = window, .steps = rotary_steps(shape_)};
    TMC_ASSIGN(angles.cosines, graph_.append(name + "_cosines", op, {cache_}));
    op.sine = true;
    TMC_ASSIGN(angles.sines, graph_.append(name + "_sines", op, {cache_}));
    return angles;
  }

  Result<ValueId> add_turned(const std::string& name, ValueId x, int64_t heads, const Angles& angles) {
    if (shape_.learned_positions) return x;
    const int64_t width = heads * shape_.size();
    const ops::RotaryEmbedding op{.heads = static_cast<int32_t>(heads), .interleaved = shape_.interleaved};
    TMC_ASSIGN(const ValueId item, graph_.append(name + "_item", ops::Reshape{{1, stream_.block, width}}, {x}));
    TMC_ASSIGN(const ValueId turned, graph_.append(name, op, {item, angles.cosines, angles.sines}));
    return graph_.append(name + "_rows", ops::Reshape{{stream_.block, width}}, {turned});
  }

  // A state that begins empty.
  Result<ValueId> add_cache(const std::string& name) {
    const ops::TensorType type{DType::kF32, Shape::of(stream_.window, shape_.kv_width())};
    if (empty_cache_ == ValueId::kNone) {
      const auto bytes = static_cast<size_t>(type.shape.elements()) * sizeof(float);
      TMC_TRY(budget_.take(bytes));
      empty_cache_ = graph_.add_constant("empty_cache", type, ir::TensorData(std::vector<std::byte>(bytes)));
    }
    return graph_.add_input(named(name), type);
  }

  Result<ValueId> add_attention(ValueId x) {
    TMC_ASSIGN(const ValueId normal, add_norm(named("attention_norm"), Weight::kAttentionNorm, x));
    TMC_ASSIGN(const ValueId query, add_product(Weight::kQuery, normal));
    TMC_ASSIGN(const ValueId key, add_product(Weight::kKey, normal));
    TMC_ASSIGN(const ValueId value, add_product(Weight::kValue, normal));
    TMC_ASSIGN(const ValueId turned_query, add_turned(named("turned_query"), query, shape_.heads, angles_));
    TMC_ASSIGN(const ValueId turned_key, add_turned(named("turned_key"), key, shape_.kv_heads, angles_));
    TMC_ASSIGN(const ValueId keys, add_cache("keys"));
    TMC_ASSIGN(const ValueId values, add_cache("values"));
    ValueId queries = turned_query;
    if (stream_.sinks > 0) {
      TMC_ASSIGN(const ValueId of_sinks, add_turned(named("sink_query"), query, shape_.heads, sink_angles_));
      TMC_ASSIGN(queries, graph_.append(named("queries"), ops::Concat{.axis = 0}, {turned_query, of_sinks}));
    }
    const ops::CachedAttention op{.heads = static_cast<int32_t>(shape_.heads),
                                  .kv_heads = static_cast<int32_t>(shape_.kv_heads),
                                  .sinks = static_cast<int32_t>(stream_.sinks)};
    TMC_ASSIGN(const std::vector<ValueId> outputs,
               graph_.append_all(named("attention"), op, {queries, turned_key, value, keys, values, cache_},
                                 std::vector<Quantization>(3)));
    caches_.insert(caches_.end(), outputs.begin() + 1, outputs.end());
    TMC_ASSIGN(const ValueId projected, add_product(Weight::kProjection, outputs[0]));
    return graph_.append(named("attended"), ops::Add{}, {x, projected});
  }

  Result<ValueId> add_feed_forward(ValueId x) {
    TMC_ASSIGN(const ValueId normal, add_norm(named("feed_norm"), Weight::kFeedNorm, x));
    TMC_ASSIGN(const ValueId between, add_hidden(normal));
    TMC_ASSIGN(const ValueId down, add_product(Weight::kDown, between));
    return graph_.append(named("fed"), ops::Add{}, {x, down});
  }

  // What the layer that leads back to the token's vector reads.
  Result<ValueId> add_hidden(ValueId x) {
    if (shape_.feed != DecoderFeed::kGatedSilu) {
      TMC_ASSIGN(const ValueId up, add_product(Weight::kUp, x));
      return graph_.append(named("active"), ops::Gelu{.by_tanh = shape_.feed == DecoderFeed::kGeluByTanh}, {up});
    }
    TMC_ASSIGN(const ValueId gate, add_product(Weight::kGate, x));
    TMC_ASSIGN(const ValueId up, add_product(Weight::kUp, x));
    TMC_ASSIGN(const ValueId open, graph_.append(named("open"), ops::Silu{}, {gate}));
    return graph_.append(named("gated"), ops::Mul{}, {open, up});
  }

  const DecoderShape& shape_;
  const DecoderWeights& weights_;
  const StreamOptions stream_;
  ir::Graph graph_;
  ConstantBudget budget_;
  ValueId cache_ = ValueId::kNone, empty_cache_ = ValueId::kNone;
  Angles angles_, sink_angles_;
  std::vector<ValueId> caches_;  // the new ones
  int64_t layer_ = 0;
};

}  // namespace

StreamOptions StreamOptions::of(const ImportOptions& options) {
  const auto bound = [&](const char* name, int64_t otherwise) {
    const auto found = options.bounds.find(name);
    return found != options.bounds.end() ? found->second : otherwise;
  };
  return {.window = bound("window", 0), .sinks = bound("sinks", 0), .block = bound("block", 1)};
}

Status StreamOptions::check() const {
  if (window >= 1 && window <= kMostSlots && sinks >= 0 && sinks < window && block >= 1 && block <= window) return {};
  return error(Error::kBadUsage, "a window of {} tokens with {} sinks, and blocks of {}, do not go together", window,
               sinks, block)
      .with_hint("sinks are fewer than the window has tokens, and blocks no longer than it");
}

Status StreamOptions::check_learned(int64_t positions) const {
  if (sinks == 0 && window <= positions) return {};
  return error(Error::kBadUsage, "the model has learned {} positions, which a window of {} tokens with {} sinks passes",
               positions, window, sinks)
      .with_hint("give --window no larger than that, and no --sinks: the text ends with its window");
}

Result<ir::Graph> decoder_graph(const DecoderShape& shape, const DecoderWeights& weights, const StreamOptions& stream) {
  StreamOptions settled = stream;
  if (settled.window == 0) settled.window = shape.positions;
  TMC_TRY(settled.check());
  if (shape.learned_positions) TMC_TRY(settled.check_learned(shape.positions));
  return DecoderBuilder(shape, weights, settled).run();
}

}  // namespace tmc::frontend
