// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/storage/rows.hpp"

#include <algorithm>
#include <string_view>

#include "tmc/program/params.hpp"
#include "tmc/storage/uses.hpp"

namespace tmc::storage {
namespace {

using kernels::Role;
using program::Operand;
using program::Program;
using program::Step;

std::span<const int32_t> words(const Step& step, std::string_view name) {
  return program::find_param(*step.implementation->kernel, kernels::Words(step.params), name);
}

void set(const Step& step, std::vector<int32_t>& params, std::string_view name, int32_t value) {
  program::find_param(*step.implementation->kernel, std::span(params), name).front() = value;
}

// Rows of a tensor that a step writes whole; 0 where it is no image, or not the only one.
int64_t height_of_output(const Program& program, const Operand& output) {
  for (const program::Tensor& tensor : program.tensors) {
    if (tensor.buffer != output.index || tensor.byte_offset != output.byte_offset) continue;
    if (tensor.shape.rank() == 4 && tensor.shape[0] == 1 && tensor.bytes() == operand_extent(program, output).size()) {
      return tensor.shape[1];
    }
  }
  return 0;
}

// The operand that a step writes; none where there are several, or where it is no buffer.
std::optional<size_t> only_output(const Step& step) {
  std::optional<size_t> output;
  for (size_t i = 0; i < step.operands.size(); ++i) {
    if (step.implementation->kernel->buffers[i].role != Role::kOutput) continue;
    if (output || step.operands[i].kind != Operand::Kind::kBuffer) return std::nullopt;
    output = i;
  }
  return output;
}

// The outermost axis of a broadcast operation that is one: rows are its parts, alone or with axes within.
std::optional<size_t> row_axis(const Step& step) {
  const auto extents = words(step, "extents");
  for (size_t axis = 0; axis < extents.size(); ++axis) {
    if (extents[axis] != 1) return axis;
  }
  return std::nullopt;
}

bool is_input_buffer(const Step& step, size_t operand) {
  return step.implementation->kernel->buffers[operand].role == Role::kInput &&
         step.operands[operand].kind == Operand::Kind::kBuffer;
}

}  // namespace

int32_t RowForm::param(const char* name, int32_t otherwise) const {
  const auto found = words(*step_, name);
  return found.empty() ? otherwise : found.front();
}

bool RowForm::set_row_bytes(const Program& program, size_t operand, int64_t rows) {
  const int64_t bytes = operand_extent(program, step_->operands[operand]).size();
  if (rows <= 0 || bytes == 0 || bytes % rows != 0) return false;
  row_bytes_[operand] = bytes / rows;
  return true;
}

// Convolutions and pools.
bool RowForm::read_window(const Program& program) {
  is_window_ = true;
  if (param("batch") != 1) return false;
  input_rows_ = param("input_h");
  output_rows_ = param("output_h");
  stride_ = param("stride_h");
  padding_ = param("pad_top");
  extent_ = (param("kernel_h") - 1) * param("dilation_h", 1) + 1;
  // Every window reads a row inside.
  if (padding_ >= extent_ || (output_rows_ - 1) * stride_ - padding_ >= input_rows_) return false;
  const int64_t row_elements = int64_t{param("input_w")} * param("input_c", param("channels"));
  for (size_t i = 0; i < step_->operands.size(); ++i) {
    if (!is_input_buffer(*step_, i)) continue;
    const int64_t row_bytes =
        program::element_bytes_of(*step_->implementation->kernel, step_->params, i) * row_elements;
    // Nothing but pixels: an input that begins with something else cannot be cut.
    if (!set_row_bytes(program, i, input_rows_) || row_bytes_[i] != row_bytes) return false;
  }
  return true;
}

// A run of elements from a run of elements: functions, tables, conversions.
bool RowForm::read_elements(const Program& program) {
  input_rows_ = output_rows_;
  const int32_t elements = words(*step_, "elements").empty() ? param("row_bytes") : param("elements");
  const bool is_one_run = words(*step_, "rows").empty() || param("rows") == 1;
  if (!is_one_run || output_rows_ == 0 || elements % output_rows_ != 0) return false;
  for (size_t i = 0; i < step_->operands.size(); ++i) {
    if (is_input_buffer(*step_, i) && !set_row_bytes(program, i, output_rows_)) return false;
  }
  return true;
}

// Operands that broadcast, each with the output's rows or broadcast along them.
bool RowForm::read_broadcast(const Program& program) {
  const auto axis = row_axis(*step_);
  if (!axis || output_rows_ == 0 || words(*step_, "extents")[*axis] % output_rows_ != 0) return false;
  input_rows_ = output_rows_;
  for (size_t i = 0; i < step_->operands.size(); ++i) {
    if (step_->implementation->kernel->buffers[i].role != Role::kInput) continue;
    const auto strides = words(*step_, std::string(step_->implementation->kernel->buffers[i].name) + "_strides");
    if (strides[*axis] == 0) continue;
    if (!is_input_buffer(*step_, i) || !set_row_bytes(program, i, output_rows_)) return false;
  }
  return true;
}

bool RowForm::read(const Program& program, kernels::Access access) {
  using kernels::Access;
  switch (access) {
    case Access::kWindow:
    case Access::kQuantizedWindow:
      return read_window(program);
    case Access::kBroadcast:
      return read_broadcast(program);
    case Access::kElements:
    case Access::kPixels:
    case Access::kRows:
      return read_elements(program);
    // Rows of an image that lies plane by plane are in as many places as it has channels; of the others no row of the
    // output needs a few rows of the input only, or nobody has asked for them yet.
    default:
      return false;
  }
}

std::optional<RowForm> RowForm::of(const Program& program, const Step& step) {
  RowForm form(step);
  const auto output = only_output(step);
  if (!output) return std::nullopt;
  form.output_ = *output;
  form.row_bytes_.resize(step.operands.size());
  form.output_rows_ = static_cast<int32_t>(height_of_output(program, step.operands[*output]));
  if (!form.read(program, step.implementation->kernel->access) || form.output_rows_ < 2) return std::nullopt;
  const int64_t bytes = operand_extent(program, step.operands[*output]).size();
  if (bytes % form.output_rows_ != 0) return std::nullopt;
  form.output_row_bytes_ = bytes / form.output_rows_;
  return form;
}

Rows RowForm::input_rows(size_t operand, const Rows& output) const {
  if (!has_rows(operand)) return {0, 0};
  const auto inside = [this](int32_t row) { return std::clamp(row, 0, input_rows_); };
  return {inside(output.begin * stride_ - padding_), inside((output.end - 1) * stride_ - padding_ + extent_)};
}

bool RowForm::keeps_rows(size_t operand) const {
  return input_rows_ == output_rows_ && stride_ == 1 && padding_ == 0 && extent_ == 1 &&
         row_bytes_[operand] == output_row_bytes_;
}

std::vector<int32_t> RowForm::params(const Rows& output) const {
  std::vector<int32_t> params = step_->params;
  if (is_window_) {
    const int32_t first = output.begin * stride_ - padding_;
    const int32_t last = (output.end - 1) * stride_ - padding_ + extent_;
    const int32_t begin = std::max(first, 0);
    set(*step_, params, "input_h", std::min(last, input_rows_) - begin);
    set(*step_, params, "output_h", output.count());
    set(*step_, params, "pad_top", begin - first);
  } else if (const auto extents = words(*step_, "extents"); !extents.empty()) {
    const size_t axis = *row_axis(*step_);
    program::find_param(*step_->implementation->kernel, std::span(params), "extents")[axis] =
        extents[axis] / output_rows_ * output.count();
  } else if (!words(*step_, "elements").empty()) {
    set(*step_, params, "elements", param("elements") / output_rows_ * output.count());
  } else {
    const int32_t bytes = param("row_bytes") / output_rows_ * output.count();
    for (const char* name : {"row_bytes", "input_stride", "output_stride"}) set(*step_, params, name, bytes);
  }
  return params;
}

}  // namespace tmc::storage
