/** The job that ends what is over its time (S13, S14). How long that is stands in `bot/store/lifetimes.ts`. */
import type { Channel } from '../conversation/channel.js'
import type { House } from '../conversation/house.js'
import { createWorker, type Worker } from '../conversation/worker.js'
import { endAudit } from '../desk/audit.js'
import { endFeedbackCodes, endFeedbackLines } from '../programme/feedback/ending.js'
import { endWorkerInvitations, endWorkers } from '../programme/people/ending.js'
import type { FileStore } from '../store/files.js'
import { overBefore } from '../store/lifetimes.js'
import { readShortened } from '../store/shortened.js'
import type { Sql, Store } from '../store/store.js'
import { cleaningChannels } from './auto-clean.js'
import { endChildrensCases } from './children.js'
import { CLEANS } from './clean-choice.js'
import type { EraseList } from './erase-list.js'

const EVERY_MS = 10 * 60_000

/** Whether a person has agreed to be kept, by their latest word; null when they were not asked. */
const agreed = (person: string) =>
  `(select given and withdrawn_at is null from consent k where k.person_id = ${person} and kind = 'case' order by id desc limit 1)`

/**
 * Deletes what has outlived its time; returns how many rows of each kind. The report of
 * `retention.ts` runs it too, for show. On these `channels` some chats clear themselves (S20).
 */
export async function endLifetimes(
  { sql, vault }: Pick<Store, 'sql' | 'vault'>,
  files: FileStore,
  now: Date,
  channels: readonly Channel[] = [],
): Promise<Record<string, number>> {
  const shortened = await readShortened(sql)
  const before = (name: Parameters<typeof overBefore>[0]) => overBefore(name, now, shortened)
  const count = async (statement: string, values: unknown[]) => (await sql<{ id: string }>(statement, values)).length

  // Written while the address was already closed, by a timer or a consultant: it would wait for ever.
  await sql(
    `update message m set state = 'dropped', error = 'ADDRESS_CLOSED' from conversation c join address a on a.id = c.address_id
      where c.id = m.conversation_id and m.state = 'due' and a.state in ('blocked', 'gone')`,
    [],
  )

  // We forget the message; that it is to go from the phone, where the chat clears itself, is planned before.
  const unkept = await count(
    `with gone as (
       delete from message m using conversation c where c.id = m.conversation_id and m.created_at < $1 and m.case_id is null
          and m.state not in ('due', 'sending') and not ${agreed('c.person_id')}
       returning m.id, m.channel_key, m.sent_at, c.address_id),
     planned as (
       insert into removal (address_id, channel_key, not_before)
       select a.id, g.channel_key, g.sent_at + l."goMs" * interval '1 ms'
         from gone g join address a on a.id = g.address_id join person p on p.id = a.person_id
         join jsonb_to_recordset($3::jsonb) as l(channel text, "lastMs" float8, "goMs" float8) on l.channel = a.channel
        where g.channel_key is not null and g.sent_at > $2::timestamptz - l."lastMs" * interval '1 ms' and p.role = 'client' and ${CLEANS})
     select id from gone`,
    [before('unkeptRows'), now, cleaningChannels(channels)],
  )

  await forgetRefusals(sql, before('refused'))
  const children = await endChildrensCases(sql, files, before('child'))
  const workers = await endWorkers(sql, files, before('worker'))

  // A person of whom nothing is left but a quiet address: refused, withdrawn, erased, or gone after their lifetime.
  const strangers = `select p.id from person p where p.role = 'client'
    and not exists (select 1 from case_file k where k.person_id = p.id and k.state <> 'closed')
    and not exists (select 1 from message m join conversation c on c.id = m.conversation_id
                     where c.person_id = p.id and m.state in ('due', 'sending') and m.created_at > $3)
    and not exists (select 1 from removal r join address a on a.id = r.address_id where a.person_id = p.id)
    and not exists (select 1 from conversation c where c.person_id = p.id
      and c.updated_at > case when c.state is null and not exists (select 1 from case_file k where k.person_id = p.id)
          -- Who only cleared the chat has agreed to something still
          and not exists (select 1 from consent k where k.person_id = p.id) then $1::timestamptz
        when coalesce(${agreed('p.id')}, false) then $4::timestamptz else $2::timestamptz end)`
  const gone = [before('erased'), before('stranger'), before('message'), before('person')]
  const orphans = await sql<{ id: string }>(
    // What a worker sent belongs to their reports, and goes with them
    `select f.id from file f where f.person_id in (${strangers}) or f.created_at < $3
       and not exists (select 1 from enrolment e where e.person_id = f.person_id) and not exists (
       select 1 from message m join case_file k on k.id = m.case_id where m.file_id = f.id and (k.state <> 'closed' or k.closed_at > $3))`,
    gone,
  )
  for (const { id } of orphans) await files.remove(id)
  return {
    files: await count('delete from file where id = any($1::uuid[]) returning id', [orphans.map(({ id }) => id)]),
    persons: await count(`delete from person where id in (${strangers}) returning id`, gone),
    workers,
    feedbackCodes: await endFeedbackCodes(sql, files, before('invitation')),
    feedbackLines: await endFeedbackLines(sql, before('feedback')),
    workerInvitations: await endWorkerInvitations(sql, before('invitation')),
    words: await count(
      `update message m set body = null from conversation c
        where c.id = m.conversation_id and m.body is not null and m.case_id is null and m.state not in ('due', 'sending') and m.created_at < $1
          and not ${agreed('c.person_id')}
       returning m.id`,
      [before('unkept')],
    ),
    messages: await count(
      `delete from message m where m.created_at < $1 and not exists (
         select 1 from case_file k where k.id = m.case_id and (k.state <> 'closed' or k.closed_at > $1)) returning m.id`,
      [before('message')],
    ),
    unkept,
    failures: await count(
      `delete from message where state = 'dead' and case_id is null and created_at < $1 returning id`,
      [before('delivery')],
    ),
    // That it did not arrive is a part of what was said; how, and that somebody should look into it, is not.
    deliveries: await count(
      `update message set error = null, attempts = 0
        where created_at < $1 and state not in ('due', 'sending') and (error is not null or attempts > 0) returning id`,
      [before('delivery')],
    ),
    cases:
      children +
      (await count(`delete from case_file where state = 'closed' and closed_at < $1 returning id`, [before('case')])),
    places: await forgetLostPlaces(sql, now, before('lostPlace')),
    receipts: await count('delete from receipt where at < $1 returning update_key as id', [before('receipt')]),
    drafts: await count('delete from draft where until < $1 returning flow as id', [before('draft')]),
    invitations: await count('delete from invitation where expires_at < $1 returning staff_id as id', [
      before('invitation'),
    ]),
    numbers: await count(
      `update call set phone = null, state = 'refused' where phone is not null and at < $1 returning id`,
      [before('phone')],
    ),
    complaints: await count(
      `delete from complaint o where o.closed_at < $1 or not exists (select 1 from person p where p.id = o.person_id) returning id`,
      [before('case')],
    ),
    blocks: await count('delete from block where until < $1 returning person_id as id', [before('block')]),
    pairings: await count('delete from pairing where expires_at < $1 returning by_id as id', [before('invitation')]),
    guesses: await count('delete from checkin_try where at < $1 returning id', [before('guess')]),
    sessions: await count('delete from session where expires_at < $1 returning staff_id as id', [before('session')]),
    approvals: await count(
      `delete from approval where state not in ('asked', 'approved') and expires_at < $1 returning id`,
      [before('approval')],
    ),
    breaches: await count('delete from breach where lifted_at < $1 returning id', [before('breach')]),
    audit: await endAudit({ sql, vault }, now),
    strays: await sweep(sql, files, before('strayFile')),
  }
}

/**
 * Of whoever refused, and never agreed to anything, nothing is left when their talk is over: the row goes with the others of which nothing
 * is left. Where their chat still clears itself, the sealed address waits for that, and nobody writes there first (S02, S22).
 */
async function forgetRefusals(sql: Sql, stillSince: Date): Promise<void> {
  await sql(
    `with still as (
       select c.id, c.person_id, c.address_id from conversation c
        where c.updated_at < $1 and c.case_id is null
          and exists (select 1 from consent k where k.person_id = c.person_id and not k.given)
          and not exists (select 1 from consent k where k.person_id = c.person_id and k.given)
          and not exists (select 1 from case_file k where k.person_id = c.person_id)
          and not exists (select 1 from message m where m.conversation_id = c.id)
        for update of c skip locked),
     answers as (delete from consent k using still s where k.person_id = s.person_id),
     drafts as (delete from draft d using still s where d.person_id = s.person_id),
     clocks as (delete from timer t using still s where t.conversation_id = s.id),
     traits as (update person p set language = null, country = null, city = null, auto_clean = null, age_band = null, neutral_word = null from still s where p.id = s.person_id),
     silent as (update address a set state = 'cleaned' from still s where a.id = s.address_id and a.state = 'open')
     update conversation c set state = null, flow = null, version = null, revision = revision + 1 from still s where c.id = s.id`,
    [stillSince],
  )
}

/** Places of cases that are gone, in groups that nobody let us into again. */
async function forgetLostPlaces(sql: Sql, now: Date, before: Date): Promise<number> {
  const lost = `p.case_id is null and p.group_id in (select id from staff_group where state = 'gone')`
  // A case that was erased while it was open has not said when it was over
  await sql(`update place p set ends_at = $1 where ${lost} and p.ends_at is null`, [now])
  return (await sql(`delete from place p where ${lost} and p.ends_at < $1 returning id`, [before])).length
}

/** Takes away what lies in the folder and belongs to nobody. */
async function sweep(sql: Sql, files: FileStore, before: Date): Promise<number> {
  const old = (await files.list()).filter(({ at }) => at < before)
  const ids = old.flatMap(({ id }) => id ?? [])
  const rows = await sql<{ id: string }>('select id from file where id = any($1::uuid[])', [ids])
  const known = new Set(rows.map(({ id }) => id))
  const strays = old.filter(({ id }) => !id || !known.has(id))
  for (const stray of strays) await files.discard(stray)
  return strays.length
}

export function createLifetimes(
  house: Pick<House, 'store' | 'clock' | 'log'> & { channels?: Channel[] },
  files: FileStore,
  eraseList: EraseList,
): Worker {
  return createWorker({
    name: 'lifetimes',
    log: house.log,
    clock: house.clock,
    longestSleepMs: EVERY_MS,
    async run() {
      const now = house.clock()
      await endLifetimes(house.store, files, now, house.channels)
      await eraseList.tend(house.store.sql, overBefore('erasure', now))
      return new Date(house.clock().getTime() + EVERY_MS)
    },
    wakenBy: () => () => undefined,
  })
}
