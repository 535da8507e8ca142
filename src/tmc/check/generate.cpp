// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/check/generate.hpp"

#include <algorithm>
#include <cstring>

#include "tmc/ops/op/cached_attention.hpp"
#include "tmc/ops/op/lookup.hpp"

namespace tmc::check {
namespace {

template <typename T>
std::vector<std::byte> bytes_of(std::span<const T> values) {
  const auto raw = std::as_bytes(values);
  return {raw.begin(), raw.end()};
}

// Slots of the caches; 0 where there are none.
int64_t window_of(const ir::Graph& graph) {
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    if (!node.op.is<ops::CachedAttention>()) continue;
    return graph.value(node.inputs[ops::CachedAttention::kKeyCache]).type.shape[0];
  }
  return 0;
}

// Whether a value is made of that input.
bool follows_from(const ir::Graph& graph, ir::ValueId value, ir::ValueId input) {
  if (value == input) return true;
  const ir::NodeId producer = graph.value(value).producer;
  if (producer == ir::NodeId::kNone) return false;
  const auto& inputs = graph.node(producer).inputs;
  return std::ranges::any_of(
      inputs, [&](ir::ValueId one) { return one != ir::ValueId::kNone && follows_from(graph, one, input); });
}

// Whether rows of a table are read by the place of a token: then the table ends where the caches do.
bool reads_by_position(const ir::Graph& graph) {
  return std::ranges::any_of(graph.order(), [&](ir::NodeId id) {
    const ir::Node& node = graph.node(id);
    return node.op.is<ops::Lookup>() && graph.value(node.inputs[0]).is_constant() &&
           follows_from(graph, node.inputs[1], graph.inputs()[1]);
  });
}

bool is_port(const program::Program& program, const std::vector<int32_t>& ports, size_t index, DType dtype,
             const Shape& shape) {
  if (index >= ports.size()) return false;
  const program::Tensor& tensor = program.tensors[static_cast<size_t>(ports[index])];
  return tensor.dtype == dtype && tensor.shape == shape;
}

}  // namespace

Result<DecoderSteps> DecoderSteps::create(const Compilation& compilation) {
  const program::Program& program = compilation.program;
  const int64_t window = window_of(compilation.graph);
  const bool takes_a_token = is_port(program, program.inputs, 0, DType::kI32, Shape::of(1)) &&
                             is_port(program, program.inputs, 1, DType::kI32, Shape::of(3)) &&
                             program.inputs.size() == 2 && program.outputs.size() == 1;
  if (window == 0 || !takes_a_token) {
    return error(Error::kBadUsage, "the model is no decoder that takes one token a step")
        .with_hint("give a decoder, as the folder of a LlamaForCausalLM or a checkpoint of llama2.c, without --block");
  }
  if (compilation.target.run.method != RunMethod::kInProcess) {
    return error(Error::kBadUsage, "text is generated in this process, not on '{}'", compilation.target.name)
        .with_hint("use --target host");
  }
  const program::Tensor& logits = program.tensors[static_cast<size_t>(program.outputs[0])];
  if (logits.dtype != DType::kF32) {
    return error(Error::kBadUsage, "its logits are {}", dtype_name(logits.dtype))
        .with_hint("leave its output in float");
  }
  TMC_ASSIGN(exec::Executor executor, exec::Executor::create(program));
  DecoderSteps steps(std::move(executor));
  steps.has_learned_positions_ = reads_by_position(compilation.graph);
  steps.window_ = static_cast<int32_t>(window);
  steps.vocabulary_ = static_cast<int32_t>(logits.shape.elements());
  return steps;
}

Result<std::vector<float>> DecoderSteps::step(int32_t token, const stream::CacheInput& place) {
  const int32_t numbers[] = {place.position, place.slot, place.filled};
  const std::vector<std::vector<std::byte>> inputs = {bytes_of(std::span<const int32_t>(&token, 1)),
                                                      bytes_of(std::span<const int32_t>(numbers))};
  TMC_ASSIGN(const auto outputs, executor_.run(inputs));
  std::vector<float> logits(static_cast<size_t>(vocabulary_));
  std::memcpy(logits.data(), outputs[0].data(), logits.size() * sizeof(float));
  return logits;
}

Status generate(DecoderSteps& decoder, const GenerateOptions& options,
                const std::function<Result<int32_t>(const std::vector<float>& logits)>& choose,
                const std::function<bool(int32_t previous, int32_t token)>& give) {
  stream::TokenStream text(options.spec);
  int32_t token = options.prompt.at(0);
  for (int64_t step = 0; step < options.steps; ++step) {
    stream::CacheInput place;
    const stream::StreamError refused = text.begin_block(1, place);
    if (refused == stream::StreamError::kWindowFull) {
      return error(Error::kBadUsage, "the window of {} tokens is full", options.spec.window)
          .with_hint("let it move on with --mode window or --sinks 4, or make it larger with --window");
    }
    if (refused != stream::StreamError::kOk) {
      return error(Error::kBadUsage, "a window of {} tokens with {} sinks is none", options.spec.window,
                   options.spec.sinks);
    }
    TMC_ASSIGN(const std::vector<float> logits, decoder.step(token, place));
    text.end_block();
    const auto next = static_cast<size_t>(step) + 1;
    int32_t following = 0;
    if (next < options.prompt.size()) {
      following = options.prompt[next];
    } else {
      TMC_ASSIGN(following, choose(logits));
    }
    const bool ends = std::ranges::find(options.end_tokens, following) != options.end_tokens.end();
    if (ends || !give(token, following)) return {};
    token = following;
  }
  return {};
}

}  // namespace tmc::check
