// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// An image that was opened, checked and bound to the kernels that are linked: once, after which it runs as often as one
// likes. The image's bytes outlive it, and nothing writes to them. What loads is for one thread; contexts that share no
// arena may run at the same time.
//
//   LoadedModel<kKernelCount> model;
//   const image::Fault fault = model.load(flash, bytes, kKernels, kKernelCount);
//   if (!fault.is_none()) refuse(image::text_of(fault.reason), model.subject_of(fault), fault.index);
//   void* const arenas[] = {arena};  // of model.image().regions()[0].bytes
//   Context context = model.context(arenas);
//
// Freestanding. It takes four bytes of RAM for each kernel that is linked, and eight.

#include "tmc/image/check.hpp"
#include "tmc/runtime/executor.hpp"

namespace tmc::runtime {

// kKernels: as many as are linked; an image names none twice.
template <uint32_t kKernels>
class LoadedModel {
 public:
  // Takes `bytes`, at a multiple of 64, for an image. What image::open, image::check and bind refuse. After a fault
  // nothing but subject_of may be called.
  image::Fault load(const void* bytes, size_t size, const LinkedKernel* linked, size_t count) {
    image::Fault fault = image_.open(bytes, size);
    if (!fault.is_none()) return fault;
    fault = image::check(image_);
    if (fault.is_none()) fault = bind(image_, linked, count, kernels_, kKernels);
    return fault;
  }

  // What a fault is about: the kernel that is missing or another, or in which of the tables the record stands.
  const char* subject_of(const image::Fault& fault) const {
    const bool has_name = fault.reason == image::Reason::kKernel || fault.reason == image::Reason::kKernelForm;
    return has_name ? image_.name(image_.kernels()[fault.index].name) : image::name_of(fault.table);
  }

  const image::Image& image() const { return image_; }
  Context<> context(void* const* arenas) const { return Context<>(image_, kernels_, arenas); }

 private:
  image::Image image_;
  RunKernel kernels_[kKernels] = {};
};

}  // namespace tmc::runtime
