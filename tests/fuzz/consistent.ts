/** What must be true of the database whatever was thrown at the house. Each query gives what should not be there. */
import { readdir } from 'node:fs/promises'
import { brokenLink } from '../../bot/desk/audit.js'
import { SEALED } from '../../bot/desk/places/names.js'
import { filesFolder, isFileId } from '../../bot/store/files.js'
import type { Store } from '../../bot/store/store.js'
import type { World } from './world.js'

/** $1: now. */
const WRONG: Record<string, string> = {
  'a conversation without a person': `select c.id from conversation c left join person p on p.id = c.person_id where p.id is null`,
  'an address of one person with a conversation of another': `select c.id from conversation c join address a on a.id = c.address_id where a.person_id <> c.person_id`,
  'an address of nobody whose key is left': `select a.id from address a join person p on p.id = a.person_id where p.wrapped_key is null`,
  'an address in no known state': `select id from address where state not in ('open', 'quiet', 'cleaned', 'blocked', 'gone')`,
  'two addresses with one hash': `select min(id::text) as id from address group by channel, hash having count(*) > 1`,
  'a message in no known state': `select id from message where direction not in ('in', 'out') or author not in ('client', 'bot', 'staff')
     or state not in ('received', 'due', 'sending', 'sent', 'dead', 'dropped') or (direction = 'in') <> (state = 'received')`,
  'a message left behind while it was sent': `select id from message where state = 'sending'`,
  'a message that is due and not sent, though its chat is open': `select m.id from message m join conversation c on c.id = m.conversation_id
     join address a on a.id = c.address_id where m.state = 'due' and a.state = 'open' and m.not_before < $1::timestamptz - interval '1 day'`,
  'a receipt twice': `select min(update_key) as id from receipt group by channel, update_key having count(*) > 1
     union all select min(update_key) from receipt where content_key is not null group by channel, content_key having count(*) > 1`,
  'two open cases of one conversation': `select conversation_id as id from case_file where state <> 'closed' group by conversation_id having count(*) > 1`,
  'a case in no known state': `select id from case_file where state not in ('queued', 'claimed', 'closed') or (state = 'claimed') <> (owner_id is not null and state <> 'closed')`,
  'a case of no conversation': `select k.id from case_file k left join conversation c on c.id = k.conversation_id where c.id is null and k.state <> 'closed'`,
  'a conversation that names no case of its own': `select c.id from conversation c left join case_file k on k.id = c.case_id
     where c.case_id is not null and (k.id is null or k.conversation_id <> c.id)`,
  'an owner that does not fit the case': `select c.id from conversation c left join case_file k on k.id = c.case_id
     where c.owner not in ('bot', 'queue', 'human', 'nobody') or (c.owner = 'queue' and k.state is distinct from 'queued')
        or (c.owner = 'human' and k.state is distinct from 'claimed')`,
  'an open case of a conversation that the bot has': `select k.id from case_file k join conversation c on c.id = k.conversation_id
     where k.state <> 'closed' and (c.case_id is distinct from k.id or c.owner in ('bot', 'nobody'))`,
  'a place that belongs to no case and is not taken away': `select p.id from place p join staff_group g on g.id = p.group_id
     where p.case_id is null and p.not_before < $1::timestamptz - interval '1 day'
       and (g.state <> 'gone' or p.ends_at < $1::timestamptz - interval '3 days')`,
  'a place without a group': `select p.id from place p left join staff_group g on g.id = p.group_id where g.id is null`,
  'two places of one case in one group': `select min(id::text) as id from place where case_id is not null group by case_id, group_id having count(*) > 1`,
  'a timer of a vanished conversation': `select t.key as id from timer t left join conversation c on c.id = t.conversation_id where c.id is null`,
  'a timer that is overdue': `select t.key as id from timer t where t.due_at < $1::timestamptz - interval '1 day'`,
  'a removal at no address': `select r.id from removal r left join address a on a.id = r.address_id where a.id is null`,
  'a file in no known state': `select id from file where state not in ('wanted', 'kept', 'failed')`,
  'a message whose file is gone': `select m.id from message m left join file f on f.id = m.file_id where m.file_id is not null and f.id is null`,
  'a message of a vanished case': `select m.id from message m left join case_file k on k.id = m.case_id where m.case_id is not null and k.id is null`,
  'a copy of a vanished message': `select c.id from copy c left join message m on m.id = c.message_id where c.message_id is not null and m.id is null and c.at < $1::timestamptz - interval '2 days'
       and not exists (select 1 from place p join staff_group g on g.id = p.group_id where p.id = c.place_id and g.state = 'gone')`,
  'a block or a complaint of nobody': `select b.person_id::text as id from block b left join person p on p.id = b.person_id where p.id is null
     union all select c.id::text from complaint c left join person p on p.id = c.person_id where p.id is null`,
}

/** Sealed columns with the place that they are sealed for: who has the key, and where it is looked for. */
const PERSONS: [place: string, query: string][] = [
  ['address.sealed', `select person_id as person, sealed as value from address`],
  ['conversation.state', `select person_id as person, state as value from conversation`],
  [
    'message.body',
    `select c.person_id as person, m.body as value from message m join conversation c on c.id = m.conversation_id where m.id > $1`,
  ],
  [
    'message.channel_key',
    `select c.person_id as person, m.channel_key as value from message m join conversation c on c.id = m.conversation_id where m.id > $1`,
  ],
  [
    'message.channel_key',
    `select a.person_id as person, r.channel_key as value from removal r join address a on a.id = r.address_id`,
  ],
  ['draft.answers', `select person_id as person, answers as value from draft`],
  ['case.summary', `select person_id as person, summary as value from case_file`],
  [
    'offer.summary',
    `select k.person_id as person, o.summary as value from offer o join case_file k on k.id = o.case_id`,
  ],
  ['note.body', `select k.person_id as person, n.body as value from note n join case_file k on k.id = n.case_id`],
  ['call.phone', `select k.person_id as person, c.phone as value from call c join case_file k on k.id = c.case_id`],
  ['complaint.body', `select person_id as person, body as value from complaint`],
  ['file.name', `select person_id as person, name as value from file`],
  ['file.ref', `select person_id as person, ref as value from file`],
]
const HOUSES: [place: string, query: string][] = [
  [SEALED.group, `select sealed as value from staff_group`],
  [SEALED.place, `select sealed as value from place`],
  [SEALED.head, `select head_key as value from place`],
  [SEALED.copy, `select sealed as value from copy`],
  [SEALED.remark, `select reply_to as value from remark`],
]

type SealedRow = { person: string; key: Uint8Array | null; value: Uint8Array }

async function unopened({ sql, vault }: Store, after: string): Promise<string[]> {
  const found: string[] = []
  const tryIt = (place: string, open: () => unknown) => {
    try {
      open()
    } catch {
      found.push(`a value in ${place} that nobody can open`)
    }
  }
  for (const [place, query] of PERSONS) {
    const rows = await sql<SealedRow>(
      `select s.person, s.value, p.wrapped_key as key from (${query}) s left join person p on p.id = s.person where s.value is not null`,
      query.includes('$1') ? [after] : [],
    )
    for (const { person, key, value } of rows)
      tryIt(place, () => {
        if (!key) throw new Error('without a key')
        vault.drawer(person, key).open(place, value)
      })
  }
  for (const [place, query] of HOUSES)
    for (const { value } of await sql<SealedRow>(query)) if (value) tryIt(place, () => vault.house.open(place, value))
  return found
}

/** Kept files without a content, and contents without a row. */
async function strayFiles({ house: { store }, dataDir }: World): Promise<string[]> {
  const rows = await store.sql<{ id: string }>(`select id::text as id from file where state = 'kept'`)
  const entries = await readdir(filesFolder(dataDir), { recursive: true }).catch(() => [])
  const there = new Set(entries.map((path) => path.split('/').at(-1) ?? '').filter(isFileId))
  const lost = rows.filter(({ id }) => !there.has(id)).map(({ id }) => `the file ${id} is kept, and has no content`)
  const known = new Set((await store.sql<{ id: string }>(`select id::text as id from file`)).map(({ id }) => id))
  const left = [...there].filter((id) => !known.has(id))
  return [...lost, ...(left.length > 0 ? [`${left.length} files of nobody lie in the folder`] : [])]
}

/** Dead letters to somebody who can be reached: their words, or the answer to them, ended in silence. */
async function deadLetters({ house: { store }, grounds }: World): Promise<string[]> {
  const rows = await store.sql<SealedRow & { error: string; channel: string }>(
    `select c.person_id as person, p.wrapped_key as key, a.sealed as value, a.channel, m.error from message m join conversation c on c.id = m.conversation_id
       join address a on a.id = c.address_id join person p on p.id = c.person_id where m.state = 'dead'`,
  )
  return rows.flatMap(({ person, key, value, channel, error }) => {
    const ground = grounds.find(({ name }) => name === channel)
    const address = key ? store.vault.drawer(person, key).openText('address.sealed', value) : ''
    return ground?.mustReach(address) ? [`a dead letter (${error}) to somebody who can be reached`] : []
  })
}

/** Everything that is wrong now; `after`: messages up to there were looked at before. */
export async function inconsistencies(world: World, after = '0'): Promise<string[]> {
  const { store } = world.house
  const now = new Date(world.now())
  const wrong: string[] = []
  for (const [what, query] of Object.entries(WRONG)) {
    const rows = await store.sql<{ id: unknown }>(query, query.includes('$1') ? [now] : [])
    if (rows.length > 0) wrong.push(`${what}: ${rows.length}, such as ${String(rows[0]?.id)}`)
  }
  const broken = await brokenLink(store)
  if (broken) wrong.push(`the audit's chain is broken at ${broken}`)
  return [...wrong, ...(await unopened(store, after)), ...(await strayFiles(world)), ...(await deadLetters(world))]
}
