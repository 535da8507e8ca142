# Copyright 2026 The tinymlc authors.
# SPDX-License-Identifier: Apache-2.0
"""What every function of the package raises."""


class Error(Exception):
    """`code` is one of docs/errors.md, as "TMC301"; `file`, `node` and `hint` are empty where nothing is known."""

    def __init__(self, code: str, message: str, file: str = "", node: str = "", hint: str = "") -> None:
        super().__init__(code, message, file, node, hint)
        self.code, self.message, self.file, self.node, self.hint = code, message, file, node, hint

    def __str__(self) -> str:
        where = (f"{self.file}: " if self.file else "") + (f"node '{self.node}': " if self.node else "")
        return f"{where}{self.message} [{self.code}]" + (f"\n  hint: {self.hint}" if self.hint else "")
