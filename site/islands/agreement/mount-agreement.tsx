import { render } from 'preact'
import { DataSource } from '../data-source.ts'
import { AgreementApp } from './agreement-app.tsx'

const drawn = document.querySelector<HTMLElement>('#agreement')
const mount = document.querySelector<HTMLElement>('#agreement-chooser')
if (drawn && mount) {
  const { root = './', page = '', dataset = '', field = '', runs = '' } = drawn.dataset
  // a whole address: the page's own changes, and a worker has another
  const whole = new URL(root, location.href).href
  render(
    <AgreementApp
      root={whole}
      page={page}
      dataset={dataset}
      built={runs.split(',')}
      field={field}
      drawn={drawn}
      source={new DataSource(whole)}
    />,
    mount,
  )
}
