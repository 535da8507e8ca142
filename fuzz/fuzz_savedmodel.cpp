// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/testing/saved_model_files.hpp"
#include "tmc/ir/verifier.hpp"

namespace {

using tmc::frontend::savedmodel::ModelFiles;

void check(const tmc::Result<tmc::ir::Graph>& graph, const tmc::Refusals& refusals) {
  const bool is_wrong =
      graph.ok() ? refusals.empty() && !tmc::ir::verify(*graph).ok() : graph.status().code() == tmc::Error::kInternal;
  if (is_wrong) __builtin_trap();
}

void check(const ModelFiles& files) {
  tmc::Refusals refusals;
  const auto graph = tmc::frontend::import_savedmodel(files.reader(), {}, refusals);
  check(graph, refusals);
}

}  // namespace

// Every input is refused or gives a sound graph: as the files of a model, as the graph of one whose variables are
// sound, which checksums would keep from being reached, and as entries of a sound index.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  namespace savedmodel = tmc::frontend::savedmodel;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const ModelFiles files = savedmodel::unpacked(bytes);
  check(files);
  static const ModelFiles kSound = savedmodel::files_of(savedmodel::small_model());
  check({files.graph, kSound.index, kSound.data});
  savedmodel::proto::BundleEntryProto entry;
  if (entry.ParseFromString(files.index)) check({kSound.graph, savedmodel::index_of(entry), kSound.data});
  tmc::Refusals refusals;
  const auto frozen = tmc::frontend::import_frozen_graph(std::as_bytes(std::span(bytes)), {}, refusals);
  check(frozen, refusals);
  return 0;
}
