/** A flow as a picture, in Mermaid's words (GitHub and many editors show it). */
import { edgesOf } from './graph.js'
import { FINISH, type Flow, type Step } from './model.js'

export function draw(flow: Flow): string {
  const lines = flow.steps.flatMap((step) => [
    `  ${name(step)}${shape(step)}`,
    ...edgesOf(flow, step).map(({ to, label }) => {
      const target = flow.steps[to]
      const arrow = label ? `-- "${quoted(label)}" -->` : '-->'
      return `  ${name(step)} ${arrow} ${to === FINISH || !target ? 'finish' : name(target)}`
    }),
  ])
  return [
    'flowchart TD',
    `  begin((${flow.name})) --> ${flow.steps[0] ? name(flow.steps[0]) : 'finish'}`,
    ...new Set(lines),
    '  finish((end))',
    '',
  ].join('\n')
}

/** Mermaid has words of its own, such as `end`. */
const name = ({ id }: Step) => `s_${id}`
const quoted = (label: string) => label.replaceAll('"', "'")

function shape(step: Step): string {
  switch (step.form) {
    case 'say':
      return `>"${step.id}"]`
    case 'ask':
      return `[/"${step.id}: ${step.kind.kind}"/]`
    case 'review':
      return `[/"${step.id}: review"/]`
    case 'do':
      return `["${step.action}"]`
    case 'run':
      return `[["${step.flow}"]]`
    case 'end':
      return `(["${step.outcome}"])`
  }
}
