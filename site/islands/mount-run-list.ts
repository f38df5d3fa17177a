import { choices, nextSort, readRunList, writeRunList, type Choice, type RunListState } from './run-list-state.ts'

interface Row {
  element: HTMLTableRowElement
  /** everything it says, for the search */
  text: string
  chosen: Record<Choice, string>
  /** by column: what it is sorted by; undefined where nothing was measured */
  keys: Map<string, string | number | undefined>
}

/** Rows on the page before one asks for all: a thousand take a while to lay out. */
const most = 200

/** Sorts and filters the table of runs as the address says, and keeps the address as the page is. */
function startRunList(form: HTMLFormElement, table: HTMLTableElement): void {
  const heads = [...table.querySelectorAll<HTMLElement>('thead th')]
  const columns = heads.map((head) => head.dataset['key'] ?? '')
  const body = table.tBodies[0]
  if (!body) return
  const rows = [...body.rows].map((element) => readRow(element, columns))
  const fold = (text: string) => text.toLocaleLowerCase()
  let state = readRunList(location.search, columns)
  let isTyping = false
  let room = most

  const show = () => {
    const shown = sortRows(rows, state.sort).filter((row) => passes(row, state, fold(state.search)))
    const drawn = new Set(shown.slice(0, room))
    for (const row of rows) row.element.hidden = !drawn.has(row)
    body.append(...Array.from(drawn, ({ element }) => element))
    showRest(shown.length - drawn.size)
    for (const [place, head] of heads.entries()) showOrder(head, columns[place] ?? '', state.sort)
    writeForm(form, rows, state, fold)
    const isAll = shown.length === rows.length
    say(
      form,
      'count',
      isAll ? `${grouped(rows.length)} runs` : `${grouped(shown.length)} of ${grouped(rows.length)} runs`,
    )
    const nothing = form.querySelector<HTMLElement>('[data-clear]')
    if (nothing) nothing.hidden = writeRunList({ ...state, sort: '' }) === ''
    const empty = document.querySelector<HTMLElement>('#no-runs')
    if (empty) empty.hidden = shown.length > 0
  }
  const change = (next: RunListState, how: 'step' | 'typing') => {
    state = next
    // a search is one step back, however many letters it has
    const address = location.pathname + writeRunList(state)
    if (how === 'typing' && isTyping) history.replaceState(null, '', address)
    else history.pushState(null, '', address)
    isTyping = how === 'typing'
    show()
  }

  for (const [place, head] of heads.entries()) {
    const column = columns[place] ?? ''
    const button = document.createElement('button')
    button.type = 'button'
    button.append(...head.childNodes)
    button.addEventListener('click', () =>
      change({ ...state, sort: nextSort(state.sort, column, head.dataset['down'] !== undefined) }, 'step'),
    )
    head.append(button)
  }
  // where heads are out of sight (styles/sheet.css) a choice in the form sorts
  const narrow = matchMedia('(max-width: 44rem)')
  const reach = () => {
    for (const head of heads) head.querySelector('button')?.toggleAttribute('disabled', narrow.matches)
  }
  narrow.addEventListener('change', reach)
  reach()
  form.addEventListener('input', ({ target }) => {
    if (target instanceof HTMLInputElement) change({ ...state, search: target.value }, 'typing')
  })
  form.addEventListener('change', ({ target }) => {
    if (!(target instanceof HTMLSelectElement)) return
    if (target.name === 'sort') change({ ...state, sort: target.value }, 'step')
    else change({ ...state, chosen: { ...state.chosen, [target.name]: target.value } }, 'step')
  })
  form.addEventListener('submit', (event) => event.preventDefault())
  for (const button of document.querySelectorAll('[data-clear]'))
    button.addEventListener('click', () => {
      change({ ...readRunList('', columns), sort: state.sort }, 'step')
      form.querySelector('input')?.focus()
    })
  document.querySelector('#more-runs button')?.addEventListener('click', () => {
    room = rows.length
    show()
    // the button is gone: on with the first row that came
    body.querySelectorAll<HTMLElement>('tr:not([hidden]) > th a')[most]?.focus()
  })
  addEventListener('popstate', () => {
    state = readRunList(location.search, columns)
    isTyping = false
    show()
  })
  show()
}

function readRow(element: HTMLTableRowElement, columns: readonly string[]): Row {
  const keys = [...element.cells].map((cell, place): [string, string | number | undefined] => {
    const { v: value } = cell.dataset
    const isFigure = cell.classList.contains('number')
    const key = value ?? (isFigure ? '' : (cell.textContent ?? ''))
    return [columns[place] ?? '', key === '' ? undefined : isFigure ? Number(key) : key.toLocaleLowerCase()]
  })
  const { dataset } = element
  return {
    element,
    text: `${element.textContent ?? ''} ${dataset['run'] ?? ''}`.toLocaleLowerCase(),
    chosen: Object.fromEntries(choices.map((name) => [name, dataset[name] ?? ''])) as Record<Choice, string>,
    keys: new Map(keys),
  }
}

function passes(row: Row, { chosen }: RunListState, search: string, except?: Choice): boolean {
  return (
    choices.every((name) => name === except || chosen[name] === '' || chosen[name] === row.chosen[name]) &&
    search.split(/\s+/).every((word) => row.text.includes(word))
  )
}

/** What wasn't measured comes last, whichever way round. */
function sortRows(rows: readonly Row[], sort: string): readonly Row[] {
  if (sort === '') return rows
  const column = sort.replace(/^-/, '')
  const sign = sort.startsWith('-') ? -1 : 1
  return rows.toSorted((one, other) => {
    const [a, b] = [one.keys.get(column), other.keys.get(column)]
    if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined)
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
    return sign * String(a).localeCompare(String(b), 'en', { numeric: true })
  })
}

function showRest(count: number): void {
  const rest = document.querySelector<HTMLElement>('#more-runs')
  const button = rest?.querySelector('button')
  if (!rest || !button) return
  rest.hidden = count === 0
  button.textContent = `Show ${grouped(count)} more`
}

function showOrder(head: HTMLElement, column: string, sort: string): void {
  const isOwn = sort === '' ? column === 'started' : sort.replace(/^-/, '') === column
  if (!isOwn) head.removeAttribute('aria-sort')
  else head.setAttribute('aria-sort', sort === '' || sort.startsWith('-') ? 'descending' : 'ascending')
}

/** Fields as the state says; beside each choice how many runs it would show. */
function writeForm(
  form: HTMLFormElement,
  rows: readonly Row[],
  state: RunListState,
  fold: (text: string) => string,
): void {
  const search = form.querySelector('input')
  if (search && search.value !== state.search) search.value = state.search
  for (const select of form.querySelectorAll('select')) {
    if (select.name === 'sort') {
      select.value = state.sort
      continue
    }
    const name = select.name as Choice
    const counts = new Map<string, number>()
    for (const row of rows)
      if (passes(row, state, fold(state.search), name))
        counts.set(row.chosen[name], (counts.get(row.chosen[name]) ?? 0) + 1)
    const wanted = state.chosen[name]
    for (const option of select.options)
      if (option.value !== '') option.text = `${option.dataset['label']} (${grouped(counts.get(option.value) ?? 0)})`
    if (wanted !== '' && ![...select.options].some(({ value }) => value === wanted)) {
      const option = new Option(`${wanted} (0)`, wanted)
      option.dataset['label'] = wanted
      select.add(option)
    }
    select.value = wanted
  }
}

function say(form: HTMLFormElement, name: string, text: string): void {
  const place = form.querySelector<HTMLElement>(`[data-say="${name}"]`)
  if (place && place.textContent !== text) place.textContent = text
}

function grouped(count: number): string {
  return count.toLocaleString('en')
}

const form = document.querySelector<HTMLFormElement>('#run-filters')
const table = document.querySelector<HTMLTableElement>('#runs')
if (form && table) startRunList(form, table)
