/** What the flow `duties` does: shows a worker what is done and what is still missing, and hands over the certificate. */
import { z } from 'zod'
import { defineAction, Refusal } from '../../conversation/action.js'
import { goData } from '../../engine/tokens.js'
import type { Button } from '../../engine/types.js'
import type { FileStore } from '../../store/files.js'
import type { Tx } from '../../store/store.js'
import { programmeOf } from '../reports/whose.js'
import { issue, traceIssue } from './issue.js'
import { paperLanguage } from './paper.js'
import { type Duties, dutiesOf, type ProgrammeDuties } from './read.js'
import { type PaperHouse, sendPaper } from './send.js'
import { doneLines, fullSentence, sayIn, sentenceOf } from './sentences.js'

/** Long lists are read by nobody on a telephone; the first ones are what to begin with. */
const SHOWN_MAX = 12

/** What somebody can do now about what is missing, each a flow of this house. */
function next({ missing, coming }: Duties): string[] {
  const owes = missing.some((each) => each.kind === 'month' && each.why !== 'waits')
  return [...(owes ? ['report'] : []), ...(coming.size > 0 ? ['checkin'] : []), 'worker']
}

export function dutiesActions(house: PaperHouse, files: Pick<FileStore, 'write'>) {
  /** @throws Refusal nobody: they are in no programme */
  async function mine(tx: Tx, personId: string, now: Date): Promise<ProgrammeDuties & { own: Duties }> {
    const whose = await programmeOf(tx, personId)
    if (!whose) throw new Refusal('nobody')
    const found = await dutiesOf(tx, house.store.vault, { programmeId: whose.programmeId, personId }, now)
    const [own] = found.people
    if (!own) throw new Refusal('nobody')
    return { ...found, own }
  }

  const button = (flow: string): Button => ({ data: goData(flow), label: { key: `duties:buttons.${flow}` } })

  const show = defineAction({
    name: 'duties.show',
    input: z.object({}),
    output: z.object({ certificate: z.boolean() }),
    async run(_, { tx, turn, now }) {
      const { own, rules } = await mine(tx, turn.loaded.personId, now)
      const { words, library } = house.mind
      const say = sayIn(words, turn.language)
      const lines = own.missing.map((each) => `• ${fullSentence(say, turn.language, own, each)}`)
      const rest = lines.length - SHOWN_MAX
      const missing = [...lines.slice(0, SHOWN_MAX), ...(rest > 0 ? [say('missing.more', { count: rest })] : [])].join(
        '\n',
      )
      const done = doneLines(say, turn.language, rules, own).join('\n')
      const flows = next(own).filter((flow) => library.newest(flow))
      turn.say({
        text: { key: own.missing.length > 0 ? 'duties:board' : 'duties:met', values: { done, missing } },
        buttons: flows.map(button),
      })
      return { certificate: own.missing.length === 0 || own.certificate !== null }
    },
  })

  /** The one that a coordinator issued, in the language that they chose; else, when nothing is missing, their own. */
  const certificate = defineAction({
    name: 'duties.certificate',
    input: z.object({}),
    output: z.object({}),
    async run(_, { tx, turn, now }) {
      const { own, programme } = await mine(tx, turn.loaded.personId, now)
      if (own.certificate) {
        await sendPaper(house, files, tx, turn, own.certificate.id)
        return {}
      }
      const say = sayIn(house.mind.words, turn.language)
      const asked = { staffId: null, at: now }
      const id = await issue(house.store, tx, {
        ...asked,
        duties: own,
        programme,
        language: paperLanguage(turn.language),
        sentence: (missing) => sentenceOf(say, turn.language, missing),
      })
      await sendPaper(house, files, tx, turn, id)
      await traceIssue(house.store, tx, asked, id)
      return {}
    },
  })

  return [show, certificate]
}
