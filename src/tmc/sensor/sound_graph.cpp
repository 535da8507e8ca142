// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/sensor/sound_graph.hpp"

#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tmc/ir/verifier.hpp"
#include "tmc/ops/op/concat.hpp"
#include "tmc/ops/op/dequantize.hpp"
#include "tmc/ops/op/slice.hpp"
#include "tmc/ops/op/sound_bands.hpp"
#include "tmc/ops/op/sound_logs.hpp"
#include "tmc/preprocess/features.hpp"
#include "tmc/sensor/builder.hpp"
#include "tmc/sensor/pcan.hpp"
#include "tmc/sensor/sensor_graph.hpp"
#include "tmc/sensor/sound_constants.hpp"

namespace tmc::sensor {
namespace {

using preprocess::SoundSpec;

Status check_sound(const SoundSpec& spec, SoundInput input) {
  std::vector<std::string> wrong;
  if (spec.as_samples) wrong.emplace_back("'features: samples' makes none");
  if (spec.fft_points < 8) wrong.emplace_back("'fft_points' is below 8");
  if (!(std::abs(spec.pre_emphasis) <= 1)) wrong.emplace_back("'pre_emphasis' is not from -1 to 1");
  if (spec.normalize_peak && !spec.normalize_bands) {
    wrong.emplace_back("'normalize_peak' without 'normalize_bands', which makes up for any loudness");
  }
  const double most = spec.normalize_bands ? 1 : 1024;
  if (!(spec.floor >= 1e-9 && spec.floor <= most)) {
    wrong.push_back(fmt::format("'floor' is not from 1e-9 to {}", most));
  }
  if (spec.units == preprocess::Units::kElement) wrong.emplace_back("'units: element' is of elements of no scale");
  if (input == SoundInput::kFrames && (spec.normalize_peak || spec.normalize_bands)) {
    wrong.emplace_back("'normalize_bands' makes features of all frames anew when the loudest band is another");
  }
  if (input != SoundInput::kClip) {
    if (spec.stream_hops > spec.frames()) wrong.emplace_back("'stream_hops' are more frames than a clip has");
    if (spec.hop_samples > spec.window_samples) wrong.emplace_back("'hop_samples' leave samples out between windows");
  }
  if (wrong.empty()) return {};
  return error(Error::kBadUsage, "its features are not made of samples on the device: {}", fmt::join(wrong, "; "))
      .with_hint(
          "change these keys and train with what they give, or make the features yourself and leave the input's "
          "type");
}

template <typename T>
ValueId constant(ir::Graph& graph, const char* name, DType dtype, const Shape& shape, const std::vector<T>& values) {
  return graph.add_constant(name, {dtype, shape}, ir::TensorData::of(std::span<const T>(values)));
}

ValueId append_bands(Builder& builder, ValueId samples, const SoundSpec& spec, const SoundConstants& made,
                     bool has_past) {
  ir::Graph& graph = builder.graph();
  const ops::SoundBands op{.hop = static_cast<int32_t>(spec.hop_samples),
                           .length = static_cast<int32_t>(spec.fft_points),
                           .first_bin = made.first_bin,
                           .pre_emphasis = made.pre_emphasis,
                           .unit_bits = made.unit_bits,
                           .skip = has_past ? 1 : 0};
  return builder.add("bands", op,
                     {samples, constant(graph, "window", DType::kI16, Shape::of(made.window.size()), made.window),
                      constant(graph, "triangles", DType::kU16, Shape::of(made.weights.size()), made.weights),
                      constant(graph, "bins", DType::kI16, Shape::of(made.widths.size()), made.widths)});
}

ValueId append_features(Builder& builder, ValueId bands, const SoundSpec& spec, int32_t unit_bits) {
  ir::Graph& graph = builder.graph();
  const FeatureRows made = feature_rows(spec, unit_bits);
  const double silent = spec.normalize_peak ? 1 : std::ldexp(preprocess::kSilentBand, unit_bits);
  const ops::SoundLogs op{.normalize = spec.normalize_bands,
                          .silent = std::max(1, static_cast<int32_t>(std::lround(silent))),
                          .unit_bits = unit_bits,
                          .floor = spec.floor};
  const auto features = spec.features();
  const ValueId integers = builder.add(
      "integers", op,
      {bands,
       constant(graph, "weights", DType::kI16, Shape::of(features, std::ssize(made.weights) / features), made.weights),
       constant(graph, "rows", DType::kI32, Shape::of(features, 2), made.rows)});
  if (integers == ValueId::kNone) return integers;
  graph.value(integers).quantization = Quantization::per_tensor(made.scale, 0);
  return builder.add(kFeatures, ops::Dequantize{}, {integers});
}

// The last `count` along the first axis.
ValueId append_last(Builder& builder, const char* name, ValueId value, int64_t count) {
  if (value == ValueId::kNone) return value;
  ops::Slice slice = ops::Slice::whole(builder.shape(value));
  slice.read(0, builder.shape(value)[0] - count, count);
  return builder.add(name, std::move(slice), {value});
}

// What is new behind what a state holds of the past, which holds the last of both from then on.
struct Stream {
  Builder& builder;
  std::vector<ValueId> next;  // the states' outputs

  // A state that begins as zeros; its next value is to follow in `next`.
  ValueId state(const char* name, const ir::TensorType& type, const Quantization& quantization) {
    ir::Graph& graph = builder.graph();
    const ValueId before = graph.add_input(name, type, quantization);
    const std::vector<std::byte> zeros(static_cast<size_t>(type.shape.elements()) * dtype_bytes(type.dtype));
    const ValueId silence =
        graph.add_constant(std::string(name) + "_initial", type, ir::TensorData(zeros), quantization);
    graph.states.push_back({graph.inputs().size() - 1, 0, silence});
    return before;
  }

  ValueId append(const char* name, const Shape& past, ValueId added) {
    if (added == ValueId::kNone) return added;
    ir::Graph& graph = builder.graph();
    const ir::Value value = graph.value(added);
    const ValueId before = state(name, {value.type.dtype, past}, value.quantization);
    const ValueId all = builder.add("joined", ops::Concat{0}, {before, added});
    if (all == ValueId::kNone) return all;
    graph.value(all).quantization = value.quantization;
    next.push_back(append_last(builder, (std::string(name) + "_next").c_str(), all, past[0]));
    if (next.back() != ValueId::kNone) graph.value(next.back()).quantization = value.quantization;
    return all;
  }
};

// Bands without their noise, which is a state of a stream, and begins at none with every clip.
ValueId append_normalized(Stream& stream, ValueId bands, const SoundSpec& spec, const PcanConstants& made,
                          bool is_stream) {
  const ir::TensorType type{DType::kU32, Shape::of(spec.mel_bands)};
  const std::vector<uint32_t> none(static_cast<size_t>(spec.mel_bands), 0);
  const ValueId before = is_stream ? stream.state("past_noise", type, {})
                                   : constant(stream.builder.graph(), "no_noise", type.dtype, type.shape, none);
  const Normalized normalized = append_pcan(stream.builder, bands, before, *spec.pcan, made);
  if (is_stream) stream.next.push_back(normalized.noise);
  return normalized.bands;
}

}  // namespace

Result<ir::Graph> sound_graph(const SoundSpec& spec, SoundInput input) {
  TMC_TRY(check_sound(spec, input));
  ir::Graph graph;
  Builder builder(graph);
  const bool is_stream = input != SoundInput::kClip;
  const int64_t count = is_stream ? spec.stream_hops * spec.hop_samples : spec.samples;
  ValueId samples = graph.add_input(kSamples, {DType::kI16, Shape::of(count)}, Quantization::per_tensor(0x1p-15F, 0));
  Stream stream{builder, {}};
  // One more than frames overlap, for the pre-emphasis.
  if (is_stream) {
    samples = stream.append("past_samples", Shape::of(spec.window_samples - spec.hop_samples + 1), samples);
  }
  SoundConstants made = sound_constants(spec);
  ValueId bands = append_bands(builder, samples, spec, made, is_stream);
  if (spec.pcan) {
    TMC_ASSIGN(const PcanConstants of_pcan, pcan_constants(*spec.pcan, made.unit_bits));
    bands = append_normalized(stream, bands, spec, of_pcan, is_stream);
    made.unit_bits = preprocess::kPcanOutputBits;
  }
  const int64_t kept = spec.frames() - spec.stream_hops;
  if (input == SoundInput::kStream && kept > 0)
    bands = stream.append("past_bands", Shape::of(kept, spec.mel_bands), bands);
  const ValueId features = append_features(builder, bands, spec, made.unit_bits);
  TMC_TRY(builder.status());
  graph.rename(features, kFeatures);
  graph.add_output(features);
  for (size_t i = 0; i < stream.next.size(); ++i) {
    graph.states[i].output = graph.outputs().size();
    graph.add_output(stream.next[i]);
  }
  TMC_TRY(ir::verify(graph));
  return graph;
}

}  // namespace tmc::sensor
