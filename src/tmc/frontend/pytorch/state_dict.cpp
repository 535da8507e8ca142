// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/pytorch/state_dict.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <unordered_set>

#include "tmc/base/host/element.hpp"
#include "tmc/frontend/common/constants.hpp"
#include "tmc/frontend/pytorch/pickle.hpp"
#include "tmc/frontend/pytorch/zip_archive.hpp"
#include "tmc/ir/constant_reals.hpp"
#include "tmc/ir/verifier.hpp"

namespace tmc::frontend::pytorch {
namespace {

using Kind = Object::Kind;

constexpr const char* kHint = "save model.state_dict() of the quantised model with torch.save";
constexpr std::string_view kPacked = "._packed_params._packed_params";

struct StorageType {
  std::string_view global;
  DType dtype;
};
constexpr std::array<StorageType, 13> kStorageTypes = {{{"torch.FloatStorage", DType::kF32},
                                                        {"torch.DoubleStorage", DType::kF64},
                                                        {"torch.HalfStorage", DType::kF16},
                                                        {"torch.BFloat16Storage", DType::kBF16},
                                                        {"torch.CharStorage", DType::kI8},
                                                        {"torch.QInt8Storage", DType::kI8},
                                                        {"torch.ByteStorage", DType::kU8},
                                                        {"torch.QUInt8Storage", DType::kU8},
                                                        {"torch.ShortStorage", DType::kI16},
                                                        {"torch.IntStorage", DType::kI32},
                                                        {"torch.QInt32Storage", DType::kI32},
                                                        {"torch.LongStorage", DType::kI64},
                                                        {"torch.BoolStorage", DType::kBool}}};

Status malformed(std::string_view what) {
  return error(Error::kMalformed, "its tensor is damaged: {}", what).with_hint(kHint);
}

// Bytes of a tensor that lie with any strides in a storage.
struct Layout {
  int64_t offset = 0;
  Shape shape;
  std::vector<int64_t> strides;  // in elements

  // Whether every element lies in a storage of that many.
  bool fits(int64_t elements) const {
    int64_t last = offset;
    for (int axis = 0; axis < shape.rank(); ++axis) {
      const int64_t stride = strides[static_cast<size_t>(axis)];
      int64_t reach = 0;
      if (stride < 0 || __builtin_mul_overflow(shape[axis] - 1, stride, &reach) ||
          __builtin_add_overflow(last, reach, &last)) {
        return false;
      }
    }
    return offset >= 0 && last < elements;
  }
};

std::vector<std::byte> gather(FileBytes storage, const Layout& layout, size_t element_bytes) {
  std::vector<std::byte> dense(static_cast<size_t>(layout.shape.elements()) * element_bytes);
  std::vector<int64_t> index(static_cast<size_t>(layout.shape.rank()));
  int64_t from = layout.offset;
  for (size_t to = 0; to < dense.size(); to += element_bytes) {
    std::memcpy(dense.data() + to, storage.data() + static_cast<size_t>(from) * element_bytes, element_bytes);
    for (size_t axis = index.size(); axis-- > 0;) {
      from += layout.strides[axis];
      if (++index[axis] < layout.shape[static_cast<int>(axis)]) break;
      from -= layout.strides[axis] * index[axis];
      index[axis] = 0;
    }
  }
  return dense;
}

}  // namespace

class StateDictReader {
 public:
  StateDictReader(const ZipArchive& archive, std::string root, const Pickle& pickle)
      : archive_(&archive), root_(std::move(root)), pickle_(&pickle) {}

  Result<StateDict> read() {
    const Object* top = &at(pickle_->top());
    for (const std::string_view wrapper : {"state_dict", "model"}) {
      const Object* inner = find(*top, wrapper);
      if (inner != nullptr && inner->kind == Kind::kDict) top = inner;
    }
    if (top->kind != Kind::kDict) return malformed("the file holds no dictionary");
    for (size_t i = 0; i + 1 < top->items.size(); i += 2) {
      const Object& key = at(top->items[i]);
      if (key.kind != Kind::kText) return malformed("a key is no text");
      TMC_TRY(add(key.text, at(top->items[i + 1])).at_node(key.text));
    }
    return std::move(dictionary_);
  }

 private:
  const Object& at(ObjectId id) const { return (*pickle_)[id]; }

  const Object* find(const Object& dictionary, std::string_view name) const {
    if (dictionary.kind != Kind::kDict) return nullptr;
    for (size_t i = 0; i + 1 < dictionary.items.size(); i += 2) {
      const Object& key = at(dictionary.items[i]);
      if (key.kind == Kind::kText && key.text == name) return &at(dictionary.items[i + 1]);
    }
    return nullptr;
  }

  Status add(const std::string& name, const Object& entry) {
    switch (entry.kind) {
      case Kind::kCall: {
        TMC_ASSIGN(StateTensor tensor, read_tensor(entry, 0));
        return keep(name, std::move(tensor));
      }
      case Kind::kBool:
      case Kind::kInteger:
        return keep(name, number(DType::kI64, entry.integer));
      case Kind::kReal:
        return keep(name, number(DType::kF64, entry.real));
      case Kind::kTuple:
        if (name.ends_with(kPacked)) return add_packed(name.substr(0, name.size() - kPacked.size()), entry);
        break;
      case Kind::kGlobal:  // the dtype of packed weights
      case Kind::kNone:
        return {};
      default:
        break;
    }
    return error(Error::kUnsupportedType, "the entry is no tensor").with_hint(kHint);
  }

  // Weight and bias of a linear layer.
  Status add_packed(const std::string& layer, const Object& pair) {
    if (pair.items.size() != 2) return malformed("packed parameters are a weight and a bias");
    TMC_TRY(add(layer + ".weight", at(pair.items[0])));
    return add(layer + ".bias", at(pair.items[1]));
  }

  Status keep(const std::string& name, StateTensor tensor) {
    if (!names_.insert(name).second) return malformed("two entries have the name");
    tensor.name = name;
    dictionary_.tensors_.push_back(std::move(tensor));
    return {};
  }

  template <typename T>
  static StateTensor number(DType dtype, T value) {
    return {{}, {dtype, Shape()}, ir::TensorData::of(std::span<const T>(&value, 1)), {}};
  }

  // A parameter is a call with a tensor, which is a call again; more levels there are not.
  Result<StateTensor> read_tensor(const Object& call, int depth) {
    if (call.kind != Kind::kCall) return malformed("it is no tensor");
    if (call.text == "torch._utils._rebuild_parameter" && !call.items.empty() && depth == 0) {
      return read_tensor(at(call.items[0]), depth + 1);
    }
    const bool quantized = call.text == "torch._utils._rebuild_qtensor";
    if (!quantized && call.text != "torch._utils._rebuild_tensor_v2")
      return malformed("'" + call.text + "' makes no tensor");
    if (call.items.size() < (quantized ? 5U : 4U)) return malformed("arguments are missing");
    TMC_ASSIGN(StateTensor tensor, read_elements(call));
    if (quantized) {
      TMC_ASSIGN(tensor.quantization, read_quantization(at(call.items[4]), depth));
      TMC_TRY(ir::verify_quantization(tensor.type, tensor.quantization));
      if (tensor.type.dtype == DType::kU8) make_signed(tensor);
    }
    return tensor;
  }

  static void make_signed(StateTensor& tensor) {
    std::vector<std::byte> bytes = tensor.data.to_vector<std::byte>();
    shift_to_signed(bytes);
    shift_to_signed(tensor.quantization);
    tensor.data = ir::TensorData(std::move(bytes));
    tensor.type.dtype = DType::kI8;
  }

  Result<std::vector<int64_t>> read_integers(const Object& tuple) const {
    if (tuple.kind != Kind::kTuple) return malformed("its extents are no tuple");
    std::vector<int64_t> integers;
    for (const ObjectId id : tuple.items) {
      if (at(id).kind != Kind::kInteger) return malformed("an extent is no integer");
      integers.push_back(at(id).integer);
    }
    return integers;
  }

  Result<Layout> read_layout(const Object& call) const {
    Layout layout;
    if (at(call.items[1]).kind != Kind::kInteger) return malformed("its offset is no integer");
    layout.offset = at(call.items[1]).integer;
    TMC_ASSIGN(const std::vector<int64_t> extents, read_integers(at(call.items[2])));
    TMC_ASSIGN(layout.strides, read_integers(at(call.items[3])));
    if (layout.strides.size() != extents.size()) return malformed("it has more strides than extents, or fewer");
    for (const int64_t extent : extents) {
      if (extent < 1 || !layout.shape.push_back(extent)) return malformed("it is empty, or of too high a rank");
    }
    return layout;
  }

  Result<StateTensor> read_elements(const Object& call) {
    TMC_ASSIGN(const Layout layout, read_layout(call));
    const Object& reference = at(call.items[0]);
    if (reference.kind != Kind::kPersistent) return malformed("it has no storage");
    const Object& id = at(reference.items[0]);
    // ('storage', type, key, device, elements)
    if (id.kind != Kind::kTuple || id.items.size() < 5 || at(id.items[2]).kind != Kind::kText) {
      return malformed("its storage has no name");
    }
    const auto type = std::ranges::find(kStorageTypes, at(id.items[1]).text, &StorageType::global);
    if (at(id.items[1]).kind != Kind::kGlobal || type == kStorageTypes.end()) {
      return error(Error::kUnsupportedType, "its elements are of type '{}'", at(id.items[1]).text).with_hint(kHint);
    }
    TMC_ASSIGN(const FileBytes storage, archive_->read(root_ + "data/" + at(id.items[2]).text));
    const size_t element_bytes = dtype_bytes(type->dtype);
    if (layout.shape.elements() < 1 || !layout.fits(static_cast<int64_t>(storage.size() / element_bytes))) {
      return malformed("its elements leave its storage");
    }
    TMC_TRY(budget_.take(static_cast<size_t>(layout.shape.elements()) * element_bytes));
    return StateTensor{{}, {type->dtype, layout.shape}, ir::TensorData(gather(storage, layout, element_bytes)), {}};
  }

  // (scheme, scale, zero point), or (scheme, scales, zero points, axis) with tensors.
  Result<Quantization> read_quantization(const Object& parameters, int depth) {
    const auto& items = parameters.items;
    if (parameters.kind != Kind::kTuple || items.size() < 3 || at(items[0]).kind != Kind::kGlobal) {
      return malformed("it has no scale and zero point");
    }
    const std::string& scheme = at(items[0]).text;
    const bool per_tensor = scheme == "torch.per_tensor_affine" || scheme == "torch.per_tensor_symmetric";
    if (per_tensor) {
      if (at(items[1]).kind != Kind::kReal || at(items[2]).kind != Kind::kInteger)
        return malformed("its scale is no number");
      const int64_t zero_point = std::clamp<int64_t>(at(items[2]).integer, INT32_MIN, INT32_MAX);
      return Quantization{{static_cast<float>(at(items[1]).real)}, {static_cast<int32_t>(zero_point)}, -1};
    }
    const bool per_channel = scheme == "torch.per_channel_affine" || scheme == "torch.per_channel_symmetric";
    if (!per_channel) {
      return error(Error::kUnsupportedType, "it is quantised as '{}'", scheme)
          .with_hint("quantise weights per tensor or per channel with integer zero points");
    }
    if (items.size() < 4 || at(items[3]).kind != Kind::kInteger || depth > 1) return malformed("it has no axis");
    TMC_ASSIGN(const StateTensor scales, read_tensor(at(items[1]), depth + 2));
    TMC_ASSIGN(const StateTensor zero_points, read_tensor(at(items[2]), depth + 2));
    if (dtype_is_float(zero_points.type.dtype)) return malformed("its zero points are no integers");
    Quantization quantization;
    quantization.scales = reals_of(scales);
    // What no integer of a tensor reaches is refused as such.
    constexpr float kBeyond = 1 << 24;
    for (const float zero_point : reals_of(zero_points)) {
      quantization.zero_points.push_back(static_cast<int32_t>(std::clamp(zero_point, -kBeyond, kBeyond)));
    }
    quantization.axis = static_cast<int>(std::clamp<int64_t>(at(items[3]).integer, -1, Shape::kMaxRank));
    if (!quantization.per_axis()) return malformed("it has no axis");
    return quantization;
  }

  static std::vector<float> reals_of(const StateTensor& tensor) {
    ir::Value value;
    value.type = tensor.type;
    value.data = tensor.data;
    return ir::constant_reals(value);
  }

  const ZipArchive* archive_;
  std::string root_;
  const Pickle* pickle_;
  ConstantBudget budget_;
  std::unordered_set<std::string> names_;
  StateDict dictionary_;
};

Result<StateDict> StateDict::parse(FileBytes file) {
  if (!ZipArchive::is_zip(file)) {
    return error(Error::kMalformed, "it is no archive as torch.save writes it since PyTorch 1.6").with_hint(kHint);
  }
  TMC_ASSIGN(const ZipArchive archive, ZipArchive::open(file));
  TMC_ASSIGN(const std::string root, archive.root());
  TMC_ASSIGN(const FileBytes stream, archive.read(root + "data.pkl"));
  TMC_ASSIGN(const Pickle pickle, Pickle::parse(stream));
  return StateDictReader(archive, root, pickle).read();
}

const StateTensor* StateDict::find(std::string_view name) const {
  const auto found = std::ranges::find(tensors_, name, &StateTensor::name);
  return found == tensors_.end() ? nullptr : &*found;
}

std::optional<double> StateDict::number(std::string_view name) const {
  const StateTensor* tensor = find(name);
  if (tensor == nullptr || tensor->type.shape.elements() != 1) return std::nullopt;
  return load_element(tensor->type.dtype, tensor->data.bytes().data());
}

}  // namespace tmc::frontend::pytorch
