// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Writes what the fuzzers begin with: write_seeds FOLDER makes
// FOLDER/{tflite,onnx,npy,npz,input,pytorch,keras,savedmodel,custom,table,xgboost,lightgbm,llama2c,gguf,huggingface,tokenizer,image}/NAME
// from the models that the unit tests build.
#include <filesystem>
#include <iostream>

#include "tmc/backend/image/write.hpp"
#include "tmc/base/host/files.hpp"
#include "tmc/base/host/npy.hpp"
#include "tmc/frontend/gguf/testing/small_gguf.hpp"
#include "tmc/frontend/huggingface/testing/small_model.hpp"
#include "tmc/frontend/keras/testing/keras_files.hpp"
#include "tmc/frontend/lightgbm/testing/small_booster.hpp"
#include "tmc/frontend/llama2c/testing/small_checkpoint.hpp"
#include "tmc/frontend/onnx/testing/op_cases.hpp"
#include "tmc/frontend/pytorch/testing/state_dict_builder.hpp"
#ifdef TMC_HAS_SAVEDMODEL
#include "tmc/frontend/savedmodel/testing/op_cases.hpp"
#endif
#include "tmc/frontend/tflite/testing/op_cases.hpp"
#include "tmc/frontend/xgboost/testing/small_booster.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/preprocess/testing/small_files.hpp"
#include "tmc/stream/testing/tokenizer_files.hpp"

namespace tmc {
namespace {

namespace fs = std::filesystem;

Status write_seed(const fs::path& folder, const std::string& name, std::string_view content) {
  std::error_code failure;
  const fs::path file = folder / name;  // the name of an operator may have a folder: ml/Scaler
  fs::create_directories(file.parent_path(), failure);
  return write_file(file, content);
}

Status write_seed(const fs::path& folder, const std::string& name, std::span<const std::byte> bytes) {
  return write_seed(folder, name, std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

Status write_tflite(const fs::path& folder) {
  namespace tflite = frontend::tflite;
  TMC_TRY(write_seed(folder, "small_network", tflite::small_network().bytes()));
  for (const tflite::op_cases::Case& one : tflite::op_cases::kOpCases) {
    tflite::ModelBuilder model;
    one.build(model);
    TMC_TRY(write_seed(folder, one.importer, model.bytes()));
  }
  return {};
}

Status write_onnx(const fs::path& folder) {
  namespace onnx_format = frontend::onnx_format;
  TMC_TRY(write_seed(folder, "small_network", onnx_format::small_network().bytes()));
  for (const onnx_format::op_cases::Case& one : onnx_format::op_cases::kOpCases) {
    onnx_format::ModelBuilder model(one.opset);
    one.build(model);
    model.output("y");
    TMC_TRY(write_seed(folder, one.importer, model.bytes()));
  }
  return {};
}

Status write_npy(const fs::path& folder) {
  for (const DType dtype : {DType::kF32, DType::kI8, DType::kU8, DType::kI16, DType::kI32, DType::kI64, DType::kBool}) {
    const NpyArray array{dtype, Shape::of(2, 3), std::vector<std::byte>(size_t{6} * dtype_bytes(dtype))};
    TMC_TRY(write_seed(folder, dtype_name(dtype), to_npy(array)));
  }
  return write_seed(folder, "scalar", to_npy({DType::kF32, {}, std::vector<std::byte>(4)}));
}

Status write_npz(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder, failure);
  const NpyArray array{DType::kF32, Shape::of(2, 3), std::vector<std::byte>(24)};
  return save_npz(folder / "two", {{"x", array}, {"y", array}});
}

Status write_input(const fs::path& folder) {
  namespace testing = preprocess::testing;
  TMC_TRY(write_seed(folder, "png", testing::png_of(2, 3, std::vector<uint8_t>(18, 7))));
  TMC_TRY(write_seed(folder, "wav", testing::wav_of(2, {1, -2, 300, -400})));
  TMC_TRY(write_seed(folder, "image_yaml", std::string_view("labels: [a, b]\nimage: {color: gray, scale: 2}\n")));
  TMC_TRY(write_seed(folder, "sensor_yaml", std::string_view(R"(sensor:
  channels: [x, y]
  sample_rate_hz: 100
  window_samples: 64
  element: int16
  element_scale: 0.01
  steps: [remove_mean, detrend, {scale: [1, 2]}, {fir: [0.5, 0.5]}, {iir: [[1, 0, 0, 1, -0.5, 0]]}, {decimate: 2},
          {butterworth: {kind: band, order: 2, cutoff_hz: [2, 9]}}]
  features:
    - rms
    - band_power: {bands: [[0, 5], [5, 20]], window: hann, segment: 16, overlap: 8, logarithm: true}
    - spectrum: {low_hz: 2, high_hz: 9, fft_points: 32}
    - spectral_peaks: {count: 2, remove_mean: false}
    - wavelet: {name: db2, levels: 2, mode: symmetric, statistics: [energy, deviation]}
anomaly:
  kind: kmeans
  features: [x_rms, y_rms]
  centroids: [[0, 1], [2, 3]]
  radii: [1, 2]
  mean: [0, 1]
  deviation: [1, 2]
  threshold: 3
)")));
  for (const char* covariances : {"full\n  covariances: [[[2, 1], [1, 2]]]", "tied\n  covariances: [[2, 1], [1, 2]]",
                                  "diag\n  covariances: [[2, 1]]", "spherical\n  covariances: [2]"}) {
    TMC_TRY(write_seed(folder, fmt::format("mixture_{}_yaml", std::string_view(covariances, 4)),
                       std::string_view(fmt::format("anomaly:\n  kind: gaussian_mixture\n  weights: [1]\n  means: "
                                                    "[[0, 1]]\n  covariance_type: {}\n",
                                                    covariances))));
  }
  return write_seed(folder, "sound_yaml",
                    std::string_view("sound:\n  mel_bands: 4\n  coefficients: 2\n  mean: [1, 2]\n"));
}

Status write_pytorch(const fs::path& folder) {
  namespace pytorch = frontend::pytorch;
  TMC_TRY(write_seed(folder, "file", std::string_view(pytorch::small_state_file())));
  return write_seed(folder, "pickle", std::string_view(pytorch::small_state_pickle().end()));
}

Status write_keras(const fs::path& folder) {
  namespace keras = frontend::keras;
  TMC_TRY(write_seed(folder, "config", std::string_view(keras::kSmallConfig)));
  TMC_TRY(write_seed(folder, "archive", std::string_view(keras::small_archive(keras::kSmallConfig))));
  return write_seed(folder, "hdf5", std::string_view(keras::small_hdf5(keras::kSmallConfig)));
}

#ifdef TMC_HAS_SAVEDMODEL
Status write_savedmodel(const fs::path& folder) {
  namespace savedmodel = frontend::savedmodel;
  const savedmodel::ModelFiles files = savedmodel::files_of(savedmodel::small_model());
  TMC_TRY(write_seed(folder, "files", std::string_view(savedmodel::packed(files))));
  for (const savedmodel::OpCase& one : savedmodel::op_cases()) {
    savedmodel::CaseGraph built;
    one.build(built);
    TMC_TRY(write_seed(folder, one.op, std::string_view(built.graph.SerializeAsString())));
  }
  const std::string entry = savedmodel::small_entry(files.data).SerializeAsString();
  return write_seed(folder, "entry", std::string_view(savedmodel::packed({files.graph, entry, ""})));
}
#else
Status write_savedmodel(const fs::path&) {
  return {};
}
#endif

Status write_custom(const fs::path& folder) {
  return write_seed(folder, "filter", std::string_view(R"(operators:
  - name: filter
    onnx: com.example:Filter
    inputs: [{name: x, dtype: i8, shape: [n, h]}]
    outputs: [{name: y, dtype: f32, shape: [n // taps + 1, max(h, 2)]}]
    attributes: [{name: taps, type: int, default: 2}, {name: b, type: float, count: 2}]
    header: filter.hpp
    function: dsp::filter
    arguments: [x, y, n * h, taps, b, x.scale, scratch]
    scratch: 4 * n
)"));
}

Status write_table(const fs::path& folder) {
  TMC_TRY(write_seed(folder, "csv", std::string_view("a,\"b, \"\"c\"\"\"\r\n1,\"2\n\"\r\n,-3e5\r\n")));
  TMC_TRY(write_seed(folder, "list", std::string_view(R"([{"a": 1, "b": null}, {"b": 2.5, "a": true}])")));
  return write_seed(folder, "lines", std::string_view("{\"a\": 1}\n{\"a\": null}\n"));
}

Status write_gguf(const fs::path& folder) {
  for (const char* kind : {"llama", "gpt2"}) {
    for (const uint32_t type : {0U, 8U}) {
      frontend::gguf::GgufBytes file = frontend::gguf::small_decoder(kind, type);
      frontend::gguf::add_tokenizer(file, kind);
      TMC_TRY(write_seed(folder, fmt::format("{}_{}", kind, type), std::string_view(file.file())));
    }
  }
  return {};
}

Status write_huggingface(const fs::path& folder) {
  namespace huggingface = frontend::huggingface;
  const std::string llama = huggingface::safetensors_of(huggingface::llama_tensors());
  const std::string gpt2 = huggingface::safetensors_of(huggingface::gpt2_tensors());
  TMC_TRY(write_seed(folder, "llama", std::string_view(huggingface::packed(huggingface::kLlamaConfig, llama))));
  TMC_TRY(write_seed(folder, "gpt2", std::string_view(huggingface::packed(huggingface::kGpt2Config, gpt2))));
  std::string map;
  for (const auto& tensor : huggingface::llama_tensors()) {
    map += (map.empty() ? "\"" : ", \"") + tensor.name + "\": \"a.safetensors\"";
  }
  return write_seed(folder, "index", std::string_view("{\"weight_map\": {" + map + "}}"));
}

Status write_tokenizer(const fs::path& folder) {
  namespace testing = stream::testing;
  TMC_TRY(write_seed(folder, "gpt2", std::string_view(testing::huggingface_tokenizer_file(true))));
  TMC_TRY(write_seed(folder, "llama", std::string_view(testing::huggingface_tokenizer_file(false))));
  return write_seed(folder, "llama2c",
                    std::string_view(testing::llama2c_tokenizer_file({{" ", 0}, {"a", -1}, {" a", -2}})));
}

// Images of the models that were written to `models` and compile: most kernels of the host.
Status write_image(const fs::path& folder, const fs::path& models) {
  TMC_ASSIGN(const Target host, load_target("host"));
  for (const auto& entry : fs::recursive_directory_iterator(models)) {
    if (!entry.is_regular_file()) continue;
    const auto compiled = pipeline::compile(entry.path(), host, {});
    if (!compiled.ok()) continue;
    const auto image = backend::image::write(compiled->program);
    if (image.ok()) TMC_TRY(write_seed(folder, entry.path().filename(), std::span<const std::byte>(*image)));
  }
  return {};
}

Status write_all(const fs::path& folder) {
  TMC_TRY(write_tflite(folder / "tflite"));
  TMC_TRY(write_onnx(folder / "onnx"));
  TMC_TRY(write_image(folder / "image", folder / "tflite"));
  TMC_TRY(write_image(folder / "image", folder / "onnx"));
  TMC_TRY(write_npy(folder / "npy"));
  TMC_TRY(write_npz(folder / "npz"));
  TMC_TRY(write_pytorch(folder / "pytorch"));
  TMC_TRY(write_keras(folder / "keras"));
  TMC_TRY(write_savedmodel(folder / "savedmodel"));
  TMC_TRY(write_custom(folder / "custom"));
  TMC_TRY(write_table(folder / "table"));
  TMC_TRY(write_seed(folder / "xgboost", "dart", frontend::xgboost::kSmallBooster));
  TMC_TRY(write_seed(folder / "lightgbm", "binary", frontend::lightgbm::kSmallBooster));
  for (const int32_t version : {0, 1, 2}) {
    TMC_TRY(write_seed(folder / "llama2c", fmt::format("version{}", version),
                       std::span<const std::byte>(frontend::llama2c::small_checkpoint(version))));
  }
  TMC_TRY(write_gguf(folder / "gguf"));
  TMC_TRY(write_huggingface(folder / "huggingface"));
  TMC_TRY(write_tokenizer(folder / "tokenizer"));
  return write_input(folder / "input");
}

}  // namespace
}  // namespace tmc

int main(int argc, char** argv) {
  const tmc::Status status =
      argc == 2 ? tmc::write_all(argv[1]) : tmc::Status(tmc::Error::kBadUsage, "write_seeds FOLDER");
  if (!status.ok()) std::cerr << status.text() << "\n";
  return tmc::exit_code(status.code());
}
