# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""Cases of operators that slide a window over an image: pooling and convolution."""

import dataclasses

import numpy as np

from cases import ACTIVATIONS, cases_of
from products import EXTREMES, INT16_EXTREMES, Layer, bias_of, int16_layer, of_litert, weights_of
from single_op import BuiltinOperator, Tensor, options

PADDINGS = {"SAME": 0, "VALID": 1}


@dataclasses.dataclass
class Window:
    """A window over an image, height before width."""

    image: list
    kernel: list
    stride: list
    dilation: list = dataclasses.field(default_factory=lambda: [1, 1])
    padding: str = "SAME"

    def spans(self):
        return [(kernel - 1) * dilation + 1 for kernel, dilation in zip(self.kernel, self.dilation)]

    def output(self):
        if self.padding == "SAME":
            return [-(-image // stride) for image, stride in zip(self.image, self.stride)]
        return [(image - span) // stride + 1 for image, span, stride in zip(self.image, self.spans(), self.stride)]

    def attributes(self):
        """Stride and padding in our words; TFLite pads the smaller half before."""
        total = [0, 0]
        if self.padding == "SAME":
            total = [max(0, (out - 1) * stride + span - image) for out, stride, span, image in
                     zip(self.output(), self.stride, self.spans(), self.image)]
        before = [pad // 2 for pad in total]
        return {"stride_h": self.stride[0], "stride_w": self.stride[1], "pad_top": before[0], "pad_left": before[1],
                "pad_bottom": total[0] - before[0], "pad_right": total[1] - before[1]}

    def options(self, activation):
        return {"padding": PADDINGS[self.padding], "strideH": self.stride[0], "strideW": self.stride[1],
                "fusedActivationFunction": ACTIVATIONS[activation]}


def pool(cases, name, builtin, index, dtype=np.int8):
    """One case, whose form goes with `index`."""
    window = Window(cases.integers(4, 6, 2), cases.integers(1, 4, 2), cases.integers(1, 3, 2),
                    padding="SAME" if index % 3 else "VALID")
    images, channels = 1 + (index % 4 == 1), cases.integer(1, 4)
    activation = list(ACTIVATIONS)[index % 4]
    attributes = {"kernel_h": window.kernel[0], "kernel_w": window.kernel[1], **window.attributes(), "activation": activation}
    affine = cases.affine() if dtype == np.int8 else (cases.scale(1e-5, 1e-3), 0)
    cases.add(name, attributes, [Tensor("x", cases.values([images, *window.image, channels], dtype), *affine)],
              Tensor("y", np.zeros([images, *window.output(), channels], dtype), *affine), builtin,
              options("Pool2DOptions", filterHeight=window.kernel[0], filterWidth=window.kernel[1],
                      **window.options(activation)))


def pools(folder):
    for name, builtin, seed in (("average_pool2d", BuiltinOperator.AVERAGE_POOL_2D, 11),
                                ("max_pool2d", BuiltinOperator.MAX_POOL_2D, 12)):
        with cases_of(folder, name, seed) as cases:
            for index in range(10):
                pool(cases, name, builtin, index)


def convolution(cases, window, channels, groups, out_c, layer, per_channel, activation="none", images=1,
                bias=True, depthwise=False):
    """One case; depthwise in TFLite's sense, where `groups` is `channels`."""
    x = Tensor("x", cases.values([images, *window.image, channels], layer.dtype), *layer.x)
    w = weights_of(cases, [out_c, *window.kernel, channels // groups], per_channel, layer)
    b = bias_of(cases, x, w, layer.bias_limit if bias else 0)  # LiteRT asks for a bias
    inputs = [x, w, b] if bias else [x, w]
    y = Tensor("y", np.zeros([images, *window.output(), out_c], layer.dtype), *layer.y)
    attributes = {**window.attributes(), "dilation_h": window.dilation[0], "dilation_w": window.dilation[1],
                  "groups": groups, "activation": activation}
    common = dict(dilationHFactor=window.dilation[0], dilationWFactor=window.dilation[1], **window.options(activation))
    if not depthwise:
        cases.add("conv2d", attributes, inputs, y, BuiltinOperator.CONV_2D, options("Conv2DOptions", **common),
                  litert_inputs=[x, w, of_litert(b, layer)])
        return
    # TFLite's weights are [1, kernel_h, kernel_w, out_c], quantised along the last axis.
    data = np.moveaxis(w.data, 0, 3).reshape(1, *window.kernel, out_c)
    litert_w = Tensor("w", data, w.scale, 0, axis=3, constant=True)
    cases.add("conv2d", attributes, inputs, y, BuiltinOperator.DEPTHWISE_CONV_2D,
              options("DepthwiseConv2DOptions", depthMultiplier=out_c // groups, **common),
              litert_inputs=[x, litert_w, of_litert(b, layer)])


# Strides, dilations and paddings that both kinds of convolution take; the second kernel is larger than its image, 3x3
# with a stride of 1 or 2 has implementations of its own on some instruction sets.
WINDOWS = (Window([4, 5], [3, 3], [1, 1]), Window([2, 3], [3, 5], [1, 1]), Window([7, 6], [3, 3], [2, 2]),
           Window([6, 5], [3, 3], [2, 2], padding="VALID"), Window([6, 7], [2, 3], [1, 1], [2, 3]),
           Window([8, 5], [3, 2], [1, 1], [3, 2], "VALID"), Window([4, 5], [1, 1], [1, 1]),
           Window([7, 4], [1, 1], [3, 3]), Window([9, 4], [4, 1], [2, 2], padding="VALID"))


def common_layer(cases):
    return Layer(cases.affine(0.01, 0.1), (0.001, 0.02), cases.affine(0.02, 0.3))


RECTANGULAR = (Window([6, 7], [2, 3], [1, 2]), Window([7, 5], [3, 2], [3, 1], padding="VALID"))


def convolutions(folder, prefix, seeds, layer_of, extremes):
    """Plain, grouped and depthwise ones, of common layers and at the ends of the range."""
    with cases_of(folder, f"{prefix}conv2d", seeds[0]) as cases:
        for index, window in enumerate((*WINDOWS, *RECTANGULAR)):
            convolution(cases, window, cases.integer(1, 5), 1, cases.integer(1, 5), layer_of(cases),
                        per_channel=index % 2, activation=list(ACTIVATIONS)[index % 4], images=1 + (index == 3),
                        bias=index != 4)
        for index, layer in enumerate(extremes):
            kernel = [1, 1] if index % 2 else [3, 3]
            convolution(cases, Window([4, 3], kernel, [1, 1]), 3, 1, 4, layer, per_channel=index % 2)

    with cases_of(folder, f"{prefix}grouped_conv2d", seeds[1]) as cases:
        for groups, channels, out_c in ((2, 4, 2), (2, 4, 6), (3, 6, 3), (4, 8, 8)):
            convolution(cases, WINDOWS[groups], channels, groups, out_c, layer_of(cases), per_channel=groups % 2)

    with cases_of(folder, f"{prefix}depthwise_conv2d", seeds[2]) as cases:
        for index, window in enumerate(WINDOWS):
            groups = (4, 3, 4, 4, 2, 3, 6, 4, 1)[index]
            convolution(cases, window, groups, groups, groups * (1 + (index % 4 == 3)), layer_of(cases),
                        per_channel=index % 3, activation=list(ACTIVATIONS)[index % 4], images=1 + (index == 1),
                        bias=index != 5, depthwise=True)
        convolution(cases, WINDOWS[3], 1, 1, 3, layer_of(cases), per_channel=True, depthwise=True)
        for layer in extremes:
            convolution(cases, Window([3, 3], [3, 3], [1, 1]), 4, 4, 4, layer, per_channel=True, depthwise=True)


def write(folder):
    pools(folder)
    convolutions(folder, "", (16, 24, 25), common_layer, EXTREMES)
    convolutions(folder, "int16_", (52, 53, 54), int16_layer, INT16_EXTREMES)
