/**
 * The administrator's door to a running Rahnamo: a socket in the data folder, which only its owner can open. The running process
 * holds the embedded database, so whatever a command needs of it, it asks here.
 */
import { chmodSync, existsSync, rmSync } from 'node:fs'
import http from 'node:http'
import { join } from 'node:path'
import { SetupError } from '../errors.js'
import { makeDataFolder } from '../store/data-folder.js'

export type Command = (args: Record<string, string>) => Promise<string>

const socketOf = (dataDir: string) => join(dataDir, 'control.sock')

/** Serves commands; returns what ends it. */
export async function serveControl(dataDir: string, commands: Record<string, Command>): Promise<() => Promise<void>> {
  const path = socketOf(dataDir)
  makeDataFolder(dataDir) // with a served database and a key from the environment nothing made it yet
  rmSync(path, { force: true }) // what a killed process left; the folder's lock is ours
  const server = http.createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://control')
    const command = commands[url.pathname.slice(1)]
    try {
      response.statusCode = command ? 200 : 404
      response.end(command ? await command(Object.fromEntries(url.searchParams)) : 'No such command.')
    } catch (error) {
      response.statusCode = 500
      response.end(error instanceof Error ? error.message : String(error))
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, resolve)
  })
  chmodSync(path, 0o600)
  return async () => {
    await new Promise((resolve) => server.close(resolve))
    rmSync(path, { force: true })
  }
}

/** Asks the running process; `undefined` when none runs on this folder. */
export async function askControl(
  dataDir: string,
  command: string,
  args: Record<string, string>,
): Promise<string | undefined> {
  const socketPath = socketOf(dataDir)
  if (!existsSync(socketPath)) return undefined
  return new Promise((resolve, reject) => {
    const request = http.get({ socketPath, path: `/${command}?${new URLSearchParams(args)}` }, (response) => {
      let body = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        body += chunk
      })
      response.on('end', () =>
        response.statusCode === 200
          ? resolve(body)
          : reject(new SetupError('CONTROL', `The running Rahnamo says: ${body}`)),
      )
    })
    // Nobody listens any more: the socket is what a killed process left.
    request.on('error', () => resolve(undefined))
  })
}
