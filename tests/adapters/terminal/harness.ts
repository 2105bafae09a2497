/** The real terminal adapter, with people who type into pipes and read what is written. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { fileURLToPath } from 'node:url'
import type { Log } from '../../../adapters/adapter.js'
import { createTerminalChannel } from '../../../adapters/terminal/channel.js'
import { loadTexts } from '../../../bot/text/texts.js'
import type { Harness, Person, Shown } from '../contract.js'
import type { House } from '../house.js'
import { quickClock } from '../web/harness.js'

const words = loadTexts(fileURLToPath(new URL('../../../locales', import.meta.url)))
const log: Log = { info: () => {}, warn: () => {} }

const pipe = () => {
  const input = new PassThrough()
  const output = new PassThrough()
  let screen = ''
  output.on('data', (chunk: Buffer) => {
    screen += chunk.toString()
  })
  return { input, output, screen: () => screen, type: (line: string) => void input.write(`${line}\n`) }
}

export async function startTerminal(house: House, language: 'en' | 'ru' = 'ru') {
  const folder = await mkdtemp(join(tmpdir(), 'terminal-'))
  const first = pipe()
  const channel = createTerminalChannel({ ...first, folder, log, words, language, clock: quickClock })
  await channel.start(house)
  return {
    channel,
    ...first,
    folder,
    async close() {
      await channel.stop()
      await rm(folder, { recursive: true })
    },
  }
}

type Pipe = ReturnType<typeof pipe>

function asPerson(house: House, folder: string, address: string, { screen, type }: Pipe): Person {
  const ours = async () =>
    (await house.history('terminal', address, 0)).filter(
      // What a person sees is on the screen word for word, whatever its keys are
      (item) => item.direction === 'out' && screen().includes(item.text),
    )
  return {
    address: () => address,
    text: async (text) => type(text.replaceAll('\n', '\\\n')),
    async press(_messageKey, label) {
      const number = new RegExp(`^ {2}(\\d+)\\. ${label}$`, 'gm')
      type([...screen().matchAll(number)].at(-1)?.[1] ?? 'no such button')
    },
    async file({ name, content }, caption = '') {
      await writeFile(join(folder, name), content)
      type(`/file "${join(folder, name)}" ${caption}`)
    },
    async shown() {
      return Promise.all(
        (await ours()).map(async ({ id, text, buttons, request, file }): Promise<Shown> => {
          const labels = buttons?.flat().filter((button) => screen().includes(button.label)) ?? []
          const content = file && (await readFile(join(folder, `${id}-${file.name}`)))
          return {
            messageKey: String(id),
            text,
            ...(buttons && { buttons: buttons.map((row) => row.filter((button) => labels.includes(button))) }),
            ...(request && { request: request.label }),
            ...(file && content && { file: { name: file.name, content } }),
          }
        }),
      )
    },
  }
}

export async function terminalHarness(house: House): Promise<Harness> {
  const rig = await startTerminal(house)
  const other = pipe()
  const address = rig.channel.join({ ...other, folder: rig.folder })
  return {
    channel: rig.channel,
    person: asPerson(house, rig.folder, rig.channel.address, rig),
    stranger: asPerson(house, rig.folder, address, other),
    cannot: ['edit-ours', 'remove'],
    close: rig.close,
  }
}
