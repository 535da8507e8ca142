// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/measure/layers.hpp"

#include <algorithm>

#include "tmc/quant/integer_form.hpp"
#include "tmc/quant/measure/judge.hpp"

namespace tmc::quant {
namespace {

constexpr int kPictureBins = 64;

std::vector<uint64_t> picture(const Histogram& histogram) {
  std::vector<uint64_t> bins(kPictureBins);
  const double width = (histogram.max() - histogram.min()) / kPictureBins;
  for (int bin = 0; bin < Histogram::kBins; ++bin) {
    const uint64_t count = histogram.bins()[static_cast<size_t>(bin)];
    if (count == 0) continue;
    const double place = width > 0 ? (histogram.centre(bin) - histogram.min()) / width : 0;
    bins[static_cast<size_t>(std::clamp(place, 0.0, kPictureBins - 1.0))] += count;
  }
  return bins;
}

double saturated_share(const Histogram& histogram, const IntegerActivation& activation) {
  const Quantization& q = activation.quantization;
  const auto scale = static_cast<double>(q.scale());
  const double low = scale * (dtype_min(activation.dtype) - q.zero_point() - 0.5);
  const double high = scale * (dtype_max(activation.dtype) - q.zero_point() + 0.5);
  uint64_t beyond = 0;
  for (int bin = 0; bin < Histogram::kBins; ++bin) {
    // A bin at an end may reach beyond what was seen.
    const double value = std::clamp(histogram.centre(bin), histogram.min(), histogram.max());
    if (value < low || value > high) beyond += histogram.bins()[static_cast<size_t>(bin)];
  }
  return histogram.count() == 0 ? 0 : static_cast<double>(beyond) / static_cast<double>(histogram.count());
}

double weight_snr_db(const ir::Value& weights, const IntegerConstant& constant) {
  const std::vector<float> real = weights.data->to_vector<float>();
  std::vector<float> rounded(real.size());
  for (size_t i = 0; i < real.size(); ++i) {
    const size_t channel = channel_of(constant.quantization, i, real.size());
    rounded[i] = constant.quantization.scale(channel) *
                 static_cast<float>(constant.integers[i] - constant.quantization.zero_point(channel));
  }
  Noise noise;
  noise.add(real, rounded);
  return noise.snr_db();
}

// A layer's place in the two sessions, and the noise at its output.
struct Watched {
  size_t real, quantized;
  LayerReport* layer;
  Noise all, own;
};

// Of every tensor of `quantized` the one of `real` that it stands for.
std::vector<std::optional<size_t>> match(const Session& real, const Session& quantized) {
  std::vector<std::optional<size_t>> matches(quantized.tensors().size());
  for (size_t i = 0; i < real.tensors().size(); ++i) {
    if (real.tensors()[i].type.dtype != DType::kF32) continue;
    if (const auto place = find_tensor(quantized, real.tensors()[i].name)) matches[*place] = i;
  }
  return matches;
}

}  // namespace

std::vector<LayerReport> describe_layers(const ir::Graph& graph, const Plan& plan, const Statistics& statistics) {
  std::vector<LayerReport> layers;
  for (const ir::NodeId id : graph.order()) {
    const ir::Node& node = graph.node(id);
    const ir::Value& output = graph.value(node.outputs[0]);
    const auto seen = statistics.find(output.name);
    if (integer_form(node.op) == IntegerForm::kDataMovement || seen == statistics.end()) continue;
    LayerReport layer;
    layer.name = node.name;
    layer.op = node.op.name();
    layer.tensor = output.name;
    layer.macs = graph.macs(id);
    layer.integer = std::ranges::find(plan.nodes, id) != plan.nodes.end();
    layer.scheme = "float";
    layer.min = seen->second.min();
    layer.max = seen->second.max();
    layer.histogram = picture(seen->second);
    if (layer.integer) {
      const IntegerActivation& activation = plan.activations.at(node.outputs[0]);
      layer.quantization = activation.quantization;
      layer.dtype = activation.dtype;
      layer.saturated = saturated_share(seen->second, activation);
      Numbers numbers{.activations = activation.dtype};
      const IntegerForm form = integer_form(node.op);
      // Whatever bits its state is given with.
      if (form == IntegerForm::kRecurrent) numbers.activations = DType::kI8;
      if (form == IntegerForm::kLayer || form == IntegerForm::kRecurrent) {
        const IntegerConstant& weights = plan.constants.at(node.inputs[1]);
        layer.weight_snr_db = weight_snr_db(graph.value(node.inputs[1]), weights);
        numbers.weights = weights.form;
      }
      layer.scheme = to_string(numbers);
    }
    layers.push_back(std::move(layer));
  }
  return layers;
}

Status measure_layers(Session& real, Session& quantized, RowSource& rows, const std::vector<int64_t>& indices,
                      std::vector<LayerReport>& layers, const Progress& progress) {
  const auto matches = match(real, quantized);
  std::vector<Watched> watched;
  for (LayerReport& layer : layers) {
    const auto place = find_tensor(quantized, layer.tensor);
    if (place && matches[*place]) watched.push_back({*matches[*place], *place, &layer, {}, {}});
  }
  const auto note = [&](size_t at, const std::vector<float>& wanted, std::span<std::byte> bytes,
                        Noise Watched::*noise) {
    for (Watched& layer : watched) {
      if (layer.quantized == at) (layer.*noise).add(wanted, reals(quantized.tensors()[at], bytes));
    }
  };
  int64_t done = 0;
  for (const int64_t row : indices) {
    TMC_ASSIGN(const Row inputs, rows.read(row));
    std::vector<std::vector<float>> wanted(real.tensors().size());
    TMC_TRY(real.run(inputs,
                     [&](size_t at, std::span<std::byte> bytes) { wanted[at] = reals(real.tensors()[at], bytes); }));
    TMC_TRY(quantized.run(inputs, [&](size_t at, std::span<std::byte> bytes) {
      if (matches[at]) note(at, wanted[*matches[at]], bytes, &Watched::all);
    }));
    TMC_TRY(quantized.run(inputs, [&](size_t at, std::span<std::byte> bytes) {
      if (!matches[at]) return;
      note(at, wanted[*matches[at]], bytes, &Watched::own);
      store_reals(quantized.tensors()[at], wanted[*matches[at]], bytes);
    }));
    progress("measuring layers", ++done, static_cast<int64_t>(indices.size()));
  }
  for (const Watched& layer : watched) {
    layer.layer->snr_db = layer.all.snr_db();
    layer.layer->own_snr_db = layer.own.snr_db();
  }
  return {};
}

}  // namespace tmc::quant
