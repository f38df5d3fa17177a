import { policyPath } from 'registry/node'

/** A file system that lies on another machine, and which. */
export interface RemoteMount {
  /** undefined: the source names none */
  host: string | undefined
  /** e.g. nfs4 */
  kind: string
}

const remoteKinds =
  /^(nfs\d*|cifs|smb\d*|smbfs|9p|ceph|afs|ncpfs|glusterfs|lustre|beegfs|orangefs|fuse\.(sshfs|s3fs|rclone|gcsfuse|glusterfs|ceph.*|davfs.*|curlftpfs|goofys|juicefs))$/

/**
 * On which other machine a path lies, read out of /proc/self/mountinfo (proc_pid_mountinfo(5)); undefined for one of this
 * machine. Pure.
 * @param path absolute, links resolved
 */
export function remoteMountOf(path: string, mountinfo: string): RemoteMount | undefined {
  let best: { point: string; kind: string; source: string } | undefined
  for (const line of mountinfo.split('\n')) {
    const [left = '', right] = line.split(' - ')
    const point = unescape(left.split(' ')[4] ?? '')
    const [kind = '', source = ''] = right?.split(' ') ?? []
    if (point === '' || !holds(point, path)) continue
    // a later mount on the same point hides the earlier one
    if (best === undefined || point.length >= best.point.length) best = { point, kind, source: unescape(source) }
  }
  if (best === undefined || !remoteKinds.test(best.kind)) return undefined
  return { host: hostOf(best.source), kind: best.kind }
}

/** Why personal rows may not be written to a place, if they may not. Pure. @param allowed hosts of the policy */
export function refuseMount(path: string, mount: RemoteMount | undefined, allowed: readonly string[]): string[] {
  if (mount === undefined || (mount.host !== undefined && allowed.includes(mount.host))) return []
  const where = mount.host ?? 'a machine its mount doesn’t name'
  return [
    `--out: ${path} lies on ${where} (${mount.kind}), which personal rows may not reach: ${policyPath} allows ${['this machine', ...allowed].join(', ')}; add the host to allow_hosts.export through a reviewed change, or name a local folder`,
  ]
}

function holds(point: string, path: string): boolean {
  return path === point || path.startsWith(point.endsWith('/') ? point : `${point}/`)
}

/** `nas:/rows`, `user@nas:rows`, `//nas/rows`, `[fe80::1]:/rows`, `https://nas/rows` → nas */
function hostOf(source: string): string | undefined {
  const [, host] =
    /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:]+)/.exec(source) ??
    /^(?:[^/@:]*@)?(\[[^\]]+\]|[^/:,]+):/.exec(source) ??
    []
  return host?.toLowerCase()
}

/** Spaces, tabs, line breaks and backslashes stand as octal in mountinfo. */
function unescape(text: string): string {
  return text.replaceAll(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)))
}
