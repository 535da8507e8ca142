// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/tflite/sparse.hpp"

#include <algorithm>
#include <cstring>
#include <numeric>

namespace tmc::frontend::tflite {
namespace {

using schema::SparseIndexVector;

// Indices of any width; null where the file has none.
class Indices {
 public:
  Indices() = default;
  Indices(SparseIndexVector type, const void* table) {
    const auto* values = [&]() -> const flatbuffers::Vector<uint8_t>* {
      if (table == nullptr) return nullptr;
      switch (type) {
        case SparseIndexVector::Int32Vector:
          bytes_ = 4;
          return as_bytes(static_cast<const schema::Int32Vector*>(table)->values());
        case SparseIndexVector::Uint16Vector:
          bytes_ = 2;
          return as_bytes(static_cast<const schema::Uint16Vector*>(table)->values());
        case SparseIndexVector::Uint8Vector:
          bytes_ = 1;
          return static_cast<const schema::Uint8Vector*>(table)->values();
        default:
          return nullptr;
      }
    }();
    if (values == nullptr) return;
    data_ = values->Data();
    size_ = values->size();
  }

  int64_t size() const { return size_; }
  int64_t operator[](int64_t index) const {
    const uint8_t* at = data_ + index * bytes_;
    if (bytes_ == 1) return *at;
    if (bytes_ == 2) return flatbuffers::ReadScalar<uint16_t>(at);
    return flatbuffers::ReadScalar<int32_t>(at);
  }

 private:
  template <typename T>
  static const flatbuffers::Vector<uint8_t>* as_bytes(const flatbuffers::Vector<T>* vector) {
    return reinterpret_cast<const flatbuffers::Vector<uint8_t>*>(vector);
  }

  const uint8_t* data_ = nullptr;
  int64_t size_ = 0;
  int64_t bytes_ = 0;
};

// One axis in the order of traversal.
struct Level {
  bool sparse = false;
  int64_t extent = 0;  // indices are below it
  int64_t stride = 0;  // of an index, in elements of the dense tensor
  Indices segments, indices;
};

class Densifier {
 public:
  Densifier(const schema::SparsityParameters& sparsity, const ops::TensorType& type, std::string_view name)
      : sparsity_(sparsity), shape_(type.shape), name_(name), element_(static_cast<size_t>(dtype_bytes(type.dtype))) {}

  // Looks at all that the file says before anything is made from it.
  Status prepare(size_t stored_bytes) {
    TMC_TRY(read_order());
    TMC_TRY(read_extents());
    int64_t places = 1;
    for (const Level& level : levels_) {
      TMC_TRY(check_level(level, places));
      places = level.sparse ? level.indices.size() : places * level.extent;
      if (places > shape_.elements()) return malformed("it has more elements than its shape");
    }
    if (static_cast<size_t>(places) * element_ == stored_bytes) return {};
    return malformed(fmt::format("it has {} bytes for {} elements", stored_bytes, places));
  }

  void fill(std::span<const std::byte> stored, std::span<std::byte> dense) {
    stored_ = stored;
    dense_ = dense;
    fill_from(0, 0, 0);
  }

 private:
  Status malformed(std::string_view what) const {
    return error(Error::kMalformed, "tensor '{}' is sparse, and {}", name_, what)
        .with_hint("convert the model again, or without sparse weights");
  }

  // Which axis each level is of: those of the tensor, then those of the blocks.
  Status read_order() {
    const auto* order = sparsity_.traversal_order();
    const auto* metadata = sparsity_.dim_metadata();
    const auto* blocks = sparsity_.block_map();
    const size_t rank = static_cast<size_t>(shape_.rank()), block_count = blocks == nullptr ? 0 : blocks->size();
    if (order == nullptr || metadata == nullptr || block_count > rank || order->size() != rank + block_count ||
        metadata->size() != order->size()) {
      return malformed("its axes do not fit its shape");
    }
    if (blocks != nullptr) blocks_.assign(blocks->begin(), blocks->end());
    for (size_t i = 0; i < blocks_.size(); ++i) {
      const bool is_axis = blocks_[i] >= 0 && blocks_[i] < shape_.rank();
      if (!is_axis || (i > 0 && blocks_[i] <= blocks_[i - 1])) return malformed("its blocks are of no axes in order");
    }
    order_.assign(order->begin(), order->end());
    std::vector<int32_t> sorted = order_, counted(order_.size());
    std::iota(counted.begin(), counted.end(), 0);
    std::ranges::sort(sorted);
    if (sorted != counted) return malformed("its traversal order is none");
    // The runtime reads the sizes of blocks by this place, and their elements by the order.
    if (!std::equal(order_.begin() + shape_.rank(), order_.end(), counted.begin() + shape_.rank())) {
      return malformed("its blocks are not traversed last and in order");
    }
    return {};
  }

  Status read_extents() {
    std::vector<int64_t> blocked(shape_.begin(), shape_.end()), strides(blocked.size(), 1);
    for (size_t axis = blocked.size(); axis-- > 1;) strides[axis - 1] = strides[axis] * shape_[static_cast<int>(axis)];
    std::vector<int64_t> outer = strides;  // of a block
    for (size_t i = 0; i < blocks_.size(); ++i) {
      const auto axis = static_cast<size_t>(blocks_[i]);
      const int64_t size = metadata(blocked.size() + i).dense_size();
      if (metadata(blocked.size() + i).format() != schema::DimensionType::DENSE || size < 1 ||
          blocked[axis] % size != 0) {
        return malformed(fmt::format("its blocks of {} do not fit an axis of {}", size, blocked[axis]));
      }
      blocked[axis] /= size;
      outer[axis] *= size;
    }
    for (size_t i = 0; i < order_.size(); ++i) {
      const schema::DimensionMetadata& of = metadata(i);
      Level& level = levels_.emplace_back();
      const bool is_block = i >= blocked.size();
      const auto axis = static_cast<size_t>(is_block ? blocks_[i - blocked.size()] : order_[i]);
      level.sparse = of.format() == schema::DimensionType::SPARSE_CSR;
      level.extent = is_block ? of.dense_size() : blocked[axis];
      level.stride = is_block ? strides[axis] : outer[axis];
      if (!level.sparse && of.dense_size() != level.extent) {
        return malformed(fmt::format("its axis {} has {} places, not {}", axis, of.dense_size(), level.extent));
      }
      level.segments = Indices(of.array_segments_type(), of.array_segments());
      level.indices = Indices(of.array_indices_type(), of.array_indices());
    }
    return {};
  }

  Status check_level(const Level& level, int64_t places) const {
    if (!level.sparse) return {};
    const Indices& segments = level.segments;
    if (segments.size() != places + 1 || segments[0] != 0 || segments[places] != level.indices.size()) {
      return malformed("its segments do not cover its indices");
    }
    for (int64_t i = 0; i < places; ++i) {
      if (segments[i] > segments[i + 1]) return malformed("its segments are not in order");
    }
    for (int64_t i = 0; i < level.indices.size(); ++i) {
      if (level.indices[i] < 0 || level.indices[i] >= level.extent) {
        return malformed(fmt::format("it has the index {} along an axis of {}", level.indices[i], level.extent));
      }
    }
    return {};
  }

  // `place` among those before the level, which begin at `first` in the dense tensor.
  void fill_from(size_t at, int64_t place, int64_t first) {
    if (at == levels_.size()) {
      std::memcpy(dense_.data() + static_cast<size_t>(first) * element_,
                  stored_.data() + static_cast<size_t>(place) * element_, element_);
      return;
    }
    const Level& level = levels_[at];
    if (!level.sparse) {
      for (int64_t i = 0; i < level.extent; ++i) fill_from(at + 1, place * level.extent + i, first + i * level.stride);
      return;
    }
    for (int64_t i = level.segments[place]; i < level.segments[place + 1]; ++i) {
      fill_from(at + 1, i, first + level.indices[i] * level.stride);
    }
  }

  const schema::DimensionMetadata& metadata(size_t level) const {
    return *sparsity_.dim_metadata()->Get(static_cast<flatbuffers::uoffset_t>(level));
  }

  const schema::SparsityParameters& sparsity_;
  const Shape& shape_;
  std::string_view name_;
  size_t element_;
  std::vector<int32_t> blocks_, order_;
  std::vector<Level> levels_;
  std::span<const std::byte> stored_;
  std::span<std::byte> dense_;
};

}  // namespace

Result<std::vector<std::byte>> densified(const schema::SparsityParameters& sparsity, const ops::TensorType& type,
                                         std::span<const std::byte> stored, std::string_view name,
                                         ConstantBudget& budget) {
  Densifier densifier(sparsity, type, name);
  TMC_TRY(densifier.prepare(stored.size()));
  TMC_TRY(budget.take(stored.size()));
  TMC_TRY(budget.take_computed(type));
  std::vector<std::byte> dense(static_cast<size_t>(type.shape.elements()) *
                               static_cast<size_t>(dtype_bytes(type.dtype)));
  densifier.fill(stored, dense);
  return dense;
}

}  // namespace tmc::frontend::tflite
