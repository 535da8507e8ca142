// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Draws everything; from here on only what is selected changes.

drawHead();
drawLayers();
drawMemory();
drawFlash();
drawAccuracy();
drawGraph();
document.addEventListener('keydown', event => {
  if (event.key === 'Escape' && !panel.hidden) deselect();
});
