// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// Instructions, MACs and instructions per MAC of every layer.

const layerLabel = layer => [html('b', {}, layer.op, html('span', {class: 'tag'}, body(layer.kernel)),
  layer.stripes > 1 ? html('span', {class: 'tag'}, `${layer.stripes} stripes`) : null),
  html('span', {class: 'muted'}, shortened(layer.name, 48))];

function layerRow(layer, index, most) {
  const instructions = best(layer.instructions);
  const ratio = layer.macs > 0 && instructions !== null ? instructions / layer.macs : null;
  const tick = isMeasured && layer.instructions.predicted !== null ?
    html('span', {class: 'tick', style: {left: Math.min(100, 100 * layer.instructions.predicted / most.instructions) + '%'}}) : null;
  const cell = (kind, label, share, text, extra) => html('span', {class: 'cell ' + kind},
    html('span', {class: 'cell-label'}, label), bar(share, kind, extra ? [extra] : []), html('span', {class: 'value'}, text));
  return html('li', {}, html('button', {
    type: 'button', class: 'row', 'data-layer': index, title: layer.name,
    onclick: event => select('layer', index, event.currentTarget),
  },
    html('span', {class: 'index'}, index),
    html('span', {class: 'label'}, layerLabel(layer)),
    cell('instructions', 'instructions', instructions / most.instructions, number(instructions), tick),
    cell('macs', 'MACs', layer.macs / most.macs, layer.macs ? number(layer.macs) : DASH),
    cell('ratio', 'per MAC', ratio === null ? 0 : ratio / most.ratio, ratio === null ? DASH : ratio.toFixed(2))));
}

function drawLayers() {
  const {layers} = report;
  const ratio = layer => layer.macs > 0 ? best(layer.instructions) / layer.macs : 0;
  const most = {
    instructions: Math.max(1, ...layers.map(layer => Math.max(best(layer.instructions), layer.instructions.predicted))),
    macs: Math.max(1, ...layers.map(layer => layer.macs)),
    ratio: Math.max(1e-9, ...layers.map(ratio)),
  };
  const list = html('ol', {class: 'rows'});
  const show = order => list.replaceChildren(...order.map(index => layerRow(layers[index], index, most)));
  const inOrder = layers.map((layer, index) => index);
  const orders = [
    ['in order', inOrder],
    ['most instructions', inOrder.toSorted((a, b) => best(layers[b].instructions) - best(layers[a].instructions))],
    ['most per MAC', inOrder.toSorted((a, b) => ratio(layers[b]) - ratio(layers[a]))],
  ];
  const buttons = orders.map(([name, order], i) => html('button', {type: 'button', 'aria-pressed': String(i === 0), onclick: event => {
    for (const button of buttons) button.setAttribute('aria-pressed', String(button === event.currentTarget));
    show(order);
  }}, name));
  show(inOrder);
  document.getElementById('layers').append(
    title('layers', 'Where the instructions go'),
    note(isMeasured ? 'Counted on the emulated board, one inference; a tick marks what was predicted. Open a layer for its kernel.' :
      'Predicted from the cost tables of the core; nothing was built. Open a layer for its kernel.'),
    html('div', {class: 'switch', role: 'group', 'aria-label': 'Order of layers'}, buttons),
    html('div', {class: 'row heading', 'aria-hidden': 'true'},
      html('span', {class: 'index'}), html('span', {class: 'label'}, 'layer'), html('span', {class: 'cell'}, 'instructions'),
      html('span', {class: 'cell'}, 'MACs'), html('span', {class: 'cell'}, 'instructions per MAC')),
    list);
}
