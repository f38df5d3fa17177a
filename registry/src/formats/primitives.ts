import { z } from 'zod'

/** A catalog id: a file name without its ending. No slash, no leading dot or dash, no `..`. */
export const idPattern = /^(?!.*\.\.)[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

export const idSchema = z
  .string()
  .regex(
    idPattern,
    'an id is 1–100 letters, digits, dots, dashes or underscores, starts with a letter or digit and holds no ".."',
  )

/** A model slug: lower case, since it names a folder. */
export const slugSchema = z
  .string()
  .regex(
    /^(?!.*\.\.)[a-z0-9][a-z0-9._-]{0,99}$/,
    'a model slug is 1–100 lower-case letters, digits, dots, dashes or underscores, starts with a letter or digit and holds no ".."',
  )

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, 'a sha256 is 64 lower-case hex digits')

export const revisionSchema = z
  .string()
  .regex(/^[0-9a-f]{40}$/, 'a revision is a 40-hex commit, not a branch or tag: weights are code')

/** ISO 8601 in UTC, to the second or finer, ending in Z. */
export const timestampSchema = z.iso.datetime()

/** An RFC 6901 JSON pointer into an object, e.g. `/recommendation/value`. */
export const pointerSchema = z
  .string()
  .regex(/^(\/([^~/]|~[01])*)+$/, 'a path is a JSON pointer such as /recommendation/value')

export const countSchema = z.int().nonnegative()

/** A path inside the ledger, with forward slashes, that can't leave it. */
export const ledgerPathSchema = z
  .string()
  .regex(
    /^(?!\/)(?!.*(^|\/)\.\.?(\/|$))[^\\\0]+$/,
    'a path is relative to the ledger, with forward slashes and without "." or ".." parts',
  )
