import type { Dataset, Label, Rubric } from 'registry'
import { catalogFolders, promptSha256, readyMadePromptSha256, type Catalog } from 'registry/node'

export interface LabelledDataset {
  id: string
  entry: Dataset
  /** what reads the labels; none where the entry names none and no rubric asks what they name */
  rubric?: Rubric
}

type Known = Pick<Catalog, 'datasets' | 'rubrics'>

/**
 * The datasets that labels can be of, by the prompt they name: what its own rubric asks, or any rubric where the entry
 * names none. Ready-made requests have one prompt digest in common, so there the ids decide.
 */
export function findDatasets(catalog: Known, labels: readonly Label[]): LabelledDataset[] {
  const prompts = promptsOf(labels)
  return [...catalog.datasets].flatMap(([id, entry]) => {
    const rubric = rubricOf(catalog, entry, prompts)
    const asked = entry.format === 'openai-batch' ? readyMadePromptSha256 : rubric && promptSha256(rubric)
    return asked !== undefined && prompts.has(asked) ? [{ id, entry, ...(rubric ? { rubric } : {}) }] : []
  })
}

/** One dataset by name. @returns what is wrong where there is none */
export function namedDataset(
  catalog: Known,
  id: string,
  labels: readonly Label[],
): LabelledDataset | { problem: string } {
  const entry = catalog.datasets.get(id)
  if (!entry) {
    const known = [...catalog.datasets.keys()].join(', ') || 'none'
    return {
      problem: `--dataset ${JSON.stringify(id)}: not in ${catalogFolders.datasets}/, or its entry has faults; known: ${known}`,
    }
  }
  const rubric = rubricOf(catalog, entry, promptsOf(labels))
  return { id, entry, ...(rubric ? { rubric } : {}) }
}

const promptsOf = (labels: readonly Label[]) => new Set(labels.map(({ prompt_sha256 }) => prompt_sha256))

/** The entry's own rubric, as verify reads its labels; where it names none, the one whose prompt the labels name. */
function rubricOf({ rubrics }: Known, entry: Dataset, prompts: ReadonlySet<string>): Rubric | undefined {
  if (entry.rubric !== undefined) return rubrics.get(entry.rubric)
  return [...rubrics.values()].find((rubric) => prompts.has(promptSha256(rubric)))
}
