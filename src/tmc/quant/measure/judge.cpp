// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/quant/measure/judge.hpp"

#include <algorithm>
#include <cmath>

#include "tmc/ops/functions.hpp"
#include "tmc/ops/op/softmax.hpp"
#include "tmc/quant/scheme/insert_pairs.hpp"

namespace tmc::quant {

void Noise::add(std::span<const float> wanted, std::span<const float> got) {
  for (size_t i = 0; i < wanted.size(); ++i) {
    const double real = wanted[i];
    const double off = got[i] - real;
    signal += real * real;
    noise += off * off;
  }
}

double Noise::relative() const {
  if (noise == 0) return 0;
  return signal > 0 ? noise / signal : HUGE_VAL;
}

double Noise::snr_db() const {
  return noise > 0 ? std::min(kMostDb, 10 * std::log10(signal / noise)) : kMostDb;
}

std::optional<size_t> find_tensor(const Session& session, const std::string& value) {
  for (const std::string& name : {value, value + kQuantizedSuffix}) {
    const auto found = std::ranges::find(session.tensors(), name, &TensorInfo::name);
    if (found != session.tensors().end()) return static_cast<size_t>(found - session.tensors().begin());
  }
  return std::nullopt;
}

std::vector<std::string> output_values(const ir::Graph& graph) {
  std::vector<std::string> names;
  for (const ir::ValueId id : graph.outputs()) {
    if (graph.value(id).type.dtype == DType::kF32) names.push_back(graph.value(id).name);
  }
  return names;
}

std::vector<std::string> judged_values(const ir::Graph& graph) {
  std::vector<std::string> names;
  for (ir::ValueId id : graph.outputs()) {
    const ir::NodeId producer = graph.value(id).producer;
    if (producer != ir::NodeId::kNone) {
      const ir::Node& node = graph.node(producer);
      if (node.op.is<ops::Softmax>() || node.op.is<ops::Sigmoid>()) id = node.inputs[0];
    }
    if (graph.value(id).type.dtype == DType::kF32) names.push_back(graph.value(id).name);
  }
  return names;
}

Result<Judge::Answers> Judge::answers(Session& session, int64_t row) const {
  std::vector<std::optional<size_t>> places;
  for (const std::string& value : values_) {
    places.push_back(find_tensor(session, value));
    if (!places.back()) return error(Error::kInternal, "the quantised graph has lost the tensor '{}'", value);
  }
  TMC_ASSIGN(const Row inputs, source_->read(row));
  Answers got(values_.size());
  TMC_TRY(session.run(inputs, [&](size_t at, std::span<std::byte> bytes) {
    for (size_t i = 0; i < places.size(); ++i) {
      if (*places[i] == at) got[i] = reals(session.tensors()[at], bytes);
    }
  }));
  return got;
}

Result<Judge> Judge::create(Session& session, RowSource& rows, std::vector<int64_t> indices,
                            std::vector<std::string> values) {
  Judge judge;
  judge.source_ = &rows;
  judge.indices_ = std::move(indices);
  judge.values_ = std::move(values);
  for (const int64_t row : judge.indices_) {
    TMC_ASSIGN(Answers wanted, judge.answers(session, row));
    judge.wanted_.push_back(std::move(wanted));
  }
  return judge;
}

Result<Verdict> Judge::judge(Session& session, std::span<const int64_t> labels) const {
  Verdict verdict;
  for (size_t i = 0; i < indices_.size(); ++i) {
    TMC_ASSIGN(const Answers got, answers(session, indices_[i]));
    for (size_t value = 0; value < values_.size(); ++value) verdict.noise.add(wanted_[i][value], got[value]);
    ++verdict.rows;
    if (values_.empty()) continue;
    const size_t wanted = argmax(wanted_[i][0]);
    const size_t found = argmax(got[0]);
    verdict.agree += wanted == found;
    if (labels.empty()) continue;
    verdict.float_right += static_cast<int64_t>(wanted) == labels[i];
    verdict.right += static_cast<int64_t>(found) == labels[i];
  }
  return verdict;
}

std::vector<int64_t> spread_rows(int64_t rows, int64_t most) {
  const int64_t count = std::min(rows, most);
  std::vector<int64_t> indices;
  for (int64_t i = 0; i < count; ++i) indices.push_back(i * rows / count);
  return indices;
}

size_t argmax(std::span<const float> values) {
  return static_cast<size_t>(std::ranges::max_element(values) - values.begin());
}

}  // namespace tmc::quant
