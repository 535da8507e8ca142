// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/model_file.hpp"

#include <algorithm>
#include <span>

#include "tmc/base/host/files.hpp"
#include "tmc/frontend/gguf/import_gguf.hpp"
#include "tmc/frontend/huggingface/import_huggingface.hpp"
#include "tmc/frontend/keras/import_keras.hpp"
#include "tmc/frontend/lightgbm/import_lightgbm.hpp"
#include "tmc/frontend/llama2c/import_llama2c.hpp"
#include "tmc/frontend/onnx/import_onnx.hpp"
#include "tmc/frontend/pytorch/apply_state_dict.hpp"
#include "tmc/frontend/savedmodel/import_savedmodel.hpp"
#include "tmc/frontend/tflite/import_tflite.hpp"
#include "tmc/frontend/xgboost/import_xgboost.hpp"

namespace tmc::frontend {
namespace {

namespace fs = std::filesystem;

// What all formats can count; a model for a microcontroller is a thousand times smaller.
constexpr uintmax_t kMaxFileBytes = INT32_MAX;

bool is_tflite(std::span<const std::byte> file) {
  constexpr std::string_view kMark = "TFL3";
  return file.size() >= 8 && std::ranges::equal(file.subspan(4, 4), std::as_bytes(std::span(kMark)));
}

// An ONNX file is a protobuf message without a mark of its own. It begins with the first field of ModelProto, which
// every exporter writes: ir_version, field 1, a varint of one byte.
bool is_onnx(std::span<const std::byte> file) {
  return file.size() >= 2 && file[0] == std::byte{0x08} && file[1] < std::byte{0x80};
}

// XGBoost's binary form of JSON begins with the brace too, and the length of a name behind it.
bool is_json(std::string_view file) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t brace = file.find_first_not_of(kSpace);
  if (brace == std::string_view::npos || file[brace] != '{') return false;
  const size_t next = file.find_first_not_of(kSpace, brace + 1);
  return next == std::string_view::npos || file[next] == '"' || file[next] == '}';
}

// What people take for a model, by its first bytes.
struct Impostor {
  std::string_view start, is, hint;
};
constexpr Impostor kImpostors[] = {
    {"version https://git-lfs", "it is a pointer of git-lfs, not the model itself", "fetch it with `git lfs pull`"},
    {"{", "it is XGBoost's binary form (UBJSON)", "save the model with Booster.save_model('model.json')"},
    {"binf", "it is a binary form of XGBoost's older releases", "save the model with Booster.save_model('model.json')"},
    {"[", "it is a list in JSON, as XGBoost's dump_model writes it, which lacks what makes predictions of sums",
     "save the model with Booster.save_model('model.json')"},
    {"<", "it is a web page or XML", "download the file itself: a repository's page has a link to it"},
    {"#", "it is source code", "give the file that it was made from"},
    {"//", "it is source code", "give the file that it was made from"},
    {"/*", "it is source code", "give the file that it was made from"},
    {"unsigned", "it is source code", "give the file that it was made from"},
    {"const", "it is source code", "give the file that it was made from"},
};

Status of_no_format(std::span<const std::byte> file) {
  constexpr std::string_view kHint =
      "give a .tflite, .onnx, .keras or .h5 file, the folder of a SavedModel or of a decoder (config.json, "
      "model.safetensors), a model of XGBoost (.json) or LightGBM (.txt), a checkpoint of llama2.c (.bin) or a decoder "
      "in GGUF";
  if (file.empty()) return error(Error::kMalformed, "the file is empty").with_hint(kHint);
  for (const Impostor& impostor : kImpostors) {
    const auto start = std::as_bytes(std::span(impostor.start));
    if (file.size() < start.size() || !std::ranges::equal(file.first(start.size()), start)) continue;
    return error(Error::kMalformed, "it is no model file of a known format: {}", impostor.is).with_hint(impostor.hint);
  }
  return error(Error::kMalformed, "it is no model file of a known format, or its start is damaged").with_hint(kHint);
}

// A SavedModel of TensorFlow, or the folder that holds it: a graph whose weights lie in files beside it.
bool is_saved_model(const fs::path& path) {
  constexpr const char* kGraph = "saved_model.pb";
  std::error_code failure;
  return path.filename() == kGraph || fs::exists(path / kGraph, failure);
}

Result<std::string> read_model_file(const fs::path& path) {
  std::error_code failure;
  if (const uintmax_t size = fs::file_size(path, failure); !failure && size > kMaxFileBytes) {
    return error(Error::kMalformed, "the file has {} bytes; a model may have {}", size, kMaxFileBytes);
  }
  return read_file(path);
}

// Of the folder that is the model, or in which it is.
fs::path folder_of(const fs::path& path) {
  std::error_code failure;
  return fs::is_directory(path, failure) ? path : path.parent_path();
}

ReadModelFile files_of(const fs::path& folder) {
  return [folder](const std::string& file) -> Result<std::string> {
    Result<std::string> content = read_model_file(folder / file);
    if (content.ok()) return content;
    return std::move(content).status().in_file((folder / file).string());
  };
}

#ifdef TMC_HAS_SAVEDMODEL
Result<ir::Graph> import_folder(const fs::path& path, const ImportOptions& options, Refusals& refusals) {
  return import_savedmodel(files_of(folder_of(path)), options, refusals);
}
#else
Result<ir::Graph> import_folder(const fs::path&, const ImportOptions&, Refusals&) {
  return error(Error::kMalformed, "it is a SavedModel of TensorFlow, which this program was built without")
      .with_hint("build with -DTMC_SAVEDMODEL=ON, or load and save the model as a .keras file");
}
#endif

Result<ir::Graph> import_file(const fs::path& path, const ImportOptions& options, Refusals& refusals) {
  if (is_saved_model(path)) return import_folder(path, options, refusals);
  if (const auto weights = huggingface_weights(path)) {
    return import_huggingface(*weights, files_of(weights->parent_path()), options);
  }
  TMC_ASSIGN(const std::string content, read_model_file(path));
  const auto file = std::as_bytes(std::span(content));
  if (is_gguf(file)) return import_gguf(file, options);
  if (is_llama2c(file)) return import_llama2c(file, options);
  if (is_tflite(file)) return import_tflite(file, options, refusals);
  const fs::path folder = path.parent_path();
  if (is_onnx(file)) return import_onnx(file, folder.empty() ? fs::path(".") : folder, options, refusals);
  if (is_keras(file)) return import_keras(file, options, refusals);
  if (is_lightgbm(content)) return import_lightgbm(content, options);
  if (is_json(content)) return import_xgboost(content, options);
#ifdef TMC_HAS_SAVEDMODEL
  if (is_frozen_graph(file)) return import_frozen_graph(file, options, refusals);
#endif
  return of_no_format(file);
}

Status apply_weights(const fs::path& path, ir::Graph& graph) {
  TMC_ASSIGN(const std::string content, read_file(path));
  TMC_ASSIGN(const auto state, pytorch::StateDict::parse(std::as_bytes(std::span(content))));
  return pytorch::apply_state_dict(graph, state);
}

Result<std::vector<fs::path>> model_files(const fs::path& path) {
  if (is_saved_model(path)) {
    const fs::path folder = folder_of(path);
    std::vector<fs::path> files = {folder / "saved_model.pb"};
    std::error_code failure;
    for (const auto& entry : fs::directory_iterator(folder / "variables", failure)) files.push_back(entry.path());
    std::ranges::sort(files.begin() + 1, files.end());
    return files;
  }
  const auto weights = huggingface_weights(path);
  if (!weights) return std::vector<fs::path>{path};
  TMC_ASSIGN(const auto names, huggingface_files(*weights, files_of(weights->parent_path())));
  std::vector<fs::path> files;
  for (const std::string& name : names) files.push_back(weights->parent_path() / name);
  return files;
}

}  // namespace

Result<ir::Graph> load_model(const fs::path& path, const ImportOptions& options) {
  Refusals refusals;
  TMC_ASSIGN(ir::Graph graph, load_model(path, options, refusals));
  TMC_TRY(refusals.status().in_file(path.string()));
  return graph;
}

Result<ir::Graph> load_model(const fs::path& path, const ImportOptions& options, Refusals& refusals) {
  Result<ir::Graph> graph = import_file(path, options, refusals);
  if (!graph.ok()) {
    const Error code = graph.status().code();
    return std::move(graph).status().in_file(path.string()).with_hint(usual_hint(code));
  }
  if (!refusals.empty()) return graph;
  if (!options.weights.empty()) TMC_TRY(apply_weights(options.weights, *graph).in_file(options.weights.string()));
  return graph;
}

Result<std::optional<PastPorts>> find_past(const fs::path& path, const ImportOptions& options) {
  if (is_saved_model(path)) return std::optional<PastPorts>();
  const Result<std::string> content = read_model_file(path);
  const bool may_have = content.ok() && is_onnx(std::as_bytes(std::span(*content))) &&
                        content->find("present") != std::string::npos && content->find("past") != std::string::npos;
  if (!may_have) return std::optional<PastPorts>();
  Result<std::optional<PastPorts>> ports = find_onnx_past(std::as_bytes(std::span(*content)), options);
  if (ports.ok()) return ports;
  // What is no ONNX file is refused where it is imported.
  if (ports.status().code() == Error::kMalformed) return std::optional<PastPorts>();
  return std::move(ports).status().in_file(path.string());
}

Result<std::string> model_bytes(const fs::path& path) {
  TMC_ASSIGN(const std::vector<fs::path> files, model_files(path));
  std::string bytes;
  for (const fs::path& file : files) {
    TMC_ASSIGN(const std::string content, read_file(file));
    bytes += content;
  }
  return bytes;
}

}  // namespace tmc::frontend
