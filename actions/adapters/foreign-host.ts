/**
 * The host of a Git or LFS address that is not this machine; undefined for a folder, a `file:` address of this machine and
 * loopback. `user@host:path` is SSH. What can't be read is given back as it is: nobody has allowed it.
 */
export function foreignHost(url: string): string | undefined {
  if (/^file:\/\/(?:localhost)?\//i.test(url) || /^\.{0,2}\//.test(url)) return undefined
  const ssh = /^(?:[^/@:]+@)?(\[[^\]]+\]|[^/:@]+):(?!\/\/)/.exec(url)?.[1]
  const host = ssh ?? (URL.canParse(url) ? new URL(url).hostname : url)
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host) ? undefined : host
}
