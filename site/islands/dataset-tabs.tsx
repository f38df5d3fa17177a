import { compareLink } from '../data/compare-link.ts'
import { makeVisible } from '../data/make-visible.ts'
import { writeAddress } from './agreement/agreement-address.ts'

interface Props {
  dataset: { id: string; page: string; title: string }
  /** the way to the site's root */
  root: string
  at: 'about' | 'compare' | 'agreement'
  /** run ids that the other pages show too */
  runs: readonly string[]
  /** the agreement page shows these runs unasked */
  usual: boolean
  /** whether this build has a compare page */
  canCompare: boolean
}

/** The pages of one dataset. */
export function DatasetTabs({ dataset: { id, page, title }, root, at, runs, usual, canCompare }: Props) {
  const own = `${root}datasets/${page}/`
  const places = [
    { name: 'about', label: 'About', href: own },
    ...(canCompare ? [{ name: 'compare', label: 'Compare', href: root + compareLink(id, runs) }] : []),
    {
      name: 'agreement',
      label: 'Agreement',
      href: `${own}agreement/${usual ? '' : writeAddress({ runs, field: undefined })}`,
    },
  ]
  return (
    <nav class="tabs" aria-label={makeVisible(title)}>
      {places.map(({ name, label, href }) => (
        <a key={name} href={href} aria-current={name === at ? 'page' : undefined}>
          {label}
        </a>
      ))}
    </nav>
  )
}
