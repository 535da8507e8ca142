// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Small Keras files for tests and fuzzers: whole models in HDF5, and archives.

#include <zip.h>

#ifdef TMC_HAS_HDF5
#include <hdf5.h>
#endif

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace tmc::frontend::keras {

// A sequential model of a Dense layer from three inputs to two, as text.
inline const char* const kSmallConfig = R"({"class_name": "Sequential", "config": {"name": "small", "layers": [
  {"class_name": "InputLayer", "config": {"batch_shape": [null, 3], "dtype": "float32", "name": "x"}},
  {"class_name": "Dense", "config": {"name": "dense", "units": 2, "use_bias": true, "activation": "relu"}}]}})";

inline constexpr std::array<float, 6> kKernel = {1, 2, 3, 4, 5, 6};
inline constexpr std::array<float, 2> kBias = {0.5F, -30};

#ifdef TMC_HAS_HDF5
inline void write_array(hid_t file, const std::string& path, std::vector<hsize_t> extents, const float* values) {
  const hid_t links = H5Pcreate(H5P_LINK_CREATE);
  H5Pset_create_intermediate_group(links, 1);
  const hid_t space = H5Screate_simple(static_cast<int>(extents.size()), extents.data(), nullptr);
  const hid_t array = H5Dcreate2(file, path.c_str(), H5T_IEEE_F32LE, space, links, H5P_DEFAULT, H5P_DEFAULT);
  H5Dwrite(array, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values);
  H5Dclose(array);
  H5Sclose(space);
  H5Pclose(links);
}

// Texts of equal length.
inline void write_texts(hid_t file, const std::string& path, const std::string& name,
                        const std::vector<std::string>& texts) {
  size_t longest = 1;
  for (const std::string& text : texts) longest = std::max(longest, text.size());
  std::string raw;
  for (std::string text : texts) {
    text.resize(longest, '\0');
    raw += text;
  }
  const hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, longest);
  H5Tset_strpad(type, H5T_STR_NULLPAD);
  const hsize_t count = texts.size();
  const hid_t space = H5Screate_simple(1, &count, nullptr);
  const hid_t attribute =
      H5Acreate_by_name(file, path.c_str(), name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
  H5Awrite(attribute, type, raw.data());
  H5Aclose(attribute);
  H5Sclose(space);
  H5Tclose(type);
}

inline std::string finished(hid_t file) {
  H5Fflush(file, H5F_SCOPE_GLOBAL);
  std::string image(static_cast<size_t>(H5Fget_file_image(file, nullptr, 0)), '\0');
  H5Fget_file_image(file, image.data(), image.size());
  H5Fclose(file);
  return image;
}

inline hid_t file_in_memory() {
  const hid_t access = H5Pcreate(H5P_FILE_ACCESS);
  constexpr size_t kGrowth = 1 << 12;
  H5Pset_fapl_core(access, kGrowth, /*backing_store=*/0);
  const hid_t file = H5Fcreate("small", H5F_ACC_TRUNC, H5P_DEFAULT, access);
  H5Pclose(access);
  return file;
}

inline std::string archive_weights() {
  const hid_t file = file_in_memory();
  write_array(file, "layers/dense/vars/0", {3, 2}, kKernel.data());
  write_array(file, "layers/dense/vars/1", {2}, kBias.data());
  return finished(file);
}
#else
inline std::string archive_weights() {
  return {};
}
#endif

#ifdef TMC_HAS_HDF5
// The weights of the small model and that configuration; empty where the program has no libhdf5.
inline std::string small_hdf5(const std::string& config) {
  const hid_t file = file_in_memory();
  write_array(file, "model_weights/dense/dense/kernel:0", {3, 2}, kKernel.data());
  write_array(file, "model_weights/dense/dense/bias:0", {2}, kBias.data());
  write_texts(file, "model_weights/dense", "weight_names", {"dense/kernel:0", "dense/bias:0"});
  // What is longer than an attribute in its header may be is cut off.
  constexpr size_t kMostBytes = 60'000;
  write_texts(file, ".", "model_config", {config.substr(0, kMostBytes)});
  write_texts(file, ".", "keras_version", {"2.15.0"});
  return finished(file);
}
#else
inline std::string small_hdf5(const std::string&) {
  return {};
}
#endif

// The same as an archive.
inline std::string small_archive(const std::string& config) {
  const std::string weights = archive_weights();
  constexpr size_t kMostBytes = 1 << 20;
  std::string archive(kMostBytes, '\0');
  zip_source_t* whole = zip_source_buffer_create(nullptr, 0, 0, nullptr);
  zip_source_keep(whole);
  zip_t* zip = zip_open_from_source(whole, ZIP_TRUNCATE, nullptr);
  for (const auto& [name, content] : {std::pair<const char*, const std::string*>{"config.json", &config},
                                      std::pair<const char*, const std::string*>{"model.weights.h5", &weights}}) {
    zip_file_add(zip, name, zip_source_buffer(zip, content->data(), content->size(), 0), 0);
  }
  zip_close(zip);
  zip_source_open(whole);
  const zip_int64_t bytes = zip_source_read(whole, archive.data(), archive.size());
  zip_source_close(whole);
  zip_source_free(whole);
  archive.resize(bytes > 0 ? static_cast<size_t>(bytes) : 0);
  return archive;
}

}  // namespace tmc::frontend::keras
