// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// Cases of TFLite Micro's signal operators, which are custom ones with options in FlexBuffers.

#include <flatbuffers/flexbuffers.h>

#include "tmc/frontend/tflite/testing/op_case.hpp"

namespace tmc::frontend::tflite::op_cases {

using IntegerOptions = std::vector<std::pair<const char*, int64_t>>;

inline std::vector<uint8_t> flexbuffer(const IntegerOptions& options) {
  flexbuffers::Builder builder;
  builder.Map([&] {
    for (const auto& [name, value] : options) builder.Int(name, value);
  });
  builder.Finish();
  return builder.GetBuffer();
}

inline void window(ModelBuilder& m, const IntegerOptions& options) {
  const int32_t x = m.input("x", {1, 4}, 0, 0, TensorType::INT16);
  m.custom("SignalWindow", {x, m.constant<int16_t>("w", {4}, {1, 2, 3, 4})},
           {m.output("y", {1, 4}, 0, 0, TensorType::INT16)}, flexbuffer(options));
}

inline void rfft(ModelBuilder& m, int32_t length, int64_t type = static_cast<int64_t>(TensorType::INT16)) {
  m.custom("SignalRfft", {m.input("x", {5}, 0, 0, TensorType::INT16)},
           {m.output("y", {length + 2}, 0, 0, TensorType::INT16)}, flexbuffer({{"T", type}, {"fft_length", length}}));
}

inline void irfft(ModelBuilder& m, int32_t length) {
  m.custom("SignalIrfft", {m.input("x", {2, 18}, 0, 0, TensorType::INT16)},
           {m.output("y", {2, 16}, 0, 0, TensorType::INT16)},
           flexbuffer({{"T", static_cast<int64_t>(TensorType::INT16)}, {"fft_length", length}}));
}

inline void overlap_add(ModelBuilder& m, int32_t step) {
  m.custom("SignalOverlapAdd", {m.input("x", {2, 5}, 0, 0, TensorType::INT16)},
           {m.output("y", {2 * step}, 0, 0, TensorType::INT16)},
           flexbuffer({{"T", static_cast<int64_t>(TensorType::INT16)}, {"frame_step", step}}));
}

inline void energy(ModelBuilder& m, int64_t start, int64_t end) {
  m.custom("SignalEnergy", {m.input("x", {10}, 0, 0, TensorType::INT16)},
           {m.output("y", {5}, 0, 0, TensorType::UINT32)}, flexbuffer({{"end_index", end}, {"start_index", start}}));
}

inline void filter_bank(ModelBuilder& m, int64_t channels) {
  const int32_t x = m.input("x", {6}, 0, 0, TensorType::UINT32);
  const auto table = [&](const char* name, const std::vector<int16_t>& values) {
    return m.constant<int16_t>(name, {static_cast<int32_t>(values.size())}, values);
  };
  m.custom("SignalFilterBank",
           {x, table("w", {1, 2, 3, 4}), table("u", {4, 3, 2, 1}), table("bins", {0, 2, 4}), table("at", {0, 0, 2}),
            table("widths", {2, 2, 2})},
           {m.output("y", {2}, 0, 0, TensorType::UINT64)}, flexbuffer({{"num_channels", channels}}));
}

inline void spectral_subtraction(ModelBuilder& m, const IntegerOptions& changed) {
  IntegerOptions options = {{"alternate_one_minus_smoothing", 1},
                            {"alternate_smoothing", 2},
                            {"clamping", 1},
                            {"min_signal_remaining", 3},
                            {"num_channels", 2},
                            {"one_minus_smoothing", 4},
                            {"smoothing", 5},
                            {"smoothing_bits", 6},
                            {"spectral_subtraction_bits", 7}};
  for (const auto& [name, value] : changed) {
    for (auto& [of, is] : options) is = std::string_view(of) == name ? value : is;
  }
  m.custom("SignalFilterBankSpectralSubtraction", {m.input("x", {2}, 0, 0, TensorType::UINT32)},
           {m.output("y", {2}, 0, 0, TensorType::UINT32), m.output("noise", {2}, 0, 0, TensorType::UINT32)},
           flexbuffer(options));
}

inline void delay(ModelBuilder& m, int64_t length) {
  m.custom("SignalDelay", {m.input("x", {2, 3}, 0, 0, TensorType::INT16)},
           {m.output("y", {2, 3}, 0, 0, TensorType::INT16)}, flexbuffer({{"delay_length", length}}));
}

inline void framer(ModelBuilder& m, int64_t size, int64_t step, int64_t prefill, int32_t frames) {
  m.custom("SignalFramer", {m.input("x", {4}, 0, 0, TensorType::INT16)},
           {m.output("y", {frames, static_cast<int32_t>(size)}, 0, 0, TensorType::INT16),
            m.output("valid", {}, 0, 0, TensorType::BOOL)},
           flexbuffer({{"frame_size", size}, {"frame_step", step}, {"prefill", prefill}}));
}

inline void stacker(ModelBuilder& m, int64_t left, int64_t right, int64_t step) {
  m.custom("SignalStacker", {m.input("x", {2}, 0, 0, TensorType::INT16)},
           {m.output("y", {static_cast<int32_t>(2 * (left + right + 1) % 100)}, 0, 0, TensorType::INT16),
            m.output("valid", {}, 0, 0, TensorType::BOOL)},
           flexbuffer({{"num_channels", 2},
                       {"stacker_left_context", left},
                       {"stacker_right_context", right},
                       {"stacker_step", step}}));
}

inline const Case kSignalCases[] = {
    {"custom_signal_irfft", [](ModelBuilder& m) { irfft(m, 16); },
     "y: i16[2,16] = signal_irfft(x) length=16 @\"custom:SignalIrfft:y\"\n"},
    {"custom_signal_irfft.length", [](ModelBuilder& m) { irfft(m, 32); },
     "node 'custom:SignalIrfft:y': a spectrum is not of 34 numbers"},
    {"custom_signal_overlap_add", [](ModelBuilder& m) { overlap_add(m, 2); },
     "y_sums: i16[7] = signal_overlap_add(x, y_past) step=2\n"
     "y_kept: i16[3] = slice(y_sums) begins=[4] sizes=[3] steps=[1]\n"
     "y: i16[4] = slice(y_sums) begins=[0] sizes=[4] steps=[1] @\"custom:SignalOverlapAdd:y\"\n"},
    {"custom_signal_overlap_add.apart", [](ModelBuilder& m) { overlap_add(m, 5); },
     "y: i16[10] = reshape(x) shape=[10] @\"custom:SignalOverlapAdd:y\"\n"},
    {"custom_signal_overlap_add.gaps", [](ModelBuilder& m) { overlap_add(m, 6); },
     "node 'custom:SignalOverlapAdd:y': it takes steps of 6 in frames of 5"},
    {"custom_signal_stacker", [](ModelBuilder& m) { stacker(m, 0, 1, 2); },
     "valid: bool[] = equal(y_runs, y_first) @\"custom:SignalStacker:y\"\n"
     "y_next: i32[] = add(y_runs, y_one)\n"
     "y_count: i32[] = where(valid, y_again, y_next)\n"
     "y_has_past: bool[] = greater_or_equal(y_began, y_yes)\n"
     "y_repeated: i16[2] = tile(x) repeats=[1]\n"
     "y_before: i16[2] = where(y_has_past, y_past, y_repeated)\n"
     "y_stack: i16[4] = concat(y_before, x)\n"
     "y_kept: i16[2] = slice(y_stack) begins=[2] sizes=[2] steps=[1]\n"
     "y: i16[4] = reshape(y_stack) shape=[4] @\"custom:SignalStacker:y\"\n"},
    {"custom_signal_stacker.step", [](ModelBuilder& m) { stacker(m, 0, 1, 3); },
     "node 'custom:SignalStacker:y': its option 'stacker_step' is 3, not from 1 to 2"},
    {"custom_signal_stacker.huge", [](ModelBuilder& m) { stacker(m, INT32_MAX, INT32_MAX, 1); },
     "node 'y_past': the tensor [8589934588] is larger than 2147483647 bytes"},
    {"custom_signal_delay", [](ModelBuilder& m) { delay(m, 5); },
     "y_stream: i16[2,8] = concat(y_past, x) axis=1\n"
     "y_kept: i16[2,5] = slice(y_stream) begins=[0,3] sizes=[2,5] steps=[1,1]\n"
     "y: i16[2,3] = slice(y_stream) begins=[0,0] sizes=[2,3] steps=[1,1] @\"custom:SignalDelay:y\"\n"},
    {"custom_signal_delay.none", [](ModelBuilder& m) { delay(m, 0); },
     "y: i16[2,3] = slice(x) begins=[0,0] sizes=[2,3] steps=[1,1] @\"custom:SignalDelay:y\"\n"},
    {"custom_signal_delay.huge", [](ModelBuilder& m) { delay(m, INT32_MAX); },
     "node 'y_past': the tensor [2, 2147483647] is larger than 2147483647 bytes"},
    {"custom_signal_framer", [](ModelBuilder& m) { framer(m, 3, 2, 0, 2); },
     "y_stream: i16[6] = concat(y_past, x)\n"
     "y_kept: i16[2] = slice(y_stream) begins=[4] sizes=[2] steps=[1]\n"
     "y_frames: i16[6] = gather(y_stream) axes=[-1] counts=[6] indices=[0,1,2,2,3,4]\n"
     "valid: bool[] = greater_or_equal(y_runs, y_enough) @\"custom:SignalFramer:y\"\n"
     "y_next: i32[] = add(y_runs, y_one)\n"
     "y_count: i32[] = min(y_next, y_enough)\n"
     "y: i16[2,3] = reshape(y_frames) shape=[2,3] @\"custom:SignalFramer:y\"\n"},
    {"custom_signal_framer.steps", [](ModelBuilder& m) { framer(m, 5, 3, 0, 1); },
     "node 'custom:SignalFramer:y': its input is no sequence of steps of 3 samples"},
    {"custom_signal_framer.prefill", [](ModelBuilder& m) { framer(m, 1, 2, 1, 2); },
     "node 'custom:SignalFramer:y': its frames of 1 samples are shorter than a step of 2"},
    {"custom_signal_framer.huge", [](ModelBuilder& m) { framer(m, 1 << 26, 1, 1, 4); },
     "node 'custom:SignalFramer:y': it makes a constant of 8589934592 elements, more than 16777216 and 4 a byte of the "
     "file's constants in all"},
    {"custom_signal_window",
     [](ModelBuilder& m) {
       window(m, {{"shift", 12}});
     },
     "y: i16[1,4] = signal_window(x, w) shift=12 @\"custom:SignalWindow:y\"\n"},
    {"custom_signal_window.shift",
     [](ModelBuilder& m) {
       window(m, {{"shift", 40}});
     },
     "node 'custom:SignalWindow:y': shift is 40, not from 0 to 31"},
    {"custom_signal_window.missing",
     [](ModelBuilder& m) {
       window(m, {{"size", 4}});
     },
     "node 'custom:SignalWindow:y': its option 'shift' is missing or no integer"},
    {"custom_signal_window.large",
     [](ModelBuilder& m) {
       window(m, {{"shift", int64_t{1} << 40}});
     },
     "node 'custom:SignalWindow:y': its option 'shift' is 1099511627776, not from -2147483648 to 2147483647"},
    {"custom_signal_window.bytes",
     [](ModelBuilder& m) {
       window(m, {});
       m.graph().operators[0]->custom_options = {1, 2, 3, 0xff, 0x28, 0x01};
     },
     "node 'custom:SignalWindow:y': the options of the operator are no map of FlexBuffers"},
    {"custom_signal_window.none",
     [](ModelBuilder& m) {
       window(m, {});
       m.graph().operators[0]->custom_options.clear();
     },
     "node 'custom:SignalWindow:y': the options of the operator are missing"},
    {"custom_signal_fft_auto_scale",
     [](ModelBuilder& m) {
       m.custom("SignalFftAutoScale", {m.input("x", {4}, 0, 0, TensorType::INT16)},
                {m.output("y", {4}, 0, 0, TensorType::INT16), m.output("bits", {}, 0, 0, TensorType::INT32)}, {});
     },
     "bits: i32[] = signal_scale_bits(x) @\"custom:SignalFftAutoScale:y\"\n"
     "y: i16[4] = signal_scale(x, bits) @\"custom:SignalFftAutoScale:y\"\n"},
    {"custom_signal_fft_auto_scale.one",
     [](ModelBuilder& m) {
       m.custom("SignalFftAutoScale", {m.input("x", {4}, 0, 0, TensorType::INT16)},
                {m.output("y", {4}, 0, 0, TensorType::INT16)}, {});
     },
     "node 'custom:SignalFftAutoScale:y': it has no two outputs"},
    {"custom_signal_rfft", [](ModelBuilder& m) { rfft(m, 8); },
     "y: i16[10] = signal_rfft(x) length=8 @\"custom:SignalRfft:y\"\n"},
    {"custom_signal_rfft.short", [](ModelBuilder& m) { rfft(m, 4); },
     "node 'custom:SignalRfft:y': a frame is longer than the transform of 4 points"},
    {"custom_signal_rfft.odd", [](ModelBuilder& m) { rfft(m, 12); },
     "node 'custom:SignalRfft:y': a transform of 12 points, not a power of two from 4 to 65536"},
    {"custom_signal_rfft.huge", [](ModelBuilder& m) { rfft(m, 1 << 30); },
     "node 'custom:SignalRfft:y': its option 'fft_length' is 1073741824, not from 4 to 65536"},
    {"custom_signal_rfft.float", [](ModelBuilder& m) { rfft(m, 8, 0); },
     "node 'custom:SignalRfft:y': its numbers are of the type 0, not of int16"},
    {"custom_signal_energy", [](ModelBuilder& m) { energy(m, 1, 4); },
     "y: u32[5] = signal_energy(x) start=1 end=4 @\"custom:SignalEnergy:y\"\n"},
    {"custom_signal_energy.end", [](ModelBuilder& m) { energy(m, 1, 6); },
     "node 'custom:SignalEnergy:y': end is 6, not from 0 to 5"},
    {"custom_signal_energy.start", [](ModelBuilder& m) { energy(m, -1, 4); },
     "node 'custom:SignalEnergy:y': start is -1, not from 0 to 4"},
    {"custom_signal_filter_bank", [](ModelBuilder& m) { filter_bank(m, 2); },
     "y: u64[2] = signal_filter_bank(x, w, u, bins, at, widths) @\"custom:SignalFilterBank:y\"\n"},
    {"custom_signal_filter_bank.channels", [](ModelBuilder& m) { filter_bank(m, 1 << 30); },
     "node 'custom:SignalFilterBank:y': it has 1073741824 channels, and tables of 3 bands"},
    {"custom_signal_filter_bank_square_root",
     [](ModelBuilder& m) {
       m.custom("SignalFilterBankSquareRoot",
                {m.input("x", {2}, 0, 0, TensorType::UINT64), m.input("bits", {}, 0, 0, TensorType::INT32)},
                {m.output("y", {2}, 0, 0, TensorType::UINT32)}, {});
     },
     "y: u32[2] = signal_square_root(x, bits) @\"custom:SignalFilterBankSquareRoot:y\"\n"},
    {"custom_signal_filter_bank_spectral_subtraction", [](ModelBuilder& m) { spectral_subtraction(m, {}); },
     "noise: u32[2] = signal_noise_estimate(x, y_noise) smoothing=5 kept=4 odd_smoothing=2 odd_kept=1 "
     "smoothing_bits=6 coefficient_bits=7 clamping=true @\"custom:SignalFilterBankSpectralSubtraction:y\"\n"
     "y: u32[2] = signal_subtraction(x, noise) remaining=3 smoothing_bits=6 coefficient_bits=7 "
     "@\"custom:SignalFilterBankSpectralSubtraction:y\"\n"},
    {"custom_signal_filter_bank_spectral_subtraction.channels",
     [](ModelBuilder& m) {
       spectral_subtraction(m, {{"num_channels", 1 << 30}});
     },
     "node 'custom:SignalFilterBankSpectralSubtraction:y': it is of 1073741824 channels, and has an input of 2"},
    {"custom_signal_filter_bank_spectral_subtraction.bits",
     [](ModelBuilder& m) {
       spectral_subtraction(m, {{"spectral_subtraction_bits", 64}});
     },
     "node 'custom:SignalFilterBankSpectralSubtraction:y': coefficient_bits is 64, not from 0 to 63"},
    {"custom_signal_pcan",
     [](ModelBuilder& m) {
       m.custom("SignalPCAN",
                {m.input("x", {2}, 0, 0, TensorType::UINT32), m.input("noise", {2}, 0, 0, TensorType::UINT32),
                 m.constant<int16_t>("gains", {125}, std::vector<int16_t>(125, 1))},
                {m.output("y", {2}, 0, 0, TensorType::UINT32)}, flexbuffer({{"snr_shift", 6}}));
     },
     "y: u32[2] = signal_pcan(x, noise, gains) snr_shift=6 @\"custom:SignalPCAN:y\"\n"},
    {"custom_signal_pcan.gains",
     [](ModelBuilder& m) {
       m.custom("SignalPCAN",
                {m.input("x", {2}, 0, 0, TensorType::UINT32), m.input("noise", {2}, 0, 0, TensorType::UINT32),
                 m.constant<int16_t>("gains", {124}, std::vector<int16_t>(124, 1))},
                {m.output("y", {2}, 0, 0, TensorType::UINT32)}, flexbuffer({{"snr_shift", 6}}));
     },
     "node 'custom:SignalPCAN:y': its table of gains has 124 elements, not 125"},
    {"custom_signal_filter_bank_log",
     [](ModelBuilder& m) {
       m.custom("SignalFilterBankLog", {m.input("x", {2}, 0, 0, TensorType::UINT32)},
                {m.output("y", {2}, 0, 0, TensorType::INT16)},
                flexbuffer({{"input_correction_bits", 3}, {"output_scale", 64}}));
     },
     "y: i16[2] = signal_log(x) output_scale=64 correction_bits=3 @\"custom:SignalFilterBankLog:y\"\n"},
};

}  // namespace tmc::frontend::tflite::op_cases
