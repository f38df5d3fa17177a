import { Fragment, h } from 'preact'
import { expect, test } from 'vitest'
import { renderMarkup } from './render-markup.ts'

function Cell({ value }: { value: string | null }) {
  return h('td', { class: 'number' }, value)
}

test('components, fragments, lists and text become markup', () => {
  const cells = ['1', null].map((value, place) => h(Cell, { key: place, value }))
  expect(
    renderMarkup(
      h(Fragment, null, [
        h('tr', { 'aria-hidden': false, hidden: true }, cells),
        h('input', { type: 'radio', checked: true, disabled: false, onChange: () => undefined }),
        h('svg', { viewBox: '0 0 4 4' }, h('rect', { width: 3 })),
      ]),
    ),
  ).toBe(
    '<tr aria-hidden="false" hidden><td class="number">1</td><td class="number"></td></tr><input type="radio" checked/><svg viewBox="0 0 4 4"><rect width="3"/></svg>',
  )
})

test('what people and models say stays text', () => {
  const hostile = `"><script>alert('1')</script>&`
  const escaped = '&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;'
  expect(renderMarkup(h('p', { title: hostile }, hostile))).toBe(`<p title="${escaped}">${escaped}</p>`)
  expect(() => renderMarkup(h('p', { style: 'color: red' }))).toThrow('style has no place')
  expect(() => renderMarkup(h('p', { dangerouslySetInnerHTML: { __html: hostile } }))).toThrow('no place on a page')
  expect(() => renderMarkup(h('p', { 'x onload=y': '1' }))).toThrow('no place on a page')
})
