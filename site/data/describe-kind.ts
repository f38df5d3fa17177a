/** Which of the two builds a site is: private holds rows, public may go anywhere. */
export const siteKinds = ['private', 'public'] as const

export type SiteKind = (typeof siteKinds)[number]

/** What the footer of every page says of its build. */
export const footers: Record<SiteKind, { kind: string; said: string }> = {
  private: { kind: 'private build: holds rows', said: 'their texts, answers and ids' },
  public: {
    kind: 'public build: holds no rows',
    said: 'the catalog, the runs’ figures and aggregate agreement; left out are rows, answers, ids, engines’ own messages, commands, logs and names of machines',
  },
}

/** Stands for a prompt that only runs recorded. */
export const describeRecorded =
  'the catalog does not hold this prompt (any more); what the runs recorded of it is in the private build'

/** Stands for a run's command. */
export const commandWithheld = 'left out of the public build: a command names places on a machine'
