// Prompts over tools that nobody had in mind when the rules were written. Their first run is the figure of the README.

import type { EvalCase, EvalTool } from './cases.ts'
import { strictObject } from './schemas.ts'

const text = { type: 'string' }
const whole = { type: 'integer' }
const date = { type: 'string', format: 'date' }
const says = (description: string) => ({ type: 'string', description })

function tool(name: string, description: string, properties: EvalTool['properties'], run: EvalTool['run']): EvalTool {
  return { name, description, properties, run }
}

const garage = [
  tool('lookup_vehicle', 'Look up a vehicle by its registration plate', { plate: text }, ({ plate }) => ({
    vehicle_id: 'V-7',
    plate,
    model: 'Fiat Panda',
  })),
  tool('service_history', 'Past services of a vehicle', { vehicle_id: text }, () => [
    { date: '2025-04-02', work: 'oil change', cost: 120 },
    { date: '2026-01-15', work: 'brake pads', cost: 240 },
  ]),
  tool(
    'book_service',
    'Book a service appointment for a vehicle',
    { vehicle_id: text, date, notes: { type: ['string', 'null'] } },
    () => ({ booked: true }),
  ),
]

const clinic = [
  tool('patient_by_name', 'Find a patient record', { full_name: text }, ({ full_name }) => ({
    patient_id: 'PT-12',
    full_name,
  })),
  tool('lab_results', 'Laboratory results of a patient', { patient_id: text }, () => [{ test: 'HbA1c', value: 5.4 }]),
  tool('prescribe', 'Prescribe a medication to a patient', { patient_id: text, medication: text, days: whole }, () => ({
    done: true,
  })),
]

const repository = [
  tool(
    'list_issues',
    'List issues of a repository',
    { repository: text, state: { type: 'string', enum: ['open', 'closed'] } },
    () => [{ number: 4, title: 'Crash on start' }],
  ),
  tool('merge_pull_request', 'Merge a pull request', { repository: text, number: whole }, () => ({ merged: true })),
  tool('add_label', 'Add a label to an issue', { issue_number: whole, label: text }, (input) => ({ ...input })),
]

const town = [
  tool('next_departures', 'Next departures from a stop', { stop: text, line: { type: ['string', 'null'] } }, () => [
    { line: '12', in_minutes: 4 },
  ]),
  tool('parking_spaces', 'Free parking spaces in a car park', { car_park: text }, () => ({ free: 83 })),
  tool('air_quality', 'Air quality index of a district', { district: text }, () => ({ index: 41 })),
]

const gym = [
  tool(
    'log_workout',
    'Log a workout',
    {
      activity: { type: 'string', enum: ['running', 'cycling', 'swimming'] },
      minutes: whole,
      distance_km: { type: ['number', 'null'] },
    },
    () => ({ saved: true }),
  ),
  tool('weekly_summary', 'Summary of the workouts of this week', {}, () => ({ workouts: 3, minutes: 145 })),
]

const invitation = strictObject({ event: text, date, place: text, rsvp_email: { type: 'string', format: 'email' } })
const receipt = strictObject({
  shop: text,
  date,
  items: { type: 'array', items: strictObject({ name: text, price: { type: 'number' } }) },
  total: { type: 'number' },
})
const job = strictObject({
  title: says('Job title'),
  company: text,
  salary: { type: ['number', 'null'] },
  remote: { type: ['boolean', 'null'] },
})

/** Sixteen prompts: 4 literal, 8 paraphrased, 4 where holding back is right. */
export const unseen: readonly EvalCase[] = [
  {
    name: 'what was done to a car',
    kind: 'paraphrase',
    tools: garage,
    prompt: 'What has been done to the car with the plate HH-AB 123, and what did it all cost?',
    expected: {
      type: 'calls',
      turns: [
        [{ name: 'lookup_vehicle', input: { plate: 'HH-AB 123' } }],
        [{ name: 'service_history', input: { vehicle_id: 'V-7' } }],
      ],
      says: ['360'],
    },
  },
  {
    name: 'service for a known car',
    kind: 'literal',
    tools: garage,
    prompt: 'Book a service for vehicle V-7 on 2026-04-20.',
    expected: { type: 'calls', turns: [[{ name: 'book_service', input: { vehicle_id: 'V-7', date: '2026-04-20' } }]] },
  },
  {
    name: 'service without a day',
    kind: 'hold back',
    tools: garage,
    prompt: 'Please book V-7 in for a service.',
    expected: { type: 'holds back', names: ['date'] },
  },
  {
    name: 'blood values',
    kind: 'paraphrase',
    tools: clinic,
    prompt: 'Show me the lab results for Hanna Kowalska.',
    expected: {
      type: 'calls',
      turns: [
        [{ name: 'patient_by_name', input: { full_name: 'Hanna Kowalska' } }],
        [{ name: 'lab_results', input: { patient_id: 'PT-12' } }],
      ],
      says: ['5.4'],
    },
  },
  {
    name: 'a prescription in doubt',
    kind: 'hold back',
    tools: clinic,
    prompt: 'Should Hanna Kowalska be given ibuprofen?',
    expected: { type: 'holds back' },
  },
  {
    name: 'a prescription',
    kind: 'paraphrase',
    tools: clinic,
    prompt: 'Prescribe "ibuprofen 400" to PT-12 for 5 days.',
    expected: {
      type: 'calls',
      turns: [[{ name: 'prescribe', input: { patient_id: 'PT-12', medication: 'ibuprofen 400', days: 5 } }]],
    },
  },
  {
    name: 'open issues',
    kind: 'paraphrase',
    tools: repository,
    prompt: 'Which issues are still open in the repository "pawl"?',
    expected: {
      type: 'calls',
      turns: [[{ name: 'list_issues', input: { repository: 'pawl', state: 'open' } }]],
      says: ['Crash on start'],
    },
  },
  {
    name: 'merge by number',
    kind: 'literal',
    tools: repository,
    prompt: 'Merge pull request number 31 of the repository "pawl".',
    expected: { type: 'calls', turns: [[{ name: 'merge_pull_request', input: { repository: 'pawl', number: 31 } }]] },
  },
  {
    name: 'closing is not offered',
    kind: 'hold back',
    tools: repository,
    prompt: 'Close issue 4.',
    expected: { type: 'holds back' },
  },
  {
    name: 'the next tram',
    kind: 'paraphrase',
    tools: town,
    prompt: 'When does the next tram leave from "Central Station"?',
    expected: {
      type: 'calls',
      turns: [[{ name: 'next_departures', input: { stop: 'Central Station' } }]],
      says: ['4'],
    },
  },
  {
    name: 'air and parking',
    kind: 'paraphrase',
    tools: town,
    prompt: 'How is the air quality in Grünerløkka, and are there free spaces in the car park "North"?',
    expected: {
      type: 'calls',
      turns: [
        [
          { name: 'air_quality', input: { district: 'Grünerløkka' } },
          { name: 'parking_spaces', input: { car_park: 'North' } },
        ],
      ],
      says: ['41', '83'],
    },
  },
  {
    name: 'a run',
    kind: 'paraphrase',
    tools: gym,
    prompt: 'I went running for 42 minutes, please log it.',
    expected: { type: 'calls', turns: [[{ name: 'log_workout', input: { activity: 'running', minutes: 42 } }]] },
  },
  {
    name: 'this week',
    kind: 'literal',
    tools: gym,
    prompt: 'Give me the summary of my workouts this week.',
    expected: { type: 'calls', turns: [[{ name: 'weekly_summary', input: {} }]], says: ['145'] },
  },
  {
    name: 'an invitation in prose',
    kind: 'paraphrase',
    schema: invitation,
    prompt: 'You are warmly invited to our "Summer Fair" on 20 June 2026 in Bergen. Please reply to fair@example.org.',
    expected: {
      type: 'value',
      value: { event: 'Summer Fair', date: '2026-06-20', place: 'Bergen', rsvp_email: 'fair@example.org' },
    },
  },
  {
    name: 'a receipt',
    kind: 'literal',
    schema: receipt,
    prompt: 'Kaffebua AS\n2026-03-01\n\n- Coffee 4.50\n- Cinnamon bun 3.80\n\nTotal: 8.30',
    expected: {
      type: 'value',
      value: {
        shop: 'Kaffebua AS',
        date: '2026-03-01',
        items: [
          { name: 'Coffee', price: 4.5 },
          { name: 'Cinnamon bun', price: 3.8 },
        ],
        total: 8.3,
      },
    },
  },
  {
    name: 'a job without its company',
    kind: 'hold back',
    schema: job,
    prompt: 'Job title: Welder\nSalary: 48000\nWe look forward to your application!',
    expected: { type: 'holds back', names: ['company'] },
  },
]
