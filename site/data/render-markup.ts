import type { ComponentChildren, VNode } from 'preact'

const empty = new Set(['br', 'circle', 'col', 'hr', 'img', 'input', 'line', 'path', 'rect', 'wbr'])
const name = /^[a-zA-Z][a-zA-Z0-9:-]*$/

/** Properties whose attribute is called otherwise. */
const attributeOf: Record<string, string> = { defaultChecked: 'checked', tabIndex: 'tabindex' }

/**
 * The markup of components without hooks, for pages that are drawn when the site is built: the same components that the
 * browser draws. Text and attributes are escaped, handlers are left out. @throws Error on what could smuggle markup in
 */
export function renderMarkup(node: ComponentChildren): string {
  if (node === null || node === undefined || typeof node === 'boolean') return ''
  if (Array.isArray(node)) return node.map(renderMarkup).join('')
  if (typeof node !== 'object') return escape(String(node))
  const { type, props } = node as VNode<Record<string, unknown>>
  // a component without hooks is a function of its props, and so is a fragment
  if (typeof type === 'function') return renderMarkup((type as (props: unknown) => ComponentChildren)(props))
  if (typeof type !== 'string' || !name.test(type)) throw new Error(`no element: ${type}`)
  const attributes = Object.entries(props).map(([key, value]) => renderAttribute(key, value))
  const open = `<${type}${attributes.join('')}>`
  return empty.has(type) ? open.replace(/>$/, '/>') : `${open}${renderMarkup(props.children)}</${type}>`
}

function renderAttribute(key: string, value: unknown): string {
  if (key === 'children' || key === 'key' || typeof value === 'function') return ''
  if (value === undefined || value === null) return ''
  const attribute = attributeOf[key]
  if (attribute !== undefined) return renderAttribute(attribute, value)
  if (key === 'style' || key === 'dangerouslySetInnerHTML' || !name.test(key))
    throw new Error(`${key} has no place on a page`)
  if (typeof value === 'boolean' && !key.startsWith('aria-') && !key.startsWith('data-')) return value ? ` ${key}` : ''
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean')
    throw new Error(`${key} is no text`)
  return ` ${key}="${escape(String(value))}"`
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character)
}
