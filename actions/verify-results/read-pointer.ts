/** What a Git LFS pointer names. */
export interface LfsObject {
  /** sha256 of the content */
  oid: string
  /** bytes */
  size: number
}

/**
 * Reads a pointer in the one form Git LFS itself writes (git-lfs, docs/spec.md, "The Pointer"): version, oid, size, each
 * on a line, nothing else. Undefined for any other text, extensions included.
 */
export function readPointerText(text: string): LfsObject | undefined {
  const [, oid, size] =
    /^version https:\/\/git-lfs\.github\.com\/spec\/v1\noid sha256:([0-9a-f]{64})\nsize ([1-9]\d{0,15})\n$/.exec(
      text,
    ) ?? []
  return oid === undefined ? undefined : { oid, size: Number(size) }
}
