// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/pipeline/graph_session.hpp"

#include <algorithm>

#include "tmc/exec/executor.hpp"
#include "tmc/pipeline/compile.hpp"
#include "tmc/pipeline/passes.hpp"
#include "tmc/select/select.hpp"
#include "tmc/storage/storage.hpp"

namespace tmc::pipeline {
namespace {

using program::Program;
using program::Tensor;
using quant::TensorInfo;

class GraphSession : public quant::Session {
 public:
  static Result<std::unique_ptr<quant::Session>> open(Program placed) {
    auto session = std::unique_ptr<GraphSession>(new GraphSession(std::move(placed)));
    TMC_ASSIGN(exec::Executor executor, exec::Executor::create(session->program_));
    session->executor_ = std::make_unique<exec::Executor>(std::move(executor));
    return std::unique_ptr<quant::Session>(std::move(session));
  }

  const std::vector<TensorInfo>& tensors() const override { return infos_; }

  Status run(const quant::Row& row, const Observer& observe) override {
    quant::Row inputs = row;
    size_t next = 0;
    for (; next < shown_.size() && shown_[next]->step < 0; ++next) {
      const int64_t input = input_in(shown_[next]->buffer);
      if (input >= 0 && static_cast<size_t>(input) < inputs.size()) observe(next, inputs[static_cast<size_t>(input)]);
    }
    const auto after_step = [&](int32_t step) {
      for (; next < shown_.size() && shown_[next]->step <= step; ++next) {
        std::vector<std::byte> bytes = executor_->read(*shown_[next]);
        observe(next, bytes);
        executor_->write(*shown_[next], bytes);
      }
    };
    return executor_->run(inputs, after_step).status();
  }

 private:
  explicit GraphSession(Program placed) : program_(std::move(placed)) {
    for (const Tensor& tensor : program_.tensors) shown_.push_back(&tensor);
    std::ranges::stable_sort(shown_, {}, &Tensor::step);
    for (const Tensor* tensor : shown_) {
      infos_.push_back({tensor->name, {tensor->dtype, tensor->shape}, tensor->quantization});
    }
  }

  // Of the program's inputs the one whose bytes the buffer holds: its own, or those of a reshaped view. -1: none.
  int64_t input_in(int32_t buffer) const {
    const auto found = std::ranges::find_if(
        program_.inputs, [&](int32_t input) { return program_.tensors[static_cast<size_t>(input)].buffer == buffer; });
    return found == program_.inputs.end() ? -1 : found - program_.inputs.begin();
  }

  Program program_;
  std::unique_ptr<exec::Executor> executor_;
  std::vector<const Tensor*> shown_;
  std::vector<TensorInfo> infos_;
};

}  // namespace

Result<std::unique_ptr<quant::Session>> GraphRunner::open(const ir::Graph& graph) {
  ir::Graph lowered = graph;
  TMC_TRY(lower_pairs(lowered));
  TMC_ASSIGN(const Target host, load_target("host"));
  TMC_ASSIGN(Program selected, select::select(lowered, in_process(host), {.keep_inputs = true}));
  TMC_ASSIGN(Program placed, storage::place(std::move(selected), {storage::Sharing::kNone}));
  return GraphSession::open(std::move(placed));
}

}  // namespace tmc::pipeline
