/** The form that takes a list of people, and says how the list is written. */
import { type Html, html } from '../../../http/html.js'
import { ROWS_MAX } from '../../../programme/import/table.js'
import { CITIES } from '../../../text/cities.js'
import { button, hint, type Option, section } from '../house/parts.js'
import { csrfField, type View } from '../view.js'

export const cityOptions = (view: View): Option[] => CITIES.map(({ id }) => ({ value: id, label: view.city(id) }))

export const importView = (view: View, groupId: string): Html =>
  section(
    view.programme('import.title'),
    html`${hint(view.programme('import.hint', { rows: ROWS_MAX }))}
<p><code>${view.programme('import.columns')}</code></p>
<form method="post" action="${view.base}/training/${groupId}/import" enctype="multipart/form-data" class="row-fields">${csrfField(view)}
<label class="field"><span class="label">${view.programme('import.file')}</span><input type="file" name="file" required accept=".csv,.xlsx,text/csv"></label>
<p>${button(view.programme('import.do'))}</p></form>`,
    'import',
  )
