import { expect, test } from 'vitest'
import { describeHardware } from './describe-hardware.ts'

const gpu = (name: string) => ({ name, uuid: 'u', driver: '1', memory_gb: 16 })

test('GPUs come before the CPU, the same ones counted; nothing recorded is nothing said', () => {
  const gpus = [gpu('NVIDIA GeForce RTX A'), gpu('NVIDIA GeForce RTX A'), gpu('NVIDIA H100')]
  expect(describeHardware({ platform: 'linux-x64', cpu: 'EPYC', cpus: 8, gpus })).toBe('RTX A × 2, H100')
  expect(describeHardware({ platform: 'linux-x64', cpu: 'Intel(R)  Xeon(R)', cpus: 8, gpus: [] })).toBe(
    'Intel Xeon × 8',
  )
  expect(describeHardware({ platform: 'linux-x64' })).toBe('linux-x64')
  expect(describeHardware(undefined)).toBeUndefined()
})
