// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// What an operator is: a name, documentation, typed attributes, a shape rule and a MAC count. Kernels hold arithmetic.
//
// An operator is one header in ops/op/ with one plain struct of attributes, named after the file in CamelCase:
// clang-format off
//   struct Softmax {
//     static constexpr const char* kName = "softmax";
//     static constexpr const char* kDoc = "...";  // what it means, in words; inputs and outputs with their shapes
//     int32_t axis = -1;
//     static constexpr auto fields() { return std::tuple{Field{"axis", &Softmax::axis}}; }
//     static Inferred infer(const Softmax&, const InferInputs& in);
//     static int64_t macs(const Softmax&, const InferInputs& in, std::span<const TensorType> outputs);
//   };
// clang-format on
// `macs` may be left out where it is zero. An operator that treats every element alike says of how many operands:
// `static constexpr int32_t kElementwiseOperands = 1;`. One that only moves elements says which in place of its shape:
//
//     static Result<IndexMap> map(const Tile&, const InferInputs& in);
//
// from which its shape rule, its lowering and the folding of constants follow. It is called when the inputs are there.
// What such an operator says of the names that formats give it and its attributes (IndexMapInfo, Source) makes its
// importers and its exporter. Printer, reader, serialiser and generated docs work from `fields`. The table of all
// operators is generated from the folder.

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "tmc/base/dtype.hpp"
#include "tmc/base/host/status.hpp"
#include "tmc/base/shape.hpp"
#include "tmc/ops/index_map.hpp"

namespace tmc::ops {

struct TensorType {
  DType dtype = DType::kF32;
  Shape shape;
  friend bool operator==(const TensorType& a, const TensorType& b) { return a.dtype == b.dtype && a.shape == b.shape; }
};

enum class Layout : uint8_t { kNhwc, kNchw };
// Clamp fused into an operator's output: none, [0, inf), [0, 6], [-1, 1].
enum class Activation : uint8_t { kNone, kRelu, kRelu6, kReluN1To1 };

const char* to_string(Layout layout);
const char* to_string(Activation activation);

// The types a field may have in the text, JSON and YAML forms. Enumerations travel as their names.
using FieldValue = std::variant<bool, int64_t, double, std::string, std::vector<int64_t>>;
struct NamedValue {
  std::string name;
  FieldValue value;
};

// How files say an attribute of an operator that moves elements: as the input of that number, or as ONNX's attribute of
// that name.
struct Source {
  const char* onnx = nullptr;  // null: as the field is called
  int onnx_input = -1;
  int tflite_input = -1;
};

template <typename Struct, typename Member>
struct Field {
  const char* name;
  Member Struct::*member;
  Source source = {};

  const Member& of(const Struct& op) const { return op.*member; }
  Member& of(Struct& op) const { return op.*member; }
};
template <typename Struct, typename Member>
Field(const char*, Member Struct::*) -> Field<Struct, Member>;
template <typename Struct, typename Member>
Field(const char*, Member Struct::*, Source) -> Field<Struct, Member>;

// Types of the inputs; null where an optional one is absent.
struct InferInputs {
  std::span<const TensorType* const> types;
  size_t size() const { return types.size(); }
  bool has(size_t index) const { return index < types.size() && types[index] != nullptr; }
  const TensorType& operator[](size_t index) const { return *types[index]; }
};

using Inferred = Result<std::vector<TensorType>>;

// An operator that only moves elements.
struct IndexMapInfo {
  // Checks the inputs and says where elements come from.
  Result<IndexMap> (*map)(const void* attributes, const InferInputs& inputs);
  // Operators of the formats that say the same, with attributes of the same meaning: `kOnnx`, and `kTflite`, in lower
  // case, whose attributes are all inputs. Null where there is none. A field `layout` is that of the format.
  const char* onnx;
  const char* tflite;
  size_t operands;                   // `kOperands`; 0: any number
  std::vector<Source> (*sources)();  // of the fields
};

struct OpInfo {
  const char* name;
  const char* doc;
  std::shared_ptr<const void> (*make_default)();
  std::vector<NamedValue> (*get_fields)(const void* attributes);
  // A copy of `attributes` with the named fields set; an unknown name or a value of the wrong type is an error.
  Result<std::shared_ptr<const void>> (*with_fields)(const void* attributes, std::span<const NamedValue> fields);
  Inferred (*infer)(const void* attributes, const InferInputs& inputs);
  int64_t (*macs)(const void* attributes, const InferInputs& inputs, std::span<const TensorType> outputs);
  // Of an operator that treats every element alike, whatever its place: how many operands, which broadcast. Else 0.
  int32_t elementwise_operands;
  // Of a function of reals that quantised elements keep enough of: `--quantize` gives it a table.
  bool has_table;
  // No real result lies outside.
  double low, high;
  // Gives one element of all along its attribute `axes`.
  bool reduces;
  // Of two operands, that for the second with which the first is the result; else no number.
  double neutral;
  // Null where it does more than move elements.
  const IndexMapInfo* index_map;
};

// Generated: every operator in ops/op/ and every function of src/tmc/function, in the order of their names.
std::span<const OpInfo* const> all_ops();
// Null where there is none of that name.
const OpInfo* find_op(std::string_view name);
// The operator that moves elements as one of a format does, of that name; null where there is none.
const OpInfo* find_index_map(const char* IndexMapInfo::*format, std::string_view name);

// The description of an operator of ops/op/. Defined in ops/op_table.hpp, which the generated table alone instantiates.
template <typename Op>
const OpInfo& op_info();

// An operator with its attributes: a value that shares its immutable attributes when copied.
class AnyOp {
 public:
  template <typename Op>
  requires requires { Op::kName; }
  AnyOp(Op op)  // NOLINT(google-explicit-constructor): an attribute struct is an operator.
      : info_(&op_info<Op>()), attributes_(std::make_shared<const Op>(std::move(op))) {}
  AnyOp(const OpInfo& info, std::shared_ptr<const void> attributes)
      : info_(&info), attributes_(std::move(attributes)) {}

  const OpInfo& info() const { return *info_; }
  std::string_view name() const { return info_->name; }
  bool is_unary() const { return info_->elementwise_operands == 1; }
  bool is_binary() const { return info_->elementwise_operands == 2; }
  bool has_table() const { return info_->has_table; }
  bool reduces() const { return info_->reduces; }
  bool moves_elements() const { return info_->index_map != nullptr; }
  const void* attributes() const { return attributes_.get(); }

  template <typename Op>
  bool is() const {
    return info_ == &op_info<Op>();
  }
  // Null where the operator is another.
  template <typename Op>
  const Op* get_if() const {
    return is<Op>() ? static_cast<const Op*>(attributes_.get()) : nullptr;
  }
  template <typename Op>
  const Op& get() const {
    return *static_cast<const Op*>(attributes_.get());
  }

 private:
  const OpInfo* info_;
  std::shared_ptr<const void> attributes_;
};

// The axes of an operator that reduces, which may be negative, and whether they stay with extent 1.
struct ReducedAxes {
  std::vector<int64_t> axes;
  bool keep_dims = false;
};
ReducedAxes reduced_axes(const AnyOp& op);
// The same operator over other axes.
AnyOp over_axes(const AnyOp& op, std::vector<int64_t> axes);

}  // namespace tmc::ops
