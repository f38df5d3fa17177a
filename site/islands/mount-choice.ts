import { mostRuns } from '../data/compare-data.ts'

/*
 * Ticking runs on a dataset's page. The form works without this; here only runs that may stand side by side stay
 * ticked together, and it is said how many are.
 */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-choice]')) {
  const said = form.querySelector('output')
  const boxes = [...form.querySelectorAll<HTMLInputElement>('input[name="runs"]')]
  const groupOf = (box: HTMLInputElement) => box.closest('tbody')?.dataset['group']
  const tell = (more = '') => {
    const ticked = boxes.filter(({ checked }) => checked).length
    const count = ticked === 0 ? 'none ticked: the newest completed run of each model is taken' : `${ticked} ticked`
    if (said) said.textContent = more === '' ? count : `${count}; ${more}`
  }
  form.addEventListener('change', (event) => {
    const box = event.target
    if (!(box instanceof HTMLInputElement) || !box.checked) return tell()
    const strangers = boxes.filter((other) => other.checked && groupOf(other) !== groupOf(box))
    for (const other of strangers) other.checked = false
    if (strangers.length > 0)
      return tell(`${strangers.length} unticked, which can’t be compared with it: they were asked otherwise`)
    if (boxes.filter(({ checked }) => checked).length <= mostRuns) return tell()
    box.checked = false
    tell(`at most ${mostRuns} stand side by side`)
  })
  tell()
}
