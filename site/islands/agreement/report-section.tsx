import type { ComponentChildren } from 'preact'
import { figureNotes, type FigureName } from './figure-notes.ts'

interface Props {
  id: string
  title: string
  notes: readonly FigureName[]
  children: ComponentChildren
}

/** A part of the report, with its figures explained on demand. */
export function ReportSection({ id, title, notes, children }: Props) {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h3 id={`${id}-title`}>{title}</h3>
      {children}
      <details class="about">
        <summary>What these figures are</summary>
        <dl>
          {notes.map((name) => {
            const { name: called, what, range, source } = figureNotes[name]
            return (
              <div key={name}>
                <dt>{called}</dt>
                <dd>
                  {what}. Range: {range}. <cite>{source}</cite>
                </dd>
              </div>
            )
          })}
        </dl>
      </details>
    </section>
  )
}
