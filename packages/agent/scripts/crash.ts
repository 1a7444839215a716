/** Stops runs in every way a process or a disk can stop them, goes on with them, and counts: `npm run crash`. */

import { availableParallelism } from 'node:os'
import { everyContest } from '../test/crash/contest.ts'
import { everyWriteFailure } from '../test/crash/failures.ts'
import { everyKill, type Kill, moments, type Outcome, survive } from '../test/crash/kills.ts'

const counts = await moments()
const kills = everyKill(counts)
const plans: (readonly Kill[])[] = [...kills.map((kill) => [kill]), ...pairs(kills, 60)]
const outcomes = await atOnce(plans, Math.max(2, availableParallelism()))
const failures = await everyWriteFailure()
const contests = await everyContest({ processes: 4, contests: 10 })

const sum = (count: (outcome: Outcome) => number) => outcomes.reduce((all, outcome) => all + count(outcome), 0)
const faulty = outcomes.filter(
  ({ repeated, silent, unreported, lost }) => lost || repeated.length + silent.length + unreported.length > 0,
)
const failed = [...faulty, ...failures.filter(({ problem }) => problem), ...contests.filter(({ problem }) => problem)]
const cases = outcomes.length + failures.length + contests.length

for (const each of failed) console.error(JSON.stringify(each))
console.log(`writes of the run                     ${counts.append}`)
console.log(
  `moments to be killed at               ${kills.length} (${Object.entries(counts)
    .map((each) => each.reverse().join(' '))
    .join(', ')})`,
)
console.log(
  `processes killed                      ${sum(({ killed }) => killed)}, in pairs on one run: ${plans.length - kills.length}`,
)
console.log(`finished steps repeated               ${sum(({ repeated }) => repeated.length)}`)
console.log(
  `calls repeated without being reported ${sum(({ silent, unreported }) => silent.length + unreported.length)}`,
)
console.log(`in-doubt calls reported               ${sum(({ reported }) => reported.length)}`)
console.log(`runs lost                             ${sum(({ lost }) => Number(lost))}`)
console.log(`failed writes                         ${failures.length}`)
console.log(`contests of 4 processes for a run     ${contests.length}`)
console.log(`${cases - failed.length} passed, ${failed.length} failed`)
process.exitCode = failed.length === 0 ? 0 : 1

/** Every so many-th kill, each followed by another one in the process that goes on. */
function pairs(kills: readonly Kill[], wanted: number): readonly (readonly Kill[])[] {
  return Array.from({ length: wanted }, (_, index) => {
    const first = kills[Math.floor((index * kills.length) / wanted)]
    // What is left of the run is shorter, so the second kill is one of the earlier moments.
    const second = kills.filter(([, number]) => number < 4)
    return [first, second[(index * 7) % second.length]].filter((kill) => kill !== undefined)
  })
}

async function atOnce(plans: readonly (readonly Kill[])[], workers: number): Promise<readonly Outcome[]> {
  const queue = [...plans]
  const outcomes: Outcome[] = []
  const work = async () => {
    for (let plan = queue.shift(); plan; plan = queue.shift()) outcomes.push(await survive(plan))
  }
  await Promise.all(Array.from({ length: workers }, work))
  return outcomes
}
