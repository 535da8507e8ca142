// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/data/calibration_data.hpp"

#include <algorithm>

#include "tmc/base/host/stored_array.hpp"
#include "tmc/data/input_files.hpp"
#include "tmc/data/sample_data.hpp"

namespace tmc::data {
namespace {

namespace fs = std::filesystem;
using quant::Row;

struct Input {
  std::string name;
  ops::TensorType type;
  Quantization quantization;
};

class Files : public quant::RowSource {
 public:
  Files(std::vector<fs::path> paths, const ir::Graph& graph, std::optional<preprocess::Spec> spec)
      : paths_(std::move(paths)), spec_(std::move(spec)) {
    for (const ir::ValueId id : graph.inputs()) {
      const ir::Value& value = graph.value(id);
      inputs_.push_back({value.name, value.type, value.quantization});
    }
  }

  Status scan() {
    for (size_t file = 0; file < paths_.size(); ++file) {
      TMC_TRY(load(file));
      ends_.push_back(size() + loaded_rows_);
    }
    return {};
  }

  int64_t size() const override { return ends_.empty() ? 0 : ends_.back(); }

  Result<Row> read(int64_t index) override {
    const auto file = static_cast<size_t>(std::ranges::upper_bound(ends_, index) - ends_.begin());
    TMC_TRY(load(file));
    const int64_t within = index - (file == 0 ? 0 : ends_[file - 1]);
    Row row;
    for (const Input& input : inputs_) {
      const int64_t elements = input.type.shape.elements();
      auto bytes = arrays_.at(input.name).read(within * elements, elements);
      if (!bytes.ok()) return std::move(bytes).status().at_node(input.name).in_file(paths_[file].string());
      row.push_back(std::move(bytes).value());
    }
    return row;
  }

 private:
  Status load(size_t file) {
    if (loaded_file_ == file) return {};
    arrays_.clear();
    Status status = load_arrays(paths_[file]);
    if (!status.ok()) return std::move(status).in_file(paths_[file].string());
    loaded_file_ = file;
    return {};
  }

  Status load_arrays(const fs::path& path) {
    if (path.extension() == ".npz") {
      TMC_ASSIGN(arrays_, open_npz(path));
    } else if (const Input& input = inputs_.front(); path.extension() == ".npy") {
      TMC_ASSIGN(StoredArray array, open_npy(path));
      arrays_.insert_or_assign(input.name, std::move(array));
    } else {
      const program::Tensor tensor{input.name, input.type.dtype, input.type.shape, input.quantization};
      TMC_ASSIGN(NpyArray sample, load_sample(path, tensor, spec_ ? &*spec_ : nullptr));
      arrays_.insert_or_assign(input.name, StoredArray(std::move(sample)));
    }
    if (inputs_.size() == 1 && arrays_.size() == 1 && !arrays_.contains(inputs_.front().name)) {
      auto only = arrays_.extract(arrays_.begin());
      only.key() = inputs_.front().name;
      arrays_.insert(std::move(only));
    }
    loaded_rows_ = -1;
    for (const Input& input : inputs_) {
      const auto array = arrays_.find(input.name);
      if (array == arrays_.end()) {
        return error(Error::kBadInput, "holds no array for the input '{}'", input.name)
            .with_hint(fmt::format("save the rows with numpy.savez(FILE, **{{'{}': rows}})", input.name));
      }
      const ops::TensorType held{array->second.dtype(), array->second.shape()};
      TMC_ASSIGN(const int64_t rows, count_samples(input.name, input.type, held));
      if (loaded_rows_ >= 0 && rows != loaded_rows_) {
        return error(Error::kBadInput, "input '{}' has {} rows, others have {}", input.name, rows, loaded_rows_)
            .with_hint("give every input as many rows");
      }
      loaded_rows_ = rows;
    }
    return {};
  }

  std::vector<fs::path> paths_;
  std::optional<preprocess::Spec> spec_;
  std::vector<Input> inputs_;
  std::vector<int64_t> ends_;  // rows up to and with each file
  size_t loaded_file_ = SIZE_MAX;
  int64_t loaded_rows_ = 0;
  std::map<std::string, StoredArray> arrays_;
};

bool is_rows(const fs::path& file) {
  return file.extension() == ".npy" || file.extension() == ".npz" || is_recording(file);
}

Result<std::vector<fs::path>> find_files(const fs::path& path) {
  std::error_code failure;
  if (!fs::exists(path, failure)) return error(Error::kNotFound, "no such file or folder").in_file(path.string());
  if (!fs::is_directory(path, failure)) return std::vector{path};
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(path, failure)) {
    if (is_rows(entry.path())) found.push_back(entry.path());
  }
  if (found.empty()) {
    return error(Error::kBadInput, "the folder holds no .npy, .npz, picture or sound")
        .in_file(path.string())
        .with_hint("save one array a row, or rows stacked along a new first axis; or .png, .jpg or .wav files");
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

Result<std::unique_ptr<quant::RowSource>> open_rows(const fs::path& path, const ir::Graph& graph,
                                                    const std::optional<preprocess::Spec>& spec) {
  TMC_ASSIGN(std::vector<fs::path> paths, find_files(path));
  for (const fs::path& file : paths) {
    if (!is_rows(file)) {
      return error(Error::kBadUsage, "not a .npz, a .npy, a picture, a sound or a folder of such")
          .in_file(file.string());
    }
    if (file.extension() != ".npz" && graph.inputs().size() != 1) {
      return error(Error::kBadUsage, "the model has {} inputs, a {} holds one", graph.inputs().size(),
                   file.extension().string())
          .in_file(file.string())
          .with_hint("save an .npz with one array for each input");
    }
  }
  auto files = std::make_unique<Files>(std::move(paths), graph, spec);
  TMC_TRY(files->scan());
  return std::unique_ptr<quant::RowSource>(std::move(files));
}

}  // namespace tmc::data
