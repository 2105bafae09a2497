/** A link as a picture for a camera: drawn here, so that nobody else learns of it. */
import QRCode from 'qrcode'
import { Html } from '../http/html.js'

/** As large as the page lets it be; dark on light in every colour scheme, because cameras want it so. */
export async function qrOf(link: string): Promise<Html> {
  return new Html(await QRCode.toString(link, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 }))
}
