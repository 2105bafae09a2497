/** The monthly summary of a group as a PDF to sign. */
import { FEWEST } from '../../../desk/house/figures.js'
import { type MonthSummary, monthSummary } from '../../../programme/reports/summary.js'
import { type SummaryPaper, summaryPdf } from '../../../programme/reports/summary-pdf.js'
import { formatDate, formatMonth, formatNumber } from '../../../text/formats.js'
import type { StaffRoute, Visit } from '../../guard.js'
import { FILE_HEADERS } from '../../headers.js'
import { orStay, param } from '../../house/pages.js'
import { deskWords } from '../../views/duties/words.js'
import { matrixPage } from '../reports.js'

const COUNTS = ['expected', 'sent', 'nothing', 'approved', 'returned', 'missing'] as const

function paperOf({ desk, view }: Visit, summary: MonthSummary): SummaryPaper {
  const { counts, questions, sums, topics, period } = summary
  const { say, question, option } = deskWords(desk.texts, view.tongue, questions)
  const number = (n: number) => formatNumber(view.tongue, n)
  const city = summary.city && view.city(summary.city)
  return {
    language: view.tongue,
    title: `${say('summary.paper.title')}: ${formatMonth(view.tongue, period)}`,
    subtitle: [summary.programme, [summary.group, city].filter(Boolean).join(' · ')],
    sections: [
      {
        title: say('summary.paper.people'),
        rows: COUNTS.map((each) => [say(`summary.paper.${each}`), number(counts[each])] as const),
      },
      {
        title: say('summary.paper.sums'),
        rows: sums.map((each) => [question(each.question), number(each.value)] as const),
        empty: say('summary.paper.noSums'),
      },
      ...(topics.length > 0
        ? [
            {
              title: say('summary.paper.topics'),
              // The paper leaves the house: what few people are behind is not told by it
              rows: topics.map(({ option: id, reports }) => {
                const told = reports < FEWEST ? say('summary.paper.few', { n: FEWEST }) : number(reports)
                return [option('topics', id), told] as const
              }),
            },
          ]
        : []),
    ],
    signatures: [say('summary.paper.coordinator'), say('summary.paper.trainer')],
    footer: say('summary.paper.made', { date: formatDate(view.tongue, summary.today, 'long') }),
  }
}

async function summary(visit: Visit) {
  const { desk, session, form, reply } = visit
  const found = await monthSummary(desk.house, session.staff, param(visit, 'group'), form.field('period'))
  const content = await summaryPdf(paperOf(visit, found))
  return reply
    .headers(FILE_HEADERS)
    .header('content-disposition', `attachment; filename="summary-${found.period}.pdf"`)
    .type('application/pdf')
    .send(content)
}

export const summaryRoutes: StaffRoute[] = [
  {
    method: 'POST',
    url: '/reports/:group/summary',
    action: 'report.decide',
    handle: (visit) =>
      orStay(
        visit,
        () => matrixPage(visit),
        () => summary(visit),
      ),
  },
]
