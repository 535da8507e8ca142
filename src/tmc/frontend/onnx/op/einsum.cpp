// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/onnx/einsum_equation.hpp"
#include "tmc/frontend/onnx/patterns.hpp"
#include "tmc/frontend/onnx/run_time.hpp"
#include "tmc/ir/verifier.hpp"
#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/gather.hpp"
#include "tmc/ops/op/matmul.hpp"
#include "tmc/ops/op/transpose.hpp"

namespace tmc::frontend::onnx_format {

namespace {

using ir::ValueId;

// A value whose axes bear labels, each once.
struct Labelled {
  ValueId value;
  std::string labels;
};

bool has(const std::string& labels, char label) {
  return labels.find(label) != std::string::npos;
}

// Operands are joined from the left; what neither a later one nor the output has is summed over.
class Product {
 public:
  Product(ImportContext& context, const Equation& equation) : context_(context), equation_(equation) {}

  Status finish() {
    TMC_ASSIGN(Labelled joined, operand(0));
    for (size_t i = 1; i < equation_.operands.size(); ++i) {
      TMC_ASSIGN(const Labelled next, operand(i));
      TMC_ASSIGN(joined, join(joined, next, i));
    }
    TMC_ASSIGN(joined, ordered(joined, equation_.output, "_ordered"));
    return finish_copy(context_, 0, joined.value);
  }

 private:
  Shape shape_of(const Labelled& of) const { return context_.type(of.value).shape; }
  std::string suffix(const char* what, size_t index) const { return fmt::format("_{}{}", what, index); }

  // Whether the output or an operand from `index` on needs the label.
  bool is_needed(char label, size_t index) const {
    for (size_t i = index; i < equation_.operands.size(); ++i) {
      if (has(equation_.operands[i], label)) return true;
    }
    return has(equation_.output, label);
  }

  // With every label once, and without those that nothing else has.
  Result<Labelled> operand(size_t index) {
    TMC_ASSIGN(Labelled of, read(index));
    TMC_ASSIGN(of, diagonals(of, index));
    // What is broadcast has one element there.
    std::string kept;
    Shape shape;
    for (size_t i = 0; i < of.labels.size(); ++i) {
      const int64_t extent = shape_of(of)[static_cast<int>(i)];
      if (extent == 1 && equation_.extents.at(of.labels[i]) != 1) continue;
      kept += of.labels[i];
      shape.push_back(extent);
    }
    TMC_ASSIGN(of.value, reshaped(context_, suffix("kept", index), of.value, shape));
    of.labels = kept;
    const auto is_alone = [&](char label) {
      for (size_t i = 0; i < equation_.operands.size(); ++i) {
        if (i != index && has(equation_.operands[i], label)) return false;
      }
      return !has(equation_.output, label);
    };
    return summed(of, is_alone, suffix("summed", index));
  }

  Result<Labelled> read(size_t index) {
    TMC_ASSIGN(const ValueId value, context_.input(index));
    return Labelled{value, equation_.operands[index]};
  }

  template <typename IsSummed>
  Result<Labelled> summed(const Labelled& of, IsSummed is_summed, const std::string& name) {
    ops::ReduceSum sum;
    sum.keep_dims = false;
    std::string left;
    for (size_t i = 0; i < of.labels.size(); ++i) {
      if (is_summed(of.labels[i])) {
        sum.axes.push_back(static_cast<int64_t>(i));
      } else {
        left += of.labels[i];
      }
    }
    if (sum.axes.empty()) return of;
    TMC_ASSIGN(const ValueId value, context_.append(name, std::move(sum), {of.value}));
    return Labelled{value, left};
  }

  // A label that is there twice stands for the diagonal of its axes.
  Result<Labelled> diagonals(Labelled of, size_t index) {
    for (size_t i = 0; i < of.labels.size(); ++i) {
      size_t twin = of.labels.find(of.labels[i], i + 1);
      while (twin != std::string::npos) {
        TMC_ASSIGN(of, diagonal(of, i, twin, suffix("diagonal", index) + fmt::format("_{}_{}", i, of.labels.size())));
        twin = of.labels.find(of.labels[i], i + 1);
      }
    }
    return of;
  }

  Result<Labelled> diagonal(const Labelled& of, size_t first, size_t second, const std::string& name) {
    // Both axes last, and as one, of which every (n + 1)-th element is read.
    std::vector<int64_t> perm;
    for (size_t i = 0; i < of.labels.size(); ++i) {
      if (i != first && i != second) perm.push_back(static_cast<int64_t>(i));
    }
    std::string labels;
    Shape shape;
    for (const int64_t axis : perm) {
      labels += of.labels[static_cast<size_t>(axis)];
      shape.push_back(shape_of(of)[static_cast<int>(axis)]);
    }
    const int64_t extent = shape_of(of)[static_cast<int>(first)];
    if (shape_of(of)[static_cast<int>(second)] != extent) return error(Error::kMalformed, "its diagonal is no square");
    perm.push_back(static_cast<int64_t>(first));
    perm.push_back(static_cast<int64_t>(second));
    shape.push_back(extent * extent);
    TMC_ASSIGN(ValueId value, context_.append(name + "_last", ops::Transpose{perm}, {of.value}));
    TMC_ASSIGN(value, reshaped(context_, name + "_flat", value, shape));
    std::vector<int64_t> indices;
    for (int64_t i = 0; i < extent; ++i) indices.push_back(i * (extent + 1));
    ops::Gather gather;
    gather.read(shape.rank() - 1, indices);
    TMC_ASSIGN(value, context_.append(name, std::move(gather), {value}));
    return Labelled{value, labels + of.labels[first]};
  }

  // The axes in another order; those that are missing have one element, and are expanded.
  Result<Labelled> ordered(Labelled of, const std::string& labels, const std::string& name) {
    std::vector<int64_t> perm;
    for (const char label : labels) {
      const size_t at = of.labels.find(label);
      if (at != std::string::npos) perm.push_back(static_cast<int64_t>(at));
    }
    if (!std::ranges::is_sorted(perm)) {
      TMC_ASSIGN(of.value, context_.append(name, ops::Transpose{perm}, {of.value}));
    }
    Shape shape;
    size_t next = 0;
    for (const char label : labels) shape.push_back(has(of.labels, label) ? shape_of(of)[static_cast<int>(next++)] : 1);
    TMC_ASSIGN(of.value, reshaped(context_, name + "_all", of.value, shape));
    return Labelled{of.value, labels};
  }

  int64_t elements(const std::string& labels) const {
    int64_t product = 1;
    for (const char label : labels) product *= equation_.extents.at(label);
    return product;
  }

  Result<Labelled> join(const Labelled& a, const Labelled& b, size_t index) {
    std::string batch, inner, rows, columns;
    for (const char label : a.labels) {
      (!has(b.labels, label) ? rows : is_needed(label, index + 1) ? batch : inner) += label;
    }
    for (const char label : b.labels) {
      if (!has(a.labels, label)) columns += label;
    }
    TMC_ASSIGN(const Labelled left, ordered(a, batch + rows + inner, suffix("left", index)));
    TMC_ASSIGN(const Labelled right, ordered(b, batch + columns + inner, suffix("right", index)));
    const int64_t batches = elements(batch), m = elements(rows), n = elements(columns), k = elements(inner);
    TMC_ASSIGN(ValueId value, product(left.value, right.value, {batches, m, n, k}, index));
    Shape shape;
    for (const char label : batch + rows + columns) {
      if (!shape.push_back(equation_.extents.at(label))) return error(Error::kUnsupportedShape, "it has too many axes");
    }
    // Before more is multiplied: the file may name as many operands as it likes.
    TMC_TRY(ir::verify_type({context_.type(value).dtype, shape}));
    TMC_ASSIGN(value, reshaped(context_, suffix("joined", index), value, shape));
    const auto is_done = [&](char label) { return !is_needed(label, index + 1); };
    return summed({value, batch + rows + columns}, is_done, suffix("rest", index));
  }

  struct Extents {
    int64_t batches, rows, columns, inner;
  };
  // [batches, rows, inner] times [batches, columns, inner], transposed.
  Result<ValueId> product(ValueId a, ValueId b, const Extents& of, size_t index) {
    if (context_.type(a).dtype == DType::kF32) {
      TMC_ASSIGN(a, reshaped(context_, suffix("rows", index), a, Shape::of(of.batches, of.rows, of.inner)));
      TMC_ASSIGN(b, reshaped(context_, suffix("columns", index), b, Shape::of(of.batches, of.columns, of.inner)));
      return context_.append(suffix("product", index), ops::Matmul{.transpose_b = true}, {a, b});
    }
    // Matrix products are of float32; of other types it is products and their sums.
    TMC_ASSIGN(a, reshaped(context_, suffix("rows", index), a, Shape::of(of.batches, of.rows, 1, of.inner)));
    TMC_ASSIGN(b, reshaped(context_, suffix("columns", index), b, Shape::of(of.batches, 1, of.columns, of.inner)));
    TMC_ASSIGN(const ValueId products, context_.append(suffix("products", index), ops::Mul{}, {a, b}));
    ops::ReduceSum sum;
    sum.axes = {3};
    sum.keep_dims = false;
    return context_.append(suffix("product", index), std::move(sum), {products});
  }

  ImportContext& context_;
  const Equation& equation_;
};

}  // namespace

// Rewritten to transpositions, sums and matrix products.
Status import_einsum(ImportContext& context) {
  TMC_ASSIGN(const std::string equation, context.attributes().text("equation", ""));
  std::vector<Shape> shapes;
  for (size_t i = 0; i < context.input_count(); ++i) {
    TMC_ASSIGN(shapes.emplace_back(), context.shape_of(i));
  }
  TMC_ASSIGN(const Equation parsed, parse_equation(equation, shapes));
  Product product(context, parsed);
  return product.finish();
}

}  // namespace tmc::frontend::onnx_format
