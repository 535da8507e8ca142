// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For every importer files with that one operator, and the nodes that the graph holds in its place. The tests check
// them, the fuzzers begin with them.

#include <iterator>
#include <vector>

#include "tmc/frontend/onnx/testing/attention_cases.hpp"
#include "tmc/frontend/onnx/testing/body_cases.hpp"
#include "tmc/frontend/onnx/testing/function_cases.hpp"
#include "tmc/frontend/onnx/testing/image_cases.hpp"
#include "tmc/frontend/onnx/testing/indexed_cases.hpp"
#include "tmc/frontend/onnx/testing/layer_cases.hpp"
#include "tmc/frontend/onnx/testing/microsoft_cases.hpp"
#include "tmc/frontend/onnx/testing/moved_cases.hpp"
#include "tmc/frontend/onnx/testing/operator_cases.hpp"
#include "tmc/frontend/onnx/testing/quantized_cases.hpp"
#include "tmc/frontend/onnx/testing/recurrent_cases.hpp"
#include "tmc/frontend/onnx/testing/rewritten_cases.hpp"
#include "tmc/frontend/onnx/testing/run_time_cases.hpp"
#include "tmc/frontend/onnx/testing/sequence_cases.hpp"
#include "tmc/frontend/onnx/testing/spectrum_cases.hpp"
#include "tmc/frontend/onnx/testing/structured_cases.hpp"
#include "tmc/frontend/onnx/testing/svm_cases.hpp"
#include "tmc/frontend/onnx/testing/text_cases.hpp"
#include "tmc/frontend/onnx/testing/tree_cases.hpp"

namespace tmc::frontend::onnx_format::op_cases {

inline const std::vector<Case> kOpCases = [] {
  std::vector<Case> all(std::begin(kOperatorCases), std::end(kOperatorCases));
  all.insert(all.end(), std::begin(kLayerCases), std::end(kLayerCases));
  all.insert(all.end(), std::begin(kMicrosoftCases), std::end(kMicrosoftCases));
  all.insert(all.end(), std::begin(kMovedCases), std::end(kMovedCases));
  all.insert(all.end(), std::begin(kAttentionCases), std::end(kAttentionCases));
  all.insert(all.end(), std::begin(kBodyCases), std::end(kBodyCases));
  all.insert(all.end(), std::begin(kQuantizedCases), std::end(kQuantizedCases));
  all.insert(all.end(), std::begin(kRecurrentCases), std::end(kRecurrentCases));
  all.insert(all.end(), std::begin(kRunTimeCases), std::end(kRunTimeCases));
  all.insert(all.end(), std::begin(kImageCases), std::end(kImageCases));
  all.insert(all.end(), std::begin(kIndexedCases), std::end(kIndexedCases));
  all.insert(all.end(), std::begin(kRewrittenCases), std::end(kRewrittenCases));
  all.insert(all.end(), std::begin(kFunctionCases), std::end(kFunctionCases));
  all.insert(all.end(), std::begin(kSequenceCases), std::end(kSequenceCases));
  all.insert(all.end(), std::begin(kSpectrumCases), std::end(kSpectrumCases));
  all.insert(all.end(), std::begin(kStructuredCases), std::end(kStructuredCases));
  all.insert(all.end(), std::begin(kSvmCases), std::end(kSvmCases));
  all.insert(all.end(), std::begin(kTextCases), std::end(kTextCases));
  all.insert(all.end(), std::begin(kTreeCases), std::end(kTreeCases));
  return all;
}();

}  // namespace tmc::frontend::onnx_format::op_cases
