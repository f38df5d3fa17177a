/** What a figure is, in a line: what it says, from where to where it goes, and who came up with it. */
export interface FigureNote {
  name: string
  what: string
  range: string
  source: string
}

export const figureNotes = {
  raw: {
    name: 'raw agreement',
    what: 'of the items both runs have a usable verdict on, the share on which the two are equal',
    range: '0 to 100 %; much of it may be chance',
    source: 'a plain count',
  },
  strict: {
    name: 'strict agreement',
    what: 'of all items, the share on which both are usable and equal: a failure counts against',
    range: '0 to 100 %',
    source: 'a plain count',
  },
  kappa: {
    name: 'Cohen’s kappa',
    what: 'how far two runs agree beyond what their own habits would give by chance',
    range: '−1 to 1, 0 is chance; undefined where both always say one thing',
    source: 'J. Cohen, A coefficient of agreement for nominal scales, 1960',
  },
  weightedKappa: {
    name: 'Cohen’s kappa, quadratic weights',
    what: 'the same for an ordered scale: a far miss counts more than a near one, by the square of the ranks between',
    range: '−1 to 1, 0 is chance; undefined where both always say one thing',
    source: 'J. Cohen, Weighted kappa, 1968',
  },
  ac1: {
    name: 'Gwet’s AC1',
    what: 'agreement beyond chance that stays meaningful where one value is far more common than the others',
    range: '−1 to 1, 0 is chance',
    source: 'K. Gwet, Computing inter-rater reliability and its variance in the presence of high agreement, 2008',
  },
  ac2: {
    name: 'Gwet’s AC2, quadratic weights',
    what: 'AC1 for an ordered scale: a far miss counts more than a near one',
    range: '−1 to 1, 0 is chance',
    source: 'K. Gwet, Computing inter-rater reliability and its variance in the presence of high agreement, 2008',
  },
  alpha: {
    name: 'Krippendorff’s alpha',
    what: 'agreement beyond chance of any number of runs at once, with missing verdicts left out one by one',
    range: 'up to 1, 0 is chance, below it worse; undefined where no verdict differs from another',
    source: 'K. Krippendorff, Computing Krippendorff’s alpha-reliability, 2011',
  },
  interval: {
    name: '95 % interval',
    what: 'where the figure would lie for other items of the same kind: 2,000 resamples of the items, a fixed seed',
    range: 'absent where more than 5 % of the resamples leave the figure undefined',
    source: 'B. Efron, Bootstrap methods: another look at the jackknife, 1979',
  },
  accuracy: {
    name: 'accuracy',
    what: 'of the labelled items, the share on which the run says what the label says; an unusable verdict is wrong',
    range: '0 to 100 %, with Wilson’s 95 % interval',
    source: 'E. B. Wilson, Probable inference, the law of succession, and statistical inference, 1927',
  },
  mcnemar: {
    name: 'exact McNemar test',
    what: 'how likely so uneven a split is, of the items on which only one of two runs is right (or positive), if both were alike',
    range: 'p from 0 to 1; small means the runs differ',
    source: 'Q. McNemar, Sampling error of the difference between correlated proportions, 1947',
  },
  holm: {
    name: 'Holm’s adjustment',
    what: 'p made larger for the number of pairs that were looked at, so that one in twenty isn’t found by looking often',
    range: 'p from 0 to 1',
    source: 'S. Holm, A simple sequentially rejective multiple test procedure, 1979',
  },
  ranking: {
    name: 'ranking with paired differences',
    what: 'runs ordered on the items usable in all of them; each difference with its interval over the same items',
    range: 'an interval that holds 0 leaves the order open',
    source: 'B. Efron, Bootstrap methods: another look at the jackknife, 1979',
  },
  pareto: {
    name: 'unbeaten',
    what: 'no other run is at least as good and as fast, and better in one of both',
    range: 'yes or no; not said where the speeds are not comparable',
    source: 'V. Pareto, Manuale di economia politica, 1906',
  },
  cascade: {
    name: 'cascade',
    what: 'a cheap run judges everything, and a second one only the items where the first says something in a set',
    range: 'cost as a share of asking the second about everything; held against asking as many at random',
    source: 'P. Viola and M. Jones, Rapid object detection using a boosted cascade of simple features, 2001',
  },
} satisfies Record<string, FigureNote>

export type FigureName = keyof typeof figureNotes
