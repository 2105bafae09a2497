/** The JSON Schema with which editors check and complete flow files, written from the zod schema. */
import { z } from 'zod'
import { FlowSchema, FORMS, StepSchema } from './schema.js'

/** The file beside the flows; a flow begins with `# yaml-language-server: $schema=flow.schema.json`. */
export const EDITOR_SCHEMA_FILE = 'flow.schema.json'

export function editorSchema(): string {
  const schema = z.toJSONSchema(FlowSchema, {
    io: 'input',
    override({ zodSchema, jsonSchema }) {
      // "Exactly one form" is a refinement, which a JSON Schema has its own words for
      if (zodSchema === StepSchema) jsonSchema.oneOf = FORMS.map((form) => ({ required: [form] }))
    },
  })
  return `${JSON.stringify({ title: 'A flow of Rahnamo', ...schema }, null, 2)}\n`
}
