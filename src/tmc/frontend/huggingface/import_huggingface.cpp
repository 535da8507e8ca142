// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/huggingface/import_huggingface.hpp"

#include <algorithm>
#include <fstream>
#include <list>

#include "tmc/base/host/json_reader.hpp"
#include "tmc/frontend/huggingface/architecture.hpp"
#include "tmc/frontend/huggingface/safetensors.hpp"

namespace tmc::frontend {
namespace {

using namespace huggingface;  // NOLINT(google-build-using-namespace): what this file puts together
namespace fs = std::filesystem;
using json::Value;

constexpr const char* kConfig = "config.json";
constexpr const char* kWeights = "model.safetensors";
constexpr std::string_view kIndexEnd = ".safetensors.index.json";

bool is_index(const fs::path& path) {
  return path.filename().string().ends_with(kIndexEnd);
}

// A file beside the others, whose name holds no way elsewhere.
bool is_plain_name(const std::string& name) {
  return !name.empty() && name != "." && name != ".." && name.find_first_of("/\\") == std::string::npos;
}

// Which file each tensor is in, as an index says.
Result<std::map<std::string, std::string>> files_by_tensor(const std::string& index) {
  TMC_ASSIGN(const Value value, json::parse(index));
  const auto* members = value["weight_map"].as<Value::Object>();
  if (members == nullptr || members->empty()) return error(Error::kMalformed, "it has no 'weight_map'");
  std::map<std::string, std::string> files;
  Reasons reasons;
  for (const auto& [tensor, file] : *members) {
    const auto* name = file.as<std::string>();
    if (name == nullptr || !is_plain_name(*name)) {
      reasons.add("tensor '{}' is in no file beside it", tensor);
    } else if (!files.emplace(tensor, *name).second) {
      reasons.add("tensor '{}' is there twice", tensor);
    }
  }
  TMC_TRY(reasons.status(Error::kMalformed));
  return files;
}

// The tensors of all files, and the contents, in which they lie.
class Checkpoint {
 public:
  Checkpoint(const fs::path& folder, const ReadModelFile& files) : folder_(folder), files_(files) {}

  Status read(const std::string& weights) {
    if (!is_index(weights)) return read_weights(weights);
    TMC_ASSIGN(const std::string index, files_(weights));
    auto by_tensor = files_by_tensor(index);
    if (!by_tensor.ok()) return std::move(by_tensor).status().in_file(in_folder(weights));
    std::set<std::string> names;
    for (const auto& [tensor, file] : *by_tensor) names.insert(file);
    for (const std::string& name : names) TMC_TRY(read_weights(name));
    Reasons reasons;
    for (const auto& [tensor, file] : *by_tensor) {
      const auto found = tensors.find(tensor);
      if (found == tensors.end() || found->second.file != file) reasons.add("tensor '{}' is not in {}", tensor, file);
    }
    return reasons.status(Error::kMalformed).in_file(in_folder(weights));
  }

  std::string in_folder(const std::string& name) const { return (folder_ / name).string(); }

  NamedTensors tensors;

 private:
  Status read_weights(const std::string& name) {
    TMC_ASSIGN(contents_.emplace_back(), files_(name));
    return read_safetensors(std::as_bytes(std::span(contents_.back())), name, tensors).in_file(in_folder(name));
  }

  fs::path folder_;
  const ReadModelFile& files_;
  std::list<std::string> contents_;  // which stay where they are
};

Result<const Architecture*> architecture_of(const Value& config) {
  const auto* type = config["model_type"].as<std::string>();
  const auto* named = config["architectures"].at(0).as<std::string>();
  if (named == nullptr && type == nullptr) {
    return error(Error::kMalformed, "it has neither 'architectures' nor 'model_type'");
  }
  for (const Architecture& one : architectures()) {
    if (named != nullptr ? *named == one.class_name : *type == one.model_type) return &one;
  }
  std::string known;
  for (const Architecture& one : architectures()) known += (known.empty() ? "" : ", ") + std::string(one.class_name);
  return error(Error::kUnsupportedOp, "the architecture '{}' is not supported", named != nullptr ? *named : *type)
      .with_hint("decoders are read of " + known);
}

struct Description {
  const Architecture* architecture;
  DecoderShape shape;
};
Result<Description> read_config(const std::string& file) {
  TMC_ASSIGN(const Value value, json::parse(file));
  if (value.as<Value::Object>() == nullptr) return error(Error::kMalformed, "it is no object");
  TMC_ASSIGN(const Architecture* architecture, architecture_of(value));
  Settings config(value);
  const DecoderShape shape = architecture->shape_of(config);
  TMC_TRY(config.status());
  TMC_TRY(check_decoder(shape));
  return Description{architecture, shape};
}

// Names with the prefix, where the file has it.
PlaceOf places_in(const NamedTensors& tensors, const Architecture& architecture) {
  const auto begins = [&](const auto& entry) { return entry.first.starts_with(architecture.prefix); };
  const std::string prefix(std::ranges::any_of(tensors, begins) ? architecture.prefix : "");
  return [prefix, place_of = architecture.place_of](const DecoderTensor& tensor) {
    TensorPlace place = place_of(tensor);
    if (tensor.weight != DecoderWeight::kClassifier) place.name = prefix + place.name;
    return place;
  };
}

}  // namespace

std::optional<fs::path> huggingface_weights(const fs::path& path) {
  std::error_code failure;
  if (fs::is_directory(path, failure)) {
    if (!fs::exists(path / kConfig, failure)) return std::nullopt;
    const fs::path whole = path / kWeights, index = path / ("model" + std::string(kIndexEnd));
    return !fs::exists(whole, failure) && fs::exists(index, failure) ? index : whole;
  }
  if (is_index(path)) return path;
  std::array<char, 9> start{};
  std::ifstream(path, std::ios::binary).read(start.data(), start.size());
  if (!is_safetensors(std::as_bytes(std::span(start)))) return std::nullopt;
  return path;
}

Result<ir::Graph> import_huggingface(const fs::path& weights, const ReadModelFile& files,
                                     const ImportOptions& options) {
  const fs::path folder = weights.parent_path();
  const std::string name = weights.filename().string();
  auto config = files(kConfig);
  if (!config.ok()) return std::move(config).status().with_hint("config.json has to lie beside the weights");
  auto description = read_config(*config);
  if (!description.ok()) return std::move(description).status().in_file((folder / kConfig).string());
  const auto& [architecture, shape] = *description;
  Checkpoint checkpoint(folder, files);
  TMC_TRY(checkpoint.read(name));
  const PlaceOf place_of = places_in(checkpoint.tensors, *architecture);
  Reasons reasons;
  check_tensors(checkpoint.tensors, shape, place_of, architecture->may_be_left, reasons);
  TMC_TRY(reasons.status(Error::kMalformed).in_file(checkpoint.in_folder(name)));
  return decoder_graph(shape, weights_of(checkpoint.tensors, shape, place_of), StreamOptions::of(options));
}

Result<std::vector<std::string>> huggingface_files(const fs::path& weights, const ReadModelFile& files) {
  const std::string name = weights.filename().string();
  std::set<std::string> names = {kConfig, name};
  if (is_index(weights)) {
    TMC_ASSIGN(const std::string index, files(name));
    TMC_ASSIGN(const auto by_tensor, files_by_tensor(index));
    for (const auto& [tensor, file] : by_tensor) names.insert(file);
  }
  return std::vector<std::string>(names.begin(), names.end());
}

}  // namespace tmc::frontend
