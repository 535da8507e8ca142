# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""From a trained model to a program for a microcontroller: the compiler, and an engine that runs what it makes here.

The functions are the commands of `tinymlc`, with their options as keyword arguments (docs/python.md).
"""
from ._commands import Model, bench, compile, cost, quantize, verify
from ._error import Error
from ._native import VERSION as __version__
from ._options import Option
from ._progress import Progress
from ._report import Report
from ._session import Session, Tensor

__all__ = ["Error", "Model", "Option", "Progress", "Report", "Session", "Tensor", "__version__", "bench", "compile", "cost",
           "quantize", "verify"]
