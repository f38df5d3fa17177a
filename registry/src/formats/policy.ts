import { z } from 'zod'

const hostSchema = z
  .string()
  .regex(/^[A-Za-z0-9.-]+$|^\[[0-9a-f:]+\]$/, 'a host is a name or an address, without scheme, port or path')

/** registry/policy.yaml: the hosts that personal rows may reach. Loopback is always allowed. */
export const policySchema = z.strictObject({
  allow_hosts: z
    .strictObject({
      engines: z.array(hostSchema).default([]),
      lfs: z.array(hostSchema).default([]),
      export: z.array(hostSchema).default([]),
    })
    .default({ engines: [], lfs: [], export: [] }),
})

export type Policy = z.infer<typeof policySchema>
