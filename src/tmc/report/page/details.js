// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// The panel that opens beside the pictures: all about one layer, node, tensor or buffer.

const panel = document.getElementById('details');

const facts = entries => html('dl', {class: 'facts'}, entries.filter(([, text]) => text !== null && text !== '')
  .map(([name, text]) => [html('dt', {}, name), html('dd', {}, text)]));

function valueText(index) {
  if (index < 0) return html('span', {class: 'muted'}, 'absent');
  const value = report.graph.values[index];
  return html('div', {class: 'tensor'}, html('code', {}, `${value.dtype} ${value.shape}`),
    value.constant_bytes >= 0 ? html('span', {class: 'muted'}, ` constant, ${bytes(value.constant_bytes)}`) : null,
    html('div', {class: 'name', title: value.name}, value.name), value.quantization ? html('div', {class: 'muted'}, value.quantization) : null);
}

function nodeParts(node) {
  return [
    html('h4', {}, 'Inputs'), ...node.inputs.map(valueText),
    html('h4', {}, 'Outputs'), ...node.outputs.map(valueText),
    node.attributes.length ? html('h4', {}, 'Attributes') : null,
    node.attributes.length ? facts(node.attributes) : null,
    html('details', {}, html('summary', {}, `What ${node.op} means`), html('p', {class: 'doc'}, report.graph.docs[node.op])),
  ];
}

function layerParts(layer, index) {
  const {instructions} = layer;
  const code = codeBytes(layer);
  const users = report.layers.filter(other => other.functions.some(each => layer.functions.includes(each))).length;
  const share = best(report.instructions) ? ` (${percent(best(instructions) / best(report.instructions))})` : '';
  return [
    html('h4', {}, 'Cost'),
    facts([
      ['layer', String(index)],
      ['stripes', layer.stripes > 1 ? String(layer.stripes) : null],
      ['instructions', number(best(instructions)) + share],
      ['predicted', number(instructions.predicted) + (layer.fitted ? ` \u00b1 ${Math.ceil(100 * layer.relative_error)} %` : ', rough')],
      ['MACs', number(layer.macs)],
      ['per MAC', perMac(best(instructions), layer.macs)],
      ['weights', bytes(layer.weight_bytes)],
      ['tables', layer.table_bytes ? bytes(layer.table_bytes) : null],
      ['scratch', bytes(layer.scratch_bytes)],
      ['code', code !== null ? bytes(code) + (users > 1 ? `, shared by ${users} layers` : '') : null],
    ]),
    html('h4', {}, 'Kernel'),
    facts([['body', layer.kernel], ['why', layer.why],
      ['function', layer.functions.map(each => report.functions[each]).map(({name, specialised}) =>
        `${name}, ${specialised ? 'with constant parameters' : 'parameters at run time'}`).join('; ')]]),
    html('details', {}, html('summary', {}, 'Parameters'), facts(layer.params)),
  ];
}

const bufferLink = index => html('li', {}, html('button', {type: 'button', class: 'link', onclick: () => select('buffer', index)},
  shortened(report.arena.buffers[index].name, 40)), html('span', {class: 'muted'}, ' ' + lifeText(report.arena.buffers[index])));

function bufferParts(buffer, index) {
  const {together, inTurn} = sharing(index);
  const group = (name, list) => list.length ? [html('h4', {}, name), html('ul', {class: 'links'}, list.map(bufferLink))] : [];
  return [facts([['kind', buffer.kind], ['size', bytes(buffer.bytes)], ['addresses', rangeText(buffer)], ['lives', lifeText(buffer)]]),
    ...group('Runs into, at the same time', together), ...group('Same addresses at other times', inTurn)];
}

const CONTENT = {
  layer(index) {
    const layer = report.layers[index];
    const node = report.graph.nodes.find(other => other.layer === index);
    return [layer.op, layer.name, [...layerParts(layer, index), ...(node ? nodeParts(node) : [])]];
  },
  node(index) {
    const node = report.graph.nodes[index];
    const cost = node.layer < 0 ? [note('Nothing is left to compute here: its result is where it is needed already.')] :
      layerParts(report.layers[node.layer], node.layer);
    return [node.op, node.name, [...cost, ...nodeParts(node)]];
  },
  value(index) {
    return ['tensor', report.graph.values[index].name, [valueText(index)]];
  },
  buffer(index) {
    const buffer = report.arena.buffers[index];
    return ['buffer', buffer.name, bufferParts(buffer, index)];
  },
};

function showDetails(kind, index) {
  const [heading, name, parts] = CONTENT[kind](index);
  // A step is one thing in every picture, whichever of them it was opened from.
  const layer = kind === 'node' ? report.graph.nodes[index].layer : -1;
  if (layer >= 0) for (const marked of document.querySelectorAll(`[data-layer="${layer}"]`)) marked.classList.add('selected');
  panel.replaceChildren(
    html('button', {type: 'button', class: 'close', 'aria-label': 'Close', onclick: deselect}, '\u00d7'),
    html('h3', {}, heading), html('p', {class: 'name'}, name), ...parts.filter(part => part !== null));
  panel.hidden = false;
  panel.scrollTop = 0;
  document.body.classList.add('open');
  panel.focus({preventScroll: true});
}

function hideDetails() {
  panel.hidden = true;
  document.body.classList.remove('open');
}
