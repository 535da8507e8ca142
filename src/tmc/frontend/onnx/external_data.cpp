// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Tensor data that lie in files of their own, named by the model: the one place where a model file makes us open
// another.
#include <algorithm>
#include <fstream>
#include <optional>

#include "tmc/base/host/number.hpp"
#include "tmc/frontend/onnx/constant.hpp"

namespace tmc::frontend::onnx_format {
namespace {

namespace fs = std::filesystem;

struct Place {
  std::string location;
  uint64_t offset = 0;
  std::optional<uint64_t> length;
};

Result<uint64_t> read_number(const std::string& key, const std::string& text) {
  uint64_t value = 0;
  if (parse_number(text, value)) return value;
  return error(Error::kMalformed, "its external data have the {} '{}'", key, text);
}

Result<Place> read_place(const ::onnx::TensorProto& tensor) {
  Place place;
  for (const auto& entry : tensor.external_data()) {
    if (entry.key() == "location") place.location = entry.value();
    if (entry.key() == "offset") {
      TMC_ASSIGN(place.offset, read_number(entry.key(), entry.value()));
    }
    if (entry.key() == "length") {
      TMC_ASSIGN(place.length, read_number(entry.key(), entry.value()));
    }
  }
  if (place.location.empty()) return error(Error::kMalformed, "its external data name no file");
  return place;
}

// The file that `location` names, with all links followed, below `folder`.
Result<fs::path> resolve(const std::string& location, const fs::path& folder) {
  const fs::path relative(location);
  const bool climbs = std::ranges::find(relative, fs::path("..")) != relative.end();
  if (folder.empty() || location.find('\0') != std::string::npos || relative.has_root_path() || climbs) {
    return error(Error::kMalformed, "its external data '{}' lie outside the model's folder", location)
        .with_hint("put the data file beside the model and name it without a path");
  }
  std::error_code failure;
  const fs::path root = fs::canonical(folder, failure);
  const fs::path path = failure ? fs::path() : fs::canonical(root / relative, failure);
  if (failure || !fs::is_regular_file(path, failure)) {
    return error(Error::kNotFound, "the file of its external data, '{}', is not there", location)
        .with_hint("put the data file beside the model");
  }
  if (std::ranges::mismatch(root, path).in1 == root.end()) return path;
  return error(Error::kMalformed, "its external data '{}' are a link out of the model's folder", location);
}

}  // namespace

Result<std::vector<std::byte>> read_external_data(const ::onnx::TensorProto& tensor, const fs::path& folder,
                                                  size_t bytes) {
  TMC_ASSIGN(const Place place, read_place(tensor));
  TMC_ASSIGN(const fs::path path, resolve(place.location, folder));
  if (place.length.value_or(bytes) != bytes) {
    return error(Error::kMalformed, "it needs {} bytes of external data, the file says {}", bytes, *place.length);
  }
  std::error_code failure;
  const uint64_t size = fs::file_size(path, failure);
  if (failure || place.offset > size || bytes > size - place.offset) {
    return error(Error::kMalformed, "its {} bytes from byte {} lie outside '{}'", bytes, place.offset, place.location)
        .with_hint("copy the data file here again");
  }
  std::vector<std::byte> data(bytes);
  std::ifstream file(path, std::ios::binary);
  file.seekg(static_cast<std::streamoff>(place.offset));
  file.read(reinterpret_cast<char*>(data.data()), static_cast<std::streamsize>(bytes));
  if (file) return data;
  return error(Error::kIo, "its external data cannot be read from '{}'", place.location);
}

}  // namespace tmc::frontend::onnx_format
