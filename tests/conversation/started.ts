/** Rahnamo as it really runs: a process of its own, started from the build. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { ROOT } from '../../bot/config.js'
import { KEY } from '../store/databases.js'

export type Started = {
  process: ChildProcess
  /** What it has said so far, on both outputs. */
  said(): string
  /** Resolves when it is running; rejects with its words when it ends before. */
  running: Promise<void>
  ended: Promise<number | null>
}

/** Starts the built program. The caller ends it. */
export function startRahnamo(environment: Record<string, string>): Started {
  const child = spawn(process.execPath, [join(ROOT, 'dist/bot/main.js')], {
    env: { PATH: process.env.PATH ?? '', PORT: '0', RAHNAMO_KEY: KEY.toString('base64'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let isRunning: () => void = () => undefined
  const running = new Promise<void>((resolve, reject) => {
    isRunning = resolve
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${said}`)))
  })
  running.catch(() => undefined) // told to whoever waits for it
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (words: Buffer) => {
      said += words
      if (said.includes('Rahnamo is running')) isRunning()
    })
  const ended = once(child, 'exit').then(([code]) => code as number | null)
  return { process: child, said: () => said, running, ended }
}
