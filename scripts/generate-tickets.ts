import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { Label } from 'registry'
import { promptSha256, readCatalog } from 'registry/node'
import { seededRandom } from './seeded-random.ts'
import { toJsonLines } from './to-json-lines.ts'

export interface Ticket {
  custom_id: string
  synthetic: true
  channel: string
  plan: string
  subject: string
  message: string
}

/** Subject and message of the tickets of each class. `{…}` stands for one of the values below. */
const texts: Record<string, [subject: string, message: string][]> = {
  billing: [
    ['Charged twice', 'My card was charged {amount} twice on {day}. Please refund one of the two payments.'],
    [
      'Invoice for {month}',
      'The invoice for {month} shows {seats} seats, but we only pay for five. Please correct it.',
    ],
    ['VAT number missing', 'Our VAT number is not on the invoice of {month}. Can you send a new invoice?'],
    ['Refund', 'I cancelled on {day} and still paid {amount}. I would like my money back.'],
    ['Change of card', 'Our company card expires in {month}. Where do I enter the new card for the payment?'],
    ['Yearly price', 'What would we pay for {seats} seats if we switch to yearly payment?'],
    ['Unknown fee', 'There is a fee of {amount} on my statement that I cannot explain. What is it for?'],
  ],
  bug: [
    ['Export is empty', 'Since {day} the export of the {area} page gives an empty file. It worked before.'],
    [
      '{area} page crashes',
      'The {area} page turns white as soon as I scroll down in {browser}. Reloading does not help.',
    ],
    ['Wrong total', 'The total on the {area} page is wrong: it counts every entry of {month} twice.'],
    ['Error 500', 'Saving a change on the {area} page ends with error 500 every time, in {browser} too.'],
    ['Dates shifted', 'All dates on the {area} page are one day early since the update on {day}.'],
    [
      'Search finds nothing',
      'The search on the {area} page returns no results, even for entries I can see in the list.',
    ],
    ['Button does nothing', 'In {browser} the save button on the {area} page does nothing when I click it.'],
  ],
  account_access: [
    ['Locked out', 'I typed my password wrong too often and now my account is locked. Please unlock it.'],
    ['No reset mail', 'I asked for a password reset on {day} and the mail never came. I cannot sign in.'],
    ['New phone', 'I have a new phone and the sign-in codes still go to the old one. How do I get in?'],
    ['Colleague left', 'The owner of our account has left. Please make me the owner so that I can get in.'],
    ['Invitation expired', 'My invitation has expired before I could sign up. Can you send me a new link?'],
    ['Sign-in loop', 'After I enter the code I am sent back to the sign-in page, and I never get into my account.'],
    ['Change of address', 'I no longer have the e-mail address I sign in with. How can I change it?'],
  ],
  feature_request: [
    ['Dark mode', 'A dark mode for the {area} page would be kind to our eyes. Could you add one?'],
    ['Calendar', 'It would be great if the {area} page could be connected to our calendar.'],
    [
      'Bulk edit',
      'Could you add a way to edit many entries of the {area} page at once? We have {seats} people waiting.',
    ],
    ['Shortcuts', 'Please consider keyboard shortcuts for the {area} page. We use it all day.'],
    ['Another language', 'Are there plans to offer the {area} page in Portuguese? Our team would love that.'],
    ['Weekly summary', 'I wish I could get a summary of the {area} page by mail each {day}.'],
    ['Export format', 'An export of the {area} page as a spreadsheet would save us a lot of work. Please add it.'],
  ],
  other: [
    ['Thank you', 'Just a word of thanks: the help I got on {day} was quick and friendly.'],
    ['Visit', 'Our class of {seats} would like to visit your office in {month}. Is that possible?'],
    ['Job', 'I am looking for a job from {month} on. To whom may I send my application?'],
    ['Talk', 'We hold a small conference in {month}. Would one of you like to give a talk?'],
    ['Wrong recipient', 'Sorry, my last message was meant for another company. Please ignore it.'],
    ['Postal address', 'I want to send your team a parcel by {day}. What is your postal address?'],
    ['Article', 'I write for a student paper. May I use your logo in an article in {month}?'],
  ],
}

const values: Record<string, string[]> = {
  amount: ['19 euros', '49 euros', '120 dollars', '240 dollars'],
  area: ['reports', 'contacts', 'projects', 'schedule', 'inventory'],
  browser: ['Firefox', 'Chrome', 'Safari'],
  day: ['Monday', 'Tuesday', 'Thursday', 'Friday'],
  month: ['March', 'June', 'September', 'November'],
  seats: ['eight', 'twelve', 'thirty'],
}

/**
 * Invented support tickets, one of each class in every five, and the class of each as a reference label. The same
 * count and seed give the same tickets. No text is used twice before each of its class has been used once.
 */
export function generateTickets(count: number, seed: number): { ticket: Ticket; category: string }[] {
  const random = seededRandom(seed)
  const unused: Record<string, [string, string][]> = {}
  let categories: string[] = []
  return Array.from({ length: count }, (_, index) => {
    if (categories.length === 0) categories = random.shuffle(Object.keys(texts))
    const category = categories.shift() ?? ''
    if (!unused[category]?.length) unused[category] = random.shuffle(texts[category] ?? [])
    const [subject, message] = unused[category].shift() ?? ['', '']
    const chosen = Object.fromEntries(Object.entries(values).map(([name, some]) => [name, random.pick(some)]))
    const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => chosen[name] ?? '')
    const ticket: Ticket = {
      custom_id: `ticket-${String(index + 1).padStart(4, '0')}`,
      synthetic: true,
      channel: random.pick(['e-mail', 'chat', 'web form']),
      plan: random.pick(['free', 'team', 'business']),
      subject: capitalise(fill(subject)),
      message: fill(message),
    }
    return { ticket, category }
  })
}

/** The classes as labels of the field `category`, for the prompt with the given digest. */
export function ticketLabels(tickets: ReturnType<typeof generateTickets>, promptDigest: string): Label[] {
  return tickets.map(({ ticket, category }) => ({
    custom_id: ticket.custom_id,
    field: 'category',
    value: category,
    rater: 'generator',
    date: '2026-11-24',
    prompt_sha256: promptDigest,
    selection: 'all',
  }))
}

function capitalise(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

if (import.meta.main) {
  const { values: options } = parseArgs({
    options: {
      count: { type: 'string', default: '30' },
      seed: { type: 'string', default: '20241028' },
      rubric: { type: 'string', default: 'ticket_routing_v1' },
      out: { type: 'string', default: 'registry/datasets/synthetic_tickets_30.jsonl' },
      labels: { type: 'string', default: 'registry/labels/synthetic_tickets_30.jsonl' },
    },
  })
  const { rubrics } = await readCatalog('.')
  const rubric = rubrics.get(options.rubric)
  if (rubric === undefined) throw new Error(`registry/rubrics/${options.rubric}.yaml is missing or faulty`)
  const tickets = generateTickets(Number(options.count), Number(options.seed))
  writeFileSync(options.out, toJsonLines(tickets.map(({ ticket }) => ticket)))
  writeFileSync(options.labels, toJsonLines(ticketLabels(tickets, promptSha256(rubric))))
}
