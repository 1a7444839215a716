// What is measured. `units` is what the CPU time is divided by; `owed` and `aimed` are ratios to the limit.

const operation = (group, name, what, unit, more) => ({ group, name, what, unit, ...more })

/** Milliseconds of warming up where most of the time is waited for a disk: compilers see as many steps as elsewhere. */
const durable = 2500

export const operations = [
  operation('client', 'plain-seq', 'a plain call, one after the other', 'call', {
    times: 1500,
    owed: 1.4,
    aimed: 1.15,
  }),
  operation('client', 'plain-64', 'plain calls, 64 at once', 'call', { times: 3200, owed: 1.3, aimed: 1.0 }),
  operation('client', 'text-2000', 'a chunk of a raw stream of 2,000', 'chunk', {
    times: 40,
    each: 2000,
    owed: 1.4,
    aimed: 1.25,
  }),
  operation('client', 'textp-2000', 'a chunk of a raw stream, one socket write a chunk', 'chunk', {
    times: 8,
    each: 2000,
  }),
  operation('client', 'snapshot-2000', 'a chunk of a stream with snapshots', 'chunk', {
    times: 40,
    each: 2000,
    owed: 1.8,
    aimed: 1.6,
  }),
  operation('schema', 'convert', 'a tool definition from the 6-field schema', 'definition', { times: 3000 }),
  operation('schema', 'partial-20', 'a partial value of 20 KB in 20-character pieces', 'text', { times: 40 }),
  operation('schema', 'partial-100', 'a partial value of 100 KB in 20-character pieces', 'text', {
    times: 10,
  }),
  operation('schema', 'partial-1000', 'a partial value of 1 MB in 20-character pieces', 'text', {
    times: 5,
    only: ['limit', 'pawl'],
    owed: 6,
  }),
  operation('tools', 'prepared-call', 'arguments of the 6-field tool, decoded, validated and frozen', 'call', {
    times: 100_000,
    only: ['limit', 'pawl'],
    owed: 1.3,
  }),
  operation('tools', 'validated-call', 'a validated call of the 6-field tool', 'call', {
    times: 100_000,
    owed: 1.3,
  }),
  operation('structured', 'object-20', 'a partial object of 20 KB while it streams', 'stream', {
    times: 20,
    owed: 1.5,
  }),
  operation('structured', 'object-100', 'a partial object of 100 KB while it streams', 'stream', {
    times: 8,
    owed: 1.5,
  }),
  operation('structured', 'object-400', 'a partial object of 400 KB while it streams', 'stream', {
    times: 4,
    owed: 1.5,
    only: ['limit', 'pawl', 'openai'],
  }),
  operation('structured', 'extract-5000', '5,000 small documents, 64 at once', 'document', {
    cold: true,
    times: 1,
    each: 5000,
    only: ['limit', 'pawl'],
  }),
  operation('agent', 'loop-10', 'a step of a run of 10', 'step', {
    times: 100,
    each: 11,
    owed: 1.3,
    aimed: 1.0,
  }),
  operation('agent', 'loop-50', 'a step of a run of 50', 'step', {
    times: 20,
    each: 51,
    owed: 1.0,
    aimed: 0.75,
  }),
  operation('agent', 'loop-200', 'a step of a run of 200', 'step', {
    times: 6,
    each: 201,
    owed: 0.7,
    aimed: 0.6,
  }),
  operation('agent', 'loop-10x8', 'a step of a run of 10 with 8 parallel calls', 'step', {
    times: 50,
    each: 11,
    owed: 1.2,
    aimed: 1.0,
  }),
  operation('agent', 'sloop-10', 'a streamed step of a run of 10', 'step', {
    times: 80,
    each: 11,
    owed: 1.4,
    aimed: 1.2,
  }),
  operation('agent', 'runs-1000', '1,000 runs of 5 steps at once, 50 ms latency', 'run', {
    cold: true,
    times: 1,
    each: 1000,
    owed: 1.4,
    aimed: 1.0,
    figure: 'wall',
  }),
  operation('agent', 'runs-5000', '5,000 such runs', 'run', {
    cold: true,
    times: 1,
    each: 5000,
    figure: 'wall',
    rounds: 1,
  }),
  operation('agent', 'append', 'one durable append (SQLite, WAL, FULL)', 'append', {
    times: 300,
    only: ['limit'],
    figure: 'wall',
    warm: durable,
  }),
  operation(
    'agent',
    'stored-alone',
    'a step with sqliteStore and a model that answers at once, to one append',
    'step',
    {
      times: 40,
      each: 11,
      only: ['limit', 'pawl'],
      figure: 'wall',
      warm: durable,
      owed: 2,
    },
  ),
  operation('agent', 'stored-step', 'a step with sqliteStore, one run alone', 'step', {
    times: 20,
    each: 11,
    only: ['pawl'],
    figure: 'wall',
    warm: durable,
  }),
  operation('agent', 'stored-200', 'a step of 200 runs at once with sqliteStore', 'step', {
    times: 3,
    each: 1200,
    only: ['pawl'],
    figure: 'wall',
    warm: durable,
  }),
  operation('agent', 'memory-200', 'a step of 200 runs at once with memoryStore', 'step', {
    times: 3,
    each: 1200,
    only: ['pawl'],
    figure: 'wall',
    warm: durable,
  }),
]

export const groups = [...new Set(operations.map(({ group }) => group))]
