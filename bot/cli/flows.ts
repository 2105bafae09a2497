/** `npm run flows -- check | draw [flow] | try [flow] | schema`: for whoever writes flows. Needs no database and no network. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { actionSpecs } from '../actions.js'
import { check } from '../engine/check.js'
import { draw } from '../engine/draw.js'
import { EDITOR_SCHEMA_FILE, editorSchema } from '../engine/editor-schema.js'
import type { Library } from '../engine/library.js'
import type { Flow } from '../engine/model.js'
import type { ActionSpec } from '../engine/shapes.js'
import { FlowError, SetupError } from '../errors.js'
import { readFlows } from '../flows.js'
import { LABEL_MAX, MESSAGE_MAX } from '../limits.js'
import { isLanguage } from '../text/languages.js'
import { readLocaleFiles } from '../text/locale-files.js'
import { tryFlow } from './try-flow.js'

const FLOWS = 'flows'
const LOCALES = 'locales'

const HELP = `npm run flows -- check                  prove what can be proved of all flows
npm run flows -- draw [flow]            print Mermaid
npm run flows -- try [flow]             talk with a flow here (--language ru --person '{"country":"RU"}')
npm run flows -- schema                 write ${FLOWS}/${EDITOR_SCHEMA_FILE} for editors`

export type FlowsCli = { specs: readonly ActionSpec[]; args: readonly string[] }

/** Runs one command; the result is the exit code. What is wrong with a flow is printed, never thrown. */
export async function runFlowsCli({ specs, args }: FlowsCli): Promise<number> {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { language: { type: 'string', default: 'ru' }, person: { type: 'string', default: '{}' } },
  })
  const [command, name] = positionals
  try {
    if (command === 'schema') {
      writeFileSync(join(FLOWS, EDITOR_SCHEMA_FILE), editorSchema())
      return 0
    }
    const library = readFlows(FLOWS, specs)
    if (command === 'check') return checkFlows(library)
    if (command === 'draw') return drawFlows(library, name)
    if (command === 'try') {
      if (name !== undefined && !library.newest(name)) return noSuchFlow(library, name)
      const language = isLanguage(values.language) ? values.language : 'ru'
      return await tryFlow(library, { flow: name, language, person: values.person, locales: LOCALES, specs })
    }
    console.log(HELP)
    return command === undefined ? 0 : 1
  } catch (error) {
    if (!(error instanceof FlowError || error instanceof SetupError)) throw error
    console.error(error.message)
    return 1
  }
}

/** The texts as they are written, without a language that stands in for another. */
function writtenTexts(): (language: string, key: string) => string | undefined {
  const files = readLocaleFiles(LOCALES)
  return (language, key) => {
    const [namespace = '', ...rest] = key.split(':')
    return isLanguage(language) ? files.get(language)?.get(namespace)?.get(rest.join(':')) : undefined
  }
}

function checkFlows(library: Library): number {
  const problems = check(library, { words: writtenTexts(), limits: { label: LABEL_MAX, message: MESSAGE_MAX } })
  for (const { where, sentence } of problems) console.error(`${where}: ${sentence}`)
  for (const { name, version, steps } of library.flows)
    console.log(`${name.padEnd(16)} ${version}  ${steps.length} steps`)
  if (problems.length > 0) console.error(`\n${problems.length} to mend.`)
  return problems.length > 0 ? 1 : 0
}

function noSuchFlow(library: Library, name = ''): number {
  console.error(`There is no flow "${name}". Flows: ${library.flows.map((flow) => flow.name).join(', ')}.`)
  return 1
}

function drawFlows(library: Library, name: string | undefined): number {
  const flows: readonly Flow[] = name === undefined ? library.flows : library.flows.filter((flow) => flow.name === name)
  if (flows.length === 0) return noSuchFlow(library, name)
  for (const flow of flows) console.log(draw(flow))
  return 0
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = await runFlowsCli({ specs: actionSpecs(), args: process.argv.slice(2) })
