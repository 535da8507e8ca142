// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/engine/engine.hpp"

#include <nanobind/ndarray.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "error.hpp"
#include "tmc/base/dtype.hpp"
#include "tmc/base/host/aligned_bytes.hpp"
#include "tmc/pipeline/image.hpp"

// The engine's models and contexts. Arrays that are bound are not kept here: session.py does that.
namespace tmc::python {
namespace {

constexpr size_t kImageAlignBytes = 64;

Error error_of(tinymlc_status status) {
  switch (status) {
    case TINYMLC_BAD_USAGE:
    case TINYMLC_BUSY:
    case TINYMLC_CANCELLED:
      return Error::kBadUsage;
    case TINYMLC_NOT_FOUND:
      return Error::kNotFound;
    case TINYMLC_IO:
      return Error::kIo;
    case TINYMLC_MALFORMED:
      return Error::kMalformed;
    case TINYMLC_UNSUPPORTED:
      return Error::kUnsupportedOp;
    case TINYMLC_NO_MEMORY:
      return Error::kDoesNotFit;
    default:
      return Error::kInternal;
  }
}

// The engine's message is the text of a Status, "FILE: message\n  hint: ...": in its parts again, so that none is said
// twice.
Status status_of(const tinymlc::Status& status, const std::string& file) {
  constexpr std::string_view kHint = "\n  hint: ";
  std::string_view text = status.message;
  if (!file.empty() && text.starts_with(file + ": ")) text.remove_prefix(file.size() + 2);
  const size_t end = std::min(text.find(kHint), text.size());
  const std::string_view hint = text.substr(std::min(end + kHint.size(), text.size()));
  return Status(error_of(status.code), std::string(text.substr(0, end))).in_file(file).with_hint(hint);
}

void check_engine(const tinymlc::Status& status, const std::string& file = "") {
  if (!status) check(status_of(status, file));
}

template <typename T>
T taken(tinymlc::Result<T> result, const std::string& file = "") {
  check_engine(result.status(), file);
  return *std::move(result);
}

struct Tensor {
  std::string name, dtype;
  std::vector<int32_t> shape;
  std::vector<std::pair<float, int32_t>> scales;  // with their zero points
  int32_t scale_axis = -1;

  explicit Tensor(const tinymlc_tensor& tensor)
      : name(tensor.name),
        dtype(dtype_name(static_cast<DType>(tensor.dtype))),
        shape(tensor.shape, tensor.shape + tensor.rank),
        scale_axis(tensor.scale_axis) {
    for (uint32_t i = 0; i < tensor.scale_count; ++i) {
      scales.emplace_back(tensor.scales[i].scale, tensor.scales[i].zero_point);
    }
  }
};

class Model {
 public:
  static Model load(const std::string& path, bool is_trusted) {
    return Model(AlignedBytes(0, kImageAlignBytes), taken(tinymlc::Model::load(path, flags(is_trusted)), path));
  }
  static Model from_bytes(const nb::bytes& image, bool is_trusted) {
    const auto* begin = static_cast<const std::byte*>(image.data());
    auto bytes = AlignedBytes::copy_of({begin, image.size()}, kImageAlignBytes);
    auto model = taken(tinymlc::Model::from_bytes(bytes.bytes().data(), bytes.bytes().size(), flags(is_trusted)));
    return Model(std::move(bytes), std::move(model));
  }

  std::vector<Tensor> inputs() const {
    std::vector<Tensor> tensors;
    for (uint32_t i = 0; i < model_.info().inputs; ++i) tensors.emplace_back(model_.input(i));
    return tensors;
  }
  std::vector<Tensor> outputs() const {
    std::vector<Tensor> tensors;
    for (uint32_t i = 0; i < model_.info().outputs; ++i) tensors.emplace_back(model_.output(i));
    return tensors;
  }
  tinymlc_info info() const { return model_.info(); }
  tinymlc::Context create_context() const { return taken(model_.create_context()); }

 private:
  Model(AlignedBytes bytes, tinymlc::Model model) : bytes_(std::move(bytes)), model_(std::move(model)) {}
  static uint32_t flags(bool is_trusted) { return is_trusted ? TINYMLC_TRUSTED : TINYMLC_CHECK_HASH; }

  AlignedBytes bytes_;  // of the image, where it is no file; outlives the model
  tinymlc::Model model_;
};

using ReadOnly = nb::ndarray<nb::ro, nb::device::cpu, nb::c_contig>;
using Writable = nb::ndarray<nb::device::cpu, nb::c_contig>;

class Context {
 public:
  explicit Context(const Model& model) : context_(model.create_context()) {}

  // Whether it is copied with each run.
  bool bind_input(uint32_t index, const ReadOnly& array) {
    bool is_copied = false;
    check_engine(context_.bind_input(index, array.data(), array.nbytes(), &is_copied));
    return is_copied;
  }
  bool bind_output(uint32_t index, const Writable& array) {
    bool is_copied = false;
    check_engine(context_.bind_output(index, array.data(), array.nbytes(), &is_copied));
    return is_copied;
  }
  uintptr_t input_address(uint32_t index) const { return reinterpret_cast<uintptr_t>(address(index, true)); }
  uintptr_t output_address(uint32_t index) const { return reinterpret_cast<uintptr_t>(address(index, false)); }
  void run() { check_engine(context_.run()); }
  void reset() { check_engine(context_.reset()); }
  nb::bytes state() const {
    const auto state = context_.state();
    return nb::bytes(state.data(), state.size());
  }
  void set_state(const nb::bytes& bytes) {
    const auto state = context_.state();
    if (bytes.size() != state.size()) {
      check(error(Error::kBadInput, "the state has {} bytes, not {}", state.size(), bytes.size()));
    }
    const auto* begin = static_cast<const unsigned char*>(bytes.data());
    std::copy(begin, begin + bytes.size(), state.begin());
  }

 private:
  const void* address(uint32_t index, bool is_input) const {
    return is_input ? tinymlc_input(context_.get(), index) : tinymlc_output(context_.get(), index);
  }

  tinymlc::Context context_;
};

}  // namespace

void bind_engine(nb::module_& module) {
  using namespace nb::literals;
  const nb::call_guard<nb::gil_scoped_release> without_lock;
  module.def(
      "is_image", [](const std::string& path) { return pipeline::is_image(path); }, "path"_a);
  nb::class_<Tensor>(module, "Tensor")
      .def_ro("name", &Tensor::name)
      .def_ro("dtype", &Tensor::dtype)
      .def_ro("shape", &Tensor::shape)
      .def_ro("scales", &Tensor::scales)
      .def_ro("scale_axis", &Tensor::scale_axis);
  nb::class_<Model>(module, "Model")
      .def_static("load", &Model::load, "path"_a, "is_trusted"_a, without_lock)
      .def_static("from_bytes", &Model::from_bytes, "image"_a, "is_trusted"_a)
      .def("inputs", &Model::inputs)
      .def("outputs", &Model::outputs)
      .def_prop_ro("name", [](const Model& model) { return std::string(model.info().name); })
      .def_prop_ro("target", [](const Model& model) { return std::string(model.info().target); })
      .def_prop_ro("arena_bytes", [](const Model& model) { return model.info().arena_bytes; })
      .def_prop_ro("state_bytes", [](const Model& model) { return model.info().state_bytes; });
  nb::class_<Context>(module, "Context")
      .def(nb::init<const Model&>(), "model"_a, nb::keep_alive<1, 2>())
      .def("bind_input", &Context::bind_input, "index"_a, nb::arg("array").noconvert())
      .def("bind_output", &Context::bind_output, "index"_a, nb::arg("array").noconvert())
      .def("input_address", &Context::input_address, "index"_a)
      .def("output_address", &Context::output_address, "index"_a)
      .def("run", &Context::run, without_lock)
      .def("reset", &Context::reset)
      .def("state", &Context::state)
      .def("set_state", &Context::set_state, "state"_a);
}

}  // namespace tmc::python
