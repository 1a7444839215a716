/** What to do about each error code. The causes stand in the code; a class that has several codes gets its causes here. */

export interface Cure {
  /** in place of the class's own words, where it has several codes */
  readonly cause?: string
  readonly cure: string
  /** the values of the class's literal field: what each means, and what to do */
  readonly reasons?: Readonly<Record<string, string>>
}

export const cures: Readonly<Record<string, Cure>> = {
  aborted: { cure: 'Nothing, if you meant it. An aborted run can be resumed.' },
  agent_unknown: {
    cause:
      'The log names an agent that cannot be reached from the one that was given, or two agents of a run have one name.',
    cure: 'Give `resume` the agent that began the run, keep the names of agents when you change them, and name each agent of a run differently.',
  },
  already_read: {
    cure: 'Read in one place. Use `.on(type, listener)` for others who watch, or read the log of a run from its store.',
  },
  api_error: {
    cure: 'Read `server.message` and `server.param`: they say what the server did not take. A status of 408, 409, 429 or from 500 on is tried again by itself.',
  },
  authentication_failed: {
    cure: 'Check `OPENAI_API_KEY` or `apiKey`, the organization and project, and that the key belongs to the server of `baseURL`.',
  },
  bad_request: { cure: 'Change the option that `field` names.' },
  connection_error: {
    cure: 'See the reason. All but TLS faults were tried again already; `attempts` says how often.',
    reasons: {
      refused: 'nothing listens at that address: start the server, check host and port',
      dns: 'the host name is unknown: check `baseURL`',
      tls: 'the certificate is not trusted, or the other side speaks no TLS; not tried again',
      reset: 'the connection broke before the answer was there',
      proxy: 'the way through a proxy failed: check its address, or pass a `fetch` that knows it',
      unreachable: 'no way to that address from this machine',
    },
  },
  content_filter: {
    cure: 'Change what is asked; the filter is the server’s. `partial` and `text` hold what came before it.',
  },
  decision_unknown: {
    cause:
      'A decision fits nothing that the run waits for: it was given already, or the call, its tool or its arguments have changed.',
    cure: 'Call `resume` without decisions, and decide on the `pending` of its result.',
  },
  hook_failed: {
    cause: 'A hook, or a function that decides whether a call needs approval, threw. `cause` is what it threw.',
    cure: 'Mend the function and `resume`: the run stands where it was. To tell the model something, throw a `ToolError` in a tool hook.',
  },
  json_text_error: {
    cure: 'See `position`. Text of a model is mended and checked by `extract` and tools; this is for callers of `parseJson` and `partialJson`.',
  },
  not_found: {
    cure: 'Check the name of the model (`client.models.list()`) and that `baseURL` ends as the server wants it, often in `/v1`.',
  },
  output_limit: {
    cure: 'Raise `max_completion_tokens`, ask for less, or give `continuations` so that the model goes on.',
  },
  overloaded: { cure: 'Wait. It was tried again as the server asked; lower `limits.concurrency` if it comes often.' },
  pawl_error: { cause: 'A fault without a class of its own.', cure: 'See `cause`.' },
  price_unknown: {
    cause: 'A limit of cost was given, and a model of the run has no price.',
    cure: 'Pass `prices` that know the model (`prices({ models: { … } })` of `@pawl/prices`), or limit `tokens`.',
  },
  protocol_error: {
    cure: 'See the reason; only `truncated` is tried again.',
    reasons: {
      not_completion: 'the answer is something else, often a page: check `baseURL`',
      malformed: 'the answer is not the JSON or event stream that the protocol says',
      truncated: 'the stream or body ended before its end was told; `partial` holds what came',
      oversize: 'one event is larger than `maxEventBytes`, 64 MiB',
      redirect: 'the server points elsewhere: set `baseURL` to that place, or `redirect: "same-origin"`',
    },
  },
  quota_exceeded: { cure: 'Look at the account. It is not tried again.' },
  rate_limited: {
    cure: 'Set `limits` of the client to what the account allows. It was tried again after the wait that the server asked for, up to 60 s.',
  },
  real_request: {
    cause: 'A test that refuses real requests asked for a connection to another machine.',
    cure: 'Give the test a scripted model or a server on loopback.',
  },
  refusal: { cure: 'Change what is asked. `refusal` holds the model’s words.' },
  replay_differs: {
    cure: 'Compare `expected` and `actual`: the agent of today behaves otherwise at event `at`. If that is wanted, record anew.',
  },
  run_ended: {
    cause: 'A message was sent to a run that had ended, or a fork was asked for in the middle of a step.',
    cure: 'Go on with `run(agent, message, { store, after: runId })`; fork at the last event of a step.',
  },
  run_exists: {
    cause: 'A run with this id is in the store already.',
    cure: '`resume` it, take another id, or delete it first.',
  },
  run_unknown: {
    cause: 'The store holds no run of this id, or its log does not begin with `run.started`.',
    cure: 'Check the id and the path of the store.',
  },
  schema_error: {
    cure: 'Change the schema at `path`; the message says what to use instead. `strict: false` takes more.',
  },
  script_ended: { cure: 'Add a turn, or find out why the code asked once more: `model.requests` holds what it asked.' },
  store_error: {
    cure: 'See the reason. `locked` and `full` may pass by themselves.',
    reasons: {
      locked:
        'another process owns the run; wait for its end. A dead process of this machine is replaced at once, one of another after `leaseTime`',
      stale: 'another owner took the run over, or it was deleted; this one has stopped and wrote nothing more',
      corrupt: 'the file or a log in it is damaged; it was left as it is',
      full: 'no space left; nothing was written. Make room and `resume`',
      readonly: 'the file cannot be opened or written',
      version: 'written by a newer Pawl',
      id: 'not a run id: lower-case letters, digits, `_`, `-`, single dots between, at most 128 characters',
      unsupported: 'this runtime has no `node:sqlite`: take Node 22.13 or newer, or `memoryStore()`',
      closed: 'the store was closed',
      failed: 'see `cause`',
    },
  },
  stream_error: {
    cure: 'Read `server`. It is tried again where its words say that it may pass and nothing was shown yet; `partial` holds what came.',
  },
  structured_output: {
    cure: 'Read `issues` and `text`. Describe the fields that go wrong, allow more `repairs`, or take a stronger model.',
  },
  timeout: {
    cure: 'Raise the limit of that phase if the server is slow by nature.',
    reasons: {
      connect: 'no connection within `timeout.connect`, 10 s',
      headers: 'no response headers within `timeout.headers`: 120 s for a stream, 600 s for a plain completion',
      idle: 'no data within `timeout.idle`, 60 s, or before the first event within `timeout.first`, 300 s; `partial` holds what came',
      total: 'the whole call took longer than `timeout`; not tried again',
    },
  },
  tool_definition: { cure: 'Rename the tool, or use `prefixed` or `renamed` where sources share names.' },
  tool_error: {
    cure: 'None is needed in a run: the model is told. Outside of one, handle it like any error of your own code.',
  },
}
