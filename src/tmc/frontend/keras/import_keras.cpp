// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/import_keras.hpp"

#include <algorithm>
#include <string_view>

#include "tmc/frontend/keras/archive.hpp"
#include "tmc/frontend/keras/model_import.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend {
namespace {

using namespace keras;

constexpr size_t kMostConfigBytes = size_t{64} << 20;
constexpr size_t kMostWeightBytes = size_t{1} << 30;
constexpr int kNewestVersion = 3;

bool begins_with(std::span<const std::byte> file, std::string_view mark) {
  return file.size() >= mark.size() && std::ranges::equal(file.first(mark.size()), std::as_bytes(std::span(mark)));
}
bool is_archive(std::span<const std::byte> file) {
  return begins_with(file, std::string_view("PK\x03\x04"));
}

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Of a text like "3.15.1".
int version_of(std::string_view text) {
  return text.starts_with("1") || text.starts_with("2") ? 2 : kNewestVersion;
}

struct KerasFile {
  json::Value config;
  int version = kNewestVersion;
  Hdf5File weights;
  bool is_list;
};

Result<KerasFile> open_archive(std::span<const std::byte> file) {
  const auto entry = unpack(file, "config.json", kMostConfigBytes);
  if (!entry.ok()) {
    return error(Error::kMalformed, "it is a zip archive, but no Keras model: it has no 'config.json'")
        .with_hint("of PyTorch, export the model with torch.onnx.export; else unpack the archive");
  }
  TMC_ASSIGN(json::Value config, json::parse(text_of(*entry)));
  int version = kNewestVersion;
  if (const auto metadata = unpack(file, "metadata.json", kMostConfigBytes); metadata.ok()) {
    TMC_ASSIGN(const json::Value about, json::parse(text_of(*metadata)));
    TMC_ASSIGN(const std::string text, Config(about).text("keras_version", ""));
    version = version_of(text);
  }
  TMC_ASSIGN(const std::vector<std::byte> bytes, unpack(file, "model.weights.h5", kMostWeightBytes));
  TMC_ASSIGN(Hdf5File weights, Hdf5File::open(bytes));
  return KerasFile{std::move(config), version, std::move(weights), false};
}

Result<KerasFile> open_hdf5(std::span<const std::byte> file) {
  TMC_ASSIGN(Hdf5File weights, Hdf5File::open(file));
  TMC_ASSIGN(const std::vector<std::string> config, weights.texts(".", "model_config"));
  if (config.size() != 1) {
    return error(Error::kMalformed, "it is an HDF5 file without a model, of weights alone perhaps")
        .with_hint("save the whole model with keras.Model.save");
  }
  TMC_ASSIGN(json::Value parsed, json::parse(config.front()));
  TMC_ASSIGN(const std::vector<std::string> version, weights.texts(".", "keras_version"));
  return KerasFile{std::move(parsed), version.empty() ? 2 : version_of(version.front()), std::move(weights), true};
}

}  // namespace

bool is_keras(std::span<const std::byte> file) {
  return is_archive(file) || begins_with(file, std::string_view("\x89HDF\r\n\x1a\n"));
}

Result<ir::Graph> import_keras(std::span<const std::byte> bytes, const ImportOptions& options, Refusals& refusals) {
  TMC_ASSIGN(const KerasFile file, is_archive(bytes) ? open_archive(bytes) : open_hdf5(bytes));
  ir::Graph graph;
  graph.requantization = ir::Requantization::kOneRounding;
  const auto model = parse_model(file.config);
  if (!model.ok()) {
    if (!Refusals::is_refusal(model.status())) return model.status();
    refusals.add("", "the model", model.status());
    return graph;
  }
  ConstantBudget budget;
  const ModelWeights weights(file.weights, budget, file.is_list);
  TMC_TRY(ModelImport(weights, file.version, options, budget, graph, refusals).import(*model));
  if (refusals.empty()) TMC_TRY(ir::verify(graph));
  return graph;
}

}  // namespace tmc::frontend
