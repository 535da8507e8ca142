// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tmc/frontend/onnx/body.hpp"
#include "tmc/frontend/onnx/unrolled.hpp"
#include "tmc/ops/shape_rules.hpp"

namespace tmc::frontend::onnx_format {
namespace {

using Ints = std::vector<int64_t>;

// A sequence that trips read, or write.
struct Sequence {
  ir::ValueId value = ir::ValueId::kNone;
  int64_t axis = 0;
  bool backwards = false;
};

class ScanImport {
 public:
  explicit ScanImport(ImportContext& context) : context_(context) {}

  Status run() {
    constexpr int64_t kSinceOpset = 9;
    if (context_.opset() < kSinceOpset) {
      return error(Error::kUnsupportedOp, "before opset {} it has an axis of batches", kSinceOpset)
          .with_hint("convert the model with onnx.version_converter");
    }
    TMC_ASSIGN(body_, body_of(context_, "body"));
    TMC_TRY(read_counts());
    TMC_TRY(read_inputs());
    TMC_ASSIGN(const std::vector<Sequence> outputs, sequences("scan_output_axes", "scan_output_directions",
                                                              static_cast<size_t>(body_->output_size()) - states_));
    std::vector<std::vector<FileTensor>> written(outputs.size());
    for (int64_t trip = 0; trip < trips_; ++trip) TMC_TRY(run_trip(trip, written));
    for (size_t i = 0; i < states_; ++i) TMC_TRY(context_.finish_output_as(i, state_[i]));
    for (size_t i = 0; i < outputs.size(); ++i) {
      if (outputs[i].backwards) written[i] = std::vector<FileTensor>(written[i].rbegin(), written[i].rend());
      TMC_TRY(finish_sequence(context_, states_ + i, std::move(written[i]), outputs[i].axis));
    }
    return {};
  }

 private:
  Status read_counts() {
    TMC_ASSIGN(const int64_t count, context_.attributes().integer("num_scan_inputs", 0));
    const auto all = static_cast<int64_t>(context_.input_count());
    if (count < 1 || count > all || body_->input_size() != all || body_->output_size() < all - count) {
      return error(Error::kMalformed, "its body has {} inputs and {} outputs for {} inputs, of which {} are scanned",
                   body_->input_size(), body_->output_size(), all, count);
    }
    states_ = static_cast<size_t>(all - count);
    return {};
  }

  Result<std::vector<Sequence>> sequences(const char* axes, const char* directions, size_t count) {
    TMC_ASSIGN(const Ints given_axes, context_.attributes().integers(axes, Ints(count, 0)));
    TMC_ASSIGN(const Ints backwards, context_.attributes().integers(directions, Ints(count, 0)));
    if (given_axes.size() != count || backwards.size() != count) {
      return error(Error::kMalformed, "it has {} axes and {} directions for {} sequences", given_axes.size(),
                   backwards.size(), count);
    }
    std::vector<Sequence> result(count);
    for (size_t i = 0; i < count; ++i) {
      result[i].axis = given_axes[i];
      result[i].backwards = backwards[i] != 0;
    }
    return result;
  }

  Status read_inputs() {
    for (size_t i = 0; i < states_; ++i) {
      TMC_ASSIGN(state_.emplace_back(), context_.file_tensor(i));
    }
    TMC_ASSIGN(read_, sequences("scan_input_axes", "scan_input_directions", context_.input_count() - states_));
    for (size_t i = 0; i < read_.size(); ++i) {
      TMC_ASSIGN(read_[i].value, context_.input(states_ + i));
      const Shape& shape = context_.type(read_[i].value).shape;
      TMC_ASSIGN(const int axis, ops::normalize_axis(read_[i].axis, shape.rank()));
      read_[i].axis = axis;
      if (i > 0 && shape[axis] != trips_) return error(Error::kMalformed, "its sequences are not of one length");
      trips_ = shape[axis];
    }
    if (trips_ <= kMostTrips) return {};
    return error(Error::kUnsupportedShape, "its sequences have {} elements, at most {} are supported", trips_,
                 kMostTrips);
  }

  Status run_trip(int64_t trip, std::vector<std::vector<FileTensor>>& written) {
    std::vector<FileTensor> inputs = state_;
    for (size_t i = 0; i < read_.size(); ++i) {
      const int64_t index = read_[i].backwards ? trips_ - 1 - trip : trip;
      FileTensor element;
      TMC_ASSIGN(element.value, append_element(context_, read_[i].value, static_cast<int>(read_[i].axis), index,
                                               fmt::format("_in{}_{}", i, trip)));
      inputs.push_back(std::move(element));
    }
    TMC_ASSIGN(const std::vector<FileTensor> outputs, context_.import_body(*body_, inputs));
    std::copy_n(outputs.begin(), states_, state_.begin());
    for (size_t i = 0; i < written.size(); ++i) written[i].push_back(outputs[states_ + i]);
    return {};
  }

  ImportContext& context_;
  const ::onnx::GraphProto* body_ = nullptr;
  size_t states_ = 0;
  int64_t trips_ = 0;
  std::vector<FileTensor> state_;
  std::vector<Sequence> read_;
};

}  // namespace

Status import_scan(ImportContext& context) {
  return ScanImport(context).run();
}

}  // namespace tmc::frontend::onnx_format
