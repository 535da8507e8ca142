// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/keras/hdf5_file.hpp"

#ifdef TMC_HAS_HDF5
#include <fmt/ranges.h>
#include <hdf5.h>

#include <algorithm>

namespace tmc::frontend::keras {

// What the library numbers, which is given back.
class Hdf5Handle {
 public:
  Hdf5Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
  Hdf5Handle(const Hdf5Handle&) = delete;
  Hdf5Handle& operator=(const Hdf5Handle&) = delete;
  ~Hdf5Handle() {
    if (ok()) close_(id_);
  }
  bool ok() const { return id_ >= 0; }
  hid_t get() const { return id_; }

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

namespace {

constexpr hsize_t kMostTexts = 100'000;
constexpr size_t kMostTextBytes = size_t{1} << 28;

Status damaged(const std::string& path) {
  return error(Error::kMalformed, "'{}' of the weights is damaged or missing", path);
}

// Whether every step of the path is a thing of this file, not a name for something elsewhere.
bool is_within(hid_t file, const std::string& path) {
  for (size_t end = path.find('/');; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    H5L_info_t info;
    if (part.empty() || H5Lexists(file, part.c_str(), H5P_DEFAULT) <= 0) return false;
    if (H5Lget_info(file, part.c_str(), &info, H5P_DEFAULT) < 0 || info.type != H5L_TYPE_HARD) return false;
    if (end == std::string::npos) return true;
  }
}

Result<Shape> shape_of(hid_t space, const std::string& path) {
  hsize_t extents[H5S_MAX_RANK];
  const int rank = H5Sget_simple_extent_ndims(space);
  if (rank < 0 || rank > Shape::kMaxRank || H5Sget_simple_extent_dims(space, extents, nullptr) < 0)
    return damaged(path);
  Shape shape;
  for (int i = 0; i < rank; ++i) {
    if (extents[i] > INT32_MAX) return damaged(path);
    shape.push_back(static_cast<int64_t>(extents[i]));
  }
  return shape;
}

Status check_storage(hid_t dataset, const std::string& path) {
  const Hdf5Handle how(H5Dget_create_plist(dataset), H5Pclose);
  if (!how.ok()) return damaged(path);
  const H5D_layout_t layout = H5Pget_layout(how.get());
  const bool is_whole = layout == H5D_CONTIGUOUS || layout == H5D_COMPACT;
  if (is_whole && H5Pget_nfilters(how.get()) == 0 && H5Pget_external_count(how.get()) == 0) return {};
  return error(Error::kUnsupportedType, "'{}' of the weights is compressed, in parts, or in another file", path)
      .with_hint("save the model again with keras.Model.save");
}

// A text of fixed length ends with its first zero.
void append_fixed(std::span<const char> raw, size_t bytes, std::vector<std::string>& texts) {
  for (; raw.size() >= bytes && bytes > 0; raw = raw.subspan(bytes)) {
    const auto end = std::find(raw.begin(), raw.begin() + static_cast<std::ptrdiff_t>(bytes), '\0');
    texts.emplace_back(raw.begin(), end);
  }
}

Result<std::vector<std::string>> read_texts(hid_t attribute, const std::string& path) {
  const Hdf5Handle type(H5Aget_type(attribute), H5Tclose);
  const Hdf5Handle space(H5Aget_space(attribute), H5Sclose);
  if (!type.ok() || !space.ok()) return damaged(path);
  const hssize_t count = H5Sget_simple_extent_npoints(space.get());
  std::vector<std::string> texts;
  if (count == 0) return texts;  // an empty list is one of numbers
  if (count < 0 || static_cast<hsize_t>(count) > kMostTexts || H5Tget_class(type.get()) != H5T_STRING) {
    return damaged(path);
  }
  const auto size = static_cast<size_t>(count);
  if (H5Tis_variable_str(type.get()) > 0) {
    std::vector<char*> pointers(size, nullptr);
    if (H5Aread(attribute, type.get(), pointers.data()) < 0) return damaged(path);
    for (const char* text : pointers) texts.emplace_back(text == nullptr ? "" : text);
    H5Dvlen_reclaim(type.get(), space.get(), H5P_DEFAULT, pointers.data());
    return texts;
  }
  const size_t bytes = H5Tget_size(type.get());
  if (bytes == 0 || bytes > kMostTextBytes / size) return damaged(path);
  std::vector<char> raw(size * bytes);
  if (H5Aread(attribute, type.get(), raw.data()) < 0) return damaged(path);
  append_fixed(raw, bytes, texts);
  return texts;
}

}  // namespace

struct Hdf5File::Library {
  explicit Library(hid_t id) : file(id, H5Fclose) {}
  Hdf5Handle file;
};

Result<Hdf5File> Hdf5File::open(std::span<const std::byte> bytes) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // errors are told by results, not on the terminal
  const Hdf5Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
  constexpr size_t kGrowth = 1 << 16;
  std::vector<std::byte> copy(bytes.begin(), bytes.end());
  if (!access.ok() || H5Pset_fapl_core(access.get(), kGrowth, /*backing_store=*/false) < 0 ||
      H5Pset_file_image(access.get(), copy.data(), copy.size()) < 0) {
    return error(Error::kInternal, "libhdf5 cannot read from memory");
  }
  auto library = std::make_shared<const Library>(H5Fopen("weights", H5F_ACC_RDONLY, access.get()));
  if (!library->file.ok()) return error(Error::kMalformed, "its weights are no HDF5 file, or a damaged one");
  return Hdf5File(std::move(library));
}

bool Hdf5File::has(const std::string& path) const {
  return is_within(library_->file.get(), path);
}

Result<std::vector<float>> Hdf5File::floats(const std::string& path, const Shape& shape, ConstantBudget& budget) const {
  if (!has(path)) return damaged(path);
  const Hdf5Handle dataset(H5Dopen2(library_->file.get(), path.c_str(), H5P_DEFAULT), H5Dclose);
  if (!dataset.ok()) return damaged(path);
  const Hdf5Handle space(H5Dget_space(dataset.get()), H5Sclose);
  const Hdf5Handle type(H5Dget_type(dataset.get()), H5Tclose);
  if (!space.ok() || !type.ok()) return damaged(path);
  const H5T_class_t kind = H5Tget_class(type.get());
  constexpr size_t kMostBytes = 8;
  if ((kind != H5T_FLOAT && kind != H5T_INTEGER) || H5Tget_size(type.get()) > kMostBytes) {
    return error(Error::kUnsupportedType, "'{}' of the weights holds no plain numbers", path);
  }
  TMC_TRY(check_storage(dataset.get(), path));
  TMC_ASSIGN(const Shape found, shape_of(space.get(), path));
  if (found != shape) {
    return error(Error::kMalformed, "'{}' of the weights is [{}], not [{}]", path, fmt::join(found, ", "),
                 fmt::join(shape, ", "));
  }
  const auto elements = static_cast<size_t>(shape.elements());
  TMC_TRY(budget.take(elements * sizeof(float)));
  std::vector<float> values(elements);
  if (elements > 0 && H5Dread(dataset.get(), H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) < 0) {
    return damaged(path);
  }
  return values;
}

Result<std::vector<std::string>> Hdf5File::texts(const std::string& path, const std::string& attribute) const {
  if (path != "." && !has(path)) return std::vector<std::string>{};
  const hid_t file = library_->file.get();
  if (H5Aexists_by_name(file, path.c_str(), attribute.c_str(), H5P_DEFAULT) <= 0) return std::vector<std::string>{};
  const Hdf5Handle opened(H5Aopen_by_name(file, path.c_str(), attribute.c_str(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose);
  if (!opened.ok()) return damaged(path);
  return read_texts(opened.get(), path);
}

}  // namespace tmc::frontend::keras

#else

namespace tmc::frontend::keras {

struct Hdf5File::Library {};

Result<Hdf5File> Hdf5File::open(std::span<const std::byte>) {
  return error(Error::kUnsupportedType, "this program was built without libhdf5, and reads no weights of Keras")
      .with_hint("install libhdf5-dev and build it again, or convert the model to TFLite");
}

bool Hdf5File::has(const std::string&) const {
  return false;
}

Result<std::vector<float>> Hdf5File::floats(const std::string&, const Shape&, ConstantBudget&) const {
  return error(Error::kInternal, "there is no libhdf5");
}

Result<std::vector<std::string>> Hdf5File::texts(const std::string&, const std::string&) const {
  return error(Error::kInternal, "there is no libhdf5");
}

}  // namespace tmc::frontend::keras
#endif
