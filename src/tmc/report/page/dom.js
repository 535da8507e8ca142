// Copyright 2026 The tinymlc authors.
// SPDX-License-Identifier: Apache-2.0
// The data, elements, and how numbers are written.

// Names come from model files: nothing in them may turn the reading direction or hide.
const MISLEADING = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g;
const report = JSON.parse(document.getElementById('data').textContent,
  (key, value) => typeof value === 'string' ? value.replace(MISLEADING, '\ufffd') : value);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'style') for (const [property, text] of Object.entries(value)) element.style.setProperty(property, text);
    else if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== null));
  return element;
}
const html = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
const svg = (tag, attributes = {}, ...children) =>
  fill(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
const title = (id, text) => html('h2', {id: id + '-title'}, text);
const note = text => html('p', {class: 'note'}, text);

const DASH = '\u2013';
const number = value => value === null ? DASH : Math.round(value).toLocaleString('en-US');
const bytes = value => value === null ? DASH : number(value) + ' B';
const percent = share => (100 * share).toFixed(1) + ' %';
const signed = share => (share < 0 ? '\u2212' : '+') + percent(Math.abs(share));
const perMac = (instructions, macs) => macs > 0 && instructions !== null ? (instructions / macs).toFixed(2) : DASH;

// What was counted, else what was predicted.
const best = figure => figure.measured ?? figure.predicted;

// The end of a long name says most.
const shortened = (name, most = 34) => name.length > most ? '\u2026' + name.slice(1 - most) : name;
const body = kernel => kernel.slice(kernel.indexOf('/') + 1);

const bar = (share, kind, extra = []) =>
  html('span', {class: 'track', 'aria-hidden': 'true'},
    html('span', {class: 'fill ' + kind, style: {width: Math.max(0, Math.min(100, 100 * share)) + '%'}}), extra);

function table(heading, rows) {
  const cell = (tag, content, column) => html(tag, {class: column > 0 ? 'number' : null}, content);
  return html('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': heading[0] + ' table'},
    html('table', {},
      html('thead', {}, html('tr', {}, heading.map((text, column) => cell('th', text, column)))),
      html('tbody', {}, rows.map(row => html('tr', {}, row.map((text, column) => cell('td', text, column)))))));
}

const legend = entries => html('ul', {class: 'legend'},
  entries.map(([kind, text]) => html('li', {}, html('span', {class: 'swatch ' + kind, 'aria-hidden': 'true'}), text)));

function tile(name, value, unit, hint) {
  return html('div', {class: 'tile'}, html('dt', {}, name),
    html('dd', {}, html('strong', {}, value), html('span', {class: 'unit'}, unit), hint ? html('small', {}, hint) : null));
}
