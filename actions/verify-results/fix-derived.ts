import { UserError } from 'registry'
import { indexPath } from 'registry/node'
import { registerRuns } from '../register-runs/register-runs.ts'

export interface FixOutcome {
  /** what was written anew, each as `path: what it is out of` */
  fixed: string[]
  /** what would be derived, and why it can't be, each with its mend */
  unfixed: string[]
}

/**
 * Writes anew what is derived, where it doesn't say what it is derived from: the index. Nothing of a run is ever touched,
 * since a run is write-once: its faults are told by verifyResults, each with its mend. Metas that can't be believed leave
 * the index as it is.
 */
export async function fixDerived(inputs: { ledger: string }): Promise<FixOutcome> {
  try {
    const { changed, index } = await registerRuns(inputs)
    return { fixed: changed ? [`${indexPath}: written anew out of ${index.runs.length} runs’ metas`] : [], unfixed: [] }
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    // the faults themselves are told by verifyResults
    const unfixed = `${indexPath}: left as it is, since ${error.problems.length} faults of the catalog or of metas come first: mend them, then run verify --fix again`
    return { fixed: [], unfixed: [unfixed] }
  }
}
