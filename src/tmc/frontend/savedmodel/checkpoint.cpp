// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#include "tmc/frontend/savedmodel/checkpoint.hpp"

#include "saved_model.pb.h"
#include "tmc/frontend/savedmodel/table_file.hpp"
#include "tmc/frontend/savedmodel/types.hpp"

namespace tmc::frontend::savedmodel {
namespace {

constexpr const char* kIndex = "variables/variables.index";
constexpr const char* kHeader = "";  // the key of what is said of the whole
constexpr int32_t kMostShards = 100'000;

std::span<const std::byte> bytes_of(const std::string& text) {
  return std::as_bytes(std::span(text));
}

}  // namespace

Result<Checkpoint> Checkpoint::open(ReadFile files) {
  Checkpoint checkpoint;
  TMC_ASSIGN(const std::string index, files(kIndex));
  TMC_ASSIGN(checkpoint.index_, read_table(bytes_of(index)));
  proto::BundleHeaderProto header;
  const auto found = checkpoint.index_.find(kHeader);
  if (found == checkpoint.index_.end() || !header.ParseFromString(found->second) || header.num_shards() < 1 ||
      header.num_shards() > kMostShards) {
    return error(Error::kMalformed, "the index of its variables has no header");
  }
  if (header.endianness() != 0) {
    return error(Error::kUnsupportedType, "its variables are in the byte order of another machine")
        .with_hint("save the model on a little-endian machine");
  }
  checkpoint.shard_count_ = header.num_shards();
  checkpoint.files_ = std::move(files);
  return checkpoint;
}

Result<const std::string*> Checkpoint::shard(int32_t number) {
  if (number < 0 || number >= shard_count_) {
    return error(Error::kMalformed, "it lies in file {} of {}", number, shard_count_);
  }
  const auto found = shards_.find(number);
  if (found != shards_.end()) return &found->second;
  TMC_ASSIGN(std::string content, files_(fmt::format("variables/variables.data-{:05}-of-{:05}", number, shard_count_)));
  return &shards_.emplace(number, std::move(content)).first->second;
}

Result<FileTensor> Checkpoint::read(const std::string& key, ConstantBudget& budget) {
  const auto found = index_.find(key);
  if (key == kHeader || found == index_.end()) {
    return error(Error::kMalformed, "there is no variable '{}' in variables/variables.index", key);
  }
  proto::BundleEntryProto entry;
  if (!entry.ParseFromString(found->second)) return error(Error::kMalformed, "its entry in the index is damaged");
  if (entry.slices_size() > 0) {
    return error(Error::kUnsupportedType, "it is stored in parts").with_hint("save the model without partitioning");
  }
  FileTensor tensor;
  TMC_ASSIGN(tensor.type.dtype, dtype_of(entry.dtype()));
  TMC_ASSIGN(tensor.type.shape, shape_of(entry.shape()));
  TMC_ASSIGN(const std::string* file, shard(entry.shard_id()));
  const auto offset = static_cast<uint64_t>(entry.offset());
  const auto size = static_cast<uint64_t>(entry.size());
  if (offset > file->size() || size > file->size() - offset) {
    return error(Error::kMalformed, "it lies outside its file, which has {} bytes", file->size())
        .with_hint("copy the whole folder again");
  }
  TMC_TRY(check_size(tensor.type, size, key));
  TMC_TRY(budget.take(size));
  const auto bytes = bytes_of(*file).subspan(offset, size);
  if (masked_crc32c(bytes) != entry.crc32c()) {
    return error(Error::kMalformed, "its bytes do not have the checksum that the index says")
        .with_hint("copy the whole folder again");
  }
  tensor.data = ir::TensorData(std::vector<std::byte>(bytes.begin(), bytes.end()));
  return tensor;
}

}  // namespace tmc::frontend::savedmodel
