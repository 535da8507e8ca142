# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""The signal operators of TensorFlow Lite Micro, on frames of several lengths, and casts between them."""
import numpy as np

from layer_lists import BuiltinOperator, Tensor, options
from single_op import TYPES  # noqa: I001

I16, U32, U64 = np.int16, np.uint32, np.uint64
SUBTRACTION = {"alternate_one_minus_smoothing": 15401, "alternate_smoothing": 983, "min_signal_remaining": 819,
               "one_minus_smoothing": 15975, "smoothing": 409, "smoothing_bits": 10, "spectral_subtraction_bits": 14}


def signals(layers):
    def add(name, attributes, inputs, *outputs):
        layers.add("signal", {}, inputs, [Tensor(f"y{i}", np.zeros(shape, dtype)) for i, (dtype, shape) in enumerate(outputs)], name,
                   attributes)

    def given(shape, dtype):
        return Tensor("x", np.zeros(shape, dtype))

    def constant(name, values, dtype=I16):
        return Tensor(name, np.array(values, dtype), constant=True)

    for frames, samples in ((1, 480), (1, 400), (1, 256), (2, 160), (1, 101), (3, 64), (1, 30)):
        add("SignalWindow", {"shift": 12}, [given([frames, samples], I16), constant("w", layers.values([samples], I16) % 4096)],
            (I16, [frames, samples]))
    for samples in (512, 480, 400, 256, 160, 101, 50):
        add("SignalFftAutoScale", {}, [given([samples], I16)], (I16, [samples]), (np.int32, []))
    for length, samples, frames in ((512, 480, 1), (512, 512, 1), (256, 256, 1), (256, 200, 1), (128, 128, 1), (64, 64, 2),
                                    (1024, 1000, 1), (32, 32, 1), (128, 100, 3), (1024, 1024, 1)):
        add("SignalRfft", {"T": 7, "fft_length": length}, [given([frames, samples], I16)], (I16, [frames, length + 2]))
        add("SignalIrfft", {"T": 7, "fft_length": length}, [given([frames, length + 2], I16)], (I16, [frames, length]))
    for bins, start, end in ((257, 5, 240), (129, 0, 129), (65, 3, 60), (513, 8, 400), (33, 0, 20), (257, 0, 257)):
        add("SignalEnergy", {"start_index": start, "end_index": end}, [given([2 * bins], I16)], (U32, [bins]))
    for channels, width in ((40, 6), (32, 4), (20, 8), (64, 5), (12, 10), (24, 3)):
        filter_bank(layers, add, given, constant, channels, width)
    for elements in (257, 40, 513, 100, 129, 7):
        for made, taken in ((np.int32, U32), (np.uint8, np.int8)):
            layers.add("cast", {}, [given([elements], taken)], Tensor("y", np.zeros([elements], made)), BuiltinOperator.CAST,
                       options("CastOptions", inDataType=TYPES[np.dtype(taken)][1], outDataType=TYPES[np.dtype(made)][1]))
    for channels in (40, 32, 20, 64, 12, 24):
        channel_operators(add, given, constant, channels)
    for frames, size, step in ((1, 480, 320), (3, 128, 64), (2, 256, 100), (4, 60, 30), (1, 100, 20), (2, 64, 60)):
        for dtype, code in ((I16, 7), (np.float32, 0)):
            add("SignalOverlapAdd", {"T": code, "frame_step": step}, [given([1, frames, size], dtype)],
                (dtype, [1, frames * step]))


def filter_bank(layers, add, given, constant, channels, width):
    count = width * (channels + 1)
    weights = layers.values([2, count], I16) & 4095
    starts = np.arange(channels + 1) * width
    add("SignalFilterBank", {"num_channels": channels},
        [given([count + 5], U32), constant("weights", weights[0]), constant("unweights", weights[1]), constant("bins", starts + 5),
         constant("starts", starts), constant("widths", np.full(channels + 1, width))], (U64, [channels]))


def channel_operators(add, given, constant, channels):
    numbers = (U32, [channels])
    add("SignalFilterBankSquareRoot", {}, [given([channels], U64), constant("bits", 3, np.int32)], numbers)
    add("SignalFilterBankSpectralSubtraction", SUBTRACTION | {"clamping": False, "num_channels": channels}, [given([channels], U32)],
        numbers, numbers)
    add("SignalPCAN", {"snr_shift": 6}, [given([channels], U32), Tensor("noise", np.zeros([channels], U32)),
                                         constant("gains", np.arange(125) * 37)], numbers)
    add("SignalFilterBankLog", {"input_correction_bits": 3, "output_scale": 1600}, [given([channels], U32)], (I16, [channels]))
