/** A readable page of everything that is stored about one person, in their language (S15). */
import type { Body } from '../conversation/render.js'
import type { Turn } from '../conversation/turn.js'
import type { Words } from '../conversation/words.js'
import type { Summary } from '../desk/cases.js'
import { html } from '../http/html.js'
import type { Tx } from '../store/store.js'
import { CITIES } from '../text/cities.js'
import { LANGUAGE_NAMES } from '../text/languages.js'

const stamp = (at: Date) => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`

const workingWords = (of: Record<'notes' | 'offers' | 'approvals', number>): number =>
  of.notes + of.offers + of.approvals

export async function writeMyData(tx: Tx, turn: Turn, words: Words): Promise<{ name: string; content: Buffer }> {
  const { personId } = turn.loaded
  const t = (key: string, values?: Record<string, string | number>) =>
    words.say(turn.language, `privacy:page.${key}`, values)
  const [person, consents, cases, messages, files, drafts, complaints] = await Promise.all([
    tx.person.findUniqueOrThrow({ where: { id: personId }, include: { addresses: true } }),
    tx.consent.findMany({ where: { personId }, orderBy: { id: 'asc' } }),
    tx.case.findMany({
      where: { personId },
      include: {
        _count: { select: { notes: true, offers: true, approvals: true } },
        calls: { orderBy: { id: 'asc' } },
        appointments: { orderBy: { at: 'asc' } },
      },
      orderBy: { openedAt: 'asc' },
    }),
    tx.message.findMany({ where: { conversation: { personId } }, orderBy: { id: 'asc' } }),
    tx.file.findMany({ where: { personId }, orderBy: { createdAt: 'asc' } }),
    tx.draft.findMany({ where: { personId } }),
    tx.complaint.findMany({ where: { personId }, orderBy: { id: 'asc' } }),
  ])

  const placeName = (key: string) => words.find(turn.language, key)
  const rows = (items: string[]) =>
    items.length > 0 ? html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>` : html`<p>${t('none')}</p>`
  const section = (key: string, items: string[]) => html`<h2>${t(key)}</h2>${rows(items)}`

  const profile = [
    `${t('language')}: ${LANGUAGE_NAMES[turn.language]}`,
    `${t('country')}: ${placeName(`hotline:country.options.${person.country}`) ?? '–'}`,
    `${t('city')}: ${placeName(`knowledge:cities.${CITIES.find(({ name }) => name === person.city)?.id}`) ?? '–'}`,
    `${t('since')}: ${stamp(person.createdAt)}`,
    ...(person.autoClean === null
      ? []
      : [
          `${t('clean')}: ${words.say(turn.language, person.autoClean ? 'privacy:clean.isOn' : 'privacy:clean.isOff')}`,
        ]),
    ...person.addresses.map(
      ({ channel, sealed }) => `${t('address')}: ${channel} ${turn.drawer.openText('address.sealed', sealed)}`,
    ),
  ]
  const said = messages.flatMap(({ body, author, createdAt }) => {
    if (!body) return []
    const { text, value } = turn.drawer.openJson<Body>('message.body', body)
    return [`${stamp(createdAt)} · ${t(`author.${author}`)}: ${[text, value].filter(Boolean).join(' ')}`]
  })

  const phones = cases.flatMap(({ code, calls }) =>
    calls.flatMap(({ phone, at }) =>
      phone ? [`${stamp(at)} · ${code} · ${turn.drawer.openText('call.phone', phone)}`] : [],
    ),
  )
  const meetings = cases.flatMap(({ code, appointments }) =>
    appointments.map(
      ({ at, state, place }) =>
        `${stamp(at)} · ${code} · ${t(`meeting.${state}`)} · ${turn.drawer.openText('appointment.place', place)}`,
    ),
  )
  const learnt = (sealed: Uint8Array | null) => {
    const { question, shown } = sealed
      ? turn.drawer.openJson<Summary>('case.summary', sealed)
      : { question: '', shown: [] }
    return [question && `${t('question')}: ${question}`, shown.length > 0 && `${t('shown')}: ${shown.join(', ')}`]
  }

  const page = html`<!doctype html><html lang="${turn.language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${t('title')}</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}li{white-space:pre-wrap}</style>
<h1>${t('title')}</h1><p>${t('intro', { at: stamp(turn.now) })}</p>
${section('profile', profile)}
${section(
  'consents',
  consents.map(
    ({ given, version, at, withdrawnAt }) =>
      `${stamp(at)} · ${t(given ? 'agreed' : 'refused')} (${version})${withdrawnAt ? ` · ${t('withdrawn')} ${stamp(withdrawnAt)}` : ''}`,
  ),
)}
${section(
  'cases',
  cases.map(({ code, openedAt, closedAt, rating, outcome, summary, _count }) =>
    [
      code,
      stamp(openedAt),
      closedAt ? `– ${stamp(closedAt)}` : '',
      outcome ? t(`outcome.${outcome}`) : '',
      rating ? `★ ${rating}` : '',
      ...learnt(summary),
      // Their own working words, also those with which they hand a case on or ask a second colleague: told of, and given on request.
      workingWords(_count) > 0 ? t('notes', { count: workingWords(_count) }) : '',
    ]
      .filter(Boolean)
      .join(' · '),
  ),
)}
${section('phones', phones)}
${section('meetings', meetings)}
${section(
  'complaints',
  complaints.map(({ at, caseCode, body }) =>
    [stamp(at), caseCode, turn.drawer.openText('complaint.body', body)].filter(Boolean).join(' · '),
  ),
)}
${section(
  'files',
  files.map(
    ({ name, kind, bytes, createdAt }) =>
      `${stamp(createdAt)} · ${name ? turn.drawer.openText('file.name', name) : kind} · ${Math.ceil(bytes / 1024)} KB`,
  ),
)}
${files.length > 0 && html`<p>${t('filesHint')}</p>`}
${section(
  'drafts',
  drafts.map(({ answers }) => JSON.stringify(turn.drawer.openJson('draft.answers', answers))),
)}
${section('messages', said)}
</html>`
  return { name: `rahnamo-${turn.now.toISOString().slice(0, 10)}.html`, content: Buffer.from(page.toString()) }
}
